import assert from 'node:assert/strict';
import { SharedReads } from '../../src/sharedReads.ts';
import { neverCanceled } from './azure/cloudClient.ts';

interface Asked {
  readonly signal: AbortSignal;
  readonly answer: (value: string) => void;
  readonly fail: (error: Error) => void;
}

/** Reads that the test answers, and a time that it moves. */
function setUp(keptMs: number): { readonly read: (key: string, signal?: AbortSignal) => Promise<string>; readonly reads: SharedReads<string>; readonly asked: Asked[]; readonly time: { now: number } } {
  const time = { now: 0 };
  const reads = new SharedReads<string>({ now: () => time.now, sleep: () => Promise.resolve() }, keptMs);
  const asked: Asked[] = [];
  const ask = (signal: AbortSignal): Promise<string> =>
    new Promise((answer, fail) => {
      asked.push({ signal, answer, fail });
    });
  return { read: (key, signal = neverCanceled()) => reads.read(key, ask, signal), reads, asked, time };
}

describe('shared reads', () => {
  it('ask once for all who want the same at a time', async () => {
    const { read, asked } = setUp(1_000);
    const both = Promise.all([read('a'), read('a')]);
    asked[0]?.answer('first');
    assert.deepEqual(await both, ['first', 'first']);
    assert.equal(asked.length, 1);
  });

  it('keep an answer for its time, and each key apart', async () => {
    const { read, asked, time } = setUp(1_000);
    const first = read('a');
    asked[0]?.answer('first');
    await first;
    time.now = 999;
    assert.equal(await read('a'), 'first');
    const other = read('b');
    asked[1]?.answer('other');
    assert.equal(await other, 'other');
    time.now = 1_000;
    const second = read('a');
    asked[2]?.answer('second');
    assert.equal(await second, 'second');
  });

  it('keep no failure', async () => {
    const { read, asked } = setUp(1_000);
    const failing = [read('a'), read('a')];
    asked[0]?.fail(new Error('no'));
    for (const each of failing) {
      await assert.rejects(each, /no/);
    }
    const again = read('a');
    asked[1]?.answer('yes');
    assert.equal(await again, 'yes');
  });

  it('go on for the others when one gives up, and end with the last', async () => {
    const { read, asked } = setUp(1_000);
    const [one, other] = [new AbortController(), new AbortController()];
    const waiting = [read('a', one.signal), read('a', other.signal)];
    one.abort();
    await assert.rejects(waiting[0] ?? Promise.resolve(), { name: 'AbortError' });
    assert.equal(asked[0]?.signal.aborted, false);
    other.abort();
    await assert.rejects(waiting[1] ?? Promise.resolve(), { name: 'AbortError' });
    assert.equal(asked[0].signal.aborted, true);
    const again = read('a');
    asked[1]?.answer('anew');
    assert.equal(await again, 'anew');
  });

  it('are asked anew after forgetting, though the former answer comes later', async () => {
    const { read, reads, asked } = setUp(1_000);
    const former = read('a');
    reads.forget();
    const current = read('a');
    asked[1]?.answer('current');
    assert.equal(await current, 'current');
    asked[0]?.answer('former');
    assert.equal(await former, 'former');
    assert.equal(await read('a'), 'current');
  });
});
