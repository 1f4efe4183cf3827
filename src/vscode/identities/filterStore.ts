import * as vscode from 'vscode';
import { isEmptyFilter, storedFilter } from '../../identity/identityFilter.ts';
import type { IdentityFilter } from '../../identity/searchPort.ts';

/** Where a filter is kept: for all windows of the user, or for the folder that is open, which wins. */
export type FilterPlace = 'user' | 'workspace';

const storedAs = 'airflowIdentity.identityFilter';

/** Keeps the filter of the Identities view. */
export class FilterStore implements vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #states: Readonly<Record<FilterPlace, vscode.Memento>>;

  constructor(states: Readonly<Record<FilterPlace, vscode.Memento>>) {
    this.#states = states;
    this.onDidChange = this.#changes.event;
  }

  /** The filter that counts now. */
  current(): IdentityFilter {
    return storedFilter(this.#states[this.place()].get(storedAs));
  }

  /** Where the filter that counts now is kept. */
  place(): FilterPlace {
    return isEmptyFilter(storedFilter(this.#states.workspace.get(storedAs))) ? 'user' : 'workspace';
  }

  /** Keeps a filter; one for the user ends the one of this workspace, or it would not be seen. */
  async set(filter: IdentityFilter, place: FilterPlace): Promise<void> {
    await this.#states.workspace.update(storedAs, place === 'workspace' ? filter : undefined);
    if (place === 'user') {
      await this.#states.user.update(storedAs, isEmptyFilter(filter) ? undefined : filter);
    }
    this.#changes.fire();
  }

  /** Has everything shown again, here and in other folders. */
  clear(): Promise<void> {
    return this.set({}, 'user');
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
