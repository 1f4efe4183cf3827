import assert from 'node:assert/strict';
import type { Permission } from '../../../src/identity/accessScope.ts';
import { allowsAction, missingRights, rightsFor, rightsForSystemAssigned } from '../../../src/identity/permissionCheck.ts';
import { builtInRoles } from '../../../src/identity/roleNames.ts';

/** A role's permission with these actions. */
function permission(actions: readonly string[], notActions: readonly string[] = [], dataActions: readonly string[] = []): Permission {
  return { actions, notActions, dataActions, notDataActions: [] };
}

const identity = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const credentialWrite = `${identity}/federatedIdentityCredentials/write`;

const contributor = permission(['*'], ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write', 'Microsoft.Authorization/elevateAccess/Action']);
const reader = permission(['*/read']);

describe('what a permission allows', () => {
  const cases: readonly (readonly [what: string, permission: Permission, action: string, allowed: boolean])[] = [
    ['the action by its name', permission([credentialWrite]), credentialWrite, true],
    ['the name in other letters', permission([credentialWrite.toUpperCase()]), credentialWrite, true],
    ['a longer name', permission([`${identity}/write`]), credentialWrite, false],
    ['a shorter name', permission([credentialWrite]), `${identity}/write`, false],
    ['everything', permission(['*']), credentialWrite, true],
    ['everything of a provider', permission(['Microsoft.ManagedIdentity/*']), credentialWrite, true],
    ['everything of another provider', permission(['Microsoft.Storage/*']), credentialWrite, false],
    ['every verb of a type', permission([`${identity}/federatedIdentityCredentials/*`]), credentialWrite, true],
    ['a verb of every type', permission(['*/write']), credentialWrite, true],
    ['another verb of every type', reader, credentialWrite, false],
    ['the verb of every type of a provider', permission(['Microsoft.ManagedIdentity/*/write']), credentialWrite, true],
    ['several stars', permission(['Microsoft.*/*Credentials/*']), credentialWrite, true],
    ['stars in the wrong order', permission(['*Credentials*Microsoft.*']), credentialWrite, false],
    ['parts that would overlap', permission(['Microsoft.Web/sites*sites/write']), 'Microsoft.Web/sites/write', false],
    ['a dot that is no wildcard', permission(['MicrosoftxManagedIdentity/*']), credentialWrite, false],
    ['Contributor on credentials', contributor, credentialWrite, true],
    ['Contributor on role assignments', contributor, 'Microsoft.Authorization/roleAssignments/write', false],
    ['Contributor reading role assignments', contributor, 'Microsoft.Authorization/roleAssignments/read', true],
    ['nothing', permission([]), credentialWrite, false],
  ];
  for (const [what, given, action, allowed] of cases) {
    it(`${what}: ${allowed ? 'yes' : 'no'}`, () => {
      assert.equal(allowsAction([given], action), allowed);
    });
  }

  it('another role gives what the notActions of one take away', () => {
    const administrator = permission(['Microsoft.Authorization/roleAssignments/write']);
    assert.equal(allowsAction([contributor, administrator], 'Microsoft.Authorization/roleAssignments/write'), true);
  });

  it('no role at all allows nothing', () => {
    assert.equal(allowsAction([], credentialWrite), false);
  });

  it('data actions are apart from management actions', () => {
    const read = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
    assert.equal(allowsAction([permission([], [], ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'])], read), false);
  });
});

describe('the right that is missing', () => {
  it('is named, with the smallest role that has it', () => {
    assert.deepEqual(missingRights([reader], rightsFor('writeCredential')), { actions: [credentialWrite], role: builtInRoles.credentialContributor });
    assert.deepEqual(missingRights([contributor], rightsFor('assignRole')), {
      actions: ['Microsoft.Authorization/roleAssignments/write'],
      role: builtInRoles.accessAdministrator,
    });
    assert.deepEqual(missingRights([reader], rightsFor('createResourceGroup'))?.role, builtInRoles.contributor);
  });

  it('is none where a role has it', () => {
    for (const operation of ['writeCredential', 'deleteCredential', 'createIdentity', 'tagIdentity', 'deleteIdentity', 'createResourceGroup'] as const) {
      assert.equal(missingRights([contributor], rightsFor(operation)), undefined, operation);
    }
    assert.equal(missingRights([permission(['*'])], rightsFor('removeRole')), undefined);
  });

  it('for a system-assigned identity follows the resource, and what already is assigned to it', () => {
    const site = { type: 'Microsoft.Web/sites', userAssigned: [] };
    const needed = rightsForSystemAssigned(site);
    assert.ok(needed !== undefined);
    assert.equal(missingRights([reader], needed)?.role.name, 'Website Contributor');
    assert.equal(missingRights([permission(['Microsoft.Web/sites/*'])], needed), undefined);
    const machine = rightsForSystemAssigned({ type: 'microsoft.compute/virtualmachines', userAssigned: ['/subscriptions/1/any'] });
    assert.ok(machine !== undefined);
    assert.deepEqual(missingRights([permission(['Microsoft.Compute/virtualMachines/*'])], machine)?.actions, [`${identity}/assign/action`]);
    assert.equal(rightsForSystemAssigned({ type: 'microsoft.datafactory/factories', userAssigned: [] }), undefined);
  });
});
