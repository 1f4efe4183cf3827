import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describeNearMiss, describeProblem, planTrust, rowsToWrite, trusts } from '../../../src/trust/plan.ts';
import type { DesiredCredential } from '../../../src/trust/plan.ts';
import { IdentityModel, StillClock } from './identityModel.ts';
import { applyRows } from '../../../src/trust/apply.ts';
import { desired, issuer, namespace, standing, strangers } from './trustSamples.ts';

function only(wanted: DesiredCredential, ...existing: Parameters<typeof planTrust>[1]): ReturnType<typeof planTrust>['rows'][number] {
  const [row] = planTrust([wanted], existing).rows;
  assert.ok(row);
  return row;
}

describe('trust plan', () => {
  it('creates what is missing, ticked when recommended', () => {
    const row = only(desired('worker'));
    assert.deepEqual([row.status, row.ticked], ['create', true]);
    assert.equal(only(desired('worker', { recommended: false })).ticked, false);
  });

  it('keeps what already trusts the same, whatever its name', () => {
    const row = only(desired('scheduler'), standing('scheduler', { name: 'astro-scheduler' }));
    assert.ok(row.status === 'keep');
    assert.equal(row.existing.name, 'astro-scheduler');
  });

  it('keeps even when the form holds a name that Azure would refuse', () => {
    assert.equal(only(desired('scheduler', { name: '-' }), standing('scheduler')).status, 'keep');
  });

  it('replaces a name with other values only after the user ticked it, and names what changes', () => {
    const old = standing('worker', { issuer: 'https://westus2.oic.prod-aks.azure.com/old/' });
    const row = only(desired('worker'), old);
    assert.ok(row.status === 'replace');
    assert.deepEqual([row.ticked, row.changes], [false, ['issuer']]);
    assert.equal(only(desired('worker', { ticked: true }), old).ticked, true);
  });

  it('compares names without letter case, as ARM does', () => {
    const row = only(desired('worker', { name: 'WORKER' }), standing('triggerer', { name: 'worker' }));
    assert.equal(row.status, 'replace');
  });

  it('calls it a conflict when the pair is held under another name for another audience, and says the way out', () => {
    const held = standing('worker', { name: 'ge-2024', audiences: ['api://AzureADTokenExchangeUSGov'] });
    const row = only(desired('worker'), held);
    assert.ok(row.status === 'conflict');
    assert.match(describeProblem(row.problem, String), /^Credential ge-2024 already holds this issuer and subject, for the audience api:\/\/AzureADTokenExchangeUSGov\./);
    assert.equal(only(desired('worker', { name: 'ge-2024' }), held).status, 'replace');
  });

  it('never offers to replace a flexible credential, which would destroy its expression', () => {
    const row = only(desired('worker'), { name: `${namespace}-worker`, issuer, subject: undefined, audiences: [], claimsMatchingExpression: "claims['sub'] eq 'x'" });
    assert.ok(row.status === 'conflict');
    assert.equal(row.problem.code, 'flexible');
  });

  for (const [what, change, text] of [
    ['a name that is too short', { name: 'ab' }, /3 to 120 letters/],
    ['a name with a dot', { name: 'a.bcd' }, /3 to 120 letters/],
    ['an issuer with white space', { issuer: ` ${issuer}` }, /white space; every token exchange would fail/],
    ['an issuer that is no URL', { issuer: 'oidc.example' }, /https URL/],
    ['no issuer', { issuer: '' }, /issuer is missing/],
    ['a subject over 600 characters', { subject: `system:serviceaccount:ns:${'a'.repeat(600)}` }, /625 characters; Azure takes at most 600/],
  ] as const) {
    it(`refuses ${what} before Azure would`, () => {
      const row = only(desired('worker', change));
      assert.ok(row.status === 'conflict');
      assert.match(describeProblem(row.problem, String), text);
      assert.equal(row.ticked, false);
    });
  }

  it('refuses the same service account twice and the same name twice, naming the other workload', () => {
    const twin = planTrust([desired('worker'), desired('worker', { rowId: 'again', name: 'other-name' })], []).rows[1];
    assert.ok(twin?.status === 'conflict');
    assert.match(describeProblem(twin.problem, (id) => `<${id}>`), /^<worker> already has this service account/);
    const namesake = planTrust([desired('worker'), desired('triggerer', { name: `${namespace}-WORKER` })], []).rows[1];
    assert.ok(namesake?.status === 'conflict');
    assert.match(describeProblem(namesake.problem, (id) => `<${id}>`), /^<worker> already uses this name/);
  });

  it('never replaces the credential that another wanted workload uses', () => {
    const held = standing('scheduler', { name: 'shared' });
    const [scheduler, worker] = planTrust([desired('scheduler'), desired('worker', { name: 'shared', ticked: true })], [held]).rows;
    assert.equal(scheduler?.status, 'keep');
    assert.ok(worker?.status === 'conflict');
    assert.match(describeProblem(worker.problem, (id) => `<${id}>`), /the one that <scheduler> uses/);
  });

  it('points at a credential that differs in letter case only, or in the slash at the end only', () => {
    const lower = only(desired('worker'), standing('worker', { name: 'lower', subject: desired('worker').subject.toUpperCase() }));
    assert.equal(lower.status, 'create');
    assert.match(lower.nearMisses.map(describeNearMiss).join(), /Credential lower differs only in letter case/);
    const slash = only(desired('worker'), standing('worker', { name: 'slash', issuer: issuer.slice(0, -1) }));
    assert.match(slash.nearMisses.map(describeNearMiss).join(), /Credential slash differs only in the slash at the end/);
  });

  it('counts against the limit of 20 and says which credentials look unused', () => {
    const five = ['scheduler', 'triggerer', 'worker', 'dag-processor', 'kpo'].map((workload) => desired(workload));
    const full = planTrust(five, strangers(19), new Set([issuer]));
    assert.deepEqual([full.used, full.after, full.fits, full.unused.length], [19, 24, false, 19]);
    assert.equal(planTrust(five, strangers(15)).fits, true);
    assert.equal(planTrust(five, strangers(15)).unused.length, 0, 'without known deployments nothing is called unused');
  });

  it('fits on a full identity as long as nothing is added', () => {
    assert.equal(planTrust([desired('worker')], [standing('worker'), ...strangers(19)]).fits, true);
  });

  it('does exactly what it says, for any wishes on any identity (against a model of the service)', async () => {
    const trust = {
      name: fc.constantFrom('aaa', 'bbb', 'BBB', 'ccc', 'x', 'bad name'),
      issuer: fc.constantFrom('https://a/', 'https://a', 'https://b/', ''),
      subject: fc.constantFrom('system:serviceaccount:n:a', 'system:serviceaccount:n:A', 'system:serviceaccount:n:b'),
      audience: fc.constantFrom('api://AzureADTokenExchange', 'api://other'),
    };
    const wish = fc.record({ ...trust, ticked: fc.option(fc.boolean(), { nil: undefined }), recommended: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { maxLength: 6 }), fc.array(fc.record(trust), { maxLength: 5 }), fc.integer({ min: 0, max: 20 }), async (wishes, seeds, crowd) => {
        const model = new IdentityModel(strangers(crowd));
        for (const seed of seeds) {
          // What the service refuses does not stand there.
          await model.write(seed).catch(() => undefined);
        }
        const before = model.held;
        const wanted = wishes.map((one, index): DesiredCredential => ({ ...one, rowId: String(index) }));
        const plan = planTrust(wanted, before);
        assert.equal(plan.rows.length, wanted.length);
        if (!plan.fits) {
          return;
        }
        const rows = rowsToWrite(plan);
        const outcome = await applyRows(rows, model, { clock: new StillClock(), stop: new AbortController().signal, report: () => undefined });
        for (const row of rows) {
          assert.equal(outcome.rows.get(row.rowId)?.state, 'done', `${row.status} ${JSON.stringify(row.wanted)}`);
          assert.ok(model.held.some((held) => held.name.toLowerCase() === row.wanted.name.toLowerCase() && trusts(held, row.wanted)));
        }
        const written = new Set(rows.map((row) => row.wanted.name.toLowerCase()));
        const untouched = (held: { readonly name: string }): boolean => !written.has(held.name.toLowerCase());
        assert.deepEqual(model.held.filter(untouched), before.filter(untouched), 'nothing else changed');
        assert.equal(model.held.length, plan.after, 'as many as announced');
        const again = planTrust(wanted, model.held);
        assert.deepEqual(rowsToWrite(again), [], 'a second run has nothing to write');
      }),
      { numRuns: 1_000 },
    );
  });
});
