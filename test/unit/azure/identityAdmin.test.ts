import assert from 'node:assert/strict';
import type { IdentityHost } from '../../../src/identity/identityAdminPort.ts';
import { formatIdentityId } from '../../../src/identity/armId.ts';
import type { IdentityFilter } from '../../../src/identity/searchPort.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { ControlClient } from '../../cloud/control/controlClient.ts';
import { accounts, connectToCloud, contoso, identityRef, neverCanceled, refusalOf } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';

const { clusters, services, subscriptions, groups, identities, resources, tenants } = sample;
const production = { ...contoso, subscriptionId: subscriptions.production };
const prod = identityRef(identities.airflowProd.name);
const fresh = { ...identityRef('id-new'), location: 'westus2', tags: { env: 'prod', 'cost center': "it's 42" } };
const methods = (client: CloudClient): readonly string[] => client.requests.map(({ method }) => method);

/** What stands in the world. */
function standing(client: CloudClient, name: string) {
  return client.cloud.world.resources.identity(subscriptions.production, groups.airflow, name);
}

describe('making and deleting identities', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  it('creates one with region and tags', async () => {
    const made = await client.azure.createIdentity(fresh, neverCanceled());
    assert.deepEqual([made.name, made.location, made.tags, made.account], ['id-new', 'westus2', fresh.tags, accounts.dana]);
    assert.deepEqual(standing(client, 'id-new')?.principalId, made.principalId);
  });

  it('gives the one that stands there, with its own tags', async () => {
    const made = await client.azure.createIdentity(fresh, neverCanceled());
    const again = await client.azure.createIdentity({ ...fresh, location: 'West US 2', tags: {} }, neverCanceled());
    assert.deepEqual(again, made);
    assert.deepEqual(methods(client), ['GET', 'PUT', 'GET']);
  });

  it('does not pass one in another region off as new', async () => {
    const error = await refusalOf(client.azure.createIdentity({ ...fresh, ...prod, location: 'northeurope' }, neverCanceled()));
    assert.equal(error.code, 'conflict');
    assert.match(error.message, /already an identity "id-airflow-prod" .*another region/);
    assert.deepEqual(methods(client), ['GET']);
  });

  it('needs its resource group', async () => {
    const error = await refusalOf(client.azure.createIdentity({ ...fresh, resourceGroup: 'rg-gone' }, neverCanceled()));
    assert.equal(error.details.serviceCode, 'ResourceGroupNotFound');
    assert.deepEqual(methods(client), ['GET']);
  });

  it('is refused with the right that is missing', async () => {
    const fabrikam = { account: accounts.dana, tenantId: tenants.fabrikam.id, subscriptionId: subscriptions.fabrikam, resourceGroup: groups.fabrikam };
    const error = await refusalOf(client.azure.createIdentity({ ...fresh, ...fabrikam }, neverCanceled()));
    assert.match(error.message, /^You do not have the right Microsoft\.ManagedIdentity\/userAssignedIdentities\/write on /);
    assert.match(error.fix ?? '', /the role Managed Identity Contributor there/);
  });

  it('replaces all tags', async () => {
    await client.azure.createIdentity(fresh, neverCanceled());
    assert.deepEqual((await client.azure.setTags(fresh, { team: 'data' }, neverCanceled())).tags, { team: 'data' });
    assert.deepEqual((await client.azure.setTags(fresh, {}, neverCanceled())).tags, {});
    assert.equal(standing(client, 'id-new')?.location, 'westus2');
  });

  it('deletes one, and once it or all around it is gone there is nothing left to do', async () => {
    await client.azure.deleteIdentity(prod, neverCanceled());
    assert.equal(standing(client, prod.name), undefined);
    await client.azure.deleteIdentity(prod, neverCanceled());
    await client.azure.deleteIdentity({ ...prod, resourceGroup: 'rg-gone' }, neverCanceled());
    const error = await refusalOf(client.azure.deleteIdentity({ ...prod, subscriptionId: '00000000-0000-4000-8000-000000000000' }, neverCanceled()));
    assert.equal(error.details.serviceCode, 'SubscriptionNotFound');
  });

  it('deletes a credential, and one that is gone counts as done', async () => {
    const [first, ...others] = await client.azure.credentials(prod, neverCanceled());
    assert.ok(first);
    await client.azure.deleteCredential(prod, first.name, neverCanceled());
    await client.azure.deleteCredential(prod, first.name, neverCanceled());
    await client.azure.deleteCredential(identityRef('id-gone'), 'any', neverCanceled());
    assert.deepEqual(await client.azure.credentials(prod, neverCanceled()), others);
  });
});

describe('places for identities', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud({ settings: { pageSize: { subscriptions: 1, resourceGroups: 1, identities: 1, credentials: 1 } } });
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  it('are the resource groups of a subscription, of all pages', async () => {
    const names = (await client.azure.resourceGroups(production, neverCanceled())).map(({ name }) => name);
    assert.ok(names.includes(groups.airflow) && names.includes(groups.dataProduction));
  });

  it('are the regions that take resources', async () => {
    const regions = await client.azure.regions(production, neverCanceled());
    assert.deepEqual(regions.find(({ name }) => name === 'westus2'), { name: 'westus2', displayName: 'West US 2' });
    assert.ok(regions.every(({ name }) => name !== 'unitedstates' && name !== 'global'));
  });

  it('are a new resource group, and one that stands there keeps its region and tags', async () => {
    const made = await client.azure.createResourceGroup(production, { name: 'rg-new', location: 'westeurope' }, neverCanceled());
    assert.deepEqual(made, { name: 'rg-new', location: 'westeurope' });
    const group = client.cloud.world.resources.group(subscriptions.production, 'rg-new');
    assert.ok(group);
    Object.assign(group.tags, { owner: 'dana' });
    assert.deepEqual(await client.azure.createResourceGroup(production, { name: 'RG-NEW', location: 'eastus' }, neverCanceled()), made);
    assert.deepEqual(client.cloud.world.resources.group(subscriptions.production, 'rg-new')?.tags, { owner: 'dana' });
    assert.deepEqual(methods(client), ['GET', 'PUT', 'GET']);
  });
});

describe('resources with identities', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  const hosts = async (): Promise<readonly IdentityHost[]> => (await Array.fromAsync(client.azure.identityHosts(contoso, {}, neverCanceled()))).flat();
  const host = async (name: string): Promise<IdentityHost> => {
    const found = (await hosts()).find((one) => one.name === name);
    assert.ok(found, name);
    return found;
  };

  it('are found in the whole tenant, also those that have none yet', async () => {
    const api = await host(resources.api.name);
    assert.deepEqual(
      [api.type, api.subscriptionId, api.resourceGroup, api.systemAssigned, api.userAssigned],
      ['microsoft.web/sites', subscriptions.production, groups.dataProduction, { principalId: resources.api.principalId, tenantId: tenants.contoso.id }, [formatIdentityId(prod)]],
    );
    assert.equal((await host(resources.machine.name)).systemAssigned, undefined);
    assert.equal((await host(resources.cluster.name)).type, 'microsoft.containerservice/managedclusters');
  });

  it('are found in one subscription alone where one is named', async () => {
    const place = { ...contoso, subscriptionId: subscriptions.development };
    const found = (await Array.fromAsync(client.azure.identityHosts(place, {}, neverCanceled()))).flat();
    assert.deepEqual(found.map(({ name }) => name), [clusters.withoutWorkloadIdentity.name, services.factories[1], resources.devApi.name, clusters.withoutIssuer.name]);
  });

  it('are found where a filter wants their name, their resource group or their tags, and no others', async () => {
    const filtered = async (filter: IdentityFilter): Promise<readonly string[]> => (await Array.fromAsync(client.azure.identityHosts(contoso, filter, neverCanceled()))).flat().map(({ name }) => name);
    assert.deepEqual(await filtered({ name: resources.api.name.slice(1).toUpperCase() }), [resources.api.name]);
    assert.deepEqual(new Set((await hosts()).filter(({ resourceGroup }) => resourceGroup === groups.dataProduction).map(({ name }) => name)), new Set(await filtered({ resourceGroups: [groups.dataProduction.toUpperCase()] })));
    assert.deepEqual(await filtered({ tags: [{ name: 'nobody-has-this' }] }), []);
  });

  it('are found whatever their type where they have an identity of their own', async () => {
    const id = `/subscriptions/${subscriptions.development}/resourceGroups/${groups.dataProduction}/providers/Microsoft.Logic/workflows/nightly`;
    await new ControlClient(client.cloud.proxyUrl).addResource({ id, systemAssigned: true });
    await new ControlClient(client.cloud.proxyUrl).addResource({ id: `${id}-without` });
    assert.ok((await host('nightly')).systemAssigned);
    assert.equal((await hosts()).some(({ name }) => name === 'nightly-without'), false);
  });

  it('that hold an identity are found, and not those of one whose name goes on', async () => {
    const longer = await client.azure.createIdentity({ ...fresh, name: `${prod.name}-2` }, neverCanceled());
    const identity = await client.azure.identity(prod, neverCanceled());
    const other = client.cloud.world.resources.others(subscriptions.production).find(({ name }) => name === resources.factory.name);
    assert.ok(other);
    other.identities = { userAssigned: [longer.id] };
    assert.deepEqual((await client.azure.hostsOf(identity, neverCanceled())).map(({ name }) => name).sort(), [resources.api.name, resources.runner.name].sort());
    assert.deepEqual((await client.azure.hostsOf(longer, neverCanceled())).map(({ name }) => name), [resources.factory.name]);
  });

  it('are shown though one of them has an identity in no known form', async () => {
    const rows = ['odd', 'plain'].map((name) => ({ id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/${name}`, name, type: 'microsoft.web/sites', identity: name === 'odd' ? 'odd' : null }));
    const body = { totalRecords: 2, count: 2, data: rows, facets: [], resultTruncated: 'false' };
    client.cloud.world.faults.add({ method: 'POST', effect: { kind: 'answer', status: 200, body } });
    assert.deepEqual((await hosts()).map(({ name, systemAssigned, userAssigned }) => [name, systemAssigned, userAssigned]), [['odd', undefined, []], ['plain', undefined, []]]);
  });

  it('get a system-assigned identity', async () => {
    const enabled = await client.azure.enableSystemAssigned(await host(resources.machine.name), neverCanceled());
    assert.ok(enabled.systemAssigned);
    assert.deepEqual(enabled.userAssigned, []);
    assert.deepEqual((await host(resources.machine.name)).systemAssigned, enabled.systemAssigned);
  });

  it('keep their user-assigned identities then', async () => {
    const machine = client.cloud.world.resources.others(subscriptions.production).find(({ name }) => name === resources.machine.name);
    assert.ok(machine);
    machine.identities = { userAssigned: [formatIdentityId(prod)] };
    const enabled = await client.azure.enableSystemAssigned(await host(resources.machine.name), neverCanceled());
    assert.ok(enabled.systemAssigned);
    assert.deepEqual(machine.identities.userAssigned, [formatIdentityId(prod)]);
    assert.deepEqual(enabled.userAssigned, [formatIdentityId(prod)]);
  });

  it('that have one already are left alone', async () => {
    const api = await host(resources.api.name);
    assert.deepEqual(await client.azure.enableSystemAssigned(api, neverCanceled()), api);
    assert.ok(!methods(client).includes('PATCH'));
  });

  it('that take their time are looked at until the identity is there, and the log says what is waited for', async () => {
    const machine = await host(resources.machine.name);
    const notYet = { id: machine.id, name: machine.name, type: machine.type };
    client.cloud.world.faults.add({ method: 'GET', path: resources.machine.name, times: 3, effect: { kind: 'answer', status: 200, body: notYet } });
    assert.ok((await client.azure.enableSystemAssigned(machine, neverCanceled())).systemAssigned);
    assert.deepEqual(client.waits.map(({ waitMs, reason }) => [waitMs, reason]), [[1_000, 'identity not there yet'], [2_000, 'identity not there yet']]);
  });

  it('that never show one end with what to do', async () => {
    const machine = await host(resources.machine.name);
    client.cloud.world.faults.add({ method: 'GET', path: resources.machine.name, effect: { kind: 'answer', status: 200, body: { id: machine.id, name: machine.name, type: machine.type } } });
    const error = await refusalOf(client.azure.enableSystemAssigned(machine, neverCanceled()));
    assert.deepEqual([error.code, error.message], ['notFound', `Azure took the change, but ${machine.name} has no identity yet.`]);
  });

  it('of other types say where it is done', async () => {
    const error = await refusalOf(client.azure.enableSystemAssigned(await host(resources.cluster.name), neverCanceled()));
    assert.equal(error.code, 'invalidInput');
    assert.match(error.fix ?? '', /Azure portal/);
  });
});
