import * as vscode from 'vscode';
import type { Clock } from '../../clock.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { IdentityRef, ManagedIdentity, Subscription, Tenant, TenantRef } from '../../identity/managedIdentity.ts';
import type { KnownIdentity } from '../services.ts';

/** Listeners hear of changes at most this often. */
const batchMs = 300;

/** Remembers, for as long as the window lives, what the Identities view and the flow have read. */
export class IdentityInventory implements vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #clock: Clock;
  /** By subscription, then by name: 100,000 identities must not be gone through for each answer. */
  readonly #known = new Map<string, Map<string, KnownIdentity>>();
  #telling = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.onDidChange = this.#changes.event;
  }

  known(): readonly KnownIdentity[] {
    return [...this.#known.values()].flatMap((identities) => [...identities.values()]);
  }

  find(ref: IdentityRef): KnownIdentity | undefined {
    return this.#known.get(subscriptionKey(ref))?.get(nameKey(ref));
  }

  /** Takes what was listed of a subscription; after the last page, identities that are gone are forgotten. */
  setIdentities(tenant: Tenant, subscription: Subscription, identities: readonly ManagedIdentity[], options: { isLastPage: boolean }): void {
    const before = this.#known.get(subscriptionKey(subscription));
    const now = new Map(options.isLastPage ? [] : before);
    for (const identity of identities) {
      const key = nameKey(identity);
      now.set(key, { identity, tenant, subscription, credentials: before?.get(key)?.credentials });
    }
    this.#known.set(subscriptionKey(subscription), now);
    this.#tell();
  }

  /** Forgets what is in subscriptions of this tenant that were not listed again. */
  keepSubscriptions(tenant: TenantRef, subscriptions: readonly Subscription[]): void {
    const kept = new Set(subscriptions.map(subscriptionKey));
    this.#forget((key) => key.startsWith(subscriptionKey({ ...tenant, subscriptionId: '' })) && !kept.has(key));
  }

  /** Forgets what was seen with accounts or in tenants that were not listed again. */
  keepTenants(tenants: readonly TenantRef[]): void {
    const kept = tenants.map((tenant) => subscriptionKey({ ...tenant, subscriptionId: '' }));
    this.#forget((key) => !kept.some((prefix) => key.startsWith(prefix)));
  }

  /** Takes what stands on an identity now; unknown identities are passed over. */
  setCredentials(ref: IdentityRef, credentials: readonly FederatedCredential[]): void {
    const known = this.find(ref);
    if (known !== undefined) {
      this.#known.get(subscriptionKey(ref))?.set(nameKey(ref), { ...known, credentials });
      this.#tell();
    }
  }

  /** Forgets everything, for example when other accounts are signed in. */
  clear(): void {
    this.#known.clear();
    this.#tell();
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #forget(isGone: (key: string) => boolean): void {
    for (const key of [...this.#known.keys()].filter(isGone)) {
      this.#known.delete(key);
      this.#tell();
    }
  }

  #tell(): void {
    if (!this.#telling) {
      this.#telling = true;
      void this.#tellSoon();
    }
  }

  async #tellSoon(): Promise<void> {
    await this.#clock.sleep(batchMs);
    this.#telling = false;
    this.#changes.fire();
  }
}

function subscriptionKey(place: TenantRef & { readonly subscriptionId: string }): string {
  return [place.account.id, place.tenantId, place.subscriptionId].join('/').toLowerCase();
}

/** ARM ignores letter case. */
function nameKey(ref: IdentityRef): string {
  return `${ref.resourceGroup}/${ref.name}`.toLowerCase();
}
