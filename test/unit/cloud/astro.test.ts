import assert from 'node:assert/strict';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { send } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { createTestWorld } from './testWorld.ts';

const { organization, tokens, workspaces, deployments, clusters } = sample.astro;
const root = `/organizations/${organization.id}`;

function get(world: World, path: string, token: string = tokens.organization): Promise<ArmReply> {
  return send(world, 'GET', `https://api.astronomer.io/v1${path}`, { token });
}

function names(reply: ArmReply, key: string): unknown[] {
  return (reply.json[key] as { name: string }[]).map((item) => item.name);
}

describe('Astro API of the local cloud', () => {
  it('lists organizations, workspaces, clusters and deployments with their page', async () => {
    const world = createTestWorld();
    const organizations = await get(world, '/organizations');
    assert.deepEqual([organizations.json['limit'], organizations.json['offset'], organizations.json['totalCount']], [20, 0, 1]);
    assert.deepEqual(names(await get(world, `${root}/workspaces`), 'workspaces'), ['Data Platform', 'Marketing']);
    assert.deepEqual(names(await get(world, `${root}/clusters?provider=AZURE`), 'clusters'), ['aks-data']);
    assert.equal(names(await get(world, `${root}/deployments?limit=1000`), 'deployments').length, Object.keys(deployments).length);
  });

  it('pages, sorts and takes repeated parameters', async () => {
    const world = createTestWorld();
    const page = await get(world, `${root}/deployments?sorts=name:desc&limit=2&offset=1`);
    assert.deepEqual([names(page, 'deployments'), page.json['totalCount']], [['orders-dev', 'marketing-attribution'], 9]);
    const chosen = await get(world, `${root}/deployments?names=orders-dev&names=finance-remote&workspaceIds=${workspaces.dataPlatform.id}`);
    assert.deepEqual(names(chosen, 'deployments'), ['orders-dev', 'finance-remote']);
  });

  it('describes the deployment of the mock as the API would', async () => {
    const { json } = await get(createTestWorld(), `${root}/deployments/${deployments.customer360.id}`);
    assert.deepEqual(
      [json['namespace'], json['astroRuntimeVersion'], json['executor'], json['type'], json['clusterId'], json['oidcIssuerUrl'], json['cloudProvider'], json['workspaceName']],
      ['weightless-diameter-8927', '3.1-12', 'CELERY', 'DEDICATED', clusters.azure, sample.issuers.prod, undefined, 'Data Platform'],
    );
    const cluster = await get(createTestWorld(), `${root}/clusters/${clusters.azure}`);
    assert.deepEqual([cluster.json['cloudProvider'], cluster.json['region']], ['AZURE', 'westus2']);
  });

  it('has ids in the form of Astro: c and 24 letters or digits', () => {
    const ids = [organization.id, clusters.azure, clusters.aws, ...Object.values(workspaces).map((item) => item.id), ...Object.values(deployments).map((item) => item.id)];
    assert.deepEqual(ids.filter((id) => !/^c[a-z0-9]{24}$/u.test(id)), []);
  });

  it('shows a workspace token only its workspace', async () => {
    const world = createTestWorld();
    assert.deepEqual(names(await get(world, `${root}/workspaces`, tokens.workspace), 'workspaces'), ['Data Platform']);
    assert.ok(!names(await get(world, `${root}/deployments`, tokens.workspace), 'deployments').includes('marketing-attribution'));
    assert.equal((await get(world, `${root}/deployments/${deployments.marketingAttribution.id}`, tokens.workspace)).status, 404);
  });

  it('answers wrong requests with fieldErrors, and every error with message, requestId and statusCode', async () => {
    const world = createTestWorld();
    const bad = await get(world, `${root}/deployments?limit=1001&sorts=colour:up`);
    assert.deepEqual([bad.status, (bad.json['fieldErrors'] as { field: string }[]).map((error) => error.field)], [400, ['limit', 'sorts']]);
    const replies = [await get(world, '/organizations', 'unknown'), await get(world, '/organizations', tokens.expired), await get(world, '/organizations/clother00000000000000000001/workspaces'), await get(world, `${root}/deployments/clmissing0000000000000001`)];
    assert.deepEqual(replies.map((reply) => [reply.status, reply.json['statusCode'], Object.keys(reply.json)]), [401, 401, 403, 404].map((status) => [status, status, ['message', 'requestId', 'statusCode']]));
  });

  it('slows a token down after 25 reads in a second', async () => {
    const world = createTestWorld();
    world.clock.freeze();
    const statuses: number[] = [];
    for (let call = 0; call < 26; call += 1) {
      statuses.push((await get(world, '/organizations')).status);
    }
    assert.deepEqual([statuses.filter((status) => status === 200).length, statuses.at(-1)], [25, 429]);
    world.clock.advance(1000);
    assert.equal((await get(world, '/organizations')).status, 200);
  });

  it('tells a user who they are, and an API token that it is nobody', async () => {
    const world = createTestWorld();
    assert.equal((await get(world, '/users/self', tokens.user)).json['username'], sample.accounts.dana.label);
    assert.equal((await get(world, '/users/self')).status, 403);
  });
});
