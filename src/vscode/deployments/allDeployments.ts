import * as vscode from 'vscode';
import type { Deployment } from '../../deployment/deployment.ts';
import type { ListedDeployments } from './listDeployments.ts';

/**
 * All deployments, as soon as somebody listed them all: the Deployments view, or something that had to know. With one of them
 * missing, its credentials would look unused.
 */
export class AllDeployments implements vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  #listed: ListedDeployments | undefined;

  constructor() {
    this.onDidChange = this.#changes.event;
  }

  /** `undefined` while not all of them are known, or there is none. */
  get known(): readonly Deployment[] | undefined {
    const { deployments = [], failures = [] } = this.#listed ?? {};
    return failures.length > 0 || deployments.length === 0 ? undefined : deployments;
  }

  /** The last listing that was whole, or else the last; `undefined` before. */
  get listed(): ListedDeployments | undefined {
    return this.#listed;
  }

  /** Remembers a listing, unless something is missing in it that is known. */
  keep(listed: ListedDeployments): void {
    if (listed.failures.length === 0 || this.known === undefined) {
      this.#set(listed);
    }
  }

  /** A source or a token changed. */
  forget(): void {
    this.#set(undefined);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #set(listed: ListedDeployments | undefined): void {
    if (keyOf(this.#listed) !== keyOf(listed)) {
      this.#listed = listed;
      this.#changes.fire();
    }
  }
}

/** Equal for listings that tell the same. */
function keyOf(listed: ListedDeployments | undefined): string {
  return JSON.stringify([listed?.deployments, listed?.failures.map(({ code }) => code)]);
}
