import assert from 'node:assert/strict';
import { createSampleWorld } from '../../cloud/sample/createSampleWorld.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { ArmCaller, armError, armToken, credentialOf, prodIdentityPath, send } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { createTestWorld } from './testWorld.ts';

const { tenants, subscriptions, identities, groups, accounts } = sample;
const prod = prodIdentityPath(identities.airflowProd.name);
const fabrikamEtl = `/subscriptions/${subscriptions.fabrikam}/resourceGroups/${groups.fabrikam}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${identities.fabrikamEtl.name}`;
const anyCredential = credentialOf(sample.issuers.dev, 'system:serviceaccount:ns:any');

function names(reply: ArmReply, key = 'name'): unknown[] {
  return (reply.json['value'] as Record<string, unknown>[]).map((item) => item[key]);
}

describe('Access to ARM in the local cloud', () => {
  it('lists every tenant of the account, also those whose token needs MFA', async () => {
    const world = createTestWorld();
    const reply = await new ArmCaller(world, await armToken(world)).call('GET', '/tenants', undefined, '2022-12-01');
    assert.deepEqual(names(reply, 'displayName'), ['Contoso', 'Fabrikam', 'Northwind (MFA required)']);
  });

  it("lists the subscriptions of the token's tenant only", async () => {
    const world = createTestWorld();
    const home = await new ArmCaller(world, await armToken(world)).call('GET', '/subscriptions', undefined, '2022-12-01');
    const guest = await new ArmCaller(world, await armToken(world, { tenant: tenants.fabrikam.domain })).call('GET', '/subscriptions', undefined, '2022-12-01');
    assert.deepEqual(names(home, 'displayName'), ['Data Platform Production', 'Data Platform Development', 'Sandbox']);
    assert.deepEqual(names(guest, 'displayName'), ['Fabrikam Analytics']);
  });

  it('lists identities of a subscription and of a group, and none in an empty subscription', async () => {
    const world = createTestWorld();
    const arm = new ArmCaller(world, await armToken(world));
    const type = 'providers/Microsoft.ManagedIdentity/userAssignedIdentities';
    const inGroup = await arm.call('GET', `/subscriptions/${subscriptions.development}/resourcegroups/${groups.development}/${type}`);
    assert.deepEqual(names(inGroup), [identities.airflowDev.name, identities.hostileTags.name]);
    assert.deepEqual((await arm.call('GET', `/subscriptions/${subscriptions.empty}/${type}`)).json, { value: [] });
    assert.equal(names(await arm.call('GET', `/subscriptions/${subscriptions.production}/${type}`)).length, 5);
  });

  const rejected: readonly [string, string, string, (world: ReturnType<typeof createTestWorld>) => Promise<string>][] = [
    ['an expired token', 'ExpiredAuthenticationToken', prod, (world) => armToken(world, { expiresInSeconds: -60 })],
    ['a token that Entra did not sign', 'InvalidAuthenticationToken', prod, async () => armToken(createSampleWorld())],
    ['a token of another tenant', 'InvalidAuthenticationTokenTenant', prod, (world) => armToken(world, { tenant: tenants.fabrikam.id })],
    [
      'a token for storage',
      'InvalidAuthenticationTokenAudience',
      prod,
      async (world) => (await world.accessTokens.mint({ tenantId: tenants.contoso.id, objectId: accounts.dana.objectId, applicationId: 'x', mfa: false }, 'https://storage.azure.com')).accessToken,
    ],
  ];
  for (const [what, code, path, token] of rejected) {
    it(`refuses ${what} with 401 ${code} and a challenge`, async () => {
      const world = createTestWorld();
      const reply = await new ArmCaller(world, await token(world)).call('GET', path);
      assert.deepEqual([reply.status, armError(reply).code], [401, code]);
      assert.ok(reply.headers['www-authenticate']?.includes(`https://login.windows.net/${tenants.contoso.id}`));
    });
  }

  it('a token stops working when the clock passes its expiry', async () => {
    const world = createTestWorld();
    const arm = new ArmCaller(world, await armToken(world));
    assert.equal((await arm.call('GET', prod)).status, 200);
    world.clock.advance(3_601_000);
    const late = await arm.call('GET', prod);
    assert.match(armError(late).message, /^The access token expiry UTC time '\d+\/\d+\/\d{4} \d+:\d\d:\d\d [AP]M' is earlier than current UTC time '/u);
  });

  it('wants an api-version, knows its subscriptions and groups, and marks calls nobody modelled', async () => {
    const world = createTestWorld();
    const token = await armToken(world);
    const arm = new ArmCaller(world, token);
    assert.equal(armError(await send(world, 'GET', `https://management.azure.com${prod}`, { token })).code, 'MissingApiVersionParameter');
    assert.equal(armError(await arm.call('GET', '/subscriptions/00000000-1111-2222-3333-444444444444')).code, 'SubscriptionNotFound');
    assert.equal(armError(await arm.call('GET', prodIdentityPath('x', 'missing'))).code, 'ResourceGroupNotFound');
    await arm.call('GET', `/subscriptions/${subscriptions.production}/providers/Microsoft.Compute/virtualMachines`);
    assert.deepEqual(world.log.entries.map((entry) => entry.unmodelled), [false, false, false, true]);
  });

  it('lets a reader read and not write, and says so before anything is tried', async () => {
    const world = createTestWorld();
    const guest = new ArmCaller(world, await armToken(world, { tenant: tenants.fabrikam.id }));
    assert.equal((await guest.call('GET', `${fabrikamEtl}/federatedIdentityCredentials`)).status, 200);
    const refused = await guest.call('PUT', `${fabrikamEtl}/federatedIdentityCredentials/abc`, anyCredential);
    assert.deepEqual([refused.status, armError(refused).code], [403, 'AuthorizationFailed']);
    const permissions = await guest.call('GET', `${fabrikamEtl}/providers/Microsoft.Authorization/permissions`, undefined, '2022-04-01');
    assert.deepEqual(permissions.json, { value: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }] });
    const owner = new ArmCaller(world, await armToken(world, { account: accounts.sam.label }));
    assert.equal((await owner.call('PUT', `${fabrikamEtl}/federatedIdentityCredentials/abc`, anyCredential)).status, 201);
  });

  it('asks for MFA on writes where the tenant wants it, and takes the stepped-up token', async () => {
    const world = createTestWorld({ writesNeedMfa: true, serviceMs: 0 });
    const refused = await new ArmCaller(world, await armToken(world)).call('PUT', `${prod}/federatedIdentityCredentials/abc`, anyCredential);
    const encoded = /error="insufficient_claims", claims="([^"]+)"/u.exec(refused.headers['www-authenticate'] ?? '')?.[1] ?? '';
    const claims = Buffer.from(encoded, 'base64').toString();
    assert.deepEqual([refused.status, JSON.parse(claims)], [401, { access_token: { acrs: { essential: true, value: 'p1' } } }]);
    await assert.rejects(armToken(world, { claims }), /multi-factor authentication/u);
    const steppedUp = new ArmCaller(world, await armToken(world, { claims, interactive: true }));
    assert.equal((await steppedUp.call('PUT', `${prod}/federatedIdentityCredentials/abc`, anyCredential)).status, 201);
  });

  it('counts calls down in headers and refuses with Retry-After when none is left', async () => {
    const world = createTestWorld({ armReads: { burst: 2, perSecond: 0.1 } });
    world.clock.freeze();
    const arm = new ArmCaller(world, await armToken(world));
    const left = [await arm.call('GET', prod), await arm.call('GET', prod)].map((reply) => reply.headers['x-ms-ratelimit-remaining-subscription-reads']);
    const refused = await arm.call('GET', prod);
    assert.deepEqual([left, refused.status, refused.headers['retry-after']], [['1', '0'], 429, '10']);
    world.clock.advance(10_000);
    assert.equal((await arm.call('GET', prod)).status, 200);
  });

  it('follows the life of an identity: made, tagged, deleted with what hangs on it', async () => {
    const world = createTestWorld({ serviceMs: 0 });
    const arm = new ArmCaller(world, await armToken(world));
    const path = prodIdentityPath('id-short-lived');
    const created = await arm.call('PUT', path, { location: 'West US 2' });
    assert.deepEqual([created.status, created.json['location'], created.json['tags'], created.headers['location']], [201, 'westus2', {}, path.replace('resourceGroups', 'resourcegroups')]);
    const tagged = await arm.call('PATCH', path, { tags: { team: 'x' } });
    assert.deepEqual([tagged.status, tagged.json['tags']], [200, { team: 'x' }]);
    assert.deepEqual([(await arm.call('DELETE', path)).status, (await arm.call('DELETE', path)).status], [200, 204]);
    const gone = await arm.call('GET', path);
    assert.deepEqual([gone.status, armError(gone).code, gone.headers['x-ms-failure-cause']], [404, 'ResourceNotFound', 'gateway']);
  });

  it('takes the same identity from two windows at once, and makes it once', async () => {
    const world = createTestWorld({ serviceMs: 5 });
    const arm = new ArmCaller(world, await armToken(world));
    const path = prodIdentityPath('id-twice');
    const both = await Promise.all([arm.call('PUT', path, { location: 'westus2' }), arm.call('PUT', path, { location: 'westus2' })]);
    const ids = both.map((reply) => (reply.json['properties'] as { clientId: string }).clientId);
    assert.deepEqual([both.map(({ status }) => status).toSorted((one, other) => one - other), new Set(ids).size], [[200, 201], 1]);
  });

  it('answers in national clouds too, each only to its own tokens', async () => {
    const world = createTestWorld();
    const url = (host: string): string => `https://${host}/subscriptions?api-version=2022-12-01`;
    const token = await armToken(world, { scopes: ['https://management.core.usgovcloudapi.net/.default'] });
    assert.equal((await send(world, 'GET', url('management.usgovcloudapi.net'), { token })).status, 200);
    assert.equal(armError(await send(world, 'GET', url('management.azure.com'), { token })).code, 'InvalidAuthenticationTokenAudience');
    assert.equal(armError(await send(world, 'GET', url('management.chinacloudapi.cn'), { token: await armToken(world) })).code, 'InvalidAuthenticationTokenAudience');
    const discovery = await send(world, 'GET', `https://login.microsoftonline.us/${tenants.contoso.id}/v2.0/.well-known/openid-configuration`);
    assert.equal(discovery.json['token_endpoint'], `https://login.microsoftonline.us/${tenants.contoso.id}/oauth2/v2.0/token`);
  });
});
