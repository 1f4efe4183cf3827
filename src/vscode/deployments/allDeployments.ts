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
  #known: readonly Deployment[] | undefined;

  constructor() {
    this.onDidChange = this.#changes.event;
  }

  /** `undefined` while not all of them are known, or there is none. */
  get known(): readonly Deployment[] | undefined {
    return this.#known;
  }

  /** Remembers a listing, unless something is missing in it. */
  keep({ deployments, failures }: ListedDeployments): void {
    if (failures.length === 0) {
      this.#set(deployments.length === 0 ? undefined : deployments);
    }
  }

  /** A source or a token changed. */
  forget(): void {
    this.#set(undefined);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #set(known: readonly Deployment[] | undefined): void {
    const isSame = JSON.stringify(this.#known) === JSON.stringify(known);
    this.#known = known;
    if (!isSame) {
      this.#changes.fire();
    }
  }
}
