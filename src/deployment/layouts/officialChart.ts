import { chartEntries, chartWorkloads } from './chartComponents.ts';
import { layoutKind } from './layoutKind.ts';

/** The chart of the Apache Airflow project (apache/airflow, folder chart): `<fullname>-<component>`. */
export const officialChartLayout = layoutKind(
  'officialChart',
  chartEntries,
  (deployment, chart) => chartWorkloads(deployment, chart),
);
