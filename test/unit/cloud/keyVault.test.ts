import assert from 'node:assert/strict';
import { handleRequest } from '../../cloud/handle.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { roles } from '../../cloud/arm/roles.ts';
import { armError, send } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { identityToken } from './federatedClient.ts';
import { createTestWorld } from './testWorld.ts';

const { identities, resources, subscriptions, groups, tenants } = sample;
const scope = 'https://vault.azure.net/.default';
const vault = `/subscriptions/${subscriptions.production}/resourceGroups/${groups.dataProduction}/providers/Microsoft.KeyVault/vaults/${resources.vault.name}`;

function read(world: World, token: string | undefined, name = 'airflow-variables-environment', vaultName: string = resources.vault.name): Promise<ArmReply> {
  return send(world, 'GET', `https://${vaultName}.vault.azure.net/secrets/${name}?api-version=7.6`, { token });
}

describe('Key Vault of the local cloud', () => {
  it('begins with a challenge that names the tenant and the resource', async () => {
    const reply = await read(createTestWorld(), undefined);
    assert.deepEqual([reply.status, reply.json['error']], [401, { code: 'Unauthorized', message: 'AKV10000: Request is missing a Bearer or PoP token.' }]);
    assert.equal(reply.headers['www-authenticate'], `Bearer authorization="https://login.microsoftonline.com/${tenants.contoso.id}", resource="https://vault.azure.net"`);
  });

  it('gives a secret to an identity with Key Vault Secrets User, and by its version', async () => {
    const world = createTestWorld();
    const token = await identityToken(world, identities.airflowProd.clientId, { scope });
    const { json } = await read(world, token);
    assert.equal(json['value'], 'production');
    assert.match(String(json['id']), /^https:\/\/kv-contoso-data\.vault\.azure\.net\/secrets\/airflow-variables-environment\/[0-9a-f]{32}$/u);
    assert.equal((await read(world, token, String(json['id']).split('/').slice(-2).join('/'))).json['value'], 'production');
    const missing = await read(world, token, 'airflow-connections-nowhere');
    assert.deepEqual([missing.status, armError(missing).code], [404, 'SecretNotFound']);
  });

  it('refuses others with what they lack, until a role is given', async () => {
    const world = createTestWorld();
    const { clientId, principalId } = identities.airflowDev;
    const token = await identityToken(world, clientId, { scope });
    const refused = await read(world, token);
    assert.deepEqual([refused.status, (refused.json['error'] as { innererror: unknown }).innererror], [403, { code: 'ForbiddenByRbac' }]);
    assert.match(armError(refused).message, new RegExp(`Caller: appid=${clientId};oid=${principalId};iss=https://sts\\.windows\\.net/${tenants.contoso.id}/\\r\\nAction: 'Microsoft\\.KeyVault/vaults/secrets/getSecret/action'\\r\\nResource: '/subscriptions/.*/resourcegroups/rg-data-prod/providers/microsoft\\.keyvault/vaults/kv-contoso-data/secrets/airflow-variables-environment'\\r\\nAssignment: \\(not found\\)`, 'u'));
    world.rights.grant(principalId, vault, roles.owner);
    assert.equal((await read(world, token)).status, 403, 'an owner of the vault reads no secret');
    world.rights.grant(principalId, `${vault}/secrets/airflow-variables-environment`, roles.secretsUser);
    assert.equal((await read(world, token)).status, 200);
    assert.equal((await read(world, token, 'airflow-connections-warehouse')).status, 403);
  });

  it('says what is wrong with a token', async () => {
    const world = createTestWorld();
    const { clientId } = identities.airflowProd;
    const message = async (token: string): Promise<string> => armError(await read(world, token)).message;
    assert.equal(await message(await identityToken(world, clientId, { scope: 'https://management.azure.com/.default' })), 'AKV10022: Invalid audience. Expected https://vault.azure.net, found: https://management.azure.com.');
    assert.match(await message(await identityToken(world, identities.fabrikamEtl.clientId, { scope })), /^AKV10032: Invalid issuer\./u);
    assert.match(await message(await identityToken(world, clientId, { scope, expiresInSeconds: -60 })), /^\[TokenExpired\]/u);
    assert.match(await message('x.y.z'), /^AKV10046/u);
  });

  it('has no address for a vault that is not there, and marks what it does not know', async () => {
    const world = createTestWorld();
    const url = new URL('https://kv-nobody.vault.azure.net/secrets/x?api-version=7.6');
    assert.equal((await handleRequest(world, { method: 'GET', url, headers: {}, body: '' })).kind, 'reset');
    const token = await identityToken(world, identities.airflowProd.clientId, { scope });
    await send(world, 'GET', `https://${resources.vault.name}.vault.azure.net/keys?api-version=7.6`, { token });
    assert.equal(world.log.entries.at(-1)?.unmodelled, true);
  });
});
