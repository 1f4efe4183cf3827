import { astroRestBodies } from './astroSettings.ts';
import { astroStandalone, dockerCompose, dockerEnvFile } from './envReaders.ts';
import type { EnvReader } from './envReaders.ts';
import type { Standing } from './questions.ts';

type Reader = (text: string) => Standing;

function variables(read: EnvReader): Reader {
  return (text) => ({ place: 'environment', variables: read(text) });
}

/** How a file of a project reaches Airflow, by the format's id: one way each, or several where it is read in several ways. */
export const formatReaders: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  airflowSettings: { 'astro dev start': (text) => ({ place: 'restApi', bodies: astroRestBodies(text) }) },
  dotEnv: { 'Docker Compose': variables(dockerCompose), 'astro dev --standalone': variables(astroStandalone), 'astro dev pytest': variables(dockerEnvFile) },
};
