import { astroRestBodies } from './astroSettings.ts';
import type { Standing } from './questions.ts';

/** How a file of a project reaches Airflow, by the format's id: one way each, or several where it is read in several ways. */
export const formatReaders: Readonly<Record<string, Readonly<Record<string, (text: string) => Standing>>>> = {
  airflowSettings: { 'astro dev start': (text) => ({ place: 'restApi', bodies: astroRestBodies(text) }) },
};
