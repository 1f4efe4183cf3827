import type { Clock } from '../../clock.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { ManagedIdentity, TenantRef } from '../../identity/managedIdentity.ts';
import type { ReadTrust } from '../../identity/trustSnapshot.ts';
import type { SnapshotStore } from './snapshotStore.ts';

/** What is older is read again. */
const maxAgeMs = 24 * 3_600_000;

/** Changes are written this long after the first of them. */
const writeAfterMs = 2_000;

interface KnownTenant {
  readonly tenant: TenantRef;
  readonly trusts: Map<string, ReadTrust>;
}

/** Which issuers identities trusted when that was last read, here or in the last window: reading it takes a request for each. */
export class TrustMemory {
  readonly #store: Pick<SnapshotStore, 'trusts' | 'keepTrusts'>;
  readonly #clock: Clock;
  readonly #tenants = new Map<string, Promise<KnownTenant>>();
  readonly #changed = new Map<string, KnownTenant>();
  #written: Promise<void> | undefined;
  /** Nothing read before this counts, in milliseconds since the Unix epoch. */
  #since = 0;

  constructor(store: Pick<SnapshotStore, 'trusts' | 'keepTrusts'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** What was read of an identity not too long ago. */
  async recall(identity: ManagedIdentity): Promise<ReadTrust | undefined> {
    const known = (await this.#tenant(identity)).trusts.get(identity.clientId);
    return known !== undefined && known.at >= this.#since && known.at > this.#clock.now() - maxAgeMs ? known : undefined;
  }

  /** Takes what stands on an identity now. */
  async note(identity: ManagedIdentity, credentials: readonly FederatedCredential[]): Promise<void> {
    const trust = { at: this.#clock.now(), issuers: [...new Set(credentials.map(({ issuer }) => issuer))] };
    const known = await this.#tenant(identity);
    known.trusts.set(identity.clientId, trust);
    this.#changed.set(keyOf(identity), known);
    this.#written ??= this.#writeSoon();
  }

  /** Has everything read again. */
  outdate(): void {
    this.#since = this.#clock.now();
  }

  /** Forgets everything, for example when other accounts are signed in. */
  forget(): void {
    this.#tenants.clear();
    this.#changed.clear();
  }

  /** Resolves when everything that changed so far is written. */
  async written(): Promise<void> {
    await this.#written;
  }

  #tenant(tenant: TenantRef): Promise<KnownTenant> {
    let known = this.#tenants.get(keyOf(tenant));
    if (known === undefined) {
      known = this.#store.trusts(tenant).then((trusts) => ({ tenant, trusts: new Map(trusts) }));
      this.#tenants.set(keyOf(tenant), known);
    }
    return known;
  }

  async #writeSoon(): Promise<void> {
    await this.#clock.sleep(writeAfterMs);
    this.#written = undefined;
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    for (const { tenant, trusts } of changed) {
      await this.#store.keepTrusts(tenant, trusts);
    }
  }
}

function keyOf({ account, tenantId }: TenantRef): string {
  return `${account.id}/${tenantId}`;
}
