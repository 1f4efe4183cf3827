import type { ManagedIdentity, TenantRef } from './managedIdentity.ts';

/** What a search lets through; the rest is not fetched. Empty or absent: everything. Names compare without letter case, but names of tags as they are written. */
export interface IdentityFilter {
  readonly tenantIds?: readonly string[];
  readonly subscriptionIds?: readonly string[];
  readonly resourceGroups?: readonly string[];
  /** Tag name and value; without a value any. All of them must be there. */
  readonly tags?: readonly { readonly name: string; readonly value?: string }[];
  /** Part of the name. */
  readonly name?: string;
  /** Only identities with a credential whose issuer a known deployment has; decided after their credentials were read. */
  readonly trustsDeployments?: boolean;
}

/** One page of a search. */
export interface IdentityPage {
  readonly identities: readonly ManagedIdentity[];
  /** How many there are in all subscriptions asked so far, as the service says it. */
  readonly total: number;
}

/**
 * Searches all subscriptions of a tenant at once with Azure Resource Graph, which lags behind writes by seconds to minutes.
 * Implemented by `src/azure`; errors and aborts are those of `AzurePort`. Quota headers are obeyed by waiting.
 * @throws AirflowIdentityError `forbidden`, `invalidInput` or `unavailable` where Resource Graph is refused or gives a part
 *   only: list by ARM then (`AzurePort.identities`).
 */
export interface IdentitySearchPort {
  /** Ordered by resource id, one subscription after the other. Without subscription ids: all of the tenant. */
  searchIdentities(tenant: TenantRef, subscriptionIds: readonly string[] | undefined, filter: IdentityFilter, signal: AbortSignal): AsyncIterable<IdentityPage>;
}
