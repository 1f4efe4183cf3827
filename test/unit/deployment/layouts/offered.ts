import type { Deployment } from '../../../../src/deployment/deployment.ts';
import { workloadsOf } from '../../../../src/deployment/layouts/layouts.ts';
import { deployment } from '../../trust/trustSamples.ts';

/** Title or service account, and how it is offered: `+` ticked, `-` unticked, `?` unticked and unconfirmed. */
export function offered(change: Partial<Deployment>, shown: 'title' | 'serviceAccount' = 'title'): string[] {
  return workloadsOf({ ...deployment, ...change }).map(
    (workload) => `${workload.recommended ? '+' : workload.confirmed ? '-' : '?'} ${workload[shown]}`,
  );
}
