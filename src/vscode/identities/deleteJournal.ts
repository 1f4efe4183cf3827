import { roleIdOf } from '../../identity/heldRoles.ts';
import type { DeleteStep, LeftAssignment } from '../../identity/deletePlan.ts';
import type { IdentityRef, ManagedIdentity } from '../../identity/managedIdentity.ts';
import { scopeName } from '../../identity/scopeName.ts';
import type { Change } from '../../trust/journalEntry.ts';

/** The steps of a deletion as the journal keeps them, in their order. */
export function deleteChanges(identity: ManagedIdentity, steps: readonly DeleteStep[]): readonly Change[] {
  return steps.map((step) => (step.kind === 'assignment' ? roleChange(identity, step.left) : identityChange(identity)));
}

function roleChange(identity: ManagedIdentity, { assignment, roleName, subscriptionId }: LeftAssignment): Change {
  const { kind, name } = scopeName(assignment.scopeId);
  return {
    kind: 'role',
    scope: {
      ...placeOf(identity),
      id: assignment.scopeId,
      kind: kind === 'root' || kind === 'managementGroup' ? 'other' : kind,
      name,
      subscriptionId,
    },
    roleId: roleIdOf(assignment.roleDefinitionId),
    roleName,
    principalId: assignment.principalId,
    action: 'remove',
    ...(assignment.condition === undefined ? {} : { hasCondition: true }),
  };
}

function identityChange(identity: ManagedIdentity): Change {
  const { subscriptionId, resourceGroup, name, location, tags } = identity;
  return { kind: 'identity', identity: { ...placeOf(identity), subscriptionId, resourceGroup, name }, action: 'delete', location, tags };
}

function placeOf({ account, tenantId }: IdentityRef): Pick<IdentityRef, 'account' | 'tenantId'> {
  return { account: { id: account.id, label: account.label }, tenantId };
}
