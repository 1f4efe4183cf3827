import assert from 'node:assert/strict';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { compareTrust } from '../../../src/trust/compareTrust.ts';
import { deployment, issuer, namespace, standing, strangers } from './trustSamples.ts';

const states = (held: Parameters<typeof compareTrust>[1]): Readonly<Record<string, string>> =>
  Object.fromEntries(compareTrust(deployment, held, publicAudience).workloads.map(({ workload, status }) => [workload.id, status]));

describe('comparing an identity with a deployment', () => {
  it('says what is trusted, whatever the credential is called, and what is missing', () => {
    const comparison = compareTrust(deployment, [...strangers(1), standing('scheduler', { name: 'made-by-hand' })], publicAudience);
    const [scheduler, ...others] = comparison.workloads;
    assert.deepEqual([scheduler?.status, scheduler?.credential], ['trusted', 'made-by-hand']);
    assert.ok(others.length > 3 && others.every(({ status }) => status === 'missing'));
    assert.deepEqual([comparison.trusted, comparison.recommended], [1, 5]);
    assert.deepEqual(comparison.further, []);
  });

  it('says what looks right and does not help: letter case, slash, name, audience', () => {
    const held = [
      standing('scheduler', { name: 'a', subject: standing('scheduler').subject?.replace('scheduler-', 'Scheduler-') }),
      standing('triggerer', { name: 'b', issuer: issuer.replace(/\/$/, '') }),
      standing('worker', { issuer: 'https://old.example/' }),
      standing('dag-processor', { audiences: [`${publicAudience}China`] }),
    ];
    assert.deepEqual(states(held), { scheduler: 'other', triggerer: 'other', worker: 'other', 'dag-processor': 'other', kpo: 'missing', apiserver: 'missing' });
    const notes = compareTrust(deployment, held, publicAudience).workloads.flatMap((one) => one.notes);
    for (const expected of [/letter case/, /slash at the end/, /another issuer/, /another audience/]) {
      assert.ok(notes.some((note) => expected.test(note)), `${String(expected)} in ${notes.join(' ')}`);
    }
  });

  it('lists what the identity holds for the namespace beyond the known workloads', () => {
    const quality = standing('worker', { name: 'quality', subject: `system:serviceaccount:${namespace}:quality-checks` });
    assert.deepEqual(compareTrust(deployment, [quality], publicAudience).further, [quality]);
  });

  it('finds everything missing, and nothing wrong, where the deployment has no issuer yet', () => {
    const young = { ...deployment, issuer: undefined };
    assert.ok(compareTrust(young, [standing('scheduler')], publicAudience).workloads.every(({ status, notes }) => status === 'missing' && notes.length === 0));
  });
});
