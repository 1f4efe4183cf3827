import assert from 'node:assert/strict';
import { once } from 'node:events';
import { systemClock } from '../../../src/clock.ts';
import type { FaultEffect } from '../../cloud/faults.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { accounts, connectToCloud, identityRef, neverCanceled, refusalOf } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';

const prod = identityRef(sample.identities.airflowProd.name);
const credential = { name: 'some-name', issuer: sample.issuers.dev, subject: 'system:serviceaccount:a:b', audience: 'api://AzureADTokenExchange' };

function answer(status: number, headers: Readonly<Record<string, string>> = {}): FaultEffect {
  return { kind: 'answer', status, headers, body: { error: { code: 'SomeCode', message: 'Some text.' } } };
}

describe('retries', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  const transient: readonly { readonly name: string; readonly effect: FaultEffect; readonly waitMs: number | undefined; readonly reason: string }[] = [
    { name: '429 with Retry-After in seconds', effect: answer(429, { 'retry-after': '7' }), waitMs: 7_000, reason: '429, Retry-After 7 s' },
    { name: '429 with retry-after-ms', effect: answer(429, { 'retry-after-ms': '1500' }), waitMs: 1_500, reason: '429, Retry-After 1.5 s' },
    {
      name: '503 with Retry-After as a date, measured against the answer',
      effect: answer(503, { date: 'Sat, 03 Jan 2026 10:00:00 GMT', 'retry-after': 'Sat, 03 Jan 2026 10:00:09 GMT' }),
      waitMs: 9_000,
      reason: '503, Retry-After 9 s',
    },
    { name: '408', effect: answer(408), waitMs: undefined, reason: '408' },
    { name: '500', effect: answer(500), waitMs: undefined, reason: '500' },
    { name: 'a connection that is reset', effect: { kind: 'reset' }, waitMs: undefined, reason: 'ECONNRESET' },
  ];
  for (const { name, effect, waitMs, reason } of transient) {
    it(`a read is tried again after ${name}`, async () => {
      client.cloud.world.faults.add({ path: 'federatedIdentityCredentials', times: 2, effect });
      const credentials = await client.azure.credentials(prod, neverCanceled());
      assert.equal(credentials.length, 7);
      assert.deepEqual(client.waits.map((wait) => [wait.attempt, wait.reason]), [[2, reason], [3, reason]]);
      assert.equal(client.requests.length, 3);
      const waited = client.waits.map((wait) => wait.waitMs);
      if (waitMs === undefined) {
        const [first = 0, second = 0] = waited;
        assert.ok(first >= 500 && first <= 625 && second >= 1_000 && second <= 1_250, `doubling waits with jitter: ${waited.join(', ')}`);
      } else {
        assert.deepEqual(waited, [waitMs, waitMs]);
      }
    });
  }

  it('a read gives up after four tries, with the last answer', async () => {
    client.cloud.world.faults.add({ effect: answer(503) });
    const error = await refusalOf(client.azure.identity(prod, neverCanceled()));
    assert.equal(error.code, 'unavailable');
    assert.equal(client.requests.length, 4);
  });

  it('a wait of more than a minute is told instead of sat out', async () => {
    client.cloud.world.faults.add({ effect: answer(429, { 'retry-after': '300' }) });
    const error = await refusalOf(client.azure.identity(prod, neverCanceled()));
    assert.equal(error.code, 'throttled');
    assert.equal(error.details.retryAfterMs, 300_000);
    assert.match(error.fix ?? '', /300 seconds/);
    assert.equal(client.requests.length, 1);
  });

  for (const status of [501, 505, 409, 404]) {
    it(`a read is not tried again after ${status}`, async () => {
      client.cloud.world.faults.add({ effect: answer(status) });
      await refusalOf(client.azure.identity(prod, neverCanceled()));
      assert.equal(client.requests.length, 1);
    });
  }

  for (const { name, effect } of transient) {
    it(`a write is tried once, whatever happens: ${name}`, async () => {
      client.cloud.world.faults.add({ method: 'PUT', effect });
      const error = await refusalOf(client.azure.writeCredential(prod, credential, neverCanceled()));
      assert.equal(client.requests.length, 1);
      assert.deepEqual(client.waits, []);
      assert.ok(['throttled', 'unavailable', 'network', 'invalidInput'].includes(error.code), error.code);
    });
  }

  it('tries of one read are logged one by one, with the outcome of each', async () => {
    client.cloud.world.faults.add({ times: 1, effect: answer(503) });
    client.cloud.world.faults.add({ times: 1, effect: { kind: 'reset' } });
    await client.azure.identity(prod, neverCanceled());
    assert.deepEqual(client.requests.map((entry) => entry.outcome), [503, 'network', 200]);
  });
});

describe('silence', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud({ silenceMs: 300 });
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  it('of a service ends as unavailable, without another try', async () => {
    client.cloud.world.faults.add({ effect: { kind: 'silence' } });
    const error = await refusalOf(client.azure.identity(prod, neverCanceled()));
    assert.equal(error.code, 'unavailable');
    assert.match(error.message, /^management\.azure\.com did not answer within 1 seconds\.$/);
    assert.deepEqual(client.requests.map((entry) => entry.outcome), ['timeout']);
  });
});

describe('cancel', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud({ clock: systemClock, settings: { pageSize: { subscriptions: 1, resourceGroups: 1, identities: 1, credentials: 1 } } });
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  it('ends a request that is under way at once', async () => {
    client.cloud.world.faults.add({ effect: { kind: 'silence' } });
    const controller = new AbortController();
    const work = client.azure.identity(prod, controller.signal);
    await once(client.cloud.world.log, 'begin');
    controller.abort(new Error('collapsed'));
    await assert.rejects(work, { name: 'AbortError' });
    assert.deepEqual(client.requests.map((entry) => entry.outcome), ['aborted']);
  });

  it('ends the second page of a listing too', async () => {
    client.cloud.world.faults.add({ path: 'skiptoken', effect: { kind: 'silence' } });
    const controller = new AbortController();
    const pages = client.azure.subscriptions({ account: accounts.dana, tenantId: sample.tenants.contoso.id }, controller.signal)[Symbol.asyncIterator]();
    assert.equal((await pages.next()).done, false);
    const next = pages.next();
    await once(client.cloud.world.log, 'begin');
    controller.abort();
    await assert.rejects(next, { name: 'AbortError' });
  });

  it('ends a wait between two tries', async () => {
    client.cloud.world.faults.add({ effect: { kind: 'answer', status: 429, headers: { 'retry-after': '30' } } });
    const controller = new AbortController();
    const work = client.azure.identity(prod, controller.signal);
    await client.nextWait();
    controller.abort();
    await assert.rejects(work, { name: 'AbortError' });
    assert.equal(client.waits.length, 1);
  });

  it('ends the wait for a token, and asks nobody when it comes first', async () => {
    const controller = new AbortController();
    const asked = new Promise<void>((resolve) => {
      client.issue = () => {
        resolve();
        return new Promise(() => undefined);
      };
    });
    const work = client.azure.identity(prod, controller.signal);
    await asked;
    controller.abort();
    await assert.rejects(work, { name: 'AbortError' });
    client.asked.length = 0;
    await assert.rejects(client.azure.identity(prod, AbortSignal.abort()), { name: 'AbortError' });
    await assert.rejects(Array.fromAsync(client.azure.tenants(accounts.dana, AbortSignal.abort())), { name: 'AbortError' });
    assert.deepEqual([client.asked, client.requests], [[], []]);
  });
});
