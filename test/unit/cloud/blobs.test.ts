import assert from 'node:assert/strict';
import { handleRequest } from '../../cloud/handle.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import type { WorldSettings } from '../../cloud/worldSettings.ts';
import { roles } from '../../cloud/arm/roles.ts';
import type { Role } from '../../cloud/arm/roles.ts';
import { send } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { exchange, identityToken, serviceAccountToken } from './federatedClient.ts';
import { createTestWorld } from './testWorld.ts';

const { identities, resources, subscriptions, groups, issuers } = sample;
const { airflowProd, airflowDev } = identities;
const lake = `https://${resources.lake.name}.blob.core.windows.net`;
const group = `/subscriptions/${subscriptions.production}/resourceGroups/${groups.dataProduction}`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts/${resources.lake.name}`;
const version = { 'x-ms-version': '2025-07-05', 'x-ms-client-request-id': 'f97caa47-16f7-4c56-b13a-9190ad170f5a' };

type Call = (method: string, path: string, options?: { body?: string; headers?: Record<string, string> }) => Promise<ArmReply>;

async function callerOf(world: World, clientId: string, origin = lake): Promise<Call> {
  const token = await identityToken(world, clientId);
  return (method, path, { body, headers } = {}) => send(world, method, `${origin}${path}`, { token, body, headers: { ...version, ...headers } });
}

function inner(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gsu'))].map(([, text]) => text ?? '');
}

function errorCode(reply: ArmReply): unknown[] {
  return [reply.status, reply.headers['x-ms-error-code'], inner(reply.body, 'Code')[0]];
}

/** A world where the development identity holds one role at one scope of the lake, and its caller. */
async function given(scope: string | undefined, role: Role = roles.blobDataReader, settings: Partial<WorldSettings> = {}): Promise<Call> {
  const world = createTestWorld(settings);
  if (scope !== undefined) {
    world.rights.grant(airflowDev.principalId, scope, role, { principalType: 'ServicePrincipal', createdAt: world.clock.now() });
  }
  return callerOf(world, airflowDev.clientId);
}

const listRaw = '/raw?restype=container&comp=list';

describe('Blob service of the local cloud', () => {
  const scopes: readonly [string, string | undefined, number][] = [
    ['the container', `${account}/blobServices/default/containers/raw`, 200],
    ['the account', account, 200],
    ['the group', group, 200],
    ['the subscription', `/subscriptions/${subscriptions.production}`, 200],
    ['another container', `${account}/blobServices/default/containers/curated`, 403],
    ['another account', account.replace(resources.lake.name, 'stcontosoarchive'), 403],
    ['nothing', undefined, 403],
  ];
  for (const [where, scope, status] of scopes) {
    it(`${status === 200 ? 'lists' : 'refuses to list'} a container with a role at ${where}`, async () => {
      const reply = await (await given(scope))('GET', listRaw);
      assert.equal(reply.status, status, reply.body);
      assert.deepEqual(inner(reply.body, 'Name').length, status === 200 ? 4 : 0);
    });
  }

  it('takes no management role for a right on data, whoever owns the account', async () => {
    const call = await given(account, roles.owner);
    assert.deepEqual(errorCode(await call('GET', listRaw)), [403, 'AuthorizationPermissionMismatch', 'AuthorizationPermissionMismatch']);
    assert.deepEqual(inner((await call('GET', '/?comp=list')).body, 'Name'), ['airflow-logs', 'curated', 'raw']);
  });

  it('refuses in the words of the real service, with the ids that the client sent', async () => {
    const reply = await (await given(undefined))('GET', listRaw);
    assert.match(reply.body, /^\uFEFF<\?xml version="1\.0" encoding="utf-8"\?><Error><Code>AuthorizationPermissionMismatch<\/Code><Message>This request is not authorized to perform this operation using this permission\.\nRequestId:[0-9a-f-]{30}000000\nTime:\d{4}-\d\d-\d\dT[\d:.]{16}Z<\/Message><\/Error>$/u);
    assert.deepEqual([reply.headers['content-type'], reply.headers['x-ms-version'], reply.headers['x-ms-client-request-id']], ['application/xml', version['x-ms-version'], version['x-ms-client-request-id']]);
    assert.match(reply.headers['x-ms-request-id'] ?? '', /000000$/u);
  });

  it('learns of a new role after a while', async () => {
    const world = createTestWorld({ roleToDataMs: 60_000 });
    world.rights.grant(airflowDev.principalId, account, roles.blobDataReader, { createdAt: world.clock.now() });
    const call = await callerOf(world, airflowDev.clientId);
    assert.equal((await call('GET', listRaw)).status, 403);
    world.clock.advance(60_000);
    assert.equal((await call('GET', listRaw)).status, 200);
  });

  it("keeps to a role's condition, and lets nothing through with one that it does not understand", async () => {
    const world = createTestWorld();
    const prod = await callerOf(world, airflowProd.clientId);
    assert.deepEqual([(await prod('GET', listRaw)).status, (await prod('GET', listRaw.replace('raw', 'airflow-logs'))).status], [200, 403]);
    world.rights.grant(airflowDev.principalId, account, roles.blobDataReader, { condition: "@Request[x] StringEquals 'y'" });
    assert.equal((await (await callerOf(world, airflowDev.clientId))('GET', listRaw)).status, 403);
    assert.equal(world.log.entries.at(-1)?.unmodelled, true);
  });

  it('says 404 only to who may read', async () => {
    const reader = await given(account);
    assert.deepEqual(errorCode(await reader('GET', listRaw.replace('raw', 'missing'))), [404, 'ContainerNotFound', 'ContainerNotFound']);
    assert.deepEqual(errorCode(await reader('GET', '/raw/missing.txt')), [404, 'BlobNotFound', 'BlobNotFound']);
    assert.deepEqual(errorCode(await (await given(undefined))('GET', listRaw.replace('raw', 'missing'))), [403, 'AuthorizationPermissionMismatch', 'AuthorizationPermissionMismatch']);
  });

  it('lists in pages and by folder', async () => {
    const call = await given(account);
    const first = await call('GET', `${listRaw}&maxresults=3`);
    const marker = inner(first.body, 'NextMarker')[0] ?? '';
    const second = await call('GET', `${listRaw}&maxresults=3&marker=${encodeURIComponent(marker)}`);
    assert.deepEqual([...inner(first.body, 'Name'), ...inner(second.body, 'Name')], ['README.txt', 'customers/2026-10-29.csv', 'customers/2026-10-30.csv', 'orders/2026-10-30.csv']);
    assert.match(second.body, /<NextMarker \/>/u);
    const folders = await call('GET', `${listRaw}&delimiter=%2F`);
    assert.deepEqual(inner(folders.body, 'Name'), ['README.txt', 'customers/', 'orders/']);
    assert.deepEqual(inner((await call('GET', `${listRaw}&prefix=customers%2F&delimiter=%2F`)).body, 'BlobPrefix'), []);
    assert.deepEqual(errorCode(await call('GET', `${listRaw}&maxresults=0`)), [400, 'OutOfRangeQueryParameterValue', 'OutOfRangeQueryParameterValue']);
  });

  it('writes, reads in ranges, and deletes a small blob', async () => {
    const call = await given(account, roles.blobDataContributor);
    const block = { 'x-ms-blob-type': 'BlockBlob', 'x-ms-blob-content-type': 'text/plain', 'if-none-match': '*' };
    assert.equal((await call('PUT', '/raw/new%20one.txt', { body: 'hello', headers: block })).status, 201);
    assert.deepEqual(errorCode(await call('PUT', '/raw/new%20one.txt', { body: 'again', headers: block })), [409, 'BlobAlreadyExists', 'BlobAlreadyExists']);
    const part = await call('GET', '/raw/new%20one.txt', { headers: { 'x-ms-range': 'bytes=1-2' } });
    assert.deepEqual([part.status, part.body, part.headers['content-range'], part.headers['content-type']], [206, 'el', 'bytes 1-2/5', 'text/plain']);
    const head = await call('HEAD', '/raw/new%20one.txt');
    assert.deepEqual([head.status, head.body, head.headers['content-length']], [200, '', '5']);
    assert.equal((await call('DELETE', '/raw/new%20one.txt')).status, 202);
    assert.equal((await call('HEAD', '/raw/new%20one.txt')).headers['x-ms-error-code'], 'BlobNotFound');
    assert.deepEqual(errorCode(await (await given(account))('PUT', '/raw/x', { body: 'x', headers: block })), [403, 'AuthorizationPermissionMismatch', 'AuthorizationPermissionMismatch']);
  });

  it('says in a challenge what is wrong with a token', async () => {
    const world = createTestWorld();
    const ask = async (token: string | undefined, headers: Record<string, string> = version): Promise<unknown[]> => {
      const reply = await send(world, 'GET', `${lake}${listRaw}`, { token, headers });
      return [...errorCode(reply).slice(0, 2), inner(reply.body, 'AuthenticationErrorDetail')[0]];
    };
    const good = await identityToken(world, airflowProd.clientId);
    assert.deepEqual(await ask(undefined), [401, 'NoAuthenticationInformation', undefined]);
    assert.deepEqual(await ask(await identityToken(world, airflowProd.clientId, { scope: 'https://management.azure.com/.default' })), [401, 'InvalidAuthenticationInfo', 'Audience validation failed. Audience did not match.']);
    assert.deepEqual(await ask(await identityToken(world, identities.fabrikamEtl.clientId)), [401, 'InvalidAuthenticationInfo', 'Issuer validation failed. Issuer did not match.']);
    assert.deepEqual(await ask(await identityToken(world, airflowProd.clientId, { expiresInSeconds: -60 })), [401, 'InvalidAuthenticationInfo', 'Lifetime validation failed. The token is expired.']);
    assert.deepEqual(await ask(`${good}x`), [401, 'InvalidAuthenticationInfo', 'Signature validation failed. Signature did not match.']);
    assert.deepEqual(await ask(good, {}), [403, 'AuthenticationFailed', 'Authentication scheme Bearer is not supported in this version.']);
    const { headers } = await send(world, 'GET', `${lake}${listRaw}`, { headers: version });
    assert.equal(headers['www-authenticate'], `Bearer authorization_uri=https://login.microsoftonline.com/${sample.tenants.contoso.id}/oauth2/authorize resource_id=https://storage.azure.com`);
    assert.equal(await ask(await identityToken(world, airflowProd.clientId, { scope: `${lake}/.default` })).then(([status]) => status), 200);
  });

  it('lets a pod read what its identity may, from its own token on', async () => {
    const world = createTestWorld();
    const assertion = await serviceAccountToken(world, { issuer: issuers.prod, subject: 'system:serviceaccount:weightless-diameter-8927:weightless-diameter-8927-scheduler-serviceaccount' });
    const token = String((await exchange(world, airflowProd.clientId, assertion, { scope: 'https://storage.azure.com/.default' })).json['access_token']);
    const reply = await send(world, 'GET', `${lake}${listRaw.replace('raw', 'curated')}`, { token, headers: version });
    assert.deepEqual(inner(reply.body, 'Name'), ['customer_360/part-0000.csv', 'customer_360/part-0001.csv']);
  });

  it('has no address for an account that is not there, and keeps public documents of issuers', async () => {
    const world = createTestWorld();
    const outcome = await handleRequest(world, { method: 'GET', url: new URL(`https://stnobody.blob.core.windows.net${listRaw}`), headers: version, body: '' });
    assert.equal(outcome.kind, 'reset');
    const discovery = await send(world, 'GET', `${issuers.kind}.well-known/openid-configuration`);
    assert.deepEqual([discovery.json['issuer'], discovery.json['jwks_uri']], [issuers.kind, `${issuers.kind}openid/v1/jwks`]);
  });

  it('marks what it does not know', async () => {
    const world = createTestWorld();
    const call = await callerOf(world, airflowProd.clientId);
    assert.equal((await call('PUT', '/raw?restype=container&comp=lease')).status, 400);
    assert.equal(world.log.entries.at(-1)?.unmodelled, true);
  });
});
