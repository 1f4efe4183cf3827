import assert from 'node:assert/strict';
import type { RoleAssignment, RoleDefinition } from '../../../src/identity/accessScope.ts';
import { conditionOf, grantsAbove, grantsOn, rolesByScope } from '../../../src/identity/heldRoles.ts';
import { describeScope, scopeName } from '../../../src/identity/scopeName.ts';

const subscription = '/subscriptions/6a5b0ba9-5f7b-4d31-a4d2-8e1d35a2f0c1';
const group = `${subscription}/resourceGroups/rg-data`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts/stdatalake`;
const container = `${account}/blobServices/default/containers/raw`;
const roleId = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';

function held(scopeId: string, changes: Partial<RoleAssignment> = {}): RoleAssignment {
  return {
    id: `${scopeId}/providers/Microsoft.Authorization/roleAssignments/one`,
    scopeId,
    principalId: 'principal',
    roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId.toUpperCase()}`,
    condition: undefined,
    description: undefined,
    effect: 'allow',
    ...changes,
  };
}

const contributor: RoleDefinition = { id: `/x/${roleId}`, roleId, name: 'Storage Blob Data Contributor', description: '', isBuiltIn: true, hasDataActions: true };

describe('scopeName', () => {
  const named = (id: string): string => describeScope(scopeName(id, () => 'Data Platform'));

  it('says what an id stands for', () => {
    assert.deepEqual([
      '/', '/providers/Microsoft.Management/managementGroups/contoso', subscription, group, account, container,
      `${group}/providers/Microsoft.KeyVault/vaults/kv`, `${group}/providers/Microsoft.DataFactory/factories/adf`,
      `${group}/providers/Microsoft.ServiceBus/namespaces/sb/queues/q`,
    ].map(named), [
      'the whole tenant', 'management group contoso', 'subscription Data Platform', 'resource group rg-data', 'storage account stdatalake',
      'container raw in stdatalake', 'key vault kv', 'data factory adf', 'resource q',
    ]);
  });

  it('reads ids in any letter case, and a subscription nobody knows by its id', () => {
    assert.equal(named(account.toUpperCase()), 'storage account STDATALAKE');
    assert.equal(scopeName(subscription).name, '6a5b0ba9-5f7b-4d31-a4d2-8e1d35a2f0c1');
  });
});

describe('rolesByScope', () => {
  const summary = (...assignments: readonly RoleAssignment[]): string[] =>
    rolesByScope(assignments, [contributor]).map(({ scope, roles }) =>
      `${scope.name}: ${roles.map(({ inheritedFrom }) => inheritedFrom?.name ?? 'here').join(', ')}`);

  it('shows on each scope what was given there and what it inherits, broad scopes first', () => {
    assert.deepEqual(summary(held(container), held('/providers/Microsoft.Management/managementGroups/contoso'), held(account)), [
      'contoso: here',
      'stdatalake: here, contoso',
      'raw: here, contoso, stdatalake',
    ]);
  });

  it('takes ids in different letter case for one scope', () => {
    assert.deepEqual(summary(held(account), held(account.toUpperCase())), ['stdatalake: here, here']);
  });

  it('does not take a name that begins alike for the scope above', () => {
    assert.deepEqual(summary(held(group), held(`${group}-other`)), ['rg-data: here', 'rg-data-other: here']);
  });

  it('names the role by its id alone, and leaves it open where the definition is gone', () => {
    const [one] = rolesByScope([held(account)], [contributor]);
    assert.equal(one?.roles[0]?.role?.name, 'Storage Blob Data Contributor');
    assert.equal(rolesByScope([held(account)], [])[0]?.roles[0]?.role, undefined);
  });
});

describe('what gives a role', () => {
  const given = [held(container, { condition: 'c' }), held(account), held(container, { effect: 'deny' }), held(container, { roleDefinitionId: '/x/another' })];

  it('is told apart by whether it was given on the scope or above', () => {
    assert.deepEqual(grantsOn(given, container.toUpperCase(), roleId).map(({ condition }) => condition), ['c']);
    assert.deepEqual(grantsAbove(given, container, roleId).map(({ scopeId }) => scopeId), [account]);
    assert.deepEqual(grantsOn(given, group, roleId), []);
  });

  it('holds under a condition only where all of it does', () => {
    assert.equal(conditionOf([held(container, { condition: 'c' })]), 'c');
    assert.equal(conditionOf([held(container, { condition: 'c' }), held(account)]), undefined);
    assert.equal(conditionOf([]), undefined);
  });
});
