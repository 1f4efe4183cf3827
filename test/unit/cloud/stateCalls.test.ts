import assert from 'node:assert/strict';
import { ControlClient } from '../../cloud/control/controlClient.ts';
import { startCloud } from '../../cloud/startCloud.ts';
import type { Cloud } from '../../cloud/startCloud.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { ArmCaller, armToken } from './armCaller.ts';

const { subscriptions, groups, accounts } = sample;
const group = `/subscriptions/${subscriptions.development}/resourceGroups/${groups.development}`;

describe('State of the local cloud, changed from another process', () => {
  let cloud: Cloud;
  let control: ControlClient;
  before(async () => {
    cloud = await startCloud();
    control = new ControlClient(cloud.proxyUrl);
  });
  after(() => cloud.stop());

  it('makes identities and resources that ARM and Resource Graph then hold, and takes them away', async () => {
    const made = await control.addIdentity({ subscriptionId: subscriptions.development, resourceGroup: groups.development, name: 'id-colleague', tags: { by: 'colleague' } });
    const site = await control.addResource({ id: `${group}/providers/Microsoft.Web/sites/app-colleague`, userAssigned: [made.id], systemAssigned: true });
    const arm = new ArmCaller(cloud.world, await armToken(cloud.world));
    const found = await arm.call('POST', '/providers/Microsoft.ResourceGraph/resources', { query: "resources | where name contains 'colleague' | project name, tags, identity" }, '2024-04-01');
    const rows = found.json['data'] as { name: string; tags: unknown; identity: { type: string } | null }[];
    assert.deepEqual(rows.map(({ name, tags, identity }) => [name, tags, identity?.type]), [['id-colleague', { by: 'colleague' }, undefined], ['app-colleague', null, 'SystemAssigned, UserAssigned']]);
    assert.match((await control.resource(site.id)).identities?.systemAssigned?.principalId ?? '', /^[0-9a-f-]{36}$/u);
    await control.removeResource(site.id);
    await assert.rejects(control.resource(site.id), /404/u);
  });

  it('gives, shows, denies and takes away roles', async () => {
    const { principalId } = sample.identities.airflowDev;
    const given = await control.addRoleAssignment({ principalId, scope: group, role: 'Reader', condition: "@Resource[x] StringEquals 'y'" });
    const held = (await control.roleAssignments(principalId)).find(({ name }) => name === given.name);
    assert.deepEqual([held?.roleName, held?.scope, held?.principalType, held?.conditionVersion], ['Reader', group, 'ServicePrincipal', '2.0']);
    await control.removeRoleAssignment(given.name);
    assert.equal((await control.roleAssignments(principalId)).some(({ name }) => name === given.name), false);
    await control.addDenyAssignment({ scope: group, actions: ['Microsoft.Resources/subscriptions/resourceGroups/write'] });
    const arm = new ArmCaller(cloud.world, await armToken(cloud.world, { account: accounts.dana.label }), '2022-12-01');
    assert.equal((await arm.call('PUT', group, { location: 'eastus' })).status, 403);
  });

  it('shows the Environment Manager with its secrets', async () => {
    const { warehouse } = sample.astro.environmentObjects;
    const stored = (await control.environmentObjects()).find(({ id }) => id === warehouse.id);
    assert.equal(stored?.content.connection?.password, 'local-cloud-warehouse-password');
  });

  it('writes blobs and secrets', async () => {
    const { lake, vault } = sample.resources;
    await control.putBlob({ account: lake.name, container: 'raw', name: 'new.txt', body: 'hello' });
    await control.setSecret({ vault: vault.name, name: 'airflow-connections-x', value: 'azure://' });
    assert.deepEqual([cloud.world.blobs.get(lake.name, 'raw', 'new.txt')?.body, cloud.world.secrets.get(vault.name, 'airflow-connections-x')?.value], ['hello', 'azure://']);
  });

  it('says what it does not know', async () => {
    await assert.rejects(control.addRoleAssignment({ principalId: 'x', scope: group, role: 'Nobody' }), /404: There is no role Nobody/u);
    await assert.rejects(control.addResource({ id: '/subscriptions/x' }), /400/u);
    await assert.rejects(control.removeRoleAssignment('none'), /404/u);
  });
});
