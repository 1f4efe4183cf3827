import assert from 'node:assert/strict';
import { createScaledWorld, scaleSizes } from '../../cloud/scale.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { ArmCaller, armToken, prodIdentityPath } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { createTestWorld } from './testWorld.ts';

const { subscriptions, tenants, identities, groups, resources } = sample;
const allIdentities = "resources | where type =~ 'microsoft.managedidentity/userassignedidentities'";

type Ask = (query: string, rest?: { subscriptions?: string[]; options?: Record<string, unknown> }) => Promise<ArmReply>;

async function asking(world: World, options: { account?: string; tenant?: string } = {}): Promise<Ask> {
  const arm = new ArmCaller(world, await armToken(world, options));
  return (query, rest = {}) => arm.call('POST', '/providers/Microsoft.ResourceGraph/resources', { query, ...rest }, '2024-04-01');
}

function rows(reply: ArmReply): Record<string, unknown>[] {
  assert.equal(reply.status, 200, reply.body);
  return reply.json['data'] as Record<string, unknown>[];
}

function names(reply: ArmReply): unknown[] {
  return rows(reply).map((row) => row['name']);
}

function details(reply: ArmReply): string[] {
  return (reply.json['error'] as { details: { code: string }[] }).details.map(({ code }) => code);
}

describe('Resource Graph of the local cloud', () => {
  it('answers with the fields of the service, type in lower case, and says how much of the quota is left', async () => {
    const ask = await asking(createTestWorld());
    const reply = await ask(`${allIdentities} | where name =~ 'ID-AIRFLOW-PROD'`);
    assert.deepEqual(Object.keys(reply.json), ['totalRecords', 'count', 'data', 'facets', 'resultTruncated']);
    const [row] = rows(reply);
    const { clientId, principalId, name } = identities.airflowProd;
    assert.deepEqual(
      [row?.['id'], row?.['type'], row?.['properties'], row?.['resourceGroup'], row?.['tags'], row?.['subscriptionId']],
      [prodIdentityPath(name), 'microsoft.managedidentity/userassignedidentities', { clientId, principalId, tenantId: tenants.contoso.id }, groups.airflow, { team: 'data-platform', env: 'prod' }, subscriptions.production],
    );
    assert.deepEqual([reply.json['resultTruncated'], reply.headers['x-ms-user-quota-remaining'], reply.headers['x-ms-user-quota-resets-after']], ['false', '14', '00:00:05']);
    assert.equal(reply.headers['x-ms-ratelimit-remaining-tenant-reads'], undefined);
  });

  const filters: readonly [string, string, string[]][] = [
    ['part of a name', `${allIdentities} and name contains 'REPORT'`, ['id-reporting']],
    ['a resource group', `${allIdentities} | where resourceGroup in~ ('RG-ANALYTICS')`, ['id-reporting', 'id-github-flexible']],
    ['a subscription', `${allIdentities} | where subscriptionId == '${subscriptions.development}'`, ['id-airflow-dev', 'id-tag-collection']],
    ['a tag and its value', `${allIdentities} | where tags['env'] =~ 'Dev'`, ['id-airflow-dev']],
    ['a tag with any value', `${allIdentities} | where isnotempty(tags['env'])`, ['id-airflow-prod', 'id-legacy-gov', 'id-airflow-dev']],
    ['a text with quotes', `${allIdentities} | where tags['note'] == 'say "hello" & <b>wave</b>' or name == "id-airflow-nz"`, ['id-airflow-nz', 'id-tag-collection']],
    ['one thing or the other', `${allIdentities} and (name endswith '-dev' or name startswith 'id-legacy')`, ['id-legacy-gov', 'id-airflow-dev']],
    ['the other ones', `${allIdentities} | where not(name contains 'airflow') and resourceGroup !~ '${groups.analytics}'`, ['id-legacy-gov', 'id-tag-collection']],
    ['system-assigned identities', "resources | where isnotnull(identity) and identity.type contains 'SystemAssigned'", [resources.factory.name, resources.api.name, resources.cluster.name]],
    ['where an identity is assigned', `resources | where tostring(identity) contains '/${identities.airflowProd.name}'`, [resources.api.name, resources.runner.name]],
    ['several types', "resources | where type in~ ('Microsoft.Storage/storageAccounts', 'microsoft.keyvault/vaults') and not(name in ('stcontosoarchive', 'kv-contoso-airflow', 'stcontososcratch', 'kv-devtest'))", [resources.lake.name, resources.vault.name, resources.devStorage.name]],
    ['subscriptions', "resourcecontainers | where type =~ 'microsoft.resources/subscriptions'", ['Data Platform Production', 'Data Platform Development', 'Sandbox']],
    ['groups, in order', `ResourceContainers | where type endswith '/resourcegroups' | order by name asc | project name`, [groups.development, groups.airflow, groups.analytics, groups.dataProduction, 'rg-network', 'rg-scratch']],
  ];
  for (const [what, query, expected] of filters) {
    it(`finds by ${what}`, async () => {
      assert.deepEqual(names(await (await asking(createTestWorld()))(query)), expected);
    });
  }

  it('gives the columns that were asked for, under the names that were asked for', async () => {
    const ask = await asking(createTestWorld());
    const reply = await ask(`${allIdentities} | where name =~ 'id-reporting' | project id, clientId = tostring(properties.clientId), kind`);
    assert.deepEqual(rows(reply), [{ id: prodIdentityPath('id-reporting', groups.analytics), clientId: identities.reporting.clientId, kind: '' }]);
  });

  it('chooses between two values, and writes rows as a table where that is asked for', async () => {
    const ask = await asking(createTestWorld());
    const { id } = tenants.contoso;
    const query = `${allIdentities} | where name =~ 'id-reporting' | project id, tags, own = iff(tostring(properties.tenantId) == '${id}', '', 'no'), other = iff(name contains 'x', 'yes', kind)`;
    const reply = await ask(query, { options: { resultFormat: 'table' } });
    assert.deepEqual(reply.json['data'], {
      columns: [{ name: 'id', type: 'string' }, { name: 'tags', type: 'object' }, { name: 'own', type: 'string' }, { name: 'other', type: 'string' }],
      rows: [[prodIdentityPath('id-reporting', groups.analytics), { team: 'analytics' }, '', '']],
    });
  });

  it('shows the identities that a resource carries', async () => {
    const ask = await asking(createTestWorld());
    const [row] = rows(await ask(`resources | where name == '${resources.api.name}' | project id, identity`));
    const { airflowProd } = identities;
    assert.deepEqual(row?.['identity'], {
      type: 'SystemAssigned, UserAssigned',
      principalId: resources.api.principalId,
      tenantId: tenants.contoso.id,
      userAssignedIdentities: { [prodIdentityPath(airflowProd.name).replace('resourceGroups', 'resourcegroups')]: { principalId: airflowProd.principalId, clientId: airflowProd.clientId } },
    });
  });

  it('pages by token while resultTruncated stays "false"; without id it cuts, and says "true"', async () => {
    const world = createScaledWorld('company');
    const ask = await asking(world);
    const query = `${allIdentities} | project id, name | order by id asc`;
    const seen: unknown[] = [];
    let token: unknown;
    let pages = 0;
    do {
      const reply = await ask(query, { options: { $top: 300, ...(token === undefined ? {} : { $skipToken: token }) } });
      seen.push(...rows(reply).map((row) => row['id']));
      assert.equal(reply.json['resultTruncated'], 'false');
      assert.equal(reply.json['totalRecords'], 834);
      token = reply.json['$skipToken'];
      pages += 1;
    } while (token !== undefined);
    assert.deepEqual([pages, seen.length, new Set(seen).size], [3, 834, 834]);
    assert.deepEqual(seen, seen.map(String).toSorted((one, other) => (one < other ? -1 : 1)));
    const cut = await ask(`${allIdentities} | project name`, { options: { $top: 1000, resultFormat: 'objectArray' } });
    assert.deepEqual([cut.json['count'], cut.json['resultTruncated']], [834, 'false']);
    const small = await ask(`${allIdentities} | project name`);
    assert.deepEqual([small.json['count'], small.json['resultTruncated'], small.json['$skipToken']], [100, 'true', undefined]);
    assert.ok(scaleSizes.company.identities > 834, 'one tenant of twelve');
  });

  it('gives no page of another question', async () => {
    const ask = await asking(createTestWorld());
    const first = await ask(`${allIdentities} | project id`, { options: { $top: 2 } });
    const other = await ask(`${allIdentities} | project id, name`, { options: { $top: 2, $skipToken: first.json['$skipToken'] } });
    assert.equal(other.status, 400);
  });

  it("looks only where the token's tenant and the caller's rights reach, and says nothing of named subscriptions it left out", async () => {
    const world = createTestWorld();
    const dana = await asking(world);
    assert.deepEqual(names(await dana(allIdentities, { subscriptions: [subscriptions.fabrikam, subscriptions.development] })), ['id-airflow-dev', 'id-tag-collection']);
    const none = await dana(allIdentities, { subscriptions: [subscriptions.fabrikam] });
    assert.deepEqual([none.status, details(none)], [400, ['NoValidSubscriptionsInQueryRequest']]);
    const guest = await asking(world, { tenant: tenants.fabrikam.id });
    assert.deepEqual(names(await guest(allIdentities)), [identities.fabrikamEtl.name]);
  });

  it('gives the role assignments of a principal with their scopes, to those who may read them', async () => {
    const world = createTestWorld();
    const { principalId } = identities.airflowProd;
    const query = `authorizationresources | where tostring(properties.principalId) =~ '${principalId}' | project id, type, scope = tostring(properties.scope) | order by id asc`;
    const found = rows(await (await asking(world))(query));
    assert.deepEqual(new Set(found.map(({ scope }) => scope)), new Set(world.rights.assignments(principalId).map(({ scope }) => scope)));
    assert.deepEqual(new Set(found.map(({ type }) => type)), new Set(['microsoft.authorization/roleassignments']));
    const guest = await asking(world, { tenant: tenants.fabrikam.id });
    assert.deepEqual(rows(await guest(query)), []);
  });

  const unreadable: readonly [string, string, number][] = [
    ['an operator that nobody modelled', 'resources | summarize count() by type', 12],
    ['a table that nobody modelled', 'policyresources', 0],
    ['a column that is none', 'resources | where colour == "red"', 18],
    ['a text without its end', "resources | where name == 'x", 26],
    ['words without a bar', 'resources where name == "x"', 10],
  ];
  for (const [what, query, position] of unreadable) {
    it(`refuses ${what}, as the service does what it cannot read, and marks it as unmodelled`, async () => {
      const world = createTestWorld();
      const reply = await (await asking(world))(query);
      assert.deepEqual([reply.status, details(reply)], [400, ['InvalidQuery', 'ParserFailure']]);
      const failure = (reply.json['error'] as { details: { characterPositionInLine?: number }[] }).details[1];
      assert.equal(failure?.characterPositionInLine, position);
      assert.equal(world.log.entries[0]?.unmodelled, true);
    });
  }

  it('takes 15 queries in 5 seconds per user and tenant, and says when there are more', async () => {
    const world = createTestWorld();
    world.clock.freeze();
    const ask = await asking(world);
    const left: unknown[] = [];
    for (let number = 0; number < 15; number += 1) {
      left.push((await ask('resources')).headers['x-ms-user-quota-remaining']);
    }
    assert.deepEqual([left[0], left[14]], ['14', '0']);
    world.clock.advance(1000);
    const refused = await ask('resources');
    assert.deepEqual([refused.status, details(refused), refused.headers['x-ms-user-quota-resets-after'], refused.headers['retry-after']], [429, ['RateLimiting'], '00:00:04', '4']);
    assert.equal((await (await asking(world, { account: sample.accounts.sam.label }))('resources')).status, 200);
    world.clock.advance(4000);
    assert.equal((await ask('resources')).status, 200);
  });

  it('lags behind writes: what was made is not there yet, what was changed or deleted still is', async () => {
    const world = createTestWorld({ graphLagMs: 60_000, serviceMs: 0 });
    world.clock.freeze();
    const arm = new ArmCaller(world, await armToken(world));
    const ask = await asking(world);
    const query = `${allIdentities} | where resourceGroup =~ '${groups.development}' | project id, name, tags | order by id asc`;
    const before = rows(await ask(query));
    const path = (name: string): string => prodIdentityPath(name, groups.development).replace(subscriptions.production, subscriptions.development);
    await arm.call('PUT', path('id-new'), { location: 'eastus' });
    await arm.call('PATCH', path(identities.airflowDev.name), { tags: { env: 'changed' } });
    await arm.call('DELETE', path(identities.hostileTags.name));
    assert.deepEqual(rows(await ask(query)), before);
    world.clock.advance(60_000);
    const after = rows(await ask(query));
    assert.deepEqual(after.map((row) => [row['name'], row['tags']]), [['id-airflow-dev', { env: 'changed' }], ['id-new', {}]]);
  });

  it('is quick in a huge world', async () => {
    const world = createScaledWorld('huge');
    const ask = await asking(world);
    await ask(`${allIdentities} | project id | order by id asc`);
    const started = performance.now();
    const reply = await ask(`${allIdentities} | project id, name, location, resourceGroup, subscriptionId, tenantId, tags, properties | order by id asc`, { options: { $top: 1000 } });
    const took = performance.now() - started;
    assert.equal(rows(reply).length, 1000);
    assert.ok(took < 300, `${took} ms for ${String(reply.json['totalRecords'])} rows`);
  });
});
