import type { CredentialWrite, FederatedCredential } from './federatedCredential.ts';
import type { Account, IdentityRef, ManagedIdentity, Subscription, Tenant, TenantRef } from './managedIdentity.ts';

/**
 * What the product reads and writes in Azure. Implemented by `src/azure` on the SDKs.
 *
 * Listings give one array per page, as the answers arrive. Every method throws `AirflowIdentityError` and ends
 * with an `AbortError` as soon as its signal is aborted. Reads retry by themselves (429, 408, 5xx, broken connections);
 * writes are tried exactly once, because only the caller can tell the user what is waited for (`src/trust/apply.ts`).
 */
export interface AzurePort {
  /**
   * All tenants the account can see, also those that it cannot get a token for. `asksNext` is how many of them will be asked
   * something at once as soon as they are known: the way there is prepared meanwhile.
   */
  tenants(account: Account, signal: AbortSignal, asksNext?: number): AsyncIterable<readonly Tenant[]>;
  subscriptions(tenant: TenantRef, signal: AbortSignal): AsyncIterable<readonly Subscription[]>;
  /** All user-assigned identities of a subscription. */
  identities(subscription: Subscription, signal: AbortSignal): AsyncIterable<readonly ManagedIdentity[]>;
  identity(ref: IdentityRef, signal: AbortSignal): Promise<ManagedIdentity>;
  credentials(ref: IdentityRef, signal: AbortSignal): Promise<readonly FederatedCredential[]>;
  /** Creates the credential, or replaces the one of the same name. */
  writeCredential(ref: IdentityRef, credential: CredentialWrite, signal: AbortSignal): Promise<FederatedCredential>;
}

/** Looks at an issuer as Entra will: through its public discovery document. */
export interface IssuerPort {
  /**
   * The `issuer` that `<issuer>/.well-known/openid-configuration` names.
   * @throws AirflowIdentityError `network`, `unavailable`, `notFound` or `badAnswer`.
   */
  discoveredIssuer(issuer: string, signal: AbortSignal): Promise<string>;
}
