import assert from 'node:assert/strict';
import { createRemoteJWKSet, jwtVerify, customFetch } from 'jose';
import { handleRequest } from '../../cloud/handle.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { send } from './armCaller.ts';
import { serviceAccountToken } from './federatedClient.ts';
import { createTestWorld } from './testWorld.ts';

const { issuers } = sample;
const subject = 'system:serviceaccount:airflow:airflow-worker';

function discoveryOf(issuer: string): string {
  return `${issuer.replace(/\/$/u, '')}/.well-known/openid-configuration`;
}

/** Verifies as any client of OpenID Connect does: the discovery document says where the keys are. */
async function verify(world: World, issuer: string, token: string): Promise<Record<string, unknown>> {
  const { json } = await send(world, 'GET', discoveryOf(issuer));
  const keys = createRemoteJWKSet(new URL(String(json['jwks_uri'])), {
    [customFetch]: async (url: string) => {
      const { body } = await send(world, 'GET', url);
      return new Response(body, { headers: { 'content-type': 'application/json' } });
    },
  });
  return (await jwtVerify(token, keys, { issuer: String(json['issuer']), audience: 'api://AzureADTokenExchange', algorithms: ['RS256'] })).payload;
}

describe('Issuers of the local cloud', () => {
  const keysAt: readonly [string, string, string][] = [
    ['AKS', issuers.platform, `${issuers.platform}openid/v1/jwks`],
    ['AKS without a region', issuers.aksFabrikam, `${issuers.aksFabrikam}openid/v1/jwks`],
    ['EKS', issuers.eks, `${issuers.eks}/keys`],
    ['GKE', issuers.gke, `${issuers.gke}/jwks`],
    ['OpenShift', issuers.openShift, `${issuers.openShift}/keys.json`],
  ];
  for (const [kind, issuer, address] of keysAt) {
    it(`of ${kind} publish their keys where that platform does, and the keys verify its tokens`, async () => {
      const world = createTestWorld();
      const { json } = await send(world, 'GET', discoveryOf(issuer));
      assert.deepEqual([json['issuer'], json['jwks_uri'], json['id_token_signing_alg_values_supported']], [issuer, address, ['RS256']]);
      const claims = await verify(world, issuer, await serviceAccountToken(world, { issuer, subject }));
      assert.deepEqual([claims['sub'], (claims['kubernetes.io'] as { serviceaccount: { name: string } }).serviceaccount.name], [subject, 'airflow-worker']);
    });
  }

  for (const issuer of [issuers.unreachable, issuers.eksUnreachable]) {
    it(`do not answer at ${new URL(issuer).hostname} where they are out of reach`, async () => {
      const outcome = await handleRequest(createTestWorld(), { method: 'GET', url: new URL(discoveryOf(issuer)), headers: {}, body: '' });
      assert.equal(outcome.kind, 'reset');
    });
  }

  it('name another issuer where a cluster was renamed', async () => {
    assert.equal((await send(createTestWorld(), 'GET', discoveryOf(issuers.gkeMisnamed))).json['issuer'], issuers.gke);
  });

  it('have nothing at other paths of their hosts, nor for a cluster that is not there', async () => {
    const world = createTestWorld();
    for (const url of [`${issuers.eks}/token`, discoveryOf(issuers.eks.replace('0123', '9999')), 'https://container.googleapis.com/']) {
      assert.equal((await send(world, 'GET', url)).status, 404, url);
    }
  });
});
