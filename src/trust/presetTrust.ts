import type { Preset } from '../connection/preset.ts';
import { componentOf, needsTrust } from '../connection/preset.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { workloadsOf } from '../deployment/layouts/layouts.ts';
import type { Workload } from '../deployment/workload.ts';
import type { TrustIndex } from './trustedWorkloads.ts';

/** A deployment that an identity trusts in part, and what of it a preset needs besides. */
export interface PresetGap {
  readonly deployment: Deployment;
  readonly missing: readonly Workload[];
}

/**
 * What has to be trusted before a preset works, in each deployment that the identity trusts in part. Workloads that nobody needs
 * are left out, but not what reads logs or shows values: no source names the API server of Airflow 3 on Astro, so it is never
 * recommended, and without it nothing is shown (apache/airflow#51944). Of several that may be in front, one that is trusted is enough.
 * @param index of the identity alone
 */
export function presetGaps<Identity>(preset: Preset, deployments: readonly Deployment[], index: TrustIndex<Identity>): readonly PresetGap[] {
  return deployments.filter((deployment) => index.identitiesTrusting(deployment).length > 0).map((deployment) => {
    const trusted = new Set(index.trustOf(deployment).workloads.filter(({ holders }) => holders.length > 0).map(({ workload }) => workload.id));
    const needed = workloadsOf(deployment).filter((workload) => needsTrust(preset, workload));
    const isFront = (workload: Workload): boolean => componentOf(workload) === 'front';
    const hasFront = needed.some((workload) => isFront(workload) && trusted.has(workload.id));
    return { deployment, missing: needed.filter((workload) => !trusted.has(workload.id) && (isFront(workload) ? !hasFront : workload.recommended)) };
  });
}
