import type { ManagedIdentity, TenantRef } from './managedIdentity.ts';

/** What a search leaves out before anything is fetched. Empty or absent: everything. Names compare without letter case. */
export interface IdentityFilter {
  readonly tenantIds?: readonly string[];
  readonly subscriptionIds?: readonly string[];
  readonly resourceGroups?: readonly string[];
  /** Tag name and value; without a value any. */
  readonly tags?: readonly { readonly name: string; readonly value?: string }[];
  /** Part of the name. */
  readonly name?: string;
  /** Only identities with a credential whose issuer a known deployment has; decided after their credentials were read. */
  readonly trustsDeployments?: boolean;
}

/** One page of a search. */
export interface IdentityPage {
  readonly identities: readonly ManagedIdentity[];
  /** How many there are in all, as the service said with the first page. */
  readonly total: number;
}

/**
 * Searches all subscriptions of a tenant at once with Azure Resource Graph, which lags behind writes by seconds to minutes.
 * Implemented by `src/azure`; errors and aborts are those of `AzurePort`. Quota headers are obeyed by waiting.
 * @throws AirflowIdentityError `forbidden` where Resource Graph is refused: list by ARM then (`AzurePort.identities`).
 */
export interface IdentitySearchPort {
  searchIdentities(tenant: TenantRef, subscriptionIds: readonly string[], filter: IdentityFilter, signal: AbortSignal): AsyncIterable<IdentityPage>;
}
