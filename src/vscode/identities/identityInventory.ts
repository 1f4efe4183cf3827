import * as vscode from 'vscode';
import type { Clock } from '../../clock.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { IdentityRef, ManagedIdentity, Subscription, Tenant, TenantRef } from '../../identity/managedIdentity.ts';
import type { KeptSubscription } from '../../identity/listingSnapshot.ts';
import type { KnownIdentity } from '../services.ts';

/** Listeners hear of changes at most this often. */
const batchMs = 300;

/** Remembers, for as long as the window lives, what the Identities view and the flow have read. */
export class IdentityInventory implements vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** Fired when everything was forgotten. */
  readonly onDidForget: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #forgotten = new vscode.EventEmitter<void>();
  readonly #clock: Clock;
  /** By subscription, then by name: 100,000 identities must not be gone through for each answer. */
  readonly #known = new Map<string, Map<string, KnownIdentity>>();
  readonly #tenants = new Map<string, { readonly tenant: Tenant; readonly subscriptions: readonly Subscription[] }>();
  #all: readonly KnownIdentity[] | undefined;
  #telling = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.onDidChange = this.#changes.event;
    this.onDidForget = this.#forgotten.event;
  }

  known(): readonly KnownIdentity[] {
    return (this.#all ??= [...this.#known.values()].flatMap((identities) => [...identities.values()]));
  }

  /** What is known of a subscription; `undefined` where its identities were never listed. */
  identitiesOf(subscription: Subscription): readonly ManagedIdentity[] | undefined {
    const known = this.#known.get(subscriptionKey(subscription));
    return known === undefined ? undefined : [...known.values()].map(({ identity }) => identity);
  }

  /** Tenants whose subscriptions were listed. */
  tenants(): readonly { readonly tenant: Tenant; readonly subscriptions: readonly Subscription[] }[] {
    return [...this.#tenants.values()];
  }

  /** Everything known of a tenant; `undefined` where its subscriptions were never listed. */
  listing(tenant: TenantRef): readonly KeptSubscription[] | undefined {
    return this.#tenants.get(tenantKey(tenant))?.subscriptions.map((subscription) => ({ subscription, identities: this.identitiesOf(subscription) }));
  }

  /** Takes what the last window left of a tenant, as far as nothing newer is known. */
  restore(tenant: Tenant, kept: readonly KeptSubscription[]): void {
    if (!this.#tenants.has(tenantKey(tenant))) {
      this.#tenants.set(tenantKey(tenant), { tenant, subscriptions: kept.map(({ subscription }) => subscription) });
    }
    for (const { subscription, identities } of kept) {
      if (identities !== undefined && !this.#known.has(subscriptionKey(subscription))) {
        this.setIdentities(tenant, subscription, identities, { isLastPage: true });
      }
    }
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

  /** Takes one identity that was written or read alone. */
  add(place: Pick<KnownIdentity, 'tenant' | 'subscription'>, identity: ManagedIdentity): void {
    this.setIdentities(place.tenant, place.subscription, [identity], { isLastPage: false });
  }

  remove(ref: IdentityRef): void {
    if (this.#known.get(subscriptionKey(ref))?.delete(nameKey(ref)) === true) {
      this.#tell();
    }
  }

  /** Takes the subscriptions of a tenant and forgets what is in others. */
  keepSubscriptions(tenant: Tenant, subscriptions: readonly Subscription[]): void {
    this.#tenants.set(tenantKey(tenant), { tenant, subscriptions });
    const kept = new Set(subscriptions.map(subscriptionKey));
    this.#forget((key) => key.startsWith(tenantKey(tenant)) && !kept.has(key));
  }

  /** Forgets what was seen with accounts or in tenants that were not listed again. */
  keepTenants(tenants: readonly TenantRef[]): void {
    const kept = tenants.map(tenantKey);
    const isGone = (key: string): boolean => !kept.some((prefix) => key.startsWith(prefix));
    this.#forget(isGone);
    for (const key of [...this.#tenants.keys()].filter(isGone)) {
      this.#tenants.delete(key);
    }
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
    this.#tenants.clear();
    this.#tell();
    this.#forgotten.fire();
  }

  dispose(): void {
    this.#changes.dispose();
    this.#forgotten.dispose();
  }

  #forget(isGone: (key: string) => boolean): void {
    for (const key of [...this.#known.keys()].filter(isGone)) {
      this.#known.delete(key);
      this.#tell();
    }
  }

  #tell(): void {
    this.#all = undefined;
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

function tenantKey({ account, tenantId }: TenantRef): string {
  return `${account.id}/${tenantId}/`.toLowerCase();
}

function subscriptionKey(place: TenantRef & { readonly subscriptionId: string }): string {
  return `${tenantKey(place)}${place.subscriptionId.toLowerCase()}`;
}

/** ARM ignores letter case. */
function nameKey(ref: IdentityRef): string {
  return `${ref.resourceGroup}/${ref.name}`.toLowerCase();
}
