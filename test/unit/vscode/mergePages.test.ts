import assert from 'node:assert/strict';
import { mergePages } from '../../../src/vscode/mergePages.ts';
import { settled } from './manualClock.ts';

describe('pages of several sources', () => {
  it('arrive in the order of the answers, and a failing source ends alone', async () => {
    const send = new Map<string, (value: readonly number[] | Error | undefined) => void>();
    async function* list(source: string): AsyncGenerator<readonly number[]> {
      for (;;) {
        const page = await new Promise<readonly number[] | Error | undefined>((resolve) => send.set(source, resolve));
        if (page === undefined) {
          return;
        }
        if (page instanceof Error) {
          throw page;
        }
        yield page;
      }
    }
    const seen: string[] = [];
    const reading = (async () => {
      for await (const arrived of mergePages(['a', 'b'], list)) {
        seen.push('page' in arrived ? `${arrived.source} ${arrived.page.join(',')}` : `${arrived.source} ${String(arrived.error)}`);
      }
    })();
    for (const [source, page] of [['b', [1]], ['a', [2]], ['b', new Error('gone')], ['a', [3, 4]], ['a', undefined]] as const) {
      await settled();
      send.get(source)?.(page);
    }
    await reading;
    assert.deepEqual(seen, ['b 1', 'a 2', 'b Error: gone', 'a 3,4']);
  });

  it('end at once without sources', async () => {
    for await (const arrived of mergePages([], async function* () { yield [1]; })) {
      assert.fail(JSON.stringify(arrived));
    }
  });
});
