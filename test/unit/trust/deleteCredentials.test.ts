import assert from 'node:assert/strict';
import { deleteCredentials, firstFailure, stillStanding } from '../../../src/trust/deleteCredentials.ts';
import type { DeleteOutcome } from '../../../src/trust/deleteCredentials.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { looksUnused, servedWorkloads } from '../../../src/trust/servedWorkloads.ts';
import { concurrentWrites, IdentityModel, refused, StillClock } from './identityModel.ts';
import { deployment, issuer, standing, strangers } from './trustSamples.ts';

const three = ['scheduler', 'triggerer', 'worker'].map((workload) => standing(workload));
const names = three.map(({ name }) => name);

interface Run {
  readonly outcome: DeleteOutcome;
  readonly states: readonly string[];
  readonly clock: StillClock;
}

async function run(model: IdentityModel, stop = new AbortController(), onReport: () => void = () => undefined): Promise<Run> {
  const clock = new StillClock();
  const outcome = await deleteCredentials(three, model, { clock, stop: stop.signal, report: onReport });
  return { outcome, states: [...outcome.deletions.values()].map(({ state }) => state), clock };
}

describe('deleting credentials', () => {
  it('deletes what was chosen, one after another, and nothing else', async () => {
    const model = new IdentityModel([...strangers(2), ...three]);
    const { outcome, states } = await run(model);
    assert.deepEqual(states, ['deleted', 'deleted', 'deleted']);
    assert.deepEqual(model.deletions, names);
    assert.deepEqual(outcome.standing, strangers(2));
    assert.deepEqual(stillStanding(outcome), []);
  });

  it('passes over what is gone already, and leaves what somebody changed since it was shown', async () => {
    const model = new IdentityModel([standing('triggerer', { issuer: 'https://other/' }), standing('worker')]);
    const { outcome, states } = await run(model);
    assert.deepEqual(states, ['already', 'failed', 'deleted']);
    assert.deepEqual(model.deletions, [names[2]]);
    assert.match(firstFailure(outcome)?.message ?? '', /triggerer was changed by somebody else/);
    assert.deepEqual(stillStanding(outcome), [names[1]]);
  });

  it('waits for concurrent writes by others, and goes on with the rest after a refusal', async () => {
    const model = new IdentityModel(three);
    model.refusals.push(concurrentWrites(), concurrentWrites(), undefined, refused('forbidden', 'AuthorizationFailed', 'No.'));
    const { outcome, states, clock } = await run(model);
    assert.deepEqual(states, ['deleted', 'failed', 'deleted']);
    assert.deepEqual(clock.sleeps.slice(0, 2), [1_000, 2_000]);
    assert.equal(firstFailure(outcome)?.code, 'forbidden');
    assert.deepEqual(outcome.standing?.map(({ name }) => name), [names[1]]);
  });

  it('looks before it says that a lost answer was a failure', async () => {
    let lost = 0;
    const model = new (class extends IdentityModel {
      override async delete(name: string): Promise<void> {
        await super.delete(name);
        lost++;
        throw refused('network', 'ECONNRESET', 'Reset.');
      }
    })(three);
    const { states, clock } = await run(model);
    assert.deepEqual([states, lost, clock.sleeps], [['deleted', 'deleted', 'deleted'], 3, []]);
  });

  it('stops before the next one, and says what was not reached', async () => {
    const model = new IdentityModel(three);
    const stop = new AbortController();
    const { outcome, states } = await run(model, stop, () => { stop.abort(); });
    assert.deepEqual(states, ['deleted', 'stopped', 'stopped']);
    assert.deepEqual(stillStanding(outcome), names.slice(1));
  });

  it('does not show again what a list still holds that lags behind', async () => {
    const model = new IdentityModel([standing('worker')]);
    model.staleLists = 2;
    const { outcome, clock } = await run(model);
    assert.deepEqual(outcome.standing, []);
    assert.deepEqual(clock.sleeps, [500, 1_000]);
  });
});

describe('credentials that look unused', () => {
  it('name neither issuer nor namespace of any deployment', () => {
    assert.equal(looksUnused(strangers(1)[0] ?? standing('worker'), [deployment]), true);
    // It is one to replace, not one that nobody needs.
    assert.equal(looksUnused(standing('worker', { issuer: 'https://old.example/' }), [deployment]), false);
    assert.equal(looksUnused(standing('worker', { subject: 'system:serviceaccount:other:sa' }), [deployment]), false);
  });

  it('are none that sign in otherwise', () => {
    const github = { name: 'github', issuer: 'https://token.actions.githubusercontent.com', audiences: [publicAudience] };
    assert.deepEqual([undefined, 'repo:contoso/etl:ref:refs/heads/main'].map((subject) => looksUnused({ ...github, subject }, [deployment])), [false, false]);
  });
});

describe('workloads that a credential serves', () => {
  it('are those of the deployment with its issuer and namespace', () => {
    assert.deepEqual(servedWorkloads(standing('worker'), [deployment], publicAudience), [{ deployment, title: 'Worker' }]);
    const quality = standing('worker', { subject: `system:serviceaccount:${deployment.namespace}:quality-checks` });
    assert.deepEqual(servedWorkloads(quality, [deployment], publicAudience).map(({ title }) => title), ['quality-checks']);
  });

  it('are none where issuer, namespace or audience is another one, or an expression decides', () => {
    const { subject: _subject, ...flexible } = standing('worker');
    const other = [
      standing('worker', { issuer: issuer.slice(0, -1) }),
      standing('worker', { subject: 'system:serviceaccount:other:other-worker-serviceaccount' }),
      standing('worker', { subject: 'repo:contoso/etl:ref:refs/heads/main' }),
      standing('worker', { audiences: [`${publicAudience}USGov`] }),
      { ...flexible, subject: undefined },
    ];
    assert.deepEqual(other.map((credential) => servedWorkloads(credential, [deployment], publicAudience)), other.map(() => []));
  });
});
