import assert from 'node:assert/strict';
import { AirflowIdentityError } from '../../../src/errors.ts';
import { Limiter } from '../../../src/vscode/limiter.ts';
import { NodeLoads } from '../../../src/vscode/tree/nodeLoads.ts';
import type { TreeNode } from '../../../src/vscode/tree/treeNode.ts';
import { ManualClock, settled } from './manualClock.ts';

/** A node whose pages are sent by the test. */
class SentNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode | undefined;
  readonly ahead?: Limiter;
  signals: AbortSignal[] = [];
  #send: ((page: readonly TreeNode[] | Error | 'end') => void) | undefined;

  constructor(id: string, parent?: TreeNode, ahead?: Limiter) {
    this.id = id;
    this.parent = parent;
    if (ahead !== undefined) {
      this.ahead = ahead;
    }
  }

  get isLoading(): boolean {
    return this.#send !== undefined;
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    this.signals.push(signal);
    for (;;) {
      const page = await new Promise<readonly TreeNode[] | Error | 'end'>((resolve) => { this.#send = resolve; });
      if (page === 'end') {
        this.#send = undefined;
        return;
      }
      if (page instanceof Error) {
        this.#send = undefined;
        throw page;
      }
      yield page;
    }
  }

  async send(page: readonly TreeNode[] | Error | 'end'): Promise<void> {
    this.#send?.(page);
    await settled();
  }

  item(): never {
    throw new Error('not drawn here');
  }
}

function setUp(): { readonly clock: ManualClock; readonly loads: NodeLoads; readonly told: string[][]; readonly failed: string[]; readonly busy: boolean[] } {
  const clock = new ManualClock();
  const told: string[][] = [];
  const failed: string[] = [];
  const busy: boolean[] = [];
  const loads = new NodeLoads(clock, {
    changed: (nodes) => told.push(nodes.map(({ id }) => id)),
    failed: (node, error) => failed.push(`${node.id}: ${error.message}`),
    busy: (state) => busy.push(state),
  });
  return { clock, loads, told, failed, busy };
}

const leaf = (id: string): TreeNode => new SentNode(id);
const ids = (nodes: readonly TreeNode[]): string[] => nodes.map(({ id }) => id);

describe('loads of nodes', () => {
  it('show the first page while the next is still awaited', async () => {
    const { loads } = setUp();
    const node = new SentNode('a');
    const answered = loads.answered(node);
    await settled();
    await node.send([leaf('1')]);
    await answered;
    assert.deepEqual(ids(loads.children(node)), ['1']);
    assert.equal(loads.state(node).status, 'loading');
    await node.send([leaf('1'), leaf('2')]);
    await node.send('end');
    assert.deepEqual(ids(loads.children(node)), ['1', '2']);
    assert.equal(loads.state(node).status, 'complete');
  });

  it('ask once, however often the node is drawn', async () => {
    const { loads } = setUp();
    const node = new SentNode('a');
    void loads.answered(node);
    void loads.answered(node);
    void loads.ended(node);
    await settled();
    assert.equal(node.signals.length, 1);
  });

  it('tell changes in batches of 300 ms', async () => {
    const { clock, loads, told } = setUp();
    const nodes = ['a', 'b', 'c'].map((id) => new SentNode(id));
    nodes.forEach((node) => { void loads.answered(node); });
    await settled();
    await Promise.all(nodes.map((node) => node.send([leaf(`${node.id}1`)])));
    assert.deepEqual(told, []);
    await clock.advance(300);
    assert.deepEqual(told, [['a', 'b', 'c']]);
  });

  it('fail alone, keeping what had arrived', async () => {
    const { loads, failed } = setUp();
    const good = new SentNode('good');
    const bad = new SentNode('bad');
    void loads.answered(good);
    void loads.answered(bad);
    await settled();
    await bad.send([leaf('1')]);
    await bad.send(new AirflowIdentityError('forbidden', 'no right'));
    await good.send('end');
    assert.deepEqual(failed, ['bad: no right']);
    assert.deepEqual(ids(loads.children(bad)), ['1']);
    assert.equal(loads.state(good).status, 'complete');
    assert.deepEqual(loads.failures().map(({ node }) => node.id), ['bad']);
  });

  it('are aborted by a collapse, and what still arrives is dropped', async () => {
    const { loads, busy } = setUp();
    const node = new SentNode('a');
    const answered = loads.answered(node);
    await settled();
    loads.stop(node);
    await answered;
    assert.equal(node.signals[0]?.aborted, true);
    assert.deepEqual(busy, [true, false]);
    await node.send([leaf('late')]);
    assert.deepEqual(loads.children(node), []);
    assert.equal(loads.state(node).status, 'idle');
  });

  it('keep what is complete when a node is collapsed, and stop what is under way below it', async () => {
    const { loads } = setUp();
    const limiter = new Limiter(5);
    const parent = new SentNode('p');
    const child = new SentNode('p/c', parent, limiter);
    void loads.answered(parent);
    await settled();
    await parent.send([child]);
    await parent.send('end');
    loads.loadAhead([child]);
    await settled();
    loads.stop(parent);
    assert.equal(child.signals[0]?.aborted, true);
    assert.equal(loads.state(parent).status, 'complete');
    assert.equal(loads.state(child).status, 'idle');
  });

  it('go on for those who wait when the one who began them gives up', async () => {
    const { loads } = setUp();
    const node = new SentNode('a');
    const first = new AbortController();
    const given = loads.ended(node, first.signal);
    await settled();
    const kept = loads.ended(node);
    first.abort();
    await given;
    assert.equal(node.signals[0]?.aborted, false);
    await node.send([leaf('1')]);
    await node.send('end');
    await kept;
    assert.deepEqual(ids(loads.children(node)), ['1']);
  });

  it('go on for a row that shows them when the one who began them gives up, and for one who waits when the row is folded', async () => {
    const { loads } = setUp();
    const [shown, awaited] = [new SentNode('a'), new SentNode('b')];
    const first = new AbortController();
    void loads.ended(shown, first.signal);
    await settled();
    void loads.answered(shown);
    first.abort();
    void loads.answered(awaited);
    const kept = loads.ended(awaited);
    await settled();
    loads.stop(awaited);
    assert.deepEqual([shown, awaited].map(({ signals }) => signals[0]?.aborted), [false, false]);
    await awaited.send('end');
    await kept;
    assert.equal(loads.state(awaited).status, 'complete');
  });

  it('are aborted with the last who wants them, and end the wait of that one at once', async () => {
    const { loads } = setUp();
    const node = new SentNode('a');
    const [first, second] = [new AbortController(), new AbortController()];
    const waits = [loads.ended(node, first.signal), loads.ended(node, second.signal)];
    await settled();
    first.abort();
    await waits[0];
    assert.equal(node.signals[0]?.aborted, false);
    second.abort();
    await waits[1];
    assert.equal(node.signals[0]?.aborted, true);
    assert.equal(loads.state(node).status, 'idle');
  });

  it('never let a stale answer overwrite a newer one', async () => {
    const { loads } = setUp();
    const old = new SentNode('a');
    void loads.answered(old);
    await settled();
    loads.forget(old);
    const fresh = new SentNode('a');
    void loads.answered(fresh);
    await settled();
    await fresh.send([leaf('new')]);
    await old.send([leaf('old')]);
    await old.send('end');
    assert.deepEqual(ids(loads.children(fresh)), ['new']);
    assert.equal(loads.state(fresh).status, 'loading');
  });

  it('fetch ahead no more than the limit at once, and give a place back when a waiting one is forgotten', async () => {
    const { loads } = setUp();
    const limiter = new Limiter(2);
    const nodes = ['a', 'b', 'c', 'd'].map((id) => new SentNode(id, undefined, limiter));
    loads.loadAhead(nodes);
    await settled();
    assert.deepEqual(nodes.map(({ isLoading }) => isLoading), [true, true, false, false]);
    const [a, , c, d] = nodes;
    assert.ok(a && c && d);
    loads.forget(c);
    await a.send('end');
    await settled();
    assert.equal(c.signals.length, 0);
    assert.equal(d.isLoading, true);
  });

  it('begin at once for the node a user expands, although its turn did not come', async () => {
    const { loads } = setUp();
    const limiter = new Limiter(1);
    const first = new SentNode('a', undefined, limiter);
    const expanded = new SentNode('b', undefined, limiter);
    loads.loadAhead([first, expanded]);
    void loads.answered(expanded);
    await settled();
    assert.equal(expanded.isLoading, true);
    await first.send('end');
    await settled();
    assert.equal(expanded.signals.length, 1);
  });

  it('hold a reason when they were all stopped, and can be asked again', async () => {
    const { loads, failed } = setUp();
    const node = new SentNode('a');
    void loads.answered(node);
    await settled();
    await node.send([leaf('1')]);
    loads.halt(new AirflowIdentityError('unavailable', 'Stopped.'));
    assert.equal(node.signals[0]?.aborted, true);
    assert.deepEqual(loads.failures().map(({ error }) => error.message), ['Stopped.']);
    assert.deepEqual(failed, []);
    assert.deepEqual(ids(loads.children(node)), ['1']);
    loads.forget(node);
    void loads.answered(node);
    await settled();
    assert.equal(node.signals.length, 2);
  });

  it('forget everything below a refreshed node and nothing beside it', async () => {
    const { loads } = setUp();
    const root = new SentNode('');
    const [left, right] = [new SentNode('l', root), new SentNode('r', root)];
    for (const [node, children] of [[root, [left, right]], [left, [leaf('l1')]], [right, [leaf('r1')]]] as const) {
      void loads.answered(node);
      await settled();
      await node.send(children);
      await node.send('end');
    }
    loads.forget(left);
    assert.deepEqual([left, right, root].map((node) => loads.state(node).status), ['idle', 'complete', 'complete']);
  });

  it('take children that were read elsewhere', () => {
    const { loads } = setUp();
    const node = new SentNode('a');
    loads.replace(node, [leaf('1')]);
    assert.deepEqual(ids(loads.children(node)), ['1']);
    assert.equal(loads.state(node).status, 'complete');
  });
});
