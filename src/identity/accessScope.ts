import type { TenantRef } from './managedIdentity.ts';

/** What a role can be given on. */
export type AccessScopeKind = 'subscription' | 'resourceGroup' | 'storageAccount' | 'container' | 'vault' | 'factory' | 'other';

/** A place in Azure that a role can be given on, and through whose eyes it was found. */
export interface AccessScope extends TenantRef {
  /** The ARM id, as the service wrote it. Compare with `sameArmId`. */
  readonly id: string;
  readonly kind: AccessScopeKind;
  /** The last name of the id; for a subscription its display name. */
  readonly name: string;
  readonly subscriptionId: string;
}

/** A built-in or custom role. */
export interface RoleDefinition {
  /** The ARM id; ends with the role's GUID. */
  readonly id: string;
  /** The GUID alone, in lower case: the same in every scope for built-in roles. */
  readonly roleId: string;
  readonly name: string;
  readonly description: string;
  readonly isBuiltIn: boolean;
  /** True when it grants data actions (blobs, secrets), not only management. */
  readonly hasDataActions: boolean;
}

/** A role that a principal holds on a scope. */
export interface RoleAssignment {
  readonly id: string;
  readonly scopeId: string;
  readonly principalId: string;
  /** Empty for a deny assignment, which has a name (in `description`) and no role. */
  readonly roleDefinitionId: string;
  readonly condition: string | undefined;
  readonly description: string | undefined;
  /** `deny` assignments are made by Azure itself (managed applications, deployment stacks) and win over roles. */
  readonly effect: 'allow' | 'deny';
}

/** A role to be given. The name is computed from the three, so that giving it twice is giving it once. */
export interface RoleAssignmentWrite {
  readonly scope: AccessScope;
  readonly roleId: string;
  readonly principalId: string;
}

/** One element of what `…/providers/Microsoft.Authorization/permissions` answers for a scope. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}
