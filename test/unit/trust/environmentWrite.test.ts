import assert from 'node:assert/strict';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import { noConnection } from '../../../src/connection/connectionValues.ts';
import type { EnvironmentConnection, EnvironmentPlace, EnvironmentReach } from '../../../src/connection/environmentPort.ts';
import { environmentConnection, writeEnvironment } from '../../../src/trust/environmentWrite.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { connectToCloud, neverCanceled, refusalOf } from '../azure/cloudClient.ts';
import type { CloudClient } from '../azure/cloudClient.ts';
import { StillClock } from './identityModel.ts';

const { organization, workspaces, deployments, environmentObjects: objects, tokens } = sample.astro;
const place: EnvironmentPlace = { organizationId: organization.id, scope: 'workspace', scopeId: workspaces.dataPlatform.id };
const extra = { managed_identity_client_id: sample.identities.airflowDev.clientId, workload_identity_tenant_id: sample.tenants.contoso.id };
const wanted: AirflowConnection = { ...noConnection('azure_new'), type: 'azure', extra };
const host = 'api.astronomer.io';

describe('writing a connection to the Environment Manager', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  const there = (connectionId: string): Promise<EnvironmentConnection | undefined> => environmentConnection(client.astro, place, connectionId, neverCanceled());
  const write = (connection: AirflowConnection, standing?: EnvironmentConnection, reach?: EnvironmentReach, stop = neverCanceled()): Promise<EnvironmentConnection> =>
    writeEnvironment({ port: client.astro, place, connection, standing, reach, clock: new StillClock(), stop });
  const writes = (): number => client.requests.filter(({ method }) => method === 'POST').length;

  it('links it to the deployments it is for and gives what stands there then', async () => {
    const written = await write(wanted, undefined, [deployments.customer360.id]);
    assert.deepEqual([written.connection, written.links], [wanted, { all: false, deployments: [{ id: deployments.customer360.id, isOverridden: false }], excluded: [] }]);
  });

  it('adds a link to those that stand there, whose overrides stay, and takes a deployment back in that was left out', async () => {
    const before = await there(objects.lake.key);
    const written = await write({ ...noConnection(objects.lake.key), type: 'wasb', extra }, before, [deployments.financeRemote.id, deployments.ordersDev.id]);
    assert.deepEqual(written.links, {
      all: true,
      deployments: [{ id: deployments.ordersDev.id, isOverridden: true }, { id: deployments.financeRemote.id, isOverridden: false }],
      excluded: [],
    });
    assert.equal(written.connection.host, before?.connection.host);
  });

  it('goes on after a lost answer without writing twice', async () => {
    client.cloud.world.faults.add({ host, method: 'POST', effect: { kind: 'resetAfter' } });
    assert.equal((await write(wanted)).connection.connectionId, 'azure_new');
    assert.equal(writes(), 1);
  });

  it('waits as long as Astro says and tries again', async () => {
    client.cloud.world.faults.add({ host, method: 'POST', times: 1, effect: { kind: 'answer', status: 429, headers: { 'retry-after': '3' }, body: { message: 'slow down' } } });
    await write(wanted);
    assert.equal(writes(), 2);
  });

  it('does not touch what somebody else added meanwhile under the same id', async () => {
    await write({ ...wanted, extra: { ...extra, subscriptionId: 'theirs' } });
    const refused = await refusalOf(write({ ...wanted, extra: { ...extra, subscriptionId: 'ours' } }));
    assert.equal(refused.code, 'conflict');
    assert.equal((await there('azure_new'))?.connection.extra['subscriptionId'], 'theirs');
  });

  it('names the role that a token lacks which may only look', async () => {
    client.astroToken = { token: tokens.viewer, origin: 'environment' };
    const refused = await refusalOf(write(wanted));
    assert.equal(refused.code, 'forbidden');
    assert.match(`${refused.message} ${refused.fix}`, /may not change the Environment Manager.*Workspace Operator or Workspace Owner/);
    assert.equal(writes(), 1, 'a refusal is not tried again');
  });

  it('begins nothing once it was stopped', async () => {
    await assert.rejects(write(wanted, undefined, 'all', AbortSignal.abort()), { name: 'AbortError' });
    assert.equal(writes(), 0);
  });
});
