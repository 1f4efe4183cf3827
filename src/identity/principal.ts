import type { TenantRef } from './managedIdentity.ts';

/** Whoever holds roles: a user-assigned identity, or the system-assigned identity of a resource. */
export interface Principal extends TenantRef {
  /** The object id that roles are assigned to. */
  readonly principalId: string;
  /** The name of the identity or of the resource. */
  readonly name: string;
  /** Where the identity or the resource is; roles are listed there first. */
  readonly subscriptionId: string;
}
