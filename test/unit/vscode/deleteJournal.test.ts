import assert from 'node:assert/strict';
import * as v from 'valibot';
import { deleteSteps } from '../../../src/identity/deletePlan.ts';
import type { ManagedIdentity } from '../../../src/identity/managedIdentity.ts';
import { journalEntrySchema } from '../../../src/trust/journalEntry.ts';
import { deleteChanges } from '../../../src/vscode/identities/deleteJournal.ts';

const identity: ManagedIdentity = {
  account: { id: 'a', label: 'dana@contoso.example' }, tenantId: 't', subscriptionId: 'own', resourceGroup: 'rg', name: 'id-a',
  id: '/subscriptions/own/resourcegroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-a', location: 'westus2',
  clientId: 'c', principalId: 'p', homeTenantId: 't', tags: { env: 'prod' },
};

function assignment(scopeId: string, subscriptionId: string, condition?: string): Parameters<typeof deleteSteps>[1]['assignments'][number] {
  return {
    roleName: 'Reader', scopeName: 'any', subscriptionId,
    assignment: { id: `${scopeId}/x`, scopeId, principalId: 'p', roleDefinitionId: '/providers/roles/AB-12', condition, description: undefined, effect: 'allow' },
  };
}

describe('a deletion in the journal', () => {
  const assignments = [
    assignment('/providers/Microsoft.Management/managementGroups/mg', 'own'),
    assignment('/subscriptions/other/resourceGroups/rg-data', 'other', 'only on Mondays'),
  ];
  const steps = deleteSteps('id-a', { credentials: [], hosts: [], connections: [], unread: [], assignments }, { removeAssignments: true });
  const changes = deleteChanges(identity, steps);

  it('is one that the journal can keep and read again', () => {
    const entry = { version: 1, id: crypto.randomUUID(), startedAt: 0, title: 'id-a', surface: 'other', steps: changes.map((change) => ({ change, state: 'planned' })) };
    assert.deepEqual(v.parse(journalEntrySchema, JSON.parse(JSON.stringify(entry))), entry);
  });

  it('knows where each role is listed, and which one cannot be given again as it was', () => {
    const roles = changes.flatMap((change) => (change.kind === 'role' ? [[change.scope.kind, change.scope.subscriptionId, change.roleId, change.hasCondition ?? false]] : []));
    assert.deepEqual(roles, [['other', 'own', 'ab-12', false], ['resourceGroup', 'other', 'ab-12', true]]);
  });

  it('ends with the identity', () => {
    assert.deepEqual(changes.map(({ kind }) => kind), ['role', 'role', 'identity']);
  });
});
