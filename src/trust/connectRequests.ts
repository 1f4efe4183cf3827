import { adminText } from '../identity/adminText.ts';
import type { AdminText } from '../identity/adminText.ts';
import type { AzChange } from '../identity/azCommands.ts';
import type { AccessRow } from './connectAccess.ts';
import { planOf } from './connectPlan.ts';
import type { ConnectState } from './connectState.ts';
import { rowsToWrite } from './plan.ts';

/** The change that gives a role, for whoever makes it. */
export function accessChange({ scope, roleId, roleName }: Pick<AccessRow, 'scope' | 'roleId' | 'roleName'>, principalId: string): AzChange {
  return { kind: 'assignRole', write: { scope, roleId, principalId }, roleName };
}

/** What to send about credentials that the user may not write; `undefined` where nothing is missing, or nothing is chosen. */
export function credentialHelp(state: ConnectState): AdminText | undefined {
  if (state.identity.kind !== 'chosen' || state.missingRights === undefined) {
    return undefined;
  }
  const { identity } = state.identity.value;
  const plan = planOf(state);
  const changes = (plan === undefined ? [] : rowsToWrite(plan)).map(({ wanted }): AzChange => ({ kind: 'writeCredential', identity, credential: wanted }));
  return adminText({ account: identity.account, scopeId: identity.id, missing: state.missingRights, changes, azCloud: state.azCloud });
}

/** The same about a role that the user may not give. */
export function accessHelp(state: ConnectState, { check, ...row }: AccessRow): AdminText | undefined {
  return state.identity.kind !== 'chosen' || check.kind !== 'known' || check.held || check.missing === undefined
    ? undefined
    : adminText({
        account: row.scope.account,
        scopeId: row.scope.id,
        missing: check.missing,
        azCloud: state.azCloud,
        changes: [accessChange(row, state.identity.value.identity.principalId)],
      });
}
