import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { Account, IdentityRef, ManagedIdentity, Subscription, Tenant } from '../../identity/managedIdentity.ts';
import type { RolesSource } from '../rights/rolesNode.ts';
import type { KnownIdentity } from '../services.ts';

/** What the nodes of the Identities view ask for. Errors and aborts are those of `AzurePort`. */
export interface IdentityTreeSource extends RolesSource {
  accounts(signal: AbortSignal): Promise<readonly Account[]>;
  tenants(account: Account, signal: AbortSignal): AsyncIterable<readonly Tenant[]>;
  subscriptions(tenant: Tenant, signal: AbortSignal): AsyncIterable<readonly Subscription[]>;
  /** Each value is the whole list so far. */
  identities(tenant: Tenant, subscription: Subscription, signal: AbortSignal): AsyncIterable<readonly ManagedIdentity[]>;
  credentials(ref: IdentityRef, signal: AbortSignal): Promise<readonly FederatedCredential[]>;
  find(ref: IdentityRef): KnownIdentity | undefined;
}
