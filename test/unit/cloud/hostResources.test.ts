import assert from 'node:assert/strict';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import type { WorldSettings } from '../../cloud/worldSettings.ts';
import { ArmCaller, armError, armToken, prodIdentityPath, send } from './armCaller.ts';
import { createTestWorld } from './testWorld.ts';

const { subscriptions, groups, identities, resources, tenants, accounts } = sample;
const data = `/subscriptions/${subscriptions.production}/resourceGroups/${groups.dataProduction}`;
const api = `${data}/providers/Microsoft.Web/sites/${resources.api.name}`;
const machine = `${data}/providers/Microsoft.Compute/virtualMachines/${resources.machine.name}`;
const prodIdentity = prodIdentityPath(identities.airflowProd.name).replace('resourceGroups', 'resourcegroups');

async function signedIn(settings: Partial<WorldSettings> = {}): Promise<{ world: World; arm: ArmCaller }> {
  const world = createTestWorld({ serviceMs: 0, ...settings });
  return { world, arm: new ArmCaller(world, await armToken(world), '2024-07-01') };
}

interface IdentityBlock {
  readonly type: string;
  readonly principalId?: string;
  readonly userAssignedIdentities?: Readonly<Record<string, unknown>>;
}

describe('Resources that carry identities, in the local cloud', () => {
  it('enables a system-assigned identity, which is then in the directory and in Resource Graph', async () => {
    const { arm } = await signedIn();
    assert.equal((await arm.call('GET', machine)).json['identity'], undefined);
    const patched = await arm.call('PATCH', machine, { identity: { type: 'SystemAssigned' } });
    const identity = patched.json['identity'] as IdentityBlock;
    assert.deepEqual([patched.status, Object.keys(identity), identity.type], [200, ['type', 'principalId', 'tenantId'], 'SystemAssigned']);
    const own = await arm.call('GET', `${machine}/providers/Microsoft.ManagedIdentity/identities/default`, undefined, '2024-11-30');
    const properties = own.json['properties'] as { principalId: string; clientId: string };
    assert.deepEqual([own.status, own.json['name'], properties.principalId], [200, 'default', identity.principalId]);
    const query = `resources | where identity has '${String(identity.principalId)}' | project name`;
    const found = await arm.call('POST', '/providers/Microsoft.ResourceGraph/resources', { query }, '2024-04-01');
    assert.deepEqual(found.json['data'], [{ name: resources.machine.name }]);
    const role = `/subscriptions/${subscriptions.production}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
    const given = await arm.call('PUT', `${data}/providers/Microsoft.Authorization/roleAssignments/0f1e2d3c-4b5a-4697-8877-665544332211`, { properties: { principalId: identity.principalId, roleDefinitionId: role } }, '2022-04-01');
    assert.equal(given.status, 201);
  });

  it('keeps user-assigned identities only where the type says so, and the principal of one that was enabled before', async () => {
    const { arm } = await signedIn();
    const kept = (await arm.call('PATCH', api, { identity: { type: 'SystemAssigned, UserAssigned' } })).json['identity'] as IdentityBlock;
    assert.deepEqual([kept.type, kept.principalId, Object.keys(kept.userAssignedIdentities ?? {})], ['SystemAssigned, UserAssigned', resources.api.principalId, [prodIdentity]]);
    const lost = (await arm.call('PATCH', api, { identity: { type: 'SystemAssigned' } })).json['identity'] as IdentityBlock;
    assert.deepEqual([lost.type, lost.userAssignedIdentities], ['SystemAssigned', undefined]);
  });

  it('has no default identity where none is enabled, and changes nothing but identities', async () => {
    const { world, arm } = await signedIn();
    const none = await arm.call('GET', `${machine}/providers/Microsoft.ManagedIdentity/identities/default`, undefined, '2024-11-30');
    assert.deepEqual([none.status, armError(none).code], [404, 'NotFound']);
    assert.equal((await arm.call('PATCH', machine, { properties: { priority: 'Spot' } })).status, 400);
    assert.equal(world.log.entries.at(-1)?.unmodelled, true);
    assert.equal(armError(await arm.call('GET', machine.replace(resources.machine.name, 'missing'))).code, 'ResourceNotFound');
  });

  it('lists the containers of a storage account in pages, without a key', async () => {
    const { arm } = await signedIn();
    const containers = `${data}/providers/Microsoft.Storage/storageAccounts/${resources.lake.name}/blobServices/default/containers`;
    const first = await arm.call('GET', `${containers}?$maxpagesize=2`);
    const names = (reply: typeof first): unknown[] => (reply.json['value'] as { name: string }[]).map(({ name }) => name);
    const next = new URL(String(first.json['nextLink']));
    next.searchParams.delete('api-version');
    assert.deepEqual([names(first), names(await arm.call('GET', `${next.pathname}${next.search}`))], [['raw', 'curated'], ['airflow-logs']]);
    assert.equal((first.json['value'] as { id: string }[])[0]?.id, `${containers}/raw`);
  });

  it('says what an identity is assigned to', async () => {
    const { arm } = await signedIn();
    const reply = await arm.call('POST', `${prodIdentityPath(identities.airflowProd.name)}/listAssociatedResources`, undefined, '2022-01-31-preview');
    assert.equal(reply.json['totalCount'], 2);
    assert.deepEqual((reply.json['value'] as { name: string; type: string }[]).map(({ name, type }) => [name, type]), [
      [resources.api.name, 'microsoft.web/sites'],
      [resources.runner.name, 'microsoft.containerinstance/containergroups'],
    ]);
  });

  it('makes resource groups, once, in one region', async () => {
    const { arm } = await signedIn();
    const path = `/subscriptions/${subscriptions.empty}/resourcegroups/rg-new`;
    assert.equal((await arm.call('HEAD', path)).status, 404);
    const created = await arm.call('PUT', path, { location: 'West Europe', tags: { team: 'x' } });
    assert.deepEqual([created.status, created.json['location'], created.json['tags'], created.json['type']], [201, 'westeurope', { team: 'x' }, 'Microsoft.Resources/resourceGroups']);
    assert.deepEqual([(await arm.call('HEAD', path)).status, (await arm.call('PUT', path, { location: 'westeurope' })).status], [204, 200]);
    const moved = await arm.call('PUT', path, { location: 'eastus' });
    assert.deepEqual([moved.status, armError(moved).code], [409, 'InvalidResourceGroupLocation']);
    assert.equal(armError(await arm.call('PUT', `${path}.`, { location: 'eastus' })).code, 'InvalidResourceGroup');
  });

  it('lists the regions of a subscription, those without federated credentials among them', async () => {
    const { arm } = await signedIn();
    const reply = await arm.call('GET', `/subscriptions/${subscriptions.production}/locations`, undefined, '2022-12-01');
    const places = reply.json['value'] as { name: string; displayName: string; metadata: { regionType: string } }[];
    assert.equal(places.find(({ name }) => name === 'newzealandnorth')?.displayName, 'New Zealand North');
    assert.deepEqual(new Set(places.map(({ metadata }) => metadata.regionType)), new Set(['Physical', 'Logical']));
  });

  it('lets a reader look and change nothing', async () => {
    const world = createTestWorld();
    const guest = new ArmCaller(world, await armToken(world, { tenant: tenants.fabrikam.id }), '2024-07-01');
    const scope = `/subscriptions/${subscriptions.fabrikam}/resourceGroups/${groups.fabrikam}`;
    assert.equal((await guest.call('GET', `${scope}/providers/Microsoft.Storage/storageAccounts/${resources.fabrikamStorage.name}`)).status, 200);
    assert.equal((await guest.call('PUT', scope, { location: 'northeurope' })).status, 403);
  });

  it('asks only the accounts for MFA on writes that it is told of', async () => {
    const { world, arm } = await signedIn({ writesNeedMfaOf: [accounts.dana.label] });
    const path = prodIdentityPath('id-mfa');
    assert.equal((await arm.call('PUT', path, { location: 'westus2' }, '2024-11-30')).status, 401);
    const sam = await armToken(world, { account: accounts.sam.label });
    const own = `https://management.azure.com/subscriptions/${subscriptions.fabrikam}/resourceGroups/${groups.fabrikam}?api-version=2022-12-01`;
    assert.equal((await send(world, 'PUT', own, { token: sam, body: { location: 'northeurope' } })).status, 200);
  });
});
