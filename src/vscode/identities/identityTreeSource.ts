import type { Deployment } from '../../deployment/deployment.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { Account, IdentityRef, ManagedIdentity, Subscription, Tenant } from '../../identity/managedIdentity.ts';
import type { KnownIdentity } from '../services.ts';
import type { SystemAssignedSource } from './systemAssignedNodes.ts';

/** What the nodes of the Identities view ask for. Errors and aborts are those of `AzurePort`. */
export interface IdentityTreeSource extends SystemAssignedSource {
  accounts(signal: AbortSignal): Promise<readonly Account[]>;
  /** Tenants that the last window left, until they were listed in this one. */
  keptTenants(accounts: readonly Account[]): Promise<readonly Tenant[]>;
  /** True while a filter chooses among identities; rows below which it found none are left out then. */
  choosesIdentities(): boolean;
  /** Tenants that the filter lets through. */
  tenants(account: Account, signal: AbortSignal): AsyncIterable<readonly Tenant[]>;
  /** Begins to list a tenant anew; gives the subscriptions that the last window left, until they were listed in this one. */
  begin(tenant: Tenant): Promise<readonly Subscription[]>;
  /** Subscriptions that the filter lets through. */
  subscriptions(tenant: Tenant, signal: AbortSignal): AsyncIterable<readonly Subscription[]>;
  /**
   * Identities that the filter lets through; each value is the whole list so far, what the last window left first.
   * `search` shares one search with the whole tenant, `arm` asks the subscription itself, which is never behind.
   */
  identities(tenant: Tenant, subscription: Subscription, how: 'search' | 'arm', signal: AbortSignal): AsyncIterable<readonly ManagedIdentity[]>;
  credentials(ref: IdentityRef, signal: AbortSignal): Promise<readonly FederatedCredential[]>;
  find(ref: IdentityRef): KnownIdentity | undefined;
  /** All deployments, or `undefined` while not all of them are known. */
  knownDeployments(): readonly Deployment[] | undefined;
}
