import assert from 'node:assert/strict';
import { identityId } from '../../cloud/arm/resources.ts';
import { createScaledWorld, scaleSizes } from '../../cloud/scale.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { ArmCaller, armToken } from './armCaller.ts';

describe('Generated worlds', () => {
  it('a company has 12 tenants, 300 subscriptions and 10,000 identities, the same on every run', () => {
    const worlds = [createScaledWorld('company'), createScaledWorld('company')];
    const ids = worlds.map(({ resources }) => resources.subscriptions().flatMap((subscription) => resources.identities(subscription.id).map((identity) => identityId(identity))));
    assert.equal(ids[0]?.length, scaleSizes.company.identities);
    assert.equal(new Set(ids[0]).size, scaleSizes.company.identities);
    assert.deepEqual(ids[0], ids[1]);
    assert.deepEqual([worlds[0]?.directory.tenants.size, worlds[0]?.resources.subscriptions().length], [12, 300]);
  });

  it('a huge one is there at once: subscriptions are made when they are looked at', async () => {
    const before = process.memoryUsage().heapUsed;
    const world = createScaledWorld('huge');
    const grown = (process.memoryUsage().heapUsed - before) / 1e6;
    assert.ok(grown < 50, `${grown} MB`);
    const first = world.resources.subscriptions()[0] ?? assert.fail('no subscription');
    const tenant = first.tenantId;
    const arm = new ArmCaller(world, await armToken(world, { account: sample.accounts.dana.label, tenant }));
    const reply = await arm.call('GET', `/subscriptions/${first.id}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`);
    assert.equal((reply.json['value'] as unknown[]).length, 100);
  });

  it('pages long subscription lists until every one was seen', async () => {
    const world = createScaledWorld('company', { pageSize: { subscriptions: 10, resourceGroups: 100, identities: 100, credentials: 100 } });
    const arm = new ArmCaller(world, await armToken(world));
    let path: string | undefined = '/subscriptions';
    let seen = 0;
    while (path !== undefined) {
      const reply = await arm.call('GET', path, undefined, '2022-12-01');
      seen += (reply.json['value'] as unknown[]).length;
      const link = reply.json['nextLink'];
      const next: URL | undefined = typeof link === 'string' ? new URL(link) : undefined;
      next?.searchParams.delete('api-version');
      path = next === undefined ? undefined : `${next.pathname}${next.search}`;
    }
    assert.equal(seen, 25);
  });

  it('holds tags, storage accounts, web apps with an identity of their own, and roles', async () => {
    const world = createScaledWorld('small');
    const arm = new ArmCaller(world, await armToken(world));
    const ask = async (query: string): Promise<Record<string, unknown>[]> => (await arm.call('POST', '/providers/Microsoft.ResourceGraph/resources', { query }, '2024-04-01')).json['data'] as Record<string, unknown>[];
    assert.ok((await ask("resources | where type =~ 'microsoft.managedidentity/userassignedidentities' and tags['env'] =~ 'prod'")).length > 0);
    const [storage] = await ask("resources | where type =~ 'microsoft.storage/storageaccounts'");
    const [site] = await ask("resources | where identity.type contains 'SystemAssigned'");
    assert.match(String(site?.['id']), /Microsoft\.Web\/sites\/app-/u);
    const held = await arm.call('GET', `${String(storage?.['id'])}/providers/Microsoft.Authorization/roleAssignments`, undefined, '2022-04-01');
    assert.ok((held.json['value'] as { properties: { principalType: string } }[]).some(({ properties }) => properties.principalType === 'ServicePrincipal'));
  });
});
