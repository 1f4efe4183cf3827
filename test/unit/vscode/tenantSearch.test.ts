import assert from 'node:assert/strict';
import type { IdentityPage } from '../../../src/identity/searchPort.ts';
import { TenantSearch } from '../../../src/vscode/identities/tenantSearch.ts';
import { identitySample } from '../identity/identitySample.ts';
import { settled } from './manualClock.ts';

/** A page that is still to come. */
class Coming {
  give: (page: IdentityPage | 'end') => void = () => undefined;
  fail: (error: Error) => void = () => undefined;
  readonly page = new Promise<IdentityPage | 'end'>((resolve, reject) => {
    this.give = resolve;
    this.fail = reject;
  });
}

/** A search whose pages come when the test says so. */
class Pages {
  readonly signals: AbortSignal[] = [];
  #next = new Coming();

  readonly search = async function* search(this: Pages, signal: AbortSignal): AsyncGenerator<IdentityPage> {
    this.signals.push(signal);
    for (;;) {
      const page = await this.#next.page;
      if (page === 'end') {
        return;
      }
      yield page;
    }
  }.bind(this);

  async give(page: 'end' | readonly (readonly [subscription: string, name: string])[]): Promise<void> {
    const given = this.#next;
    this.#next = new Coming();
    given.give(page === 'end' ? page : { identities: page.map(([subscriptionId, name]) => identitySample({ subscriptionId, name })), total: 9 });
    await settled();
  }

  recover(): void {
    this.#next = new Coming();
  }

  async fail(error: Error): Promise<void> {
    this.#next.fail(error);
    await settled();
  }
}

/** Reads one subscription to the end and keeps what it was given. */
function read(search: TenantSearch, subscriptionId: string, signal: AbortSignal = new AbortController().signal): { readonly lists: string[]; end: string } {
  const reader = { lists: [] as string[], end: '' };
  void (async () => {
    try {
      for await (const identities of search.identities(subscriptionId, signal)) {
        reader.lists.push(identities.map(({ name }) => name).join());
      }
      reader.end = 'ended';
    } catch (error) {
      reader.end = error instanceof Error ? error.message : String(error);
    }
  })();
  return reader;
}

describe('a search that the subscriptions of a tenant share', () => {
  let pages: Pages;
  let search: TenantSearch;
  beforeEach(() => {
    pages = new Pages();
    search = new TenantSearch(pages.search);
  });

  it('is sent once, gives each its own, and ends for each as soon as it was passed', async () => {
    const [a, b, none] = ['a', 'B', 'none'].map((id) => read(search, id));
    await pages.give([['A', 'one'], ['b', 'two']]);
    assert.deepEqual([a, b, none], [{ lists: ['one'], end: 'ended' }, { lists: ['two'], end: '' }, { lists: [], end: '' }]);
    await pages.give([['b', 'three'], ['c', 'four']]);
    assert.deepEqual(b, { lists: ['two', 'two,three'], end: 'ended' });
    await pages.give('end');
    assert.equal(none?.end, 'ended');
    assert.equal(pages.signals.length, 1);
  });

  it('gives late comers what it has', async () => {
    const first = read(search, 'a');
    await pages.give([['a', 'one'], ['b', 'two']]);
    const late = read(search, 'b');
    await pages.give('end');
    assert.deepEqual([first.end, late], ['ended', { lists: ['two'], end: 'ended' }]);
    assert.equal(pages.signals.length, 1);
  });

  it('leaves a list as it was given, whatever comes later', async () => {
    const given: (readonly unknown[])[] = [];
    void (async () => {
      for await (const identities of search.identities('a', new AbortController().signal)) {
        given.push(identities);
      }
    })();
    await pages.give([['a', 'one']]);
    await pages.give([['a', 'two'], ['b', 'three']]);
    assert.deepEqual(given.map(({ length }) => length), [1, 2]);
  });

  it('is aborted with the last who waits, not before, and begins anew for the next', async () => {
    const [one, two] = [new AbortController(), new AbortController()];
    const readers = [read(search, 'a', one.signal), read(search, 'b', two.signal)];
    await settled();
    one.abort(new Error('stopped'));
    await settled();
    assert.deepEqual([readers[0]?.end, pages.signals[0]?.aborted], ['stopped', false]);
    two.abort(new Error('stopped'));
    await settled();
    assert.deepEqual([readers[1]?.end, pages.signals[0]?.aborted], ['stopped', true]);
    read(search, 'a');
    await settled();
    assert.equal(pages.signals.length, 2);
  });

  it('fails for all who wait, and keeps what came before', async () => {
    const [a, b] = ['a', 'b'].map((id) => read(search, id));
    await pages.give([['a', 'one'], ['b', 'two']]);
    await pages.fail(new Error('refused'));
    assert.deepEqual([a, b], [{ lists: ['one'], end: 'ended' }, { lists: ['two'], end: 'refused' }]);
  });

  it('begins anew for who asks after a failure', async () => {
    read(search, 'a');
    await pages.fail(new Error('no network'));
    pages.recover();
    const again = read(search, 'a');
    await pages.give([['a', 'one'], ['b', 'two']]);
    assert.deepEqual([again, pages.signals.length], [{ lists: ['one'], end: 'ended' }, 2]);
  });
});
