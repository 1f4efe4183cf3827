import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import { adminText } from '../../identity/adminText.ts';
import type { AdminText } from '../../identity/adminText.ts';
import type { AzChange } from '../../identity/azCommands.ts';
import type { RoleAssignment, RoleAssignmentWrite } from '../../identity/accessScope.ts';
import { conditionOf, grantsOn } from '../../identity/heldRoles.ts';
import type { TenantRef } from '../../identity/managedIdentity.ts';
import { missingRights, rightsFor } from '../../identity/permissionCheck.ts';
import type { AzureOperation, NeededRights } from '../../identity/permissionCheck.ts';
import type { Principal } from '../../identity/principal.ts';
import type { RightsPort } from '../../identity/rightsPort.ts';
import type { AccessCheck, AccessRow } from '../../trust/connectAccess.ts';
import type { Services } from '../services.ts';

/**
 * The rights that the user lacks for an operation on a scope; `undefined` when nothing is missing. One request per scope. A check
 * that fails gives `undefined` too: Azure itself will say no where it must.
 */
export async function missingOn(
  services: Pick<Services, 'azure' | 'log'>,
  operation: AzureOperation,
  place: TenantRef,
  scopeId: string,
  signal: AbortSignal,
): Promise<NeededRights | undefined> {
  return missingOf(services, rightsFor(operation), place, scopeId, signal);
}

/** The same for rights that depend on more than the operation. */
export async function missingOf(
  services: Pick<Services, 'azure' | 'log'>,
  needed: NeededRights,
  place: TenantRef,
  scopeId: string,
  signal: AbortSignal,
): Promise<NeededRights | undefined> {
  try {
    return missingRights(await services.azure().permissions(place, scopeId, signal), needed);
  } catch (error) {
    if (!isCancel(error)) {
      services.log.failure(`checking rights for ${needed.actions.join(', ')}`, toAirflowIdentityError(error));
    }
    return undefined;
  }
}

/** What to say and to send about a right that is missing; `undefined` when none is. */
export function askAdmin(
  { clouds }: Pick<Services, 'clouds'>,
  missing: NeededRights | undefined,
  place: TenantRef,
  scopeId: string,
  changes: readonly AzChange[],
): AdminText | undefined {
  return missing === undefined ? undefined : adminText({ account: place.account, scopeId, missing, changes, azCloud: clouds.azCloud });
}

/** What is known about a role before it is given: whether the principal holds it there already, and what the user lacks to give it. */
export async function checkAccess(services: Pick<Services, 'azure' | 'log'>, { scope, roleId }: AccessRow, { principalId }: Principal): Promise<AccessCheck> {
  const { signal } = new AbortController();
  try {
    const [grants, missing] = await Promise.all([
      ownGrants(services.azure(), { scope, roleId, principalId }, signal),
      missingOn(services, 'assignRole', scope, scope.id, signal),
    ]);
    return { kind: 'known', held: grants.length > 0, condition: conditionOf(grants), missing };
  } catch (error) {
    services.log.failure('checking access', toAirflowIdentityError(error));
    return { kind: 'unknown' };
  }
}

/** True when a principal was given a role on exactly this scope; under a condition too, which giving it again would not lift. */
export async function holdsRole(azure: Pick<RightsPort, 'roleAssignments'>, { scope, roleId, principalId }: RoleAssignmentWrite, signal: AbortSignal): Promise<boolean> {
  return (await ownGrants(azure, { scope, roleId, principalId }, signal)).length > 0;
}

/** Without those of its groups, which are not its own. */
async function ownGrants(azure: Pick<RightsPort, 'roleAssignments'>, { scope, roleId, principalId }: RoleAssignmentWrite, signal: AbortSignal): Promise<readonly RoleAssignment[]> {
  const grants = grantsOn(await azure.roleAssignments(scope, principalId, signal), scope.id, roleId);
  return grants.filter((grant) => grant.principalId.toLowerCase() === principalId.toLowerCase());
}
