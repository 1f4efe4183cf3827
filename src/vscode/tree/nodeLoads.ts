import type { Clock } from '../../clock.ts';
import type { AirflowIdentityError } from '../../errors.ts';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { LoadState, TreeNode } from './treeNode.ts';

/** Changes are told at most this often, so that 300 answers do not redraw the tree 300 times. */
const batchMs = 300;

/** What happens to loads, for whoever draws them. */
export interface NodeLoadsEvents {
  /** Rows or children of these nodes changed. */
  changed(nodes: readonly TreeNode[]): void;
  failed(node: TreeNode, error: AirflowIdentityError): void;
  /** Some node is being loaded, or none any more. */
  busy(busy: boolean): void;
}

/** Something that happens once and can be waited for. */
class Once {
  done: () => void = () => undefined;
  readonly promise = new Promise<void>((resolve) => {
    this.done = resolve;
  });
}

interface Load {
  readonly node: TreeNode;
  readonly controller: AbortController;
  state: LoadState;
  children: readonly TreeNode[];
  /** Starts the work if its turn did not come yet. */
  readonly begin: () => void;
  /** A view shows what it brings, until its row is folded. */
  isShown: boolean;
  /** How many others wait for its end. */
  waits: number;
  /** Resolves with the first children, the end, or the stop. */
  readonly answered: Once;
  readonly ended: Once;
}

/**
 * Loads the children of nodes, page by page. Knows nothing of VS Code. A stopped load ends at once and what it still
 * brings is dropped, so a slow answer never overwrites a newer one.
 */
export class NodeLoads {
  readonly #clock: Clock;
  readonly #events: NodeLoadsEvents;
  readonly #loads = new Map<string, Load>();
  readonly #changed = new Map<string, TreeNode>();
  #active = 0;
  #telling = false;

  constructor(clock: Clock, events: NodeLoadsEvents) {
    this.#clock = clock;
    this.#events = events;
  }

  state(node: TreeNode): LoadState {
    return this.#loads.get(node.id)?.state ?? { status: node.load === undefined ? 'complete' : 'idle' };
  }

  /** The children known so far. */
  children(node: TreeNode): readonly TreeNode[] {
    return node.children ?? this.#loads.get(node.id)?.children ?? [];
  }

  /** Starts loading if that did not happen yet, and waits for the first children or the end. Never rejects. */
  async answered(node: TreeNode): Promise<void> {
    await this.#start(node, { now: true, isShown: true })?.answered.promise;
  }

  /**
   * Starts loading in turn if that did not happen yet, and waits for the end, or for the signal. Never rejects; see `state`.
   * Given up by the last who wanted it, the load is aborted; others go on to get what they wait for.
   */
  async ended(node: TreeNode, signal?: AbortSignal): Promise<void> {
    const load = this.#start(node, { now: false, isShown: false });
    if (load === undefined) {
      return;
    }
    const givenUp = new Once();
    signal?.addEventListener('abort', givenUp.done, { once: true });
    load.waits++;
    await Promise.race([load.ended.promise, givenUp.promise]);
    load.waits--;
    signal?.removeEventListener('abort', givenUp.done);
    this.#stopUnwanted(load);
  }

  /** Starts the loads of those nodes that are fetched as soon as they are shown. */
  loadAhead(nodes: readonly TreeNode[]): void {
    for (const node of nodes) {
      if (node.ahead !== undefined) {
        this.#start(node, { now: false, isShown: true });
      }
    }
  }

  /** Forgets what is known below a node; requests under way are aborted. Asked again, it loads again. */
  forget(node: TreeNode): void {
    this.#drop(node);
    this.redraw(node);
  }

  /** Aborts what is under way at and below a node whose row was folded and forgets what is therefore incomplete; keeps the rest, and what others wait for. */
  stop(node: TreeNode): void {
    const load = this.#loads.get(node.id);
    if (load !== undefined && isUnderWay(load)) {
      load.isShown = false;
      this.#stopUnwanted(load);
      return;
    }
    for (const child of this.children(node)) {
      this.stop(child);
    }
  }

  /** Aborts everything under way; what is incomplete keeps its children and holds `error` instead of the rest. */
  halt(error: AirflowIdentityError): void {
    for (const load of this.#loads.values()) {
      if (isUnderWay(load)) {
        load.state = { status: 'failed', error };
        load.controller.abort();
        this.#settle(load);
      }
    }
  }

  /** Puts children in place that came another way, for example with a write. What is known below those that stay is kept. */
  replace(node: TreeNode, children: readonly TreeNode[]): void {
    this.#drop(node, new Set(children));
    const load = this.#newLoad(node, () => undefined);
    load.state = { status: 'complete' };
    load.children = children;
    load.answered.done();
    load.ended.done();
    this.redraw(node);
  }

  /** Changes the children of a node that is complete; what is known below those that stay is kept. */
  update(node: TreeNode, children: readonly TreeNode[]): void {
    const load = this.#loads.get(node.id);
    if (load?.state.status === 'complete') {
      load.children = children;
      this.redraw(node);
    }
  }

  /** Has a row drawn again with the next batch. */
  redraw(node: TreeNode): void {
    this.#changed.set(node.id, node);
    if (!this.#telling) {
      this.#telling = true;
      void this.#tellSoon();
    }
  }

  /** Nodes whose load failed. */
  failures(): readonly { readonly node: TreeNode; readonly error: AirflowIdentityError }[] {
    return [...this.#loads.values()].flatMap(({ node, state }) => (state.status === 'failed' ? [{ node, error: state.error }] : []));
  }

  #start(node: TreeNode, { now, isShown }: { readonly now: boolean; readonly isShown: boolean }): Load | undefined {
    if (node.load === undefined) {
      return undefined;
    }
    const known = this.#loads.get(node.id);
    if (known !== undefined) {
      known.isShown ||= isShown;
      if (now) {
        known.begin();
      }
      return known;
    }
    let begun: Promise<void> | undefined;
    const load = this.#newLoad(node, () => {
      begun ??= this.#run(load);
    });
    load.isShown = isShown;
    this.#setActive(1);
    if (now || node.ahead === undefined) {
      load.begin();
    } else {
      // A load that began out of turn, or was aborted while waiting, gives its place back at once.
      void node.ahead.run(async () => {
        load.begin();
        await Promise.race([begun, load.ended.promise]);
      });
    }
    return load;
  }

  #newLoad(node: TreeNode, begin: () => void): Load {
    const load: Load = {
      node,
      controller: new AbortController(),
      state: { status: 'waiting' },
      children: [],
      begin,
      isShown: false,
      waits: 0,
      answered: new Once(),
      ended: new Once(),
    };
    this.#loads.set(node.id, load);
    return load;
  }

  async #run(load: Load): Promise<void> {
    const { node, controller } = load;
    const isCurrent = (): boolean => this.#loads.get(node.id) === load && isUnderWay(load);
    if (!isCurrent()) {
      return;
    }
    load.state = { status: 'loading' };
    this.redraw(node);
    try {
      for await (const children of node.load?.(controller.signal) ?? []) {
        if (!isCurrent()) {
          return;
        }
        load.children = children;
        load.answered.done();
        this.redraw(node);
      }
      this.#finish(load, isCurrent(), { status: 'complete' });
    } catch (error) {
      // Nobody here aborts a load that is still current: a cancel then came from below, for example a closed dialog.
      this.#finish(load, isCurrent(), isCancel(error) ? { status: 'complete' } : { status: 'failed', error: toAirflowIdentityError(error) });
    }
  }

  #finish(load: Load, isCurrent: boolean, state: LoadState): void {
    if (!isCurrent) {
      return;
    }
    load.state = state;
    this.#settle(load);
    if (state.status === 'failed') {
      this.#events.failed(load.node, state.error);
    }
  }

  #settle(load: Load): void {
    load.answered.done();
    load.ended.done();
    this.#setActive(-1);
    this.redraw(load.node);
  }

  #stopUnwanted(load: Load): void {
    if (!load.isShown && load.waits === 0 && isUnderWay(load) && this.#loads.get(load.node.id) === load) {
      this.forget(load.node);
    }
  }

  #drop(node: TreeNode, staying: ReadonlySet<TreeNode> = new Set()): void {
    for (const child of this.children(node)) {
      if (!staying.has(child)) {
        this.#drop(child);
      }
    }
    const load = this.#loads.get(node.id);
    if (load === undefined) {
      return;
    }
    this.#loads.delete(node.id);
    if (isUnderWay(load)) {
      load.controller.abort();
      this.#settle(load);
    }
  }

  #setActive(change: 1 | -1): void {
    const before = this.#active;
    this.#active += change;
    if ((before === 0) !== (this.#active === 0)) {
      this.#events.busy(this.#active > 0);
    }
  }

  async #tellSoon(): Promise<void> {
    await this.#clock.sleep(batchMs);
    this.#telling = false;
    const nodes = [...this.#changed.values()];
    this.#changed.clear();
    this.#events.changed(nodes);
  }
}

function isUnderWay(load: Load): boolean {
  return load.state.status === 'loading' || load.state.status === 'waiting';
}
