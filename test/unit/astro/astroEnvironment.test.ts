import assert from 'node:assert/strict';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import { noConnection } from '../../../src/connection/connectionValues.ts';
import type { EnvironmentConnection, EnvironmentPlace } from '../../../src/connection/environmentPort.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { connectToCloud, neverCanceled, refusalOf } from '../azure/cloudClient.ts';
import type { CloudClient } from '../azure/cloudClient.ts';

const { organization, workspaces, deployments, environmentObjects: objects, tokens } = sample.astro;
const { airflowProd, airflowDev } = sample.identities;
const dataPlatform: EnvironmentPlace = { organizationId: organization.id, scope: 'workspace', scopeId: workspaces.dataPlatform.id };
const ordersDev: EnvironmentPlace = { organizationId: organization.id, scope: 'deployment', scopeId: deployments.ordersDev.id };
const wanted: AirflowConnection = {
  ...noConnection('azure_new'),
  type: 'azure',
  extra: { managed_identity_client_id: airflowProd.clientId, workload_identity_tenant_id: sample.tenants.contoso.id, subscriptionId: sample.subscriptions.production },
};

describe('connections of the Environment Manager', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  const listed = async (place: EnvironmentPlace = dataPlatform): Promise<readonly EnvironmentConnection[]> =>
    (await Array.fromAsync(client.astro.environmentConnections(place, neverCanceled()))).flat();
  const one = async (key: string, place?: EnvironmentPlace): Promise<EnvironmentConnection> => (await listed(place)).find(({ connection }) => connection.connectionId === key) ?? assert.fail(key);

  it('are listed with the deployments that get them, as Airflow would hold them, without secrets', async () => {
    const found = await listed();
    assert.deepEqual(found.map(({ connection }) => [connection.connectionId, connection.type]), [['azure_default', 'azure'], ['lake', 'wasb'], ['warehouse', 'postgres']]);
    const lake = await one(objects.lake.key);
    assert.deepEqual(lake.links, { all: true, deployments: [{ id: deployments.ordersDev.id, isOverridden: true }], excluded: [deployments.financeRemote.id] });
    assert.equal(lake.connection.extra['managed_identity_client_id'], airflowProd.clientId);
    const { connection } = await one(objects.warehouse.key);
    assert.deepEqual([connection.login, connection.port, connection.password], ['reader', 5432, undefined]);
    assert.ok(client.cloud.world.log.entries.every(({ path }) => !path.includes('showSecrets')));
  });

  it('of one deployment are listed there', async () => {
    assert.deepEqual((await listed(ordersDev)).map(({ connection, place }) => [connection.connectionId, place.scope]), [[objects.legacy.key, 'deployment']]);
  });

  it('are added to a workspace for all its deployments, letter case of keys kept', async () => {
    const id = await client.astro.createEnvironmentConnection(dataPlatform, wanted, neverCanceled());
    const added = await one('azure_new');
    assert.equal(added.id, id);
    assert.deepEqual(added.connection, wanted);
    assert.deepEqual(added.links, { all: true, deployments: [], excluded: [] });
    const refused = await refusalOf(client.astro.createEnvironmentConnection(dataPlatform, wanted, neverCanceled()));
    assert.equal(refused.code, 'conflict');
  });

  it('are added to one deployment', async () => {
    await client.astro.createEnvironmentConnection(ordersDev, wanted, neverCanceled());
    assert.deepEqual((await one('azure_new', ordersDev)).connection, wanted);
  });

  it('keep host, links, left-out deployments and overrides when another value changes', async () => {
    const before = await one(objects.lake.key);
    await client.astro.updateEnvironmentConnection(before, { ...noConnection(objects.lake.key), type: 'wasb', extra: { managed_identity_client_id: airflowDev.clientId } }, [], neverCanceled());
    const after = await one(objects.lake.key);
    assert.deepEqual(after, { ...before, connection: { ...before.connection, extra: { ...before.connection.extra, managed_identity_client_id: airflowDev.clientId } } });
    const stored = client.cloud.world.astro.environmentObjects.find(({ id }) => id === before.id);
    assert.deepEqual(stored?.links.map(({ overrides }) => overrides?.connection?.extra), [{ managed_identity_client_id: airflowDev.clientId }]);
  });

  it('keep the password that Astro does not show', async () => {
    const before = await one(objects.warehouse.key);
    await client.astro.updateEnvironmentConnection(before, { ...noConnection(objects.warehouse.key), type: 'postgres', host: 'new.contoso.example' }, [], neverCanceled());
    const stored = client.cloud.world.astro.environmentObjects.find(({ id }) => id === before.id)?.content.connection;
    assert.deepEqual([stored?.host, stored?.login, stored?.port, stored?.password], ['new.contoso.example', 'reader', 5432, 'local-cloud-warehouse-password']);
  });

  it('lose a login, and are left alone where a password was to go', async () => {
    const before = await one(objects.legacy.key, ordersDev);
    await client.astro.updateEnvironmentConnection(before, { ...noConnection(objects.legacy.key), type: 'wasb' }, ['login'], neverCanceled());
    assert.equal((await one(objects.legacy.key, ordersDev)).connection.login, undefined);
    client.requests.length = 0;
    const refused = await refusalOf(client.astro.updateEnvironmentConnection(before, { ...noConnection(objects.legacy.key), type: 'wasb' }, ['login', 'password'], neverCanceled()));
    assert.match(refused.message, /keeps password of legacy_blob/);
    assert.deepEqual(client.requests, []);
  });

  it('are deleted, twice as well as once', async () => {
    const target = await one(objects.azure.key);
    await client.astro.deleteEnvironmentConnection(target, neverCanceled());
    await client.astro.deleteEnvironmentConnection(target, neverCanceled());
    assert.deepEqual((await listed()).map(({ connection }) => connection.connectionId), ['lake', 'warehouse']);
  });

  it('are not written by a token that may only look, and a write is sent once', async () => {
    client.astroToken = { token: tokens.viewer, origin: 'environment' };
    const refused = await refusalOf(client.astro.createEnvironmentConnection(dataPlatform, wanted, neverCanceled()));
    assert.deepEqual([refused.code, /role/.test(refused.fix ?? '')], ['forbidden', true]);
    client.astroToken = { token: tokens.organization, origin: 'environment' };
    client.cloud.world.faults.add({ host: 'api.astronomer.io', method: 'POST', effect: { kind: 'answer', status: 500, body: { message: 'Internal' } } });
    assert.equal((await refusalOf(client.astro.createEnvironmentConnection(dataPlatform, wanted, neverCanceled()))).code, 'unavailable');
    assert.equal(client.requests.filter(({ method }) => method === 'POST').length, 2);
  });
});
