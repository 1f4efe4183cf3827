import assert from 'node:assert/strict';
import { sample } from '../../cloud/sampleWorld.ts';
import { userToken } from '../../cloud/entra/userSignIn.ts';
import type { World } from '../../cloud/world.ts';
import { ArmCaller, armToken, credentialOf, prodIdentityPath, send } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { exchange, serviceAccountToken } from './federatedClient.ts';
import { createTestWorld } from './testWorld.ts';

const { airflowProd, airflowDev } = sample.identities;
const scheduler = 'system:serviceaccount:weightless-diameter-8927:weightless-diameter-8927-scheduler-serviceaccount';
const dev = `/subscriptions/${sample.subscriptions.development}/resourceGroups/${sample.groups.development}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${airflowDev.name}`;

function errorCodes(reply: ArmReply): unknown {
  return reply.json['error_codes'];
}

async function signIn(world: World, interactive: boolean, account: string = sample.accounts.dana.label, tenant?: string): Promise<number | string> {
  const answer = await userToken(world, { account, interactive, tenant });
  return 'error' in answer ? answer.error.code : answer.tenantId;
}

describe('Federated token exchange with the Entra of the local cloud', () => {
  it("gives a service account of a trusted deployment a token that ARM takes as the identity's", async () => {
    const world = createTestWorld();
    const reply = await exchange(world, airflowProd.clientId, await serviceAccountToken(world, { issuer: sample.issuers.prod, subject: scheduler }));
    assert.deepEqual([reply.status, reply.json['token_type'], reply.json['expires_in']], [200, 'Bearer', 3599]);
    const arm = new ArmCaller(world, String(reply.json['access_token']));
    assert.equal((await arm.call('GET', prodIdentityPath(airflowProd.name))).status, 200, 'the identity reads its own group');
  });

  it('asks for the issuer with its slash', async () => {
    const world = createTestWorld();
    const arm = new ArmCaller(world, await armToken(world));
    await arm.call('PUT', `${dev}/federatedIdentityCredentials/no-slash`, credentialOf(sample.issuers.prod.slice(0, -1), scheduler));
    const reply = await exchange(world, airflowDev.clientId, await serviceAccountToken(world, { issuer: sample.issuers.prod, subject: scheduler }));
    assert.deepEqual(errorCodes(reply), [700211]);
  });

  it('knows a new credential only after the propagation time, and an updated one by its old values until then', async () => {
    const world = createTestWorld({ serviceMs: 0, propagationMs: 120_000 });
    const arm = new ArmCaller(world, await armToken(world));
    const assertion = await serviceAccountToken(world, { issuer: sample.issuers.dev, subject: 'system:serviceaccount:a:b' });
    await arm.call('PUT', `${dev}/federatedIdentityCredentials/abc`, credentialOf(sample.issuers.dev, 'system:serviceaccount:a:b'));
    assert.deepEqual(errorCodes(await exchange(world, airflowDev.clientId, assertion)), [70025]);
    world.clock.advance(120_000);
    assert.equal((await exchange(world, airflowDev.clientId, assertion)).status, 200);
    await arm.call('PUT', `${dev}/federatedIdentityCredentials/abc`, credentialOf(sample.issuers.dev, 'system:serviceaccount:a:c'));
    assert.equal((await exchange(world, airflowDev.clientId, assertion)).status, 200);
    world.clock.advance(120_000);
    assert.deepEqual(errorCodes(await exchange(world, airflowDev.clientId, assertion)), [700213]);
  });

  for (const issuer of [sample.issuers.unreachable, sample.issuers.misnamed]) {
    it(`cannot use an issuer whose discovery document ${issuer === sample.issuers.misnamed ? 'names another issuer' : 'is out of reach'}`, async () => {
      const world = createTestWorld({ serviceMs: 0 });
      const arm = new ArmCaller(world, await armToken(world));
      await arm.call('PUT', `${dev}/federatedIdentityCredentials/abc`, credentialOf(issuer, 'system:serviceaccount:a:b'));
      const reply = await exchange(world, airflowDev.clientId, await serviceAccountToken(world, { issuer, subject: 'system:serviceaccount:a:b' }));
      assert.deepEqual(errorCodes(reply), [501_661]);
    });
  }

  it('finds out a forged signature', async () => {
    const world = createTestWorld();
    const token = await serviceAccountToken(world, { issuer: sample.issuers.prod, subject: scheduler });
    const forged = `${token.slice(0, token.lastIndexOf('.'))}.${Buffer.alloc(256, 1).toString('base64url')}`;
    const reply = await exchange(world, airflowProd.clientId, forged);
    assert.deepEqual(errorCodes(reply), [50013]);
    assert.match(String(reply.json['error_description']), /Key was found, but use of the key to verify the signature failed/u);
  });

  it('finds out a key that the issuer does not publish', async () => {
    const world = createTestWorld();
    const reply = await exchange(world, airflowProd.clientId, await serviceAccountToken(world, { issuer: sample.issuers.prod, subject: scheduler, signedBy: sample.issuers.dev }));
    assert.deepEqual(errorCodes(reply), [50013]);
    assert.match(String(reply.json['error_description']), /The key was not found/u);
  });

  it('complains about the first thing that is wrong: issuer, audience, subject, keys, signature, time', async () => {
    const world = createTestWorld({ serviceMs: 0 });
    const arm = new ArmCaller(world, await armToken(world));
    await arm.call('PUT', `${dev}/federatedIdentityCredentials/gone`, credentialOf(sample.issuers.eksUnreachable, scheduler));
    await arm.call('PUT', `${dev}/federatedIdentityCredentials/there`, credentialOf(sample.issuers.gke, scheduler));
    const expired = { audience: 'api://AzureADTokenExchange', subject: scheduler, expiresInSeconds: -600 };
    const forged = { ...expired, signedBy: sample.issuers.dev };
    const steps = [
      { ...forged, issuer: 'https://nobody.example/', audience: 'x', subject: 'y' },
      { ...forged, issuer: sample.issuers.eksUnreachable, audience: 'x', subject: 'y' },
      { ...forged, issuer: sample.issuers.eksUnreachable, subject: 'y' },
      { ...forged, issuer: sample.issuers.eksUnreachable },
      { ...forged, issuer: sample.issuers.gke },
      { ...expired, issuer: sample.issuers.gke },
    ];
    const codes: unknown[] = [];
    for (const wanted of steps) {
      codes.push(errorCodes(await exchange(world, airflowDev.clientId, await serviceAccountToken(world, wanted))));
    }
    assert.deepEqual(codes, [[700211], [700212], [700213], [501_661], [50013], [700024]]);
    assert.deepEqual(errorCodes(await exchange(world, airflowDev.clientId, 'no token', { tenant: sample.tenants.fabrikam.id })), [700016]);
  });

  it('gives tokens for the data planes, each for its own audience', async () => {
    const world = createTestWorld();
    const assertion = await serviceAccountToken(world, { issuer: sample.issuers.prod, subject: scheduler });
    for (const resource of ['https://storage.azure.com', 'https://storage.azure.com/', 'https://vault.azure.net', 'https://stcontosolake.blob.core.windows.net', '6dae42f8-4368-4678-94ff-3960e28e3630']) {
      const reply = await exchange(world, airflowProd.clientId, assertion, { scope: `${resource}/.default` });
      assert.equal((await world.accessTokens.verify(String(reply.json['access_token'])))?.audience, resource);
    }
  });

  it('gives an app a token for its secret, and none for another', async () => {
    const world = createTestWorld();
    const ask = (secret: string): Promise<ArmReply> =>
      send(world, 'POST', `https://login.microsoftonline.com/${sample.tenants.contoso.domain}/oauth2/v2.0/token`, {
        body: new URLSearchParams({ client_id: sample.app.clientId, client_secret: secret, grant_type: 'client_credentials', scope: 'https://management.azure.com/.default' }).toString(),
      });
    assert.equal((await ask(sample.app.secret)).status, 200);
    assert.deepEqual(errorCodes(await ask('wrong')), [7_000_215]);
  });

  it('publishes keys that verify its tokens, and discovery documents per tenant', async () => {
    const world = createTestWorld();
    const discovery = await send(world, 'GET', `https://login.microsoftonline.com/${sample.tenants.contoso.id}/v2.0/.well-known/openid-configuration`);
    assert.equal(discovery.json['issuer'], `https://login.microsoftonline.com/${sample.tenants.contoso.id}/v2.0`);
    const keys = await send(world, 'GET', String(discovery.json['jwks_uri']));
    const header = JSON.parse(Buffer.from((await armToken(world)).split('.')[0] ?? '', 'base64url').toString()) as { kid: string };
    assert.deepEqual((keys.json['keys'] as { kid: string; use: string }[]).map(({ kid, use }) => [kid, use]), [[header.kid, 'sig']]);
    assert.equal((await send(world, 'GET', 'https://login.microsoftonline.com/common/discovery/instance')).status, 200);
  });
});

describe('Signing in to the local cloud', () => {
  it('gives a token for home and guest tenants, and AADSTS50076 where MFA is wanted until somebody gives it', async () => {
    const world = createTestWorld();
    const { contoso, fabrikam, northwind } = sample.tenants;
    const { dana, sam } = sample.accounts;
    assert.equal(await signIn(world, false), contoso.id);
    assert.equal(await signIn(world, false, dana.label, 'organizations'), contoso.id);
    assert.equal(await signIn(world, false, dana.label, fabrikam.domain), fabrikam.id);
    assert.equal(await signIn(world, false, dana.label, northwind.id), 50076);
    assert.equal(await signIn(world, true, dana.label, northwind.id), northwind.id);
    assert.equal(await signIn(world, false, dana.label, northwind.id), northwind.id);
    assert.equal(await signIn(world, false, sam.label, contoso.id), 50020);
    assert.equal(await signIn(world, false, dana.label, 'nowhere.example'), 90002);
  });
});
