import type { AccessScope, AccessScopeKind, Permission, RoleAssignment, RoleAssignmentWrite, RoleDefinition } from './accessScope.ts';
import type { TenantRef } from './managedIdentity.ts';

/**
 * Roles in Azure. Implemented by `src/azure`. Errors, aborts and retries are those of `AzurePort`: reads retry by themselves,
 * writes are tried once, except that a principal which the directory does not know yet is asked for again within limits.
 */
export interface RightsPort {
  /**
   * What a principal holds in a subscription and below, and what it inherits there. The server filters by principal.
   * @see https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest
   */
  roleAssignments(place: TenantRef & { readonly subscriptionId: string }, principalId: string, signal: AbortSignal): Promise<readonly RoleAssignment[]>;
  /**
   * The subscriptions of a tenant that a principal was given something in, by Resource Graph: it lags behind writes, and groups
   * that the principal is in are not looked at. What is held there is read by `roleAssignments`.
   */
  subscriptionsWithRoles(tenant: TenantRef, principalId: string, signal: AbortSignal): Promise<readonly string[]>;
  /** All roles that can be given on a scope, read once and kept for the session. */
  roleDefinitions(place: TenantRef & { readonly subscriptionId: string }, signal: AbortSignal): Promise<readonly RoleDefinition[]>;
  /** Gives a role to a service principal. `existed` when it was held already under any name. */
  assignRole(write: RoleAssignmentWrite, signal: AbortSignal): Promise<{ readonly outcome: 'created' | 'existed'; readonly id: string }>;
  /** Takes a role away; one that is gone already counts as done. */
  removeRoleAssignment(place: TenantRef, assignmentId: string, signal: AbortSignal): Promise<void>;
  /** What the signed-in user may do on a scope; one request per scope. */
  permissions(place: TenantRef, scopeId: string, signal: AbortSignal): Promise<readonly Permission[]>;
  /** Places of these kinds in a tenant that a role can be given on, page by page, found by Resource Graph; containers are read per account by `containers`. */
  scopes(tenant: TenantRef, kinds: readonly AccessScopeKind[], signal: AbortSignal): AsyncIterable<readonly AccessScope[]>;
  /** Blob containers of a storage account, by ARM (no key, no data plane). */
  containers(account: AccessScope, signal: AbortSignal): AsyncIterable<readonly AccessScope[]>;
}
