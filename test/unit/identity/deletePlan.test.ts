import assert from 'node:assert/strict';
import { AirflowIdentityError } from '../../../src/errors.ts';
import type { Dependents, DeleteStep, LeftAssignment } from '../../../src/identity/deletePlan.ts';
import { deleteSteps, describeDependents, describeStep, isInUse } from '../../../src/identity/deletePlan.ts';
import type { DeletePort } from '../../../src/identity/deletePlanRun.ts';
import { describeRest, runDelete } from '../../../src/identity/deletePlanRun.ts';

const nothing: Dependents = { credentials: [], assignments: [], hosts: [], connections: [], unread: [] };

function left(roleName: string): LeftAssignment {
  return {
    roleName,
    scopeName: 'staccount',
    subscriptionId: 's',
    assignment: { id: `/a/${roleName}`, scopeId: '/a', principalId: 'p', roleDefinitionId: 'r', condition: undefined, description: undefined, effect: 'allow' },
  };
}

const held: Dependents = {
  ...nothing,
  credentials: [{ credential: { name: 'c', issuer: 'https://i/', subject: 's', audiences: ['a'] }, servedTo: [] }],
  assignments: [left('Reader'), left('Contributor')],
};

/** A service that refuses one step and remembers the others. */
function service(refuse: (step: DeleteStep) => AirflowIdentityError | undefined, stands: DeletePort['stands'] = async () => true): DeletePort & { readonly written: string[] } {
  const written: string[] = [];
  return {
    written,
    stands,
    write: async (step) => {
      const error = refuse(step);
      if (error !== undefined) {
        throw error;
      }
      written.push(describeStep(step));
    },
  };
}

const quiet = (): { readonly stop: AbortSignal; readonly report: () => void } => ({ stop: new AbortController().signal, report: () => undefined });

describe('deleting an identity', () => {
  it('counts what depends on it, and what could not be read as in use', () => {
    assert.equal(isInUse(nothing), false);
    assert.equal(isInUse({ ...nothing, unread: [{ what: 'Roles', reason: 'no access' }] }), true);
    assert.equal(isInUse(held), true);
    assert.equal(describeDependents(held), '1 federated credential, 2 role assignments');
    assert.equal(describeDependents(nothing), '');
  });

  it('removes role assignments first and only when asked to', () => {
    const words = (removeAssignments: boolean): string[] => deleteSteps('id-a', held, { removeAssignments }).map(describeStep);
    assert.deepEqual(words(false), ['Deleting id-a']);
    assert.deepEqual(words(true), ['Removing Reader on staccount', 'Removing Contributor on staccount', 'Deleting id-a']);
  });

  it('ends at the first failure and says what stands', async () => {
    const steps = deleteSteps('id-a', held, { removeAssignments: true });
    const port = service((step) => (step.kind === 'assignment' && step.left.roleName === 'Contributor' ? new AirflowIdentityError('forbidden', 'No.') : undefined));
    const outcome = await runDelete(steps, port, quiet());
    assert.deepEqual(port.written, ['Removing Reader on staccount']);
    assert.equal(outcome.error?.code, 'forbidden');
    assert.equal(describeRest(outcome, 'id-a'), '1 role assignment was removed. 1 role assignment was not removed. id-a and its credentials stand as before.');
  });

  it('stops between steps, never within one', async () => {
    const stop = new AbortController();
    const port = service(() => undefined);
    const outcome = await runDelete(deleteSteps('id-a', held, { removeAssignments: true }), port, { stop: stop.signal, report: () => { stop.abort(); } });
    assert.deepEqual(port.written, ['Removing Reader on staccount']);
    assert.equal(outcome.error, undefined);
    assert.deepEqual([outcome.done.length, outcome.left.length], [1, 2]);
  });

  it('goes on when the answer was lost and the thing is gone', async () => {
    const port = service(() => new AirflowIdentityError('network', 'Reset.'), async () => false);
    const outcome = await runDelete(deleteSteps('id-a', held, { removeAssignments: true }), port, quiet());
    assert.equal(describeRest(outcome, 'id-a'), '');
    assert.equal(outcome.done.length, 3);
  });

  it('says so when nobody can find out', async () => {
    const port = service(() => new AirflowIdentityError('network', 'Reset.'), () => Promise.reject(new Error('Reset.')));
    const outcome = await runDelete(deleteSteps('id-a', nothing, { removeAssignments: true }), port, quiet());
    assert.equal(describeRest(outcome, 'id-a'), 'Whether id-a was deleted could not be found out.');
    assert.equal(outcome.error?.code, 'network');
  });
});
