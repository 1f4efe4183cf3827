import type * as vscode from 'vscode';
import { isCancel, toAirflowIdentityError } from '../../../errors.ts';
import type { ManagedIdentity } from '../../../identity/managedIdentity.ts';
import { TrustIndex } from '../../../trust/trustedWorkloads.ts';
import { Limiter } from '../../limiter.ts';
import type { Log } from '../../log.ts';
import type { IdentityDirectory, Services } from '../../services.ts';

/** What looking needs. */
interface TrustLookupPorts {
  readonly identities: IdentityDirectory;
  readonly clouds: Services['clouds'];
  readonly log: Log;
}

/** What is known of the identities that may trust a deployment. */
export interface KnownTrust {
  readonly identities: number;
  readonly unread: number;
}

/** Identities asked for their credentials at once. */
const atOnce = 5;

/** So many are read without being asked for; more than that takes a while. */
const readUnasked = 40;

/** Who trusts deployments, as far as credentials were read. */
export class TrustLookup implements vscode.Disposable {
  readonly #ports: TrustLookupPorts;
  readonly #subscription: vscode.Disposable;
  #index: TrustIndex<ManagedIdentity> | undefined;

  constructor(ports: TrustLookupPorts, changed: () => void) {
    this.#ports = ports;
    this.#subscription = ports.identities.onDidChange(() => {
      this.#index = undefined;
      changed();
    });
  }

  /** The credentials known now. */
  index(): TrustIndex<ManagedIdentity> {
    return (this.#index ??= new TrustIndex(this.#ports.identities.known(), this.#ports.clouds.audience));
  }

  /** How many identities are known, and of how many of them the credentials are not. */
  get known(): KnownTrust {
    return { identities: this.#ports.identities.known().length, unread: this.#unread().length };
  }

  /** Reads the credentials of all identities, or only where those not read yet are few. What fails stays unread. */
  async read(options: { readonly all: boolean }, signal: AbortSignal): Promise<void> {
    const { identities } = this.#ports;
    if (options.all || identities.known().length === 0) {
      await identities.listAll(signal);
    }
    const unread = this.#unread();
    if (!options.all && unread.length > readUnasked) {
      return;
    }
    const limit = new Limiter(atOnce);
    await Promise.all(unread.map((identity) => limit.run(() => this.#readOne(identity, signal))));
    this.#index = undefined;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #unread(): readonly ManagedIdentity[] {
    return this.#ports.identities.known().flatMap(({ identity, credentials }) => (credentials === undefined ? [identity] : []));
  }

  async #readOne(identity: ManagedIdentity, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    try {
      await this.#ports.identities.refreshIdentity(identity, signal);
    } catch (error) {
      if (isCancel(error)) {
        throw error;
      }
      this.#ports.log.failure(`credentials of ${identity.name}`, toAirflowIdentityError(error));
    }
  }
}
