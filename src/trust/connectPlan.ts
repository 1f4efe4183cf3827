import { subjectOf } from '../deployment/workloads.ts';
import type { ConnectState } from './connectState.ts';
import { planTrust, rowsToWrite } from './plan.ts';
import type { DesiredCredential, TrustPlan } from './plan.ts';

/** The plan for what is chosen; `undefined` until deployment and identity both are. */
export function planOf(state: ConnectState): TrustPlan | undefined {
  if (state.deployment.kind !== 'chosen' || state.identity.kind !== 'chosen') {
    return undefined;
  }
  const { namespace, issuer = '' } = state.deployment.value;
  const desired = state.rows.map(
    (row): DesiredCredential => ({
      rowId: row.id,
      name: row.credentialName,
      issuer,
      subject: subjectOf(namespace, row.serviceAccount),
      audience: state.audience,
      ticked: row.ticked,
      recommended: row.recommended,
    }),
  );
  return planTrust(desired, state.identity.value.credentials, state.knownIssuers);
}

/** True when applying would change the chosen project file. */
export function writesConnection(state: ConnectState): boolean {
  const { connectionPlan: plan, connection } = state;
  return connection.target !== '' && (plan?.kind === 'edit' || (plan?.kind === 'differs' && connection.overwrite));
}

/** True when there is something to write and nothing in the way. */
export function canApply(state: ConnectState): boolean {
  const plan = planOf(state);
  return state.phase === 'review' && plan !== undefined && plan.fits && (rowsToWrite(plan).length > 0 || writesConnection(state));
}
