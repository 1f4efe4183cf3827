import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { IdentityPage } from '../../identity/searchPort.ts';

/**
 * One search over a tenant that all of its subscriptions share. It begins with the first subscription that asks and is
 * aborted with the last one that waits; asked again after that or after a failure, it begins anew.
 */
export class TenantSearch {
  readonly #search: (signal: AbortSignal) => AsyncIterable<IdentityPage>;
  #run: Run | undefined;

  constructor(search: (signal: AbortSignal) => AsyncIterable<IdentityPage>) {
    this.#search = search;
  }

  /**
   * The identities of one subscription, each value the whole list so far; ends as soon as the search has passed it.
   * @throws what the search throws, the same error to all who wait; the signal's reason.
   */
  async *identities(subscriptionId: string, signal: AbortSignal): AsyncGenerator<readonly ManagedIdentity[], void, undefined> {
    if (this.#run?.error !== undefined) {
      this.#run = undefined;
    }
    const run = (this.#run ??= new Run(this.#search));
    const share = run.shareOf(subscriptionId);
    run.waiting++;
    const wake = (): void => share.tell();
    signal.addEventListener('abort', wake);
    try {
      for (let given = 0; ; ) {
        signal.throwIfAborted();
        const found = share.identities;
        const isPassed = run.hasPassed(share);
        if (found.length > given) {
          given = found.length;
          yield found;
        } else if (isPassed) {
          return;
        } else if (run.error !== undefined) {
          throw run.error.value;
        } else {
          await share.news();
        }
      }
    } finally {
      signal.removeEventListener('abort', wake);
      run.waiting--;
      if (signal.aborted && run.waiting === 0 && run.isUnderWay) {
        run.abort();
        this.#run = undefined;
      }
    }
  }
}

/** What a run found in one subscription. A page wakes those alone that it is about, or a thousand would look at each one. */
class Share {
  /** Never changed once it is here, but replaced by a longer one. */
  identities: readonly ManagedIdentity[] = [];
  #waiting: (() => void)[] = [];

  news(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  tell(): void {
    for (const wake of this.#waiting.splice(0)) {
      wake();
    }
  }
}

class Run {
  waiting = 0;
  isUnderWay = true;
  error: { readonly value: unknown } | undefined;
  readonly #controller = new AbortController();
  readonly #shares = new Map<string, Share>();
  #last: Share | undefined;

  constructor(search: (signal: AbortSignal) => AsyncIterable<IdentityPage>) {
    void this.#read(search);
  }

  shareOf(subscriptionId: string): Share {
    const key = subscriptionId.toLowerCase();
    const share = this.#shares.get(key) ?? new Share();
    this.#shares.set(key, share);
    return share;
  }

  /** Rows come one subscription after the other: the one that came last may go on with the next page. */
  hasPassed(share: Share): boolean {
    return (!this.isUnderWay && this.error === undefined) || (this.#last !== share && share.identities.length > 0);
  }

  abort(): void {
    this.#controller.abort();
  }

  async #read(search: (signal: AbortSignal) => AsyncIterable<IdentityPage>): Promise<void> {
    try {
      for await (const { identities } of search(this.#controller.signal)) {
        this.#add(identities);
      }
    } catch (error) {
      this.error = { value: error };
    }
    this.isUnderWay = false;
    this.#tell(this.#shares.values());
  }

  #add(identities: readonly ManagedIdentity[]): void {
    // The one that came last has passed when another one comes.
    const news = new Set(this.#last === undefined ? [] : [this.#last]);
    let found: ManagedIdentity[] = [];
    let foundIn: string | undefined;
    for (const identity of identities) {
      if (identity.subscriptionId !== foundIn) {
        foundIn = identity.subscriptionId;
        this.#last = this.shareOf(foundIn);
        found = [...this.#last.identities];
        this.#last.identities = found;
        news.add(this.#last);
      }
      found.push(identity);
    }
    this.#tell(news);
  }

  #tell(shares: Iterable<Share>): void {
    for (const share of shares) {
      share.tell();
    }
  }
}
