import { list as listSubscriptions } from '@azure/arm-resources-subscriptions/api/subscriptions';
import { list as listTenants } from '@azure/arm-resources-subscriptions/api/tenants';
import { callOf, pagesOf } from '../http/sdkCalls.ts';
import type { AzurePort } from '../identity/azurePort.ts';
import type { CredentialWrite, FederatedCredential } from '../identity/federatedCredential.ts';
import type { Account, IdentityRef, ManagedIdentity, Subscription, Tenant, TenantRef } from '../identity/managedIdentity.ts';
import { credentialOf, identityOf, subscriptionOf, tenantOf } from './armAnswers.ts';
import { identityClient, subscriptionClient } from './armClients.ts';
import type { ArmConnection } from './armClients.ts';

/** Azure Resource Manager through the SDKs: what the product reads and writes there. Errors: see `azureErrors.ts`. */
export class ArmResources implements AzurePort {
  readonly #arm: ArmConnection;

  constructor(arm: ArmConnection) {
    this.#arm = arm;
  }

  /** Asked with the token of the account's home tenant, as Microsoft's own extensions do it (vscode-azuretools, auth). */
  tenants(account: Account, signal: AbortSignal, asksNext = 0): AsyncIterable<readonly Tenant[]> {
    const owner = { account };
    // Asking for the tenants takes one itself; who asks for nothing else must not take back what somebody else wanted.
    if (asksNext > 1) {
      this.#arm.httpClient.openAhead(this.#arm.cloud().armEndpoint, asksNext - 1);
    }
    return pagesOf(this.#arm.cloud().armHost, signal, () => listTenants(subscriptionClient(this.#arm, owner, signal)).byPage(), (item) => tenantOf(item, owner));
  }

  subscriptions(tenant: TenantRef, signal: AbortSignal): AsyncIterable<readonly Subscription[]> {
    return pagesOf(this.#arm.cloud().armHost, signal, () => listSubscriptions(subscriptionClient(this.#arm, tenant, signal)).byPage(), (item) => subscriptionOf(item, tenant));
  }

  identities(subscription: Subscription, signal: AbortSignal): AsyncIterable<readonly ManagedIdentity[]> {
    const { subscriptionId } = subscription;
    return pagesOf(
      this.#arm.cloud().armHost,
      signal,
      () => identityClient(this.#arm, subscription, subscriptionId, signal).userAssignedIdentities.listBySubscription().byPage(),
      (item) => identityOf(item, subscription),
    );
  }

  identity(ref: IdentityRef, signal: AbortSignal): Promise<ManagedIdentity> {
    return callOf(this.#arm.cloud().armHost, signal, async () => {
      const client = identityClient(this.#arm, ref, ref.subscriptionId, signal);
      return identityOf(await client.userAssignedIdentities.get(ref.resourceGroup, ref.name), ref);
    });
  }

  async credentials(ref: IdentityRef, signal: AbortSignal): Promise<readonly FederatedCredential[]> {
    const pages = pagesOf(
      this.#arm.cloud().armHost,
      signal,
      () => identityClient(this.#arm, ref, ref.subscriptionId, signal).federatedIdentityCredentials.list(ref.resourceGroup, ref.name).byPage(),
      credentialOf,
    );
    return (await Array.fromAsync(pages)).flat();
  }

  writeCredential(ref: IdentityRef, credential: CredentialWrite, signal: AbortSignal): Promise<FederatedCredential> {
    const { name, issuer, subject, audience } = credential;
    return callOf(this.#arm.cloud().armHost, signal, async () => {
      const client = identityClient(this.#arm, ref, ref.subscriptionId, signal).federatedIdentityCredentials;
      return credentialOf(await client.createOrUpdate(ref.resourceGroup, ref.name, name, { issuer, subject, audiences: [audience] }));
    });
  }
}
