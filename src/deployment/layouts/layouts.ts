import * as v from 'valibot';
import type { Deployment } from '../deployment.ts';
import type { Workload } from '../workload.ts';
import { astroLayout } from './astro.ts';
import { astronomerChartLayout } from './astronomerChart.ts';
import { communityChartLayout } from './communityChart.ts';
import { listedLayout } from './listed.ts';
import { officialChartLayout } from './officialChart.ts';

/** Every way in which service accounts are named. A further one is a file beside these and a line here. */
const kinds = [astroLayout, officialChartLayout, astronomerChartLayout, communityChartLayout, listedLayout] as const;

/** How the service accounts of a deployment are named. */
export type Layout = v.InferOutput<(typeof kinds)[number]['schema']>;

/** The same as it comes back from storage or from a page. */
export const layoutSchema: v.GenericSchema<unknown, Layout> = v.variant('kind', kinds.map(({ schema }) => schema));

/** The workloads of a deployment with their service accounts, as its layout names them. */
export function workloadsOf(deployment: Deployment): readonly Workload[] {
  for (const kind of kinds) {
    const workloads = kind.workloadsIn(deployment, deployment.layout);
    if (workloads !== undefined) {
      return workloads;
    }
  }
  return [];
}
