import assert from 'node:assert/strict';
import type { AccessScope, AccessScopeKind } from '../../../src/identity/accessScope.ts';
import { assignmentName } from '../../../src/identity/assignmentName.ts';
import { missingRights, rightsFor } from '../../../src/identity/permissionCheck.ts';
import { builtInRoles, offeredRolesFor } from '../../../src/identity/roleNames.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { accounts, connectToCloud, contoso, neverCanceled, refusalOf } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';

const { services, subscriptions, groups, identities, resources, tenants } = sample;
const production = { ...contoso, subscriptionId: subscriptions.production };
const prod = identities.airflowProd.principalId;
const dev = identities.airflowDev.principalId;
const contributor = offeredRolesFor('container')[0]?.roleId ?? '';
const dataGroup = `/subscriptions/${subscriptions.production}/resourceGroups/${groups.dataProduction}`;
const lakeId = `${dataGroup}/providers/Microsoft.Storage/storageAccounts/${resources.lake.name}`;

/** A scope of the sample world. */
function scope(id: string, kind: AccessScopeKind): AccessScope {
  return { ...production, id, kind, name: id.split('/').at(-1) ?? '' };
}

const lake = scope(lakeId, 'storageAccount');
const write = { scope: lake, roleId: contributor, principalId: dev };

describe('roles of an identity', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  it('are those of this principal, with conditions and descriptions, and what is denied', async () => {
    const held = await client.azure.roleAssignments(production, prod, neverCanceled());
    const allowed = held.filter(({ effect }) => effect === 'allow');
    assert.deepEqual(new Set(allowed.map(({ principalId }) => principalId)), new Set([prod]));
    assert.ok(allowed.some(({ scopeId, condition }) => scopeId === lakeId && condition?.includes("StringEquals 'raw'")));
    assert.ok(allowed.some(({ scopeId, description, condition }) => scopeId.endsWith('/containers/curated') && description === 'DAGs write what they made of the raw data' && condition === undefined));
    assert.deepEqual(held.filter(({ effect }) => effect === 'deny').map(({ scopeId, roleDefinitionId }) => [scopeId, roleDefinitionId]), [[dataGroup, '']]);
    assert.match(held.find(({ effect }) => effect === 'deny')?.description ?? '', /Deployment Stack 'data-platform'/);
    assert.equal(client.requests.length, 2);
  });

  it('have names that are asked for once, however many rows want them', async () => {
    const [definitions, again] = await Promise.all([client.azure.roleDefinitions(production, neverCanceled()), client.azure.roleDefinitions(production, neverCanceled())]);
    await client.azure.roleDefinitions(production, neverCanceled());
    assert.equal(again, definitions);
    assert.equal(client.requests.length, 1);
    assert.deepEqual(
      [sample.customRole.id, builtInRoles.reader.roleId, contributor].map((wanted) => {
        const { name, isBuiltIn, hasDataActions } = definitions.find(({ roleId }) => roleId === wanted) ?? {};
        return [name, isBuiltIn, hasDataActions];
      }),
      [[sample.customRole.name, false, false], ['Reader', true, false], ['Storage Blob Data Contributor', true, true]],
    );
    client.azure.forgetTokens();
    await client.azure.roleDefinitions(production, neverCanceled());
    assert.equal(client.requests.length, 2);
  });

  it('are found in every subscription of the tenant that they were given in', async () => {
    assert.deepEqual(await client.azure.subscriptionsWithRoles(contoso, prod, neverCanceled()), [subscriptions.production]);
    const scratch = `/subscriptions/${subscriptions.development}/resourceGroups/${groups.development}`;
    client.cloud.world.rights.grant(prod, scratch, client.cloud.world.rights.roles.get(builtInRoles.reader.roleId) ?? assert.fail());
    assert.deepEqual((await client.azure.subscriptionsWithRoles(contoso, prod.toUpperCase(), neverCanceled())).toSorted(), [subscriptions.production, subscriptions.development].sort());
    assert.deepEqual(await client.azure.subscriptionsWithRoles(contoso, sample.identities.legacyGov.principalId, neverCanceled()), []);
  });

  it('are still shown where deny assignments cannot be read', async () => {
    client.cloud.world.faults.add({ path: 'denyAssignments', effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'x' } } } });
    const held = await client.azure.roleAssignments(production, prod, neverCanceled());
    assert.ok(held.length > 0 && held.every(({ effect }) => effect === 'allow'));
  });

  it('are asked for without the directory where that does not know the identity yet', async () => {
    client.cloud.world.faults.add({ path: 'assignedTo', effect: { kind: 'answer', status: 400, body: { error: { code: 'PrincipalNotFound', message: 'x' } } } });
    const held = await client.azure.roleAssignments(production, prod, neverCanceled());
    assert.ok(held.some(({ scopeId }) => scopeId === lakeId));
  });
});

describe('giving a role', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  it('creates one assignment for a service principal, under the name that the three make', async () => {
    const { outcome, id } = await client.azure.assignRole(write, neverCanceled());
    assert.equal(outcome, 'created');
    assert.ok(id.endsWith(`/roleAssignments/${await assignmentName(lakeId, dev, contributor)}`));
    const held = client.cloud.world.rights.assignments(dev).filter((one) => one.scope === lakeId);
    assert.deepEqual(held.map(({ role, principalType, condition }) => [role.id, principalType, condition]), [[contributor, 'ServicePrincipal', null]]);
  });

  it('a second time changes nothing, not even a condition that somebody added', async () => {
    const { id } = await client.azure.assignRole(write, neverCanceled());
    const [held] = client.cloud.world.rights.assignments(dev).filter((one) => one.scope === lakeId);
    assert.ok(held);
    held.condition = 'only raw';
    assert.deepEqual(await client.azure.assignRole({ ...write, roleId: contributor.toUpperCase() }, neverCanceled()), { outcome: 'existed', id });
    assert.equal(held.condition, 'only raw');
    assert.deepEqual(client.requests.map(({ method }) => method), ['GET', 'PUT', 'GET']);
  });

  it('that is held under another name counts as done, and finds that one', async () => {
    const standing = client.cloud.world.rights.assignments(prod).find((one) => one.scope.endsWith('/containers/curated'));
    assert.ok(standing);
    const given = await client.azure.assignRole({ scope: scope(standing.scope, 'container'), roleId: contributor, principalId: prod }, neverCanceled());
    assert.deepEqual(given, { outcome: 'existed', id: `${standing.scope}/providers/Microsoft.Authorization/roleAssignments/${standing.name}` });
  });

  it('to an identity that the directory does not know yet is tried again, and the log says what is waited for', async () => {
    const unknown = { kind: 'answer', status: 400, body: { error: { code: 'PrincipalNotFound', message: 'Principal does not exist in the directory.' } } } as const;
    client.cloud.world.faults.add({ method: 'PUT', times: 3, effect: unknown });
    assert.equal((await client.azure.assignRole(write, neverCanceled())).outcome, 'created');
    assert.deepEqual(client.waits.map(({ attempt, waitMs, reason }) => [attempt, waitMs, reason]), [[2, 2_000, 'PrincipalNotFound'], [3, 4_000, 'PrincipalNotFound'], [4, 8_000, 'PrincipalNotFound']]);
  });

  it('to an identity that the directory never learns of ends with what to do', async () => {
    client.cloud.world.faults.add({ method: 'PUT', effect: { kind: 'answer', status: 400, body: { error: { code: 'PrincipalNotFound', message: 'x' } } } });
    const error = await refusalOf(client.azure.assignRole(write, neverCanceled()));
    assert.match(error.message, /created moments ago/);
    assert.equal(client.requests.filter(({ method }) => method === 'PUT').length, 6);
  });

  it('stops waiting for the directory when it is canceled', async () => {
    client.cloud.world.faults.add({ method: 'PUT', effect: { kind: 'answer', status: 400, body: { error: { code: 'PrincipalNotFound', message: 'x' } } } });
    const stop = new AbortController();
    const giving = client.azure.assignRole(write, stop.signal);
    await client.nextWait();
    stop.abort();
    await assert.rejects(giving, { name: 'AbortError' });
  });

  it('without the right to is refused with the right that is missing', async () => {
    const fabrikam = { account: accounts.dana, tenantId: tenants.fabrikam.id, subscriptionId: subscriptions.fabrikam };
    const id = `/subscriptions/${subscriptions.fabrikam}/resourceGroups/${groups.fabrikam}`;
    const error = await refusalOf(client.azure.assignRole({ ...write, scope: { ...fabrikam, id, kind: 'resourceGroup', name: groups.fabrikam } }, neverCanceled()));
    assert.equal(error.code, 'forbidden');
    assert.match(error.message, /^You do not have the right Microsoft\.Authorization\/roleAssignments\/write on /);
    assert.match(error.fix ?? '', /Role Based Access Control Administrator/);
  });
});

describe('taking a role away', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  it('removes the assignment, and once it is gone there is nothing left to do', async () => {
    const { id } = await client.azure.assignRole(write, neverCanceled());
    await client.azure.removeRoleAssignment(contoso, id, neverCanceled());
    assert.deepEqual(client.cloud.world.rights.assignments(dev).filter((one) => one.scope === lakeId), []);
    await client.azure.removeRoleAssignment(contoso, id, neverCanceled());
    assert.deepEqual(client.requests.slice(2).map(({ outcome }) => outcome), [200, 204]);
  });

  it('whose scope is gone too counts as done; one in a subscription that cannot be seen does not', async () => {
    const gone = (code: string): void => {
      client.cloud.world.faults.add({ method: 'DELETE', times: 1, effect: { kind: 'answer', status: 404, body: { error: { code, message: 'x' } } } });
    };
    gone('ResourceGroupNotFound');
    await client.azure.removeRoleAssignment(contoso, `${lakeId}/providers/Microsoft.Authorization/roleAssignments/any`, neverCanceled());
    gone('SubscriptionNotFound');
    const error = await refusalOf(client.azure.removeRoleAssignment(contoso, `${lakeId}/providers/Microsoft.Authorization/roleAssignments/any`, neverCanceled()));
    assert.equal(error.code, 'notFound');
  });
});

describe('the rights of the user', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  const fabrikam = { account: accounts.dana, tenantId: tenants.fabrikam.id };
  const fabrikamGroup = `/subscriptions/${subscriptions.fabrikam}/resourceGroups/${groups.fabrikam}`;

  it('tell beforehand what would be refused', async () => {
    const reader = await client.azure.permissions(fabrikam, fabrikamGroup, neverCanceled());
    assert.equal(missingRights(reader, rightsFor('writeCredential'))?.role.name, 'Managed Identity Federated Identity Credential Contributor');
    const owner = await client.azure.permissions(contoso, dataGroup, neverCanceled());
    assert.equal(missingRights(owner, rightsFor('assignRole')), undefined);
  });

  it('are asked for once per scope for a while, and anew after a refusal', async () => {
    await Promise.all([client.azure.permissions(fabrikam, fabrikamGroup, neverCanceled()), client.azure.permissions(fabrikam, fabrikamGroup.toUpperCase(), neverCanceled())]);
    assert.equal(client.requests.length, 1);
    await refusalOf(client.azure.assignRole({ ...write, scope: { ...fabrikam, id: fabrikamGroup, kind: 'resourceGroup', name: groups.fabrikam, subscriptionId: subscriptions.fabrikam } }, neverCanceled()));
    const before = client.requests.length;
    await client.azure.permissions(fabrikam, fabrikamGroup, neverCanceled());
    assert.equal(client.requests.length, before + 1);
  });

  it('of one caller that gives up are still read for the other', async () => {
    const stop = new AbortController();
    const givenUp = client.azure.permissions(fabrikam, fabrikamGroup, stop.signal);
    const waiting = client.azure.permissions(fabrikam, fabrikamGroup, neverCanceled());
    stop.abort();
    await assert.rejects(givenUp, { name: 'AbortError' });
    assert.ok((await waiting).length > 0);
    assert.equal(client.requests.length, 1);
  });

  it('are asked for again after a failure', async () => {
    client.cloud.world.faults.add({ path: 'permissions', times: 1, effect: { kind: 'answer', status: 404, body: { error: { code: 'ResourceGroupNotFound', message: 'x' } } } });
    await refusalOf(client.azure.permissions(fabrikam, fabrikamGroup, neverCanceled()));
    assert.ok((await client.azure.permissions(fabrikam, fabrikamGroup, neverCanceled())).length > 0);
  });
});

describe('places to give a role on', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  const names = async (kinds: readonly AccessScopeKind[]): Promise<readonly string[]> =>
    (await Array.fromAsync(client.azure.scopes(contoso, kinds, neverCanceled()))).flat().map(({ kind, name }) => `${kind} ${name}`).sort();

  it('are found by kind in the whole tenant', async () => {
    assert.deepEqual(await names(['storageAccount']), [resources.devStorage.name, resources.lake.name, ...services.storage].map((name) => `storageAccount ${name}`).sort());
    assert.deepEqual(await names(['vault', 'factory']), [...[resources.factory.name, ...services.factories].map((name) => `factory ${name}`), ...[resources.vault.name, ...services.vaults].map((name) => `vault ${name}`)].sort());
    assert.ok((await names(['resourceGroup'])).includes(`resourceGroup ${groups.dataProduction}`));
    assert.ok((await names(['subscription', 'other'])).includes(`other ${resources.runner.name}`));
    assert.deepEqual(await names(['container']), []);
  });

  it('in a storage account are its containers, read without a key', async () => {
    const [account] = (await Array.fromAsync(client.azure.scopes(contoso, ['storageAccount'], neverCanceled()))).flat().filter(({ name }) => name === resources.lake.name);
    assert.ok(account);
    const containers = (await Array.fromAsync(client.azure.containers(account, neverCanceled()))).flat();
    assert.deepEqual(containers.map(({ kind, name, subscriptionId }) => [kind, name, subscriptionId]), resources.lake.containers.map((name) => ['container', name, subscriptions.production]));
    assert.ok(client.requests.every(({ path }) => !path.includes('listKeys')));
  });
});
