import * as vscode from 'vscode';
import type { Clock } from '../../clock.ts';
import { sameArmId } from '../../identity/armId.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { IdentityRef, ManagedIdentity, Subscription, Tenant } from '../../identity/managedIdentity.ts';
import type { KnownIdentity } from '../services.ts';

/** Listeners hear of changes at most this often. */
const batchMs = 300;

/** Remembers, for as long as the window lives, what the Identities view and the flow have read. */
export class IdentityInventory implements vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #clock: Clock;
  readonly #known = new Map<string, KnownIdentity>();
  #telling = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.onDidChange = this.#changes.event;
  }

  known(): readonly KnownIdentity[] {
    return [...this.#known.values()];
  }

  find(ref: IdentityRef): KnownIdentity | undefined {
    return this.#known.get(keyOf(ref));
  }

  /** Takes what was listed of a subscription; after the last page, identities that are gone are forgotten. */
  setIdentities(tenant: Tenant, subscription: Subscription, identities: readonly ManagedIdentity[], options: { isLastPage: boolean }): void {
    const gone = new Set(
      [...this.#known].flatMap(([key, { identity }]) => (options.isLastPage && isWithin(identity, subscription) ? [key] : [])),
    );
    for (const identity of identities) {
      const key = keyOf(identity);
      gone.delete(key);
      this.#known.set(key, { identity, tenant, subscription, credentials: this.#known.get(key)?.credentials });
    }
    for (const key of gone) {
      this.#known.delete(key);
    }
    this.#tell();
  }

  /** Takes what stands on an identity now; unknown identities are passed over. */
  setCredentials(ref: IdentityRef, credentials: readonly FederatedCredential[]): void {
    const key = keyOf(ref);
    const known = this.#known.get(key);
    if (known !== undefined) {
      this.#known.set(key, { ...known, credentials });
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

function keyOf(ref: IdentityRef): string {
  return [ref.account.id, ref.tenantId, ref.subscriptionId, ref.resourceGroup, ref.name].join('/').toLowerCase();
}

function isWithin(identity: ManagedIdentity, subscription: Subscription): boolean {
  return (
    identity.account.id === subscription.account.id &&
    identity.tenantId === subscription.tenantId &&
    sameArmId(identity.subscriptionId, subscription.subscriptionId)
  );
}
