import assert from 'node:assert/strict';
import { AirflowIdentityError, isCancel } from '../../../src/errors.ts';
import type { FederatedCredential } from '../../../src/identity/federatedCredential.ts';
import type { ManagedIdentity } from '../../../src/identity/managedIdentity.ts';
import { TrustFilter } from '../../../src/vscode/identities/trustFilter.ts';
import type { TrustFilterPorts } from '../../../src/vscode/identities/trustFilter.ts';
import { identity, issuer } from '../trust/trustSamples.ts';

function many(count: number): readonly ManagedIdentity[] {
  return Array.from({ length: count }, (_, index) => ({ ...identity, name: `id-${index}`, clientId: `client-${index}` }));
}

const trusting: readonly FederatedCredential[] = [{ name: 'worker', issuer, subject: 'system:serviceaccount:a:b', audiences: ['api://AzureADTokenExchange'] }];

/** A filter for which every hundredth identity trusts a deployment. */
function filterWith(ports: Partial<TrustFilterPorts> = {}): TrustFilter {
  return new TrustFilter({
    memory: { recall: async () => undefined },
    issuers: async () => new Set([issuer]),
    credentials: async ({ name }) => (name.endsWith('00') ? trusting : []),
    ...ports,
  });
}

const never = (): AbortSignal => new AbortController().signal;
const listing = (): { readonly fresh: boolean; readonly decided: Map<string, boolean> } => ({ fresh: false, decided: new Map() });

describe('the filter for identities that trust deployments', () => {
  it('asks twenty at once, each of 10,000 once, and gives what it found in a few hundred values', async () => {
    const asked: string[] = [];
    let running = 0;
    let most = 0;
    const filter = filterWith({
      credentials: async ({ name }) => {
        asked.push(name);
        most = Math.max(most, ++running);
        await new Promise((resolve) => { setImmediate(resolve); });
        running -= 1;
        return name.endsWith('00') ? trusting : [];
      },
    });
    const values = await Array.fromAsync(filter.trusting(many(10_000), listing(), never()));
    assert.equal(values.at(-1)?.length, 99);
    assert.equal(new Set(asked).size, 10_000);
    assert.equal(asked.length, 10_000);
    assert.equal(most, 20);
    assert.ok(values.length <= 1 + 100 + 99, `${values.length} values`);
    assert.equal(filter.progress(), undefined);
  });

  it('gives what is remembered before anything is asked, and says from when the oldest of it is', async () => {
    const remembered = new Map([['client-100', { at: 5, issuers: [issuer] }], ['client-1', { at: 3, issuers: [] }]]);
    const asked: string[] = [];
    const filter = filterWith({
      memory: { recall: async ({ clientId }) => remembered.get(clientId) },
      credentials: async ({ name }) => { asked.push(name); return []; },
    });
    const identities = many(101).filter(({ clientId }) => ['client-1', 'client-2', 'client-100'].includes(clientId));
    const [first, ...others] = await Array.fromAsync(filter.trusting(identities, listing(), never()));
    assert.deepEqual(first?.map(({ name }) => name), ['id-100']);
    assert.equal(others.length, 1);
    assert.deepEqual(asked, ['id-2']);
    assert.equal(filter.asOf, 3);
    await Array.fromAsync(filter.trusting(identities, { ...listing(), fresh: true }, never()));
    assert.deepEqual(asked, ['id-2', 'id-1', 'id-2', 'id-100']);
  });

  it('keeps identities whose credentials cannot be read, and asks none twice in one listing that grows', async () => {
    let asked = 0;
    const filter = filterWith({ credentials: async () => { asked += 1; throw new AirflowIdentityError('forbidden', 'No.'); } });
    const one = listing();
    await Array.fromAsync(filter.trusting(many(2), one, never()));
    const values = await Array.fromAsync(filter.trusting(many(3), one, never()));
    assert.equal(values.at(-1)?.length, 3);
    assert.equal(asked, 3);
  });

  it('stops at once when told to, sends nothing more, and counts no longer', async () => {
    const stop = new AbortController();
    const asked: string[] = [];
    const filter = filterWith({ credentials: ({ name }, signal) => new Promise((_resolve, reject) => {
      asked.push(name);
      signal.addEventListener('abort', () => { reject(signal.reason as Error); });
    }) });
    const run = Array.fromAsync(filter.trusting(many(50), listing(), stop.signal));
    while (asked.length < 20) {
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    assert.deepEqual(filter.progress(), { done: 0, total: 50 });
    stop.abort();
    await assert.rejects(run, isCancel);
    await new Promise((resolve) => { setImmediate(resolve); });
    assert.equal(asked.length, 20);
    assert.equal(filter.progress(), undefined);
  });

  it('asks for the deployments anew after they could not be listed', async () => {
    let times = 0;
    const filter = filterWith({ issuers: async () => {
      times += 1;
      if (times === 1) {
        throw new AirflowIdentityError('network', 'Offline.');
      }
      return new Set([issuer]);
    } });
    await assert.rejects(Array.fromAsync(filter.trusting(many(1), listing(), never())), { code: 'network' });
    assert.equal((await Array.fromAsync(filter.trusting(many(101), listing(), never()))).at(-1)?.length, 1);
  });
});
