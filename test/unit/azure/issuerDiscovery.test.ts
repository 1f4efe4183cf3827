import assert from 'node:assert/strict';
import { discoveryUrl } from '../../../src/azure/issuerDiscovery.ts';
import type { ErrorCode } from '../../../src/errors.ts';
import type { FaultEffect } from '../../cloud/faults.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { connectToCloud, neverCanceled, refusalOf } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';

const { issuers } = sample;

describe("an issuer's discovery document", () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  it('is found below the issuer, whether it ends in a slash or not', () => {
    assert.equal(discoveryUrl('https://a.example/b/c/').href, 'https://a.example/b/c/.well-known/openid-configuration');
    assert.equal(discoveryUrl('https://a.example/b/c').href, 'https://a.example/b/c/.well-known/openid-configuration');
    assert.equal(discoveryUrl('https://a.example').href, 'https://a.example/.well-known/openid-configuration');
  });

  it('names the issuer, and is asked for without a token', async () => {
    assert.equal(await client.azure.discoveredIssuer(issuers.prod, neverCanceled()), issuers.prod);
    assert.deepEqual(client.asked, []);
    assert.equal(client.requests.length, 1);
  });

  it('may name another issuer, which is given as it stands', async () => {
    assert.equal(await client.azure.discoveredIssuer(issuers.misnamed, neverCanceled()), issuers.misnamed.slice(0, -1));
  });

  it('is asked for anew when the issuer has a hiccup', async () => {
    client.cloud.world.faults.add({ times: 1, effect: { kind: 'reset' } });
    assert.equal(await client.azure.discoveredIssuer(issuers.prod, neverCanceled()), issuers.prod);
    assert.equal(client.waits.length, 1);
  });

  it('may be elsewhere on https, up to three redirects away', async () => {
    const moved: FaultEffect = { kind: 'answer', status: 302, headers: { location: discoveryUrl(issuers.prod).href } };
    client.cloud.world.faults.add({ path: '60718293', effect: moved });
    assert.equal(await client.azure.discoveredIssuer(issuers.dev, neverCanceled()), issuers.prod);
    client.cloud.world.faults.add({ effect: moved });
    client.requests.length = 0;
    assert.equal((await refusalOf(client.azure.discoveredIssuer(issuers.dev, neverCanceled()))).code, 'badAnswer');
    assert.equal(client.requests.length, 4);
  });

  const failures: readonly { readonly when: string; readonly issuer?: string; readonly effect?: FaultEffect; readonly code: ErrorCode; readonly message: RegExp }[] = [
    { when: 'the host is unreachable', issuer: issuers.unreachable, code: 'network', message: /westeurope\.oic\.prod-aks\.azure\.com failed/ },
    { when: 'the host knows no such issuer', issuer: `${issuers.prod}unknown/`, code: 'notFound', message: /no discovery document/ },
    { when: 'the answer is a page', effect: { kind: 'html', status: 404, html: '<html>404</html>' }, code: 'notFound', message: /404/ },
    { when: 'the answer is no JSON', effect: { kind: 'html', status: 200, html: '<html>' }, code: 'badAnswer', message: /not the JSON that was expected/ },
    { when: 'the answer names no issuer', effect: { kind: 'answer', status: 200, body: { jwks_uri: 'x' } }, code: 'badAnswer', message: /no OpenID discovery document/ },
    { when: 'the answer is huge', effect: { kind: 'answer', status: 200, body: { issuer: 'x'.repeat(70_000) } }, code: 'badAnswer', message: /more than 64 KB/ },
    { when: 'the issuer fails', effect: { kind: 'answer', status: 503, body: {} }, code: 'unavailable', message: /503/ },
    { when: 'it redirects to plain http', effect: { kind: 'answer', status: 302, headers: { location: 'http://issuer.example/' } }, code: 'badAnswer', message: /issuer\.example .*without TLS/ },
    { when: 'the issuer is plain http', issuer: 'http://issuer.example/', code: 'invalidInput', message: /https/ },
    { when: 'the issuer is no URL', issuer: 'weightless-diameter-8927', code: 'invalidInput', message: /https/ },
    { when: 'the issuer has a query', issuer: 'https://issuer.example/?a=b', code: 'invalidInput', message: /https/ },
  ];
  for (const { when, issuer = issuers.prod, effect, code, message } of failures) {
    it(`fails clearly when ${when}`, async () => {
      if (effect !== undefined) {
        client.cloud.world.faults.add({ effect });
      }
      const error = await refusalOf(client.azure.discoveredIssuer(issuer, neverCanceled()));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
    });
  }
});
