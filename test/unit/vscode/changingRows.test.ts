import assert from 'node:assert/strict';
import type { Disposable, QuickPickItem } from 'vscode';
import { ChangingRows } from '../../../src/vscode/connect/changingRows.ts';
import { settled } from './manualClock.ts';

/** A quick pick as the extension host has it: what is marked comes from the window as a number. */
class PickWithWindow {
  items: readonly QuickPickItem[] = [];
  activeItems: readonly QuickPickItem[] = [];
  value = '';
  #hear: (items: readonly QuickPickItem[]) => void = () => undefined;

  onDidChangeActive(hear: (items: readonly QuickPickItem[]) => void): Disposable {
    this.#hear = hear;
    return { dispose: () => undefined };
  }

  /** The window says which row it marks; it may not have drawn the last rows yet. */
  mark(number?: number): void {
    const item = number === undefined ? undefined : this.items[number];
    this.activeItems = item === undefined ? [] : [item];
    this.#hear(this.activeItems);
  }
}

const rows = (...labels: readonly string[]): readonly QuickPickItem[] => labels.map((label) => ({ label }));

describe('rows that are replaced while they can be taken', () => {
  let pick: PickWithWindow;
  /** What waits until the window has drawn. */
  let waiting: (() => void)[];
  let changing: ChangingRows<QuickPickItem>;

  beforeEach(async () => {
    waiting = [];
    pick = new PickWithWindow();
    changing = new ChangingRows(pick, () => new Promise((resolve) => { waiting.push(resolve); }));
    replace('id-b', 'id-c');
    pick.mark(0);
    await windowDraws();
  });

  async function windowDraws(): Promise<void> {
    waiting.splice(0).forEach((drawn) => { drawn(); });
    await settled();
  }

  function replace(...labels: readonly string[]): void {
    changing.replace(() => { pick.items = rows(...labels); });
  }

  /** What Enter takes, told once the rows are drawn. */
  async function taken(drawn: () => void): Promise<string | undefined> {
    const answer = changing.taken();
    await settled();
    drawn();
    await windowDraws();
    return (await answer)?.label;
  }

  it('give the marked row at once where they stand', async () => {
    assert.equal((await changing.taken())?.label, 'id-b');
  });

  it('give the marked row at once where others only came after it', async () => {
    replace('id-b', 'id-c', 'id-d');
    assert.equal((await changing.taken())?.label, 'id-b');
  });

  it('do not give the row that has the number of the one the user saw', async () => {
    replace('id-a', 'id-b', 'id-c');
    pick.mark(1);
    assert.equal(await taken(() => { pick.mark(2); }), 'id-c', 'the user went to the second of the rows that were shown');
  });

  it('give the row that was marked, where it only moved since', async () => {
    replace('id-a', 'id-b', 'id-c');
    pick.activeItems = pick.items.slice(0, 1);
    assert.equal((await changing.taken())?.label, 'id-b');
  });

  it('give the row at once that has its number before and after', async () => {
    replace('id-b', 'id-c2', 'id-d');
    pick.mark(0);
    assert.equal((await changing.taken())?.label, 'id-b');
  });

  it('give nothing where the marked row is gone, and another where the next Enter means that', async () => {
    replace('id-a');
    assert.equal(await changing.taken(), undefined);
    pick.mark(0);
    await windowDraws();
    assert.equal((await changing.taken())?.label, 'id-a');
  });

  it('give nothing where either of two rows may have been seen, and neither is marked in the end', async () => {
    replace('id-a', 'id-b', 'id-c');
    pick.mark(1);
    assert.equal(await taken(() => { pick.mark(0); }), undefined);
    assert.equal((await changing.taken())?.label, 'id-a', 'the next Enter is about what shows');
  });

  it('give what was marked where VS Code marks nothing for a moment', async () => {
    pick.value = 'id-c';
    pick.mark(1);
    pick.mark();
    assert.equal(await taken(() => { pick.mark(1); }), 'id-c');
  });

  it('are drawn once more where VS Code marks none of those that match', async () => {
    pick.value = 'id-c';
    const before = pick.items;
    pick.mark();
    await windowDraws();
    assert.notEqual(pick.items, before);
    assert.deepEqual(pick.items, before);
  });

  it('are not sent again with every key', async () => {
    pick.value = 'id-c';
    const before = pick.items;
    pick.mark();
    pick.mark(1);
    await windowDraws();
    assert.equal(pick.items, before);
  });

  it('stay as they are until an answer is known, and follow then', async () => {
    replace('id-a', 'id-b', 'id-c');
    pick.mark(1);
    const answer = changing.taken();
    await settled();
    replace('id-0', 'id-a', 'id-b', 'id-c');
    assert.equal(pick.items.length, 3);
    pick.mark(0);
    await windowDraws();
    assert.equal(await answer, undefined);
    assert.equal(pick.items.length, 4);
  });

  it('follow as well where the answer leaves the question open', async () => {
    replace('id-a', 'id-b', 'id-c');
    pick.mark(1);
    const answer = changing.taken();
    await settled();
    replace('id-0', 'id-a', 'id-b', 'id-c');
    pick.mark(2);
    await windowDraws();
    assert.equal((await answer)?.label, 'id-c');
    assert.equal(pick.items.length, 4);
  });
});
