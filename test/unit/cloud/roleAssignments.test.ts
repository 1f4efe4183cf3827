import assert from 'node:assert/strict';
import { roles } from '../../cloud/arm/roles.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import type { WorldSettings } from '../../cloud/worldSettings.ts';
import { ArmCaller, armError, armToken, prodIdentityPath } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { createTestWorld } from './testWorld.ts';

const { subscriptions, groups, identities, resources, tenants, customRole } = sample;
const production = `/subscriptions/${subscriptions.production}`;
const data = `${production}/resourceGroups/${groups.dataProduction}`;
const lake = `${data}/providers/Microsoft.Storage/storageAccounts/${resources.lake.name}`;
const curated = `${lake}/blobServices/default/containers/curated`;
const name = '0f1e2d3c-4b5a-4697-8877-665544332211';
const otherName = '1f1e2d3c-4b5a-4697-8877-665544332211';

async function signedIn(settings: Partial<WorldSettings> = {}): Promise<{ world: World; arm: ArmCaller }> {
  const world = createTestWorld({ serviceMs: 0, ...settings });
  return { world, arm: new ArmCaller(world, await armToken(world), '2022-04-01') };
}

function assignments(scope: string, rest = ''): string {
  return `${scope}/providers/Microsoft.Authorization/roleAssignments${rest}`;
}

function body(principalId: string, role: { readonly id: string }, rest: object = { principalType: 'ServicePrincipal' }): object {
  return { properties: { principalId, roleDefinitionId: `${production}/providers/Microsoft.Authorization/roleDefinitions/${role.id}`, ...rest } };
}

function properties(reply: ArmReply): Record<string, unknown>[] {
  assert.equal(reply.status, 200, reply.body);
  return (reply.json['value'] as { properties: Record<string, unknown> }[]).map((item) => item.properties);
}

const ofProd = `$filter=assignedTo('${identities.airflowProd.principalId}')`;

describe('Role assignments of the local cloud', () => {
  it('lists what a principal holds at a scope, above and below it; with atScope not below', async () => {
    const { arm } = await signedIn();
    const scopes = (reply: ArmReply): unknown[] => properties(reply).map((item) => item['scope']);
    assert.equal(scopes(await arm.call('GET', assignments(production, `?${ofProd}`))).length, 5);
    assert.deepEqual(scopes(await arm.call('GET', assignments(lake, `?${ofProd}`))), [production, curated, lake]);
    assert.deepEqual(scopes(await arm.call('GET', assignments(lake, `?$filter=atScope() and assignedTo('${identities.airflowProd.principalId}')`))), [production, lake]);
    assert.deepEqual(scopes(await arm.call('GET', assignments(lake, `?$filter=principalId eq '${identities.airflowDev.principalId}'`))), []);
  });

  it('shows the condition of an assignment', async () => {
    const { arm } = await signedIn();
    const [conditional] = properties(await arm.call('GET', assignments(lake, `?${ofProd}`))).filter((item) => item['condition'] !== null);
    assert.match(String(conditional?.['condition']), /StringEquals 'raw'/u);
    assert.deepEqual([conditional?.['conditionVersion'], conditional?.['principalType']], ['2.0', 'ServicePrincipal']);
  });

  it('gives a role with 201, the same again with 200, and takes it back with the assignment in the answer', async () => {
    const { arm } = await signedIn();
    const path = assignments(curated, `/${name}`);
    const wanted = body(identities.airflowDev.principalId, roles.blobDataReader);
    const created = await arm.call('PUT', path, wanted);
    assert.deepEqual([created.status, created.json['id'], created.json['name']], [201, path, name]);
    assert.equal((await arm.call('PUT', path, wanted)).status, 200);
    const deleted = await arm.call('DELETE', path);
    assert.deepEqual([deleted.status, deleted.json['id']], [200, path]);
    assert.deepEqual([(await arm.call('DELETE', path)).status, armError(await arm.call('GET', path)).code], [204, 'RoleAssignmentNotFound']);
  });

  it('refuses the same role under another name, and names the one that stands', async () => {
    const { arm } = await signedIn();
    const wanted = body(identities.airflowDev.principalId, roles.blobDataReader);
    await arm.call('PUT', assignments(lake, `/${name}`), wanted);
    const again = await arm.call('PUT', assignments(lake, `/${otherName}`), wanted);
    assert.deepEqual([again.status, armError(again).message.split(' ').at(-1)], [409, `${name.replaceAll('-', '')}.`]);
    const elsewhere = await arm.call('PUT', assignments(data, `/${name}`), wanted);
    assert.equal(armError(elsewhere).code, 'RoleAssignmentUpdateNotPermitted');
  });

  it('takes the same role from two windows at once, and gives it once', async () => {
    const { world, arm } = await signedIn({ serviceMs: 5 });
    const wanted = body(identities.airflowDev.principalId, roles.blobDataReader);
    const put = async (id: string): Promise<number> => (await arm.call('PUT', assignments(lake, `/${id}`), wanted)).status;
    assert.deepEqual((await Promise.all([put(name), put(name)])).toSorted((one, other) => one - other), [200, 201]);
    assert.equal(await put(otherName), 409);
    assert.equal(world.rights.assignments(identities.airflowDev.principalId).filter(({ scope }) => scope === lake).length, 1);
  });

  it('does not know the principal of a new identity for a while, unless it is told what it is', async () => {
    const { world, arm } = await signedIn({ principalAfterCreateMs: 30_000 });
    world.clock.freeze();
    const made = await arm.call('PUT', prodIdentityPath('id-fresh'), { location: 'westus2' }, '2024-11-30');
    const { principalId } = made.json['properties'] as { principalId: string };
    const early = await arm.call('PUT', assignments(lake, `/${name}`), body(principalId, roles.reader, {}));
    assert.deepEqual([early.status, armError(early).code], [400, 'PrincipalNotFound']);
    assert.equal((await arm.call('PUT', assignments(lake, `/${otherName}`), body(principalId, roles.blobDataReader))).status, 201);
    world.clock.advance(30_000);
    const late = await arm.call('PUT', assignments(lake, `/${name}`), body(principalId, roles.reader, {}));
    assert.deepEqual([late.status, (late.json['properties'] as { principalType: string }).principalType], [201, 'ServicePrincipal']);
  });

  const invalid: readonly [string, string, object, string][] = [
    ['a name that is no GUID', 'mine', body(identities.airflowDev.principalId, roles.reader), 'InvalidRoleAssignmentId'],
    ['a role that is not there', name, body(identities.airflowDev.principalId, { id: otherName }), 'RoleDefinitionDoesNotExist'],
    ['a principal of another kind than it was said', name, body(sample.accounts.dana.objectId, roles.reader), 'UnmatchedPrincipalType'],
    ['no principal', name, { properties: {} }, 'InvalidPrincipalId'],
  ];
  for (const [what, id, wanted, code] of invalid) {
    it(`refuses ${what}`, async () => {
      const { arm } = await signedIn();
      const reply = await arm.call('PUT', assignments(lake, `/${id}`), wanted);
      assert.deepEqual([reply.status, armError(reply).code], [400, code]);
    });
  }

  it('lets nobody give or take roles who may not', async () => {
    const { world } = await signedIn();
    const guest = new ArmCaller(world, await armToken(world, { tenant: tenants.fabrikam.id }), '2022-04-01');
    const scope = `/subscriptions/${subscriptions.fabrikam}`;
    const refused = await guest.call('PUT', assignments(scope, `/${name}`), body(identities.fabrikamEtl.principalId, roles.reader));
    assert.equal(refused.status, 403);
    assert.match(armError(refused).message, /perform action 'Microsoft\.Authorization\/roleAssignments\/write' over scope '\/subscriptions\//u);
    const [held] = properties(await guest.call('GET', assignments(scope, `?$filter=principalId eq '${identities.fabrikamEtl.principalId}'`)));
    assert.match(String(held?.['scope']), /storageAccounts\/stfabrikametl$/u);
  });

  it('asks for MFA on writes of roles, too', async () => {
    const { arm } = await signedIn({ writesNeedMfa: true });
    const refused = await arm.call('PUT', assignments(lake, `/${name}`), body(identities.airflowDev.principalId, roles.reader));
    assert.deepEqual([refused.status, refused.headers['www-authenticate']?.includes('insufficient_claims')], [401, true]);
  });

  it("follows a new right: what was forbidden before is allowed with the role", async () => {
    const { world, arm } = await signedIn();
    const { accessToken } = await world.accessTokens.mint({ tenantId: tenants.contoso.id, objectId: identities.airflowDev.principalId, applicationId: identities.airflowDev.clientId, mfa: false }, 'https://management.azure.com/');
    const identity = new ArmCaller(world, accessToken, '2022-04-01');
    assert.equal((await identity.call('GET', assignments(lake))).status, 403);
    await arm.call('PUT', assignments(lake, `/${name}`), body(identities.airflowDev.principalId, roles.reader));
    assert.equal((await identity.call('GET', assignments(lake))).status, 200);
  });

  it('knows roles by their real ids, with data actions, and a custom one only where it can be given', async () => {
    const { arm } = await signedIn();
    const definitions = (scope: string, filter = ''): string => `${scope}/providers/Microsoft.Authorization/roleDefinitions${filter}`;
    const inProduction = properties(await arm.call('GET', definitions(production)));
    const inDevelopment = properties(await arm.call('GET', definitions(`/subscriptions/${subscriptions.development}`)));
    assert.equal(inProduction.length, inDevelopment.length + 1);
    assert.deepEqual(properties(await arm.call('GET', definitions(lake, "?$filter=type eq 'CustomRole'"))).map((item) => item['roleName']), [customRole.name]);
    const one = await arm.call('GET', `${definitions(production)}/ba92f5b4-2d11-453d-a403-e96b0029c9fe`);
    const { roleName, permissions } = one.json['properties'] as { roleName: string; permissions: { dataActions: string[] }[] };
    assert.deepEqual([roleName, permissions[0]?.dataActions.length], ['Storage Blob Data Contributor', 5]);
    assert.equal(one.json['id'], `${production}/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe`);
    assert.equal(armError(await arm.call('GET', `${definitions('')}/${otherName}`)).code, 'RoleDefinitionDoesNotExist');
  });

  it('lists what is denied, and denies it even to an owner', async () => {
    const { world, arm } = await signedIn();
    const [denied] = properties(await arm.call('GET', `${lake}/providers/Microsoft.Authorization/denyAssignments?${ofProd}`));
    assert.deepEqual(denied?.['principals'], [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }]);
    assert.equal(world.rights.allows(sample.accounts.dana.objectId, 'Microsoft.KeyVault/vaults/delete', `${data}/providers/Microsoft.KeyVault/vaults/x`), false);
    assert.equal(world.rights.allows(sample.accounts.dana.objectId, 'Microsoft.KeyVault/vaults/write', `${data}/providers/Microsoft.KeyVault/vaults/x`), true);
  });
});
