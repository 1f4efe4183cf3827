import { chartEntries, chartWorkloads } from './chartComponents.ts';
import { layoutKind } from './layoutKind.ts';

/**
 * Astronomer's chart for Astro Private Cloud (astronomer/airflow-chart templates/_helpers.yaml): it holds the official chart
 * as `airflow` and names service accounts `<airflow.serviceAccountName>-<component>`, which is the official chart's fullname.
 */
export const astronomerChartLayout = layoutKind(
  'astronomerChart',
  chartEntries,
  (deployment, chart) => chartWorkloads(deployment, chart),
);
