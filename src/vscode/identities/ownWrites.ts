import type { Clock } from '../../clock.ts';
import { sameArmId } from '../../identity/armId.ts';
import type { IdentityRef, ManagedIdentity } from '../../identity/managedIdentity.ts';

/** Azure Resource Graph knows of a write after seconds to minutes (Microsoft Learn, governance/resource-graph/overview). */
const lagMs = 15 * 60_000;

interface OwnWrite {
  readonly ref: IdentityRef;
  /** Absent for one that was deleted. */
  readonly identity: ManagedIdentity | undefined;
  readonly until: number;
}

/** What this window made, read by ARM or deleted, so that a search that does not know of it yet takes nothing back. */
export class OwnWrites {
  readonly #clock: Clock;
  #writes: readonly OwnWrite[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps what ARM says about an identity; `undefined` when it was deleted. */
  keep(ref: IdentityRef, identity: ManagedIdentity | undefined): void {
    const until = this.#clock.now() + lagMs;
    this.#writes = [...this.#current().filter((write) => !isSame(write.ref, ref)), { ref, identity, until }];
  }

  /** What a search found in a subscription, put right. */
  corrected(found: readonly ManagedIdentity[], place: Pick<IdentityRef, 'account' | 'tenantId' | 'subscriptionId'>): readonly ManagedIdentity[] {
    const writes = this.#current().filter(({ ref }) => isSamePlace(ref, place));
    return writes.length === 0 ? found : [...found.filter((identity) => !writes.some(({ ref }) => isSame(ref, identity))), ...writes.flatMap(({ identity = [] }) => identity)];
  }

  #current(): readonly OwnWrite[] {
    return this.#writes.filter(({ until }) => until > this.#clock.now());
  }
}

function isSamePlace(a: Pick<IdentityRef, 'account' | 'tenantId' | 'subscriptionId'>, b: Pick<IdentityRef, 'account' | 'tenantId' | 'subscriptionId'>): boolean {
  return a.account.id === b.account.id && sameArmId(a.tenantId, b.tenantId) && sameArmId(a.subscriptionId, b.subscriptionId);
}

function isSame(a: IdentityRef, b: IdentityRef): boolean {
  return isSamePlace(a, b) && sameArmId(a.resourceGroup, b.resourceGroup) && sameArmId(a.name, b.name);
}
