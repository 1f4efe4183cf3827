import assert from 'node:assert/strict';
import type { Clock } from '../../../src/clock.ts';
import type { ManagedIdentity } from '../../../src/identity/managedIdentity.ts';
import type { IdentityFilter } from '../../../src/identity/searchPort.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { connectToCloud, contoso, neverCanceled, refusalOf, subscription } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';

const { subscriptions, identities, groups } = sample;

/** An answer of the service with these rows, after `id`, `location`, `tags`, `clientId`, `principalId` and `homeTenantId`. */
function table(rows: readonly (readonly unknown[])[]): object {
  const columns = ['id', 'location', 'tags', 'clientId', 'principalId', 'homeTenantId'].map((name) => ({ name, type: 'string' }));
  return { columns, rows };
}

describe('searching a tenant by Resource Graph', () => {
  let client: CloudClient;
  let skippedMs = 0;
  /** Waits pass at once, here and in the cloud. */
  const movingClock: Clock = {
    now: () => Date.now() + skippedMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      skippedMs += ms;
      client.cloud.world.clock.advance(ms);
    },
  };

  before(async () => {
    client = await connectToCloud({ clock: movingClock });
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  const names = async (filter: IdentityFilter, subscriptionIds?: readonly string[]): Promise<readonly string[]> => {
    const pages = await Array.fromAsync(client.azure.searchIdentities(contoso, subscriptionIds, filter, neverCanceled()));
    return pages.flatMap((page) => page.identities.map(({ name }) => name)).sort();
  };

  it('finds with one request what ARM lists subscription by subscription, with the same values', async () => {
    const pages = await Array.fromAsync(client.azure.searchIdentities(contoso, undefined, {}, neverCanceled()));
    assert.deepEqual(client.requests.map(({ method, path }) => `${method} ${path}`), ['POST /providers/Microsoft.ResourceGraph/resources']);
    const byArm = await Promise.all(
      [subscriptions.production, subscriptions.development].map((id) => Array.fromAsync(client.azure.identities(subscription(id), neverCanceled()))),
    );
    // The two write ids in different letter case.
    const comparable = (found: readonly ManagedIdentity[]): readonly ManagedIdentity[] =>
      found.map((identity) => ({ ...identity, id: identity.id.toLowerCase() })).sort((a, b) => a.id.localeCompare(b.id));
    assert.deepEqual(comparable(pages.flatMap((page) => page.identities)), comparable(byArm.flat(2)));
    assert.deepEqual(pages.map(({ total }) => total), [7]);
  });

  it('gives pages of one subscription after the other', async () => {
    client.cloud.world.settings.graphPage = 2;
    const pages = await Array.fromAsync(client.azure.searchIdentities(contoso, undefined, {}, neverCanceled()));
    assert.deepEqual(pages.map((page) => [page.identities.length, page.total]), [[2, 7], [2, 7], [2, 7], [1, 7]]);
    const order = pages.flatMap((page) => page.identities.map(({ subscriptionId }) => subscriptionId));
    assert.deepEqual(order, order.toSorted());
  });

  it('asks for subscriptions in groups of fewer than 300', async () => {
    const many = Array.from({ length: 700 }, (_, index) => (index === 650 ? subscriptions.development : `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`));
    many[0] = subscriptions.production;
    many[300] = subscriptions.empty;
    assert.equal((await names({}, many)).length, 7);
    assert.equal(client.requests.length, 3);
  });

  const filters: readonly [string, IdentityFilter, readonly string[]][] = [
    ['a part of the name, whatever its letter case', { name: 'AIRFLOW-P' }, [identities.airflowProd.name]],
    ['resource groups', { resourceGroups: [groups.analytics.toUpperCase()] }, [identities.flexible.name, identities.reporting.name]],
    ['subscriptions', { subscriptionIds: [subscriptions.development] }, [identities.airflowDev.name, identities.hostileTags.name]],
    ['a tag with its value', { tags: [{ name: 'env', value: 'PROD' }] }, [identities.airflowProd.name, identities.legacyGov.name]],
    ['a tag with any value, and a part of the name', { tags: [{ name: 'env' }], name: 'dev' }, [identities.airflowDev.name]],
    ['a name that would end a text of the query', { name: String.raw`\' or 1 == 1 //` }, []],
    ['a tag with quotes', { tags: [{ name: 'note', value: 'say "hello" & <b>wave</b>' }] }, [identities.hostileTags.name]],
  ];
  for (const [what, filter, found] of filters) {
    it(`lets the service choose by ${what}`, async () => {
      assert.deepEqual(await names(filter), found);
      assert.deepEqual(client.cloud.world.log.entries.filter(({ unmodelled }) => unmodelled), []);
    });
  }

  it('waits when the quota is used up, says so in the log, and is never refused', async () => {
    Object.assign(client.cloud.world.settings, { graphPage: 1, graphQuota: { queries: 3, windowMs: 5000 } });
    assert.equal((await names({})).length, 7);
    assert.deepEqual(client.requests.map(({ outcome }) => outcome), Array(7).fill(200));
    assert.deepEqual(client.waits.map(({ reason, attempt }) => [reason, attempt]), [['query quota used up', 1], ['query quota used up', 1]]);
  });

  it('asks again after a failure of the service, although it is a POST', async () => {
    client.cloud.world.faults.add({ path: 'ResourceGraph', times: 2, effect: { kind: 'answer', status: 503 } });
    assert.equal((await names({})).length, 7);
    assert.deepEqual(client.requests.map(({ outcome }) => outcome), [503, 503, 200]);
  });

  it('keeps the tenant of an identity that another one has handed over', async () => {
    const path = `/subscriptions/${subscriptions.production}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
    const data = table([[`${path}/one`, 'westeurope', '', 'client-1', 'principal-1', ''], [`${path}/two`, 'westeurope', '{}', 'client-2', 'principal-2', 'another-tenant']]);
    client.cloud.world.faults.add({ path: 'ResourceGraph', effect: { kind: 'answer', status: 200, body: { totalRecords: 2, count: 2, data, resultTruncated: 'false' } } });
    const [page] = await Array.fromAsync(client.azure.searchIdentities(contoso, undefined, {}, neverCanceled()));
    assert.deepEqual(page?.identities.map(({ tenantId, homeTenantId, tags }) => [tenantId, homeTenantId, tags]), [[contoso.tenantId, contoso.tenantId, {}], [contoso.tenantId, 'another-tenant', {}]]);
  });

  const malformed: readonly (readonly [string, unknown, RegExp])[] = [
    ['objects in place of a table', [{ id: '/subscriptions/1' }], /"columns"/],
    ['columns in another order', { columns: [{ name: 'location' }, { name: 'id' }], rows: [['westeurope', '/subscriptions/1']] }, /"columns\.0\.name"/],
    ['a row without a client id', table([['/subscriptions/1', 'westeurope', '{}', '', 'principal', '']]), /"rows\.0\.3"/],
    ['tags that are no texts', table([['/subscriptions/1', 'westeurope', '{"cost":5}', 'client', 'principal', '']]), /"rows\.0\.2"/],
    ['tags that are no object', table([['/subscriptions/1', 'westeurope', '["cost"]', 'client', 'principal', '']]), /"rows\.0\.2"/],
    ['tags that were cut off', table([['/subscriptions/1', 'westeurope', '{"cost":', 'client', 'principal', '']]), /"rows\.0\.2"/],
  ];
  for (const [what, data, named] of malformed) {
    it(`says which part is not as it should be: ${what}`, async () => {
      client.cloud.world.faults.add({ path: 'ResourceGraph', effect: { kind: 'answer', status: 200, body: { totalRecords: 1, count: 1, data, resultTruncated: 'false' } } });
      const { code, message } = await refusalOf(names({}));
      assert.equal(code, 'badAnswer');
      assert.match(message, named);
    });
  }

  it('says that it was refused, so that ARM is asked instead', async () => {
    client.cloud.world.faults.add({ path: 'ResourceGraph', effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } } });
    assert.equal((await refusalOf(names({}))).code, 'forbidden');
  });

  it('takes a result that was cut off for none', async () => {
    client.cloud.world.faults.add({ path: 'ResourceGraph', effect: { kind: 'answer', status: 200, body: { totalRecords: 1200, count: 0, data: table([]), resultTruncated: 'true' } } });
    assert.equal((await refusalOf(names({}))).code, 'unavailable');
  });

  it('does not take part of a tenant for the whole', async () => {
    client.cloud.world.faults.add({
      path: 'ResourceGraph',
      effect: { kind: 'answer', status: 200, body: { totalRecords: 0, count: 0, data: table([]), resultTruncated: 'false' }, headers: { 'x-ms-tenant-subscription-limit-hit': 'true' } },
    });
    assert.equal((await refusalOf(names({}))).code, 'unavailable');
  });

  it('ends as soon as it is canceled', async () => {
    client.cloud.world.faults.add({ path: 'ResourceGraph', effect: { kind: 'silence' } });
    const canceling = new AbortController();
    const search = Array.fromAsync(client.azure.searchIdentities(contoso, undefined, {}, canceling.signal));
    setImmediate(() => canceling.abort());
    await assert.rejects(search, { name: 'AbortError' });
  });
});
