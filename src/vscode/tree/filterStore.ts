import * as vscode from 'vscode';

/** Where a filter is kept: for all windows of the user, or for the folder that is open, which wins. */
export type FilterPlace = 'user' | 'workspace';

/** A kind of filter. */
interface FilterKind<Filter> {
  /** What it is kept under. */
  readonly key: string;
  /** A filter as it was kept; one that lets everything through where the value is none. */
  readonly read: (stored: unknown) => Filter;
  readonly isEmpty: (filter: Filter) => boolean;
}

/** Keeps the filter of a view. */
export class FilterStore<Filter> implements vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #states: Readonly<Record<FilterPlace, vscode.Memento>>;
  readonly #kind: FilterKind<Filter>;

  constructor(states: Readonly<Record<FilterPlace, vscode.Memento>>, kind: FilterKind<Filter>) {
    this.#states = states;
    this.#kind = kind;
    this.onDidChange = this.#changes.event;
  }

  /** The filter that counts now. */
  current(): Filter {
    return this.#stored(this.place());
  }

  /** Where the filter that counts now is kept. */
  place(): FilterPlace {
    return this.#kind.isEmpty(this.#stored('workspace')) ? 'user' : 'workspace';
  }

  /** Keeps a filter; one for the user ends the one of this workspace, or it would not be seen. */
  async set(filter: Filter, place: FilterPlace): Promise<void> {
    const { key, isEmpty } = this.#kind;
    await this.#states.workspace.update(key, place === 'workspace' ? filter : undefined);
    if (place === 'user') {
      await this.#states.user.update(key, isEmpty(filter) ? undefined : filter);
    }
    this.#changes.fire();
  }

  /** Has everything shown again, here and in other folders. */
  clear(): Promise<void> {
    return this.set(this.#kind.read(undefined), 'user');
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #stored(place: FilterPlace): Filter {
    return this.#kind.read(this.#states[place].get(this.#kind.key));
  }
}
