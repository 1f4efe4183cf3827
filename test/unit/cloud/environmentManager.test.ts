import assert from 'node:assert/strict';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { send } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { createTestWorld } from './testWorld.ts';

const { organization, tokens, workspaces, deployments, environmentObjects: objects, labs } = sample.astro;
const { airflowProd, airflowDev } = sample.identities;
const platform = workspaces.dataPlatform.id;
const customer360 = deployments.customer360.id;

interface Stored {
  readonly id?: string;
  readonly objectKey: string;
  readonly scope: string;
  readonly scopeEntityId: string;
  readonly sourceScope?: string;
  readonly autoLinkDeployments?: boolean;
  readonly links?: readonly { readonly scopeEntityId: string; readonly connectionOverrides?: Connection }[];
  readonly excludeLinks?: readonly { readonly scopeEntityId: string }[];
  readonly connection?: Connection;
  readonly environmentVariable?: { readonly value: string; readonly isSecret: boolean };
}

interface Connection {
  readonly type?: string;
  readonly host?: string;
  readonly login?: string;
  readonly password?: string;
  readonly schema?: string;
  readonly port?: number;
  readonly extra?: Readonly<Record<string, unknown>>;
}

type Call = (method: string, path?: string, body?: unknown) => Promise<ArmReply>;

function caller(world: World, token: string = tokens.organization, organizationId: string = organization.id): Call {
  return (method, path = '', body) => send(world, method, `https://api.astronomer.io/v1/organizations/${organizationId}/environment-objects${path}`, { token, body });
}

function listed(reply: ArmReply): Stored[] {
  assert.equal(reply.status, 200, reply.body);
  return reply.json['environmentObjects'] as Stored[];
}

function stored(reply: ArmReply): Stored {
  assert.equal(reply.status, 200, reply.body);
  return reply.json as unknown as Stored;
}

const connection = { objectKey: 'new_azure', objectType: 'CONNECTION', scope: 'WORKSPACE', scopeEntityId: platform, connection: { type: 'azure', extra: { managed_identity_client_id: airflowProd.clientId, subscriptionId: 'Abc' } } };

describe('Environment Manager of the local cloud', () => {
  it('lists the objects of a workspace, by type and by key', async () => {
    const call = caller(createTestWorld());
    assert.deepEqual(listed(await call('GET', `?workspaceId=${platform}&objectType=CONNECTION&sorts=objectKey:asc`)).map(({ objectKey }) => objectKey), ['azure_default', 'lake', 'warehouse']);
    const reply = await call('GET', `?workspaceId=${platform}&objectKey=lake&limit=1000`);
    assert.deepEqual([listed(reply).length, reply.json['totalCount'], reply.json['limit']], [1, 1, 1000]);
    assert.deepEqual(listed(await call('GET', `?workspaceId=${workspaces.marketing.id}`)), []);
  });

  it('lists what a deployment has of its own, and with resolveLinked what its workspace gives it, overrides applied', async () => {
    const call = caller(createTestWorld());
    const own = (id: string, more = ''): Promise<Stored[]> => call('GET', `?deploymentId=${id}&objectType=CONNECTION${more}`).then(listed);
    assert.deepEqual((await own(deployments.ordersDev.id)).map(({ objectKey }) => objectKey), ['legacy_blob']);
    const resolved = await own(deployments.ordersDev.id, '&resolveLinked=true');
    assert.deepEqual(resolved.map(({ objectKey, scope, sourceScope }) => [objectKey, scope, sourceScope]), [['legacy_blob', 'DEPLOYMENT', undefined], ['lake', 'DEPLOYMENT', 'WORKSPACE']]);
    const lake = resolved[1]?.connection;
    assert.deepEqual([lake?.host, lake?.extra?.['managed_identity_client_id'], lake?.extra?.['workload_identity_tenant_id'], resolved[1]?.id], ['https://stcontosodev.blob.core.windows.net', airflowDev.clientId, sample.tenants.contoso.id, undefined]);
    assert.deepEqual((await own(deployments.financeRemote.id, '&resolveLinked=true')).length, 0, 'it was left out');
    assert.deepEqual((await own(customer360, '&resolveLinked=true')).map(({ objectKey }) => objectKey), ['azure_default', 'lake', 'warehouse']);
  });

  it('hides what is secret, and shows it only where the organization lets it be fetched', async () => {
    const world = createTestWorld();
    const call = caller(world);
    const warehouse = stored(await call('GET', `/${objects.warehouse.id}`)).connection;
    assert.deepEqual([warehouse?.login, 'password' in (warehouse ?? {}), warehouse?.extra], ['reader', false, { sslmode: 'require' }]);
    assert.deepEqual(stored(await call('GET', `/${objects.secretVariable.id}`)).environmentVariable, { value: '', isSecret: true });
    const refused = await call('GET', `?workspaceId=${platform}&showSecrets=true`);
    assert.deepEqual([refused.status, refused.json['message']], [405, `showSecrets on organization with id ${organization.id} is not allowed`]);
    const inLabs = caller(world, tokens.labs, labs.organization.id);
    const { json } = await inLabs('POST', '', { ...connection, scopeEntityId: labs.workspaces.research.id, connection: { type: 'postgres', password: 'p', extra: { api_key: 'k', sslmode: 'require' } } });
    const path = `/${String(json['id'])}`;
    assert.deepEqual(stored(await inLabs('GET', path)).connection, { type: 'postgres', extra: { sslmode: 'require' } });
    assert.deepEqual(stored(await inLabs('GET', `${path}?showSecrets=true`)).connection, { type: 'postgres', password: 'p', extra: { api_key: 'k', sslmode: 'require' } });
  });

  it('creates an object and answers with its id alone; keys of extra keep their letter case', async () => {
    const call = caller(createTestWorld());
    const created = await call('POST', '', { ...connection, links: [{ scope: 'DEPLOYMENT', scopeEntityId: customer360, overrides: { connection: { extra: { subscriptionId: 'Def' } } } }] });
    assert.deepEqual(Object.keys(created.json), ['id']);
    assert.match(String(created.json['id']), /^c[a-z0-9]{24}$/u);
    const object = stored(await call('GET', `/${String(created.json['id'])}`));
    assert.deepEqual([object.connection?.extra, object.links, object.autoLinkDeployments], [connection.connection.extra, [{ scope: 'DEPLOYMENT', scopeEntityId: customer360, connectionOverrides: { extra: { subscriptionId: 'Def' } } }], undefined]);
    const again = await call('POST', '', connection);
    assert.deepEqual([again.status, again.json['statusCode']], [409, 409]);
  });

  it('updates by POST: links and the fields of a connection that are not repeated are gone, secrets stay', async () => {
    const call = caller(createTestWorld());
    const path = `/${objects.warehouse.id}`;
    const after = stored(await call('POST', path, { connection: { type: 'postgres', host: 'new.contoso.example' } }));
    assert.deepEqual([after.connection, after.links, after.excludeLinks], [{ type: 'postgres', host: 'new.contoso.example', extra: { sslmode: 'require' } }, [], []]);
    const lake = `/${objects.lake.id}`;
    const { links, excludeLinks, connection: before } = stored(await call('GET', lake));
    const kept = await call('POST', lake, { connection: before, autoLinkDeployments: true, links: links?.map(({ connectionOverrides, ...link }) => ({ ...link, overrides: { connection: connectionOverrides } })), excludeLinks });
    assert.deepEqual([stored(kept).links, stored(kept).excludeLinks, stored(kept).autoLinkDeployments], [links, excludeLinks, true]);
    assert.equal(stored(await call('POST', lake, { connection: before, links, excludeLinks })).autoLinkDeployments, undefined);
  });

  it('keeps a password that an update leaves out, and the value of a secret variable', async () => {
    const world = createTestWorld();
    const call = caller(world);
    await call('POST', `/${objects.warehouse.id}`, { connection: { type: 'postgres' } });
    await call('POST', `/${objects.secretVariable.id}`, { environmentVariable: { value: '' } });
    const content = (id: string) => world.astro.environmentObjects.find((object) => object.id === id)?.content;
    assert.equal(content(objects.warehouse.id)?.connection?.password, 'local-cloud-warehouse-password');
    assert.equal(content(objects.secretVariable.id)?.environmentVariable?.value, 'local-cloud-api-key');
  });

  it('leaves a deployment out, twice as well as once, and deletes', async () => {
    const call = caller(createTestWorld());
    const path = `/${objects.lake.id}`;
    const body = { scope: 'DEPLOYMENT', scopeEntityId: customer360 };
    const replies = [await call('POST', `${path}/exclude-linking`, body), await call('POST', `${path}/exclude-linking`, body)];
    assert.deepEqual(replies.map((reply) => [reply.status, reply.body]), [[204, ''], [204, '']]);
    assert.deepEqual(stored(await call('GET', path)).excludeLinks?.map(({ scopeEntityId }) => scopeEntityId), [deployments.financeRemote.id, customer360]);
    assert.deepEqual([(await call('DELETE', path)).status, (await call('GET', path)).status], [204, 404]);
  });

  const wrong: readonly [string, object, string][] = [
    ['an unknown type', { ...connection, objectType: 'SECRET' }, 'objectType'],
    ['no key', { ...connection, objectKey: undefined }, 'objectKey'],
    ['no connection', { ...connection, connection: undefined }, 'connection'],
    ['a connection without a type', { ...connection, connection: { host: 'x' } }, 'connection.type'],
    ['links of a deployment', { ...connection, scope: 'DEPLOYMENT', scopeEntityId: customer360, autoLinkDeployments: true }, 'links'],
    ['a link to a deployment elsewhere', { ...connection, links: [{ scope: 'DEPLOYMENT', scopeEntityId: deployments.marketingAttribution.id }] }, 'links'],
  ];
  for (const [what, body, field] of wrong) {
    it(`refuses ${what}, naming the field`, async () => {
      const reply = await caller(createTestWorld())('POST', '', body);
      assert.deepEqual([reply.status, (reply.json['fieldErrors'] as { field: string }[]).map((error) => error.field)], [400, [field]]);
    });
  }

  it('shows a token only its workspace, and lets a viewer change nothing', async () => {
    const world = createTestWorld();
    assert.equal((await caller(world, tokens.labs)('GET')).status, 403);
    assert.equal((await caller(world, tokens.workspace)('POST', '', { ...connection, scopeEntityId: workspaces.marketing.id })).status, 404);
    const viewer = caller(world, tokens.viewer);
    assert.deepEqual([(await viewer('GET', `/${objects.azure.id}`)).status, (await viewer('POST', '', connection)).status, (await viewer('DELETE', `/${objects.azure.id}`)).status], [200, 403, 403]);
  });

  it('slows down who creates many at once', async () => {
    const world = createTestWorld();
    world.clock.freeze();
    const call = caller(world);
    const statuses: number[] = [];
    for (let index = 0; index < 11; index += 1) {
      statuses.push((await call('POST', '', { ...connection, objectKey: `c${index}` })).status);
    }
    assert.deepEqual([statuses.filter((status) => status === 200).length, statuses.at(-1)], [10, 429]);
  });

  it('marks what it does not know', async () => {
    const world = createTestWorld();
    assert.equal((await caller(world)('PUT', `/${objects.azure.id}`, {})).status, 404);
    assert.equal(world.log.entries.at(-1)?.unmodelled, true);
  });
});

describe('Organizations of the local cloud', () => {
  it('are several for a user, on all clouds, one cluster with a second issuer for disasters', async () => {
    const world = createTestWorld();
    const get = async (path: string): Promise<Record<string, unknown>> => (await send(world, 'GET', `https://api.astronomer.io/v1${path}`, { token: tokens.user })).json;
    assert.deepEqual(((await get('/organizations'))['organizations'] as { name: string }[]).map(({ name }) => name), ['Contoso Data', 'Contoso Labs']);
    const found = (await get(`/organizations/${labs.organization.id}/deployments`))['deployments'] as Record<string, unknown>[];
    assert.deepEqual(
      found.map((item) => [item['name'], item['type'], item['cloudProvider'], item['oidcIssuerUrl'], item['drOidcIssuerUrl']]),
      [
        ['forecast-prod', 'DEDICATED', undefined, sample.issuers.forecast, sample.issuers.forecastDr],
        ['ml-training-gcp', 'DEDICATED', undefined, sample.issuers.labsGke, undefined],
        ['web-events-aws', 'STANDARD', 'AWS', sample.issuers.labsEks, undefined],
      ],
    );
    assert.equal(found[0]?.['uiUrl'], `https://contoso-labs.astronomer.run/${labs.deployments.forecast.id.slice(-8)}`);
    const clusters = (await get(`/organizations/${labs.organization.id}/clusters`))['clusters'] as Record<string, unknown>[];
    assert.deepEqual(clusters.map((item) => [item['cloudProvider'], item['isDrEnabled'], item['drRegion']]), [['AZURE', true, 'northeurope'], ['GCP', false, undefined]]);
  });

  it('have ids in the form of Astro', () => {
    const ids = [labs.organization.id, ...Object.values(labs.clusters), ...[...Object.values(labs.workspaces), ...Object.values(labs.deployments), ...Object.values(objects)].map(({ id }) => id)];
    assert.deepEqual(ids.filter((id) => !/^c[a-z0-9]{24}$/u.test(id)), []);
  });
});
