import type { Clock } from '../../clock.ts';
import type { KeptTenants } from '../../identity/listingSnapshot.ts';
import type { Account, ManagedIdentity, Subscription, Tenant, TenantRef } from '../../identity/managedIdentity.ts';
import type { IdentityInventory } from './identityInventory.ts';
import type { SnapshotStore } from './snapshotStore.ts';

/** Changes are written this long after the first of them, so that a listing is written once and not page by page. */
const writeAfterMs = 2000;

const tenantsKey = '';

/** What the last window left, shown until this window listed the same, and what this window leaves for the next one. */
export class KeptListings {
  readonly #store: SnapshotStore;
  readonly #inventory: IdentityInventory;
  readonly #clock: Clock;
  /** Keys of what was listed in this window. */
  readonly #listed = new Set<string>();
  /** Times of what is shown from the last window. */
  readonly #shown = new Map<string, number>();
  /** Times of the listings of tenants that were read. */
  readonly #read = new Map<string, number>();
  readonly #changed = new Map<string, Tenant>();
  #tenants: Promise<KeptTenants | undefined> | undefined;
  #written: Promise<void> | undefined;
  #tenantsWritten: Promise<void> | undefined;

  constructor(store: SnapshotStore, inventory: IdentityInventory, clock: Clock) {
    this.#store = store;
    this.#inventory = inventory;
    this.#clock = clock;
  }

  /** When the oldest of what is shown was listed, in milliseconds since the Unix epoch; `undefined` when all was listed now. */
  get asOf(): number | undefined {
    return this.#shown.size === 0 ? undefined : Math.min(...this.#shown.values());
  }

  /** Begins to read the tenants, while it is still asked which accounts there are. */
  prepare(): void {
    if (!this.#listed.has(tenantsKey)) {
      this.#tenants ??= this.#store.tenants();
    }
  }

  /** Tenants of these accounts, until they were listed in this window. */
  async tenants(accounts: readonly Account[]): Promise<readonly Tenant[]> {
    this.prepare();
    const kept = await this.#tenants;
    this.#tenants = undefined;
    const tenants = (kept?.tenants ?? []).flatMap((tenant) => {
      const account = accounts.find(({ id }) => id === tenant.account.id);
      return account === undefined ? [] : [{ ...tenant, account }];
    });
    if (kept !== undefined && tenants.length > 0) {
      this.#shown.set(tenantsKey, kept.at);
    }
    return tenants;
  }

  /** Subscriptions of a tenant, until they were listed in this window; the inventory then knows what is in them. */
  async subscriptions(tenant: Tenant): Promise<readonly Subscription[]> {
    await this.restore(tenant);
    const at = this.#read.get(keyOf(tenant));
    if (at === undefined || this.#listed.has(keyOf(tenant))) {
      return [];
    }
    this.#shown.set(keyOf(tenant), at);
    return this.#inventory.listing(tenant)?.map(({ subscription }) => subscription) ?? [];
  }

  /** Identities of a subscription, until they were listed in this window. */
  identities(tenant: Tenant, subscription: Subscription): readonly ManagedIdentity[] | undefined {
    const at = this.#read.get(keyOf(tenant));
    const identities = at === undefined || this.#listed.has(keyOf(subscription)) ? undefined : this.#inventory.identitiesOf(subscription);
    if (at !== undefined && identities !== undefined) {
      this.#shown.set(keyOf(subscription), at);
    }
    return identities;
  }

  /** Has the inventory know what the last window left of these tenants, or of all of these accounts. */
  async restoreAll(accounts: readonly Account[]): Promise<void> {
    const kept = await this.#store.tenants();
    const tenants = (kept?.tenants ?? []).filter(({ account }) => accounts.some(({ id }) => id === account.id));
    await Promise.all(tenants.map((tenant) => this.restore(tenant)));
  }

  /** Has the inventory know what the last window left of a tenant. */
  async restore(tenant: Tenant): Promise<void> {
    if (this.#read.has(keyOf(tenant)) || this.#listed.has(keyOf(tenant))) {
      return;
    }
    const kept = await this.#store.listing(tenant);
    if (kept !== undefined) {
      this.#read.set(keyOf(tenant), kept.at);
      this.#inventory.restore(tenant, kept.subscriptions);
    }
  }

  /** Takes that the tenants of all accounts were listed. */
  listedTenants(tenants: readonly Tenant[], options: { readonly isWhole: boolean }): void {
    this.#done(tenantsKey);
    if (options.isWhole) {
      this.#tenantsWritten = this.#store.keepTenants({ at: this.#clock.now(), tenants });
    }
  }

  listedSubscriptions(tenant: Tenant): void {
    this.#done(keyOf(tenant));
  }

  /** Takes that a subscription was listed; only a listing without a filter is left for the next window. */
  listedIdentities(tenant: Tenant, subscription: Subscription, options: { readonly isWhole: boolean }): void {
    this.#done(keyOf(subscription));
    if (options.isWhole) {
      this.changed(tenant);
    }
  }

  /** Takes that a row is not filled any more. */
  hidden(subscription: Subscription): void {
    this.#shown.delete(keyOf(subscription));
  }

  /** Writes a tenant soon, with whatever else changes until then. */
  changed(tenant: Tenant): void {
    this.#changed.set(keyOf(tenant), tenant);
    this.#written ??= this.#writeSoon();
  }

  /** Resolves when everything that changed so far is written. */
  async written(): Promise<void> {
    await Promise.all([this.#written, this.#tenantsWritten]);
  }

  /** Forgets what the last window left and what this one would leave. */
  async clear(): Promise<void> {
    this.forget();
    this.#changed.clear();
    await this.#store.clear();
  }

  /** Forgets what is shown, for example when other accounts are signed in. */
  forget(): void {
    this.#listed.clear();
    this.#shown.clear();
    this.#read.clear();
  }

  #done(key: string): void {
    this.#listed.add(key);
    this.#shown.delete(key);
  }

  async #writeSoon(): Promise<void> {
    await this.#clock.sleep(writeAfterMs);
    this.#written = undefined;
    const tenants = [...this.#changed.values()];
    this.#changed.clear();
    for (const tenant of tenants) {
      const subscriptions = this.#inventory.listing(tenant);
      if (subscriptions !== undefined) {
        const isNew = subscriptions.every(({ subscription, identities }) => identities === undefined || this.#listed.has(keyOf(subscription)));
        await this.#store.keepListing(tenant, { at: (isNew ? undefined : this.#read.get(keyOf(tenant))) ?? this.#clock.now(), subscriptions });
      }
    }
  }
}

function keyOf(place: TenantRef & { readonly subscriptionId?: string }): string {
  return `${place.account.id}/${place.tenantId}/${place.subscriptionId ?? ''}`.toLowerCase();
}
