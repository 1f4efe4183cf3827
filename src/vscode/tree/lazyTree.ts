import * as vscode from 'vscode';
import type { Clock } from '../../clock.ts';
import type { ContextKey, NodeTarget } from '../../contributions.ts';
import { AirflowIdentityError } from '../../errors.ts';
import { setContextKey } from '../contextKeys.ts';
import { ErrorNode } from './errorNode.ts';
import { NodeLoads } from './nodeLoads.ts';
import type { LoadState, TreeNode } from './treeNode.ts';
import type { TreePlace } from './treePlace.ts';

/** Between tries to bring a row into view that is being drawn, in milliseconds. */
const redrawMs = 200;

/** What a view adds to the generic tree. */
export interface LazyTreeOptions {
  readonly place: TreePlace;
  readonly root: TreeNode;
  readonly clock: Clock;
  readonly loadingKey: Extract<ContextKey, `${string}Loading`>;
  /** True while the welcome content says more than the rows would. */
  readonly showsWelcome: () => boolean;
  /** After rows changed; told with each batch. */
  readonly onChanged: () => void;
  readonly onFailed: (node: TreeNode, error: AirflowIdentityError) => void;
}

/** A view whose nodes appear as answers arrive, fail in place, and stop when they are collapsed. */
export class LazyTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly view: vscode.TreeView<TreeNode>;
  readonly #options: LazyTreeOptions;
  readonly #subscription: vscode.Disposable;
  readonly #loads: NodeLoads;
  readonly #errors = new Map<AirflowIdentityError, ErrorNode>();
  /** Rows that VS Code was last given for the root. */
  #given: readonly TreeNode[] = [];
  #idle: (() => void) | undefined;

  constructor(options: LazyTreeOptions) {
    this.#options = options;
    this.view = options.place.view;
    this.#loads = new NodeLoads(options.clock, {
      changed: (nodes) => this.#redrawn(nodes),
      failed: options.onFailed,
      busy: (busy) => this.#setBusy(busy),
    });
    this.#subscription = vscode.Disposable.from(
      this.view.onDidCollapseElement(({ element }) => this.#loads.stop(element)),
      // VS Code keeps the rows of a collapsed node and does not ask for them again; what the collapse stopped goes on here.
      this.view.onDidExpandElement(({ element }) => this.#loads.loadAhead(this.children(element))),
    );
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.item(this.state(node));
  }

  async getChildren(node: TreeNode = this.#options.root): Promise<TreeNode[]> {
    if (!this.#isThere(node)) {
      // VS Code goes on asking for rows from before a refresh. What is loaded for them would be taken for that of their successors.
      await this.#loads.answered(this.#options.root);
      return [...this.#loads.children(node)];
    }
    await this.#loads.answered(node);
    const children = this.shown(node);
    if (node === this.#options.root) {
      this.#given = children;
    }
    this.#loads.loadAhead(children);
    return [...children];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent === this.#options.root ? undefined : node.parent;
  }

  /** Rows below a node as they stand, an error in the place of what is missing. Loads nothing. */
  shown(node: TreeNode = this.#options.root): readonly TreeNode[] {
    const state = this.state(node);
    const children = this.#loads.children(node).filter((child) => child.isHidden?.() !== true);
    if (state.status === 'failed') {
      return [...children, this.#errorNode(node, state.error)];
    }
    return node === this.#options.root && this.#options.showsWelcome() ? [] : children;
  }

  /** Children of a node without error rows. Loads nothing. */
  children(node: TreeNode = this.#options.root): readonly TreeNode[] {
    return this.#loads.children(node);
  }

  /** All nodes read so far that are wanted. Loads nothing. */
  known(isWanted: (node: TreeNode) => boolean, below: TreeNode = this.#options.root): readonly TreeNode[] {
    return this.children(below).flatMap((child) => [...(isWanted(child) ? [child] : []), ...this.known(isWanted, child)]);
  }

  state(node: TreeNode = this.#options.root): LoadState {
    return this.#loads.state(node);
  }

  failures(): ReturnType<NodeLoads['failures']> {
    return this.#loads.failures();
  }

  /**
   * Loads a node in turn unless that was done, waits for the end, and gives its children; `state` tells whether it failed.
   * Below the root this follows a refresh. Aborting ends the wait, and the load too where nobody else wants it.
   * @throws the signal's reason.
   */
  async loaded(node: TreeNode = this.#options.root, signal?: AbortSignal): Promise<readonly TreeNode[]> {
    do {
      signal?.throwIfAborted();
      await this.#loads.ended(node, signal);
      signal?.throwIfAborted();
      // Other nodes are replaced by a refresh; who waits for them has to ask the root for those that took their place.
    } while (node === this.#options.root && !this.isSettled(node));
    return this.#loads.children(node);
  }

  /** Whether a node was loaded to its end, or has failed. */
  isSettled(node: TreeNode): boolean {
    return ['complete', 'failed'].includes(this.state(node).status);
  }

  /** Asks again for what is below a node, and only for that. */
  refresh(node: TreeNode = this.#options.root): void {
    this.#loads.forget(node);
  }

  /** Puts children in place that were read elsewhere. */
  replace(node: TreeNode, children: readonly TreeNode[]): void {
    this.#loads.replace(node, children);
  }

  /** Changes the children of a node that is complete; what is known below those that stay is kept. */
  update(node: TreeNode, children: readonly TreeNode[]): void {
    this.#loads.update(node, children);
  }

  /** Brings a row into view, selected and focused. */
  async reveal(node: TreeNode): Promise<void> {
    // VS Code passes over a row that is being drawn again just then, and does not say so.
    for (let tries = 0; tries < 5; tries++) {
      await this.view.reveal(node, { select: true, focus: true, expand: true });
      if (this.view.selection.some(({ id }) => id === node.id)) {
        return;
      }
      await this.#options.clock.sleep(redrawMs);
    }
  }

  /** Draws a row again. */
  redraw(node: TreeNode): void {
    this.#loads.redraw(node);
  }

  /** Aborts everything under way. What is incomplete says so and can be tried again. */
  stop(): void {
    this.#loads.halt(new AirflowIdentityError('unavailable', vscode.l10n.t('Stopped before everything was listed.')));
  }

  /** The node itself when the target is a row of this tree. */
  own(target: NodeTarget | undefined): TreeNode | undefined {
    let top = target as TreeNode | undefined;
    while (top?.parent !== undefined) {
      top = top.parent;
    }
    return top === this.#options.root ? (target as TreeNode) : undefined;
  }

  dispose(): void {
    this.stop();
    this.#subscription.dispose();
  }

  /** By ids: a page that arrives puts other nodes in the place of those above. */
  #isThere({ id, parent }: TreeNode): boolean {
    return parent === undefined || (this.#isThere(parent) && this.#loads.children(parent).some((child) => child.id === id));
  }

  #errorNode(node: TreeNode, error: AirflowIdentityError): ErrorNode {
    let known = this.#errors.get(error);
    if (known === undefined) {
      known = new ErrorNode(node, error);
      this.#errors.set(error, known);
    }
    return known;
  }

  #redrawn(nodes: readonly TreeNode[]): void {
    this.#options.onChanged();
    const top = this.shown();
    const isForgotten = this.state().status === 'idle';
    const isOther = isForgotten || top.length !== this.#given.length || top.some((node, index) => node !== this.#given[index]);
    if (isOther) {
      this.#options.place.changed(undefined);
    } else {
      // VS Code forgets selection and expansion for a moment when the whole is drawn again.
      const rows = nodes.map((node) => this.#drawnFor(node)).filter((node) => node !== this.#options.root);
      if (rows.length > 0) {
        this.#options.place.changed(rows);
      }
    }
  }

  /** A row that is not there any more is drawn by those around it. */
  #drawnFor(node: TreeNode): TreeNode {
    return node.isHidden?.() === true && node.parent !== undefined ? this.#drawnFor(node.parent) : node;
  }

  #setBusy(busy: boolean): void {
    void setContextKey(this.#options.loadingKey, busy);
    this.#idle?.();
    this.#idle = undefined;
    if (busy) {
      void vscode.window.withProgress({ location: { viewId: this.#options.place.viewId } }, () => new Promise<void>((resolve) => {
        this.#idle = resolve;
      }));
    }
  }
}
