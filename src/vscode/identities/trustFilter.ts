import { isCancel } from '../../errors.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { IdentityRef, ManagedIdentity } from '../../identity/managedIdentity.ts';
import { Limiter } from '../limiter.ts';
import type { TrustMemory } from './trustMemory.ts';

/**
 * Identities asked at once. ARM counts lists of credentials for each identity (Entra docs, "request throttling") and reads for
 * each subscription (250, then 25 a second), which twenty at a time do not use up in 300 subscriptions.
 */
const atOnce = 20;

/** What the filter needs. */
export interface TrustFilterPorts {
  readonly memory: Pick<TrustMemory, 'recall'>;
  /** Reads what stands on an identity, and remembers it. */
  readonly credentials: (ref: IdentityRef, signal: AbortSignal) => Promise<readonly FederatedCredential[]>;
  /** Issuers of all deployments that are known. */
  readonly issuers: (signal: AbortSignal) => Promise<ReadonlySet<string>>;
}

/** Which identities trust a known deployment. Azure Resource Graph lists no credentials, so each identity is asked, unless it was not long ago. */
export class TrustFilter {
  readonly #ports: TrustFilterPorts;
  readonly #limit = new Limiter(atOnce);
  #issuers: SharedRead | undefined;
  #counts = { done: 0, total: 0 };
  #oldest: number | undefined;

  constructor(ports: TrustFilterPorts) {
    this.#ports = ports;
  }

  /** When the oldest reading was made that the last answers rest on, in milliseconds since the Unix epoch; `undefined` when all were made now. */
  get asOf(): number | undefined {
    return this.#oldest;
  }

  /** Identities that are being asked, and how many of them have answered; `undefined` when none is. */
  progress(): { readonly done: number; readonly total: number } | undefined {
    const { done, total } = this.#counts;
    return done < total ? { done, total } : undefined;
  }

  /** Begins anew: deployments are listed again. */
  begin(): void {
    this.#issuers = undefined;
    this.#oldest = undefined;
  }

  /**
   * Those that trust a known deployment, or whose credentials cannot be read: first what is known already, then more with
   * each answer, in the order given.
   * @param options `fresh` asks also where something is remembered; `decided` is what one listing found out so far, so that each is asked once.
   */
  async *trusting(
    identities: readonly ManagedIdentity[],
    { fresh, decided }: { readonly fresh: boolean; readonly decided: Map<string, boolean> },
    signal: AbortSignal,
  ): AsyncGenerator<readonly ManagedIdentity[]> {
    const issuers = await this.#knownIssuers(signal);
    const isTrusting = (trusted: readonly string[]): boolean => trusted.some((issuer) => issuers.has(issuer));
    const unknown: ManagedIdentity[] = [];
    for (const identity of identities.filter(({ clientId }) => !decided.has(clientId))) {
      const known = fresh ? undefined : await this.#ports.memory.recall(identity);
      if (known === undefined) {
        unknown.push(identity);
      } else {
        this.#oldest = Math.min(known.at, this.#oldest ?? Infinity);
        decided.set(identity.clientId, isTrusting(known.issuers));
      }
    }
    const found = (): readonly ManagedIdentity[] => identities.filter(({ clientId }) => decided.get(clientId) === true);
    yield found();
    yield* this.#asking(unknown, async (identity) => {
      const isOne = await this.#asked(identity, isTrusting, signal);
      decided.set(identity.clientId, isOne);
      return isOne;
    }, found, signal);
  }

  dispose(): void {
    this.#issuers?.abort();
  }

  /** Yields with each one found, and now and then for those who tell how far it is: drawing 10,000 times would cost more than asking. */
  async *#asking(
    identities: readonly ManagedIdentity[],
    ask: (identity: ManagedIdentity) => Promise<boolean>,
    found: () => readonly ManagedIdentity[],
    signal: AbortSignal,
  ): AsyncGenerator<readonly ManagedIdentity[]> {
    this.#count({ total: identities.length });
    const step = Math.ceil(identities.length / 100);
    let answered = 0;
    let isNews = false;
    let isOver = false;
    let failure: { readonly error: unknown } | undefined;
    let wake: () => void = () => undefined;
    const stopped = (): void => { wake(); };
    signal.addEventListener('abort', stopped);
    const inTurn = async (identity: ManagedIdentity): Promise<void> => {
      try {
        await this.#limit.run(async () => {
          if (!isOver) {
            isNews = (await ask(identity)) || isNews;
          }
        });
      } catch (error) {
        failure ??= { error };
      }
      if (!isOver) {
        answered += 1;
        this.#count({ done: 1 });
      }
      wake();
    };
    const isDue = (given: number): boolean => isNews || failure !== undefined || signal.aborted || answered >= Math.min(given + step, identities.length);
    try {
      for (const identity of identities) {
        void inTurn(identity);
      }
      for (let given = 0; given < identities.length; ) {
        while (!isDue(given)) {
          await new Promise<void>((resolve) => { wake = resolve; });
        }
        signal.throwIfAborted();
        if (failure !== undefined) {
          throw failure.error;
        }
        given = answered;
        isNews = false;
        yield found();
      }
    } finally {
      isOver = true;
      signal.removeEventListener('abort', stopped);
      this.#count({ total: answered - identities.length });
    }
  }

  async #asked(identity: ManagedIdentity, isTrusting: (issuers: readonly string[]) => boolean, signal: AbortSignal): Promise<boolean> {
    try {
      const credentials = await this.#ports.credentials(identity, signal);
      return isTrusting(credentials.map(({ issuer }) => issuer));
    } catch (error) {
      if (isCancel(error)) {
        throw error;
      }
      return true;
    }
  }

  #count({ done = 0, total = 0 }: { done?: number; total?: number }): void {
    const now = { done: this.#counts.done + done, total: this.#counts.total + total };
    this.#counts = now.done >= now.total ? { done: 0, total: 0 } : now;
  }

  async #knownIssuers(signal: AbortSignal): Promise<ReadonlySet<string>> {
    this.#issuers = this.#issuers?.isOver === false ? this.#issuers : new SharedRead(this.#ports.issuers);
    return this.#issuers.wait(signal);
  }
}

/** One reading that several wait for; aborted with the last of them. */
class SharedRead {
  readonly #controller = new AbortController();
  readonly #value: Promise<ReadonlySet<string>>;
  #waiting = 0;
  #hasFailed = false;

  constructor(read: (signal: AbortSignal) => Promise<ReadonlySet<string>>) {
    this.#value = read(this.#controller.signal);
    this.#value.catch(() => { this.#hasFailed = true; });
  }

  /** True when it has to be begun anew. */
  get isOver(): boolean {
    return this.#hasFailed || this.#controller.signal.aborted;
  }

  abort(): void {
    this.#controller.abort();
  }

  async wait(signal: AbortSignal): Promise<ReadonlySet<string>> {
    signal.throwIfAborted();
    this.#waiting += 1;
    let stop: () => void = () => undefined;
    const stopped = new Promise<never>((_resolve, reject) => {
      stop = () => { reject(signal.reason as Error); };
      signal.addEventListener('abort', stop);
    });
    try {
      return await Promise.race([this.#value, stopped]);
    } finally {
      signal.removeEventListener('abort', stop);
      this.#waiting -= 1;
      if (signal.aborted && this.#waiting === 0) {
        this.abort();
      }
    }
  }
}
