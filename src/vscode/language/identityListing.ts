import * as vscode from 'vscode';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { Services } from '../services.ts';

/**
 * Lists identities once for whoever writes a connection without having opened the Identities view. That is silent: it
 * asks nobody to sign in, shows no error (the log has it) and happens once per set of accounts, not per key, until what it found is forgotten.
 */
export class IdentityListing implements vscode.Disposable {
  readonly #services: Pick<Services, 'identities' | 'signIn' | 'log'>;
  readonly #subscription: vscode.Disposable;
  readonly #ended = new vscode.EventEmitter<void>();
  #run: AbortController | undefined;
  #isRunning = false;
  #isWhole = false;

  /** Fired when a listing has ended, or what it found no longer counts. */
  readonly onDidChange: vscode.Event<void> = this.#ended.event;

  constructor(services: Pick<Services, 'identities' | 'signIn' | 'log'>) {
    this.#services = services;
    this.#subscription = vscode.Disposable.from(services.signIn.onDidChange(() => this.#stop()), services.identities.onDidForget(() => this.#stop()));
  }

  /** True while identities may still be found. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** True once everything that the accounts can see was listed, without a failure and without a filter: what is not known then is not there. */
  get isComplete(): boolean {
    return this.#isWhole && !this.#services.identities.isFiltered;
  }

  /** Starts the listing unless it has run already. */
  start(): void {
    if (this.#run === undefined) {
      this.#run = new AbortController();
      this.#isRunning = true;
      void this.#list(this.#run);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#stop();
    this.#ended.dispose();
  }

  #stop(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#isRunning = false;
    this.#isWhole = false;
    this.#ended.fire();
  }

  async #list(run: AbortController): Promise<void> {
    const { identities, signIn, log } = this.#services;
    try {
      if ((await signIn.accounts(run.signal)).length > 0) {
        const { isFiltered } = identities;
        const errors = await identities.listAll(run.signal);
        this.#isWhole = this.#run === run && errors.length === 0 && !isFiltered;
      }
    } catch (error) {
      if (!isCancel(error)) {
        log.failure('listing identities for completions', toAirflowIdentityError(error));
      }
    } finally {
      if (this.#run === run) {
        this.#isRunning = false;
        this.#ended.fire();
      }
    }
  }
}
