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
    run.waiting++;
    const wake = (): void => run.tell();
    signal.addEventListener('abort', wake);
    try {
      for (let given = 0; ; ) {
        signal.throwIfAborted();
        const found = run.found(subscriptionId);
        const isPassed = run.hasPassed(subscriptionId);
        if (found.length > given) {
          given = found.length;
          yield [...found];
        } else if (isPassed) {
          return;
        } else if (run.error !== undefined) {
          throw run.error.value;
        } else {
          await run.news;
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

class Run {
  waiting = 0;
  isUnderWay = true;
  error: { readonly value: unknown } | undefined;
  news: Promise<void>;
  readonly #controller = new AbortController();
  readonly #bySubscription = new Map<string, ManagedIdentity[]>();
  #last: string | undefined;
  #wake: () => void = () => undefined;

  constructor(search: (signal: AbortSignal) => AsyncIterable<IdentityPage>) {
    this.news = this.#nextNews();
    void this.#read(search);
  }

  found(subscriptionId: string): readonly ManagedIdentity[] {
    return this.#bySubscription.get(subscriptionId.toLowerCase()) ?? [];
  }

  /** Rows come one subscription after the other: the one that came last may go on with the next page. */
  hasPassed(subscriptionId: string): boolean {
    const key = subscriptionId.toLowerCase();
    return (!this.isUnderWay && this.error === undefined) || (this.#last !== key && this.#bySubscription.has(key));
  }

  tell(): void {
    const wake = this.#wake;
    this.news = this.#nextNews();
    wake();
  }

  abort(): void {
    this.#controller.abort();
  }

  async #read(search: (signal: AbortSignal) => AsyncIterable<IdentityPage>): Promise<void> {
    try {
      for await (const { identities } of search(this.#controller.signal)) {
        this.#add(identities);
        this.tell();
      }
    } catch (error) {
      this.error = { value: error };
    }
    this.isUnderWay = false;
    this.tell();
  }

  #add(identities: readonly ManagedIdentity[]): void {
    let known: ManagedIdentity[] = [];
    let knownOf: string | undefined;
    for (const identity of identities) {
      if (identity.subscriptionId !== knownOf) {
        knownOf = identity.subscriptionId;
        this.#last = knownOf.toLowerCase();
        known = this.#bySubscription.get(this.#last) ?? [];
        this.#bySubscription.set(this.#last, known);
      }
      known.push(identity);
    }
  }

  #nextNews(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
