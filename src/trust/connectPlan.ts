import type { Deployment } from '../deployment/deployment.ts';
import { subjectOf } from '../deployment/workload.ts';
import type { IdentityRef } from '../identity/managedIdentity.ts';
import { accessToWrite } from './connectAccess.ts';
import type { ConnectState } from './connectState.ts';
import { planTrust, rowsToWrite } from './plan.ts';
import type { DesiredCredential, TrustPlan } from './plan.ts';

/** The plan for what is chosen; `undefined` until deployment and identity both are. */
export function planOf(state: ConnectState): TrustPlan | undefined {
  if (state.deployment.kind !== 'chosen' || state.identity.kind !== 'chosen') {
    return undefined;
  }
  const { namespace, issuer = '', drIssuer = '' } = state.deployment.value;
  const desired = state.rows.map(
    (row): DesiredCredential => ({
      rowId: row.id,
      name: row.credentialName,
      issuer: row.recovery ? drIssuer : issuer,
      subject: subjectOf(namespace, row.serviceAccount),
      audience: state.audience,
      ticked: row.ticked,
      recommended: row.recommended,
    }),
  );
  const { knownIssuers } = state;
  return planTrust(desired, state.identity.value.credentials, knownIssuers instanceof Set ? knownIssuers : undefined);
}

/**
 * True when applying would change the chosen project file. A connection that no workload could use is not written alone:
 * it would look as if the deployment were connected.
 */
export function writesConnection(state: ConnectState): boolean {
  const { connectionPlan: plan, connection } = state;
  const isTrusted = planOf(state)?.rows.some((row) => row.ticked) === true;
  return isTrusted && connection.target !== '' && (plan?.kind === 'edit' || (plan?.kind === 'differs' && connection.overwrite));
}

/** True when there is something to write and nothing in the way. */
export function canApply(state: ConnectState): boolean {
  const plan = planOf(state);
  return state.phase === 'review' && !state.planning && plan !== undefined && plan.fits && (rowsToWrite(plan).length > 0 || accessToWrite(state).length > 0 || writesConnection(state));
}

/** What was chosen, read or not: enough to read it again. */
export function chosenRefs(state: ConnectState): { readonly deployment: Deployment | undefined; readonly identity: IdentityRef | undefined } {
  const { deployment, identity } = state;
  return {
    deployment: deployment.kind === 'chosen' ? deployment.value : deployment.kind === 'none' ? undefined : deployment.ref,
    identity: identity.kind === 'chosen' ? identity.value.identity : identity.kind === 'none' ? undefined : identity.ref,
  };
}
