import assert from 'node:assert/strict';
import { applyRows } from '../../../src/trust/apply.ts';
import type { ApplyOutcome, RowProgress } from '../../../src/trust/apply.ts';
import { AirflowIdentityError } from '../../../src/errors.ts';
import type { CredentialWrite } from '../../../src/identity/federatedCredential.ts';
import { planTrust, rowsToWrite } from '../../../src/trust/plan.ts';
import { concurrentWrites, IdentityModel, refused, StillClock } from './identityModel.ts';
import { desired, standing, strangers } from './trustSamples.ts';

interface Run {
  readonly outcome: ApplyOutcome;
  readonly reports: readonly [string, RowProgress][];
  readonly clock: StillClock;
}

const workloads = ['scheduler', 'triggerer', 'worker'];

async function run(model: IdentityModel, options: { readonly stop?: AbortController; readonly onReport?: (rowId: string, progress: RowProgress) => void } = {}): Promise<Run> {
  const plan = planTrust(workloads.map((workload) => desired(workload)), model.held);
  const clock = new StillClock();
  const reports: [string, RowProgress][] = [];
  const outcome = await applyRows(rowsToWrite(plan), model, {
    clock,
    stop: (options.stop ?? new AbortController()).signal,
    report: (rowId, progress) => {
      reports.push([rowId, progress]);
      options.onReport?.(rowId, progress);
    },
  });
  return { outcome, reports, clock };
}

const states = ({ rows }: ApplyOutcome): string[] => workloads.map((workload) => rows.get(workload)?.state ?? 'none');

describe('applying a trust plan', () => {
  it('writes one after another, in the order shown, and reads back what stands there', async () => {
    const model = new IdentityModel(strangers(2));
    const { outcome, reports } = await run(model);
    assert.deepEqual(model.writes, workloads.map((workload) => desired(workload).name));
    assert.deepEqual(states(outcome), ['done', 'done', 'done']);
    assert.equal(outcome.credentials?.length, 5);
    assert.deepEqual(
      reports.filter(([, progress]) => progress.state !== 'waiting').map(([rowId, progress]) => `${rowId} ${progress.state}`),
      workloads.flatMap((workload) => [`${workload} writing`, `${workload} done`]),
    );
  });

  it('changes nothing when run twice', async () => {
    const model = new IdentityModel([]);
    await run(model);
    const { outcome } = await run(model);
    assert.equal(outcome.rows.size, 0);
    assert.equal(model.writes.length, 3);
  });

  it('does not write again what somebody else wrote since the plan was shown', async () => {
    const model = new IdentityModel([]);
    const rows = rowsToWrite(planTrust([desired('worker')], model.held));
    model.held = [standing('worker', { name: 'from-a-colleague' })];
    const outcome = await applyRows(rows, model, { clock: new StillClock(), stop: new AbortController().signal, report: () => undefined });
    assert.deepEqual(outcome.rows.get('worker'), { state: 'done', outcome: 'already' });
    assert.deepEqual(model.writes, []);
  });

  it('does not replace what was not shown', async () => {
    const model = new IdentityModel([]);
    const rows = rowsToWrite(planTrust([desired('worker')], model.held));
    model.held = [standing('worker', { subject: 'system:serviceaccount:other:other' })];
    const outcome = await applyRows(rows, model, { clock: new StillClock(), stop: new AbortController().signal, report: () => undefined });
    const row = outcome.rows.get('worker');
    assert.ok(row?.state === 'failed');
    assert.match(row.error.message, /changed meanwhile/);
    assert.deepEqual(model.writes, []);
  });

  it('replaces what was shown and ticked', async () => {
    const model = new IdentityModel([standing('worker', { issuer: 'https://old/' })]);
    const rows = rowsToWrite(planTrust([desired('worker', { ticked: true })], model.held));
    const outcome = await applyRows(rows, model, { clock: new StillClock(), stop: new AbortController().signal, report: () => undefined });
    assert.deepEqual(outcome.rows.get('worker'), { state: 'done', outcome: 'replaced' });
    assert.deepEqual(model.held, [standing('worker')]);
  });

  for (const [what, refusal, sleeps] of [
    ['429 with Retry-After', refused('throttled', 'TooManyRequests', 'Azure asked to slow down (429).', 8_000), [8_000]],
    ['429 without Retry-After', refused('throttled', 'TooManyRequests', 'Azure asked to slow down (429).'), [1_000]],
    ['409 of concurrent writes', concurrentWrites(), [1_000]],
    ['503', refused('unavailable', 'ServiceUnavailable', 'Azure answered 503.'), [1_000]],
    ['a broken connection', refused('network', '', 'The connection broke.'), [1_000]],
  ] as const) {
    it(`tries again after ${what}, says why it waits, and goes on`, async () => {
      const model = new IdentityModel([]);
      model.refusals.push(refusal);
      const { outcome, clock, reports } = await run(model);
      assert.deepEqual(states(outcome), ['done', 'done', 'done']);
      assert.deepEqual(clock.sleeps, sleeps);
      const pause = reports.find(([, progress]) => progress.state === 'pausing');
      assert.deepEqual(pause, ['scheduler', { state: 'pausing', attempt: 2, waitMs: sleeps[0], reason: refusal.message }]);
    });
  }

  it('gives up after five tries, leaves the other rows as they are, and says how long it tried', async () => {
    const model = new IdentityModel([]);
    model.refusals.push(undefined, ...Array.from({ length: 5 }, () => refused('throttled', 'TooManyRequests', 'Azure asked to slow down (429).')));
    const { outcome } = await run(model);
    assert.deepEqual(states(outcome), ['done', 'failed', 'done']);
    const failed = outcome.rows.get('triggerer');
    assert.ok(failed?.state === 'failed');
    assert.deepEqual([failed.attempts, failed.waitedMs], [5, 15_000]);
  });

  it('looks after a lost answer before it writes again, and takes what stands for done', async () => {
    const model = new IdentityModel([]);
    const clock = new StillClock();
    const store = {
      list: model.list.bind(model),
      write: async (credential: CredentialWrite) => {
        await model.write(credential);
        throw refused('network', 'ECONNRESET', 'The connection broke.');
      },
    };
    const outcome = await applyRows(rowsToWrite(planTrust([desired('worker')], [])), store, { clock, stop: new AbortController().signal, report: () => undefined });
    assert.deepEqual(outcome.rows.get('worker'), { state: 'done', outcome: 'created' });
    assert.equal(model.writes.length, 1);
    assert.deepEqual(clock.sleeps, []);
  });

  it('says that it does not know where neither an answer came nor a look was possible', async () => {
    const model = new IdentityModel([]);
    const broken = refused('network', 'ECONNRESET', 'The connection broke.');
    const store = {
      list: (signal: AbortSignal) => (model.lists === 0 ? model.list(signal) : Promise.reject(broken)),
      write: () => Promise.reject(broken),
    };
    const outcome = await applyRows(rowsToWrite(planTrust([desired('worker')], [])), store, { clock: new StillClock(), stop: new AbortController().signal, report: () => undefined });
    const row = outcome.rows.get('worker');
    assert.ok(row?.state === 'failed');
    assert.equal(row.known, false);
  });

  it('tries the rows after one that outlasted all tries once, until one succeeds', async () => {
    const model = new IdentityModel([]);
    model.refusals.push(...Array.from({ length: 6 }, () => refused('throttled', 'TooManyRequests', 'Azure asked to slow down (429).')));
    const { outcome, clock } = await run(model);
    assert.deepEqual(states(outcome), ['failed', 'failed', 'done']);
    assert.deepEqual(clock.sleeps, [1_000, 2_000, 4_000, 8_000]);
  });

  for (const [what, refusal] of [
    ['a missing right', refused('forbidden', 'AuthorizationFailed', 'Not allowed.')],
    ['the pair being taken', refused('conflict', 'Conflict', 'Issuer and subject combination already exists.')],
    ['a Retry-After beyond the limit', refused('throttled', 'TooManyRequests', 'Azure asked to slow down (429).', 600_000)],
  ] as const) {
    it(`does not try again after ${what}`, async () => {
      const model = new IdentityModel([]);
      model.refusals.push(refusal);
      const { outcome, clock } = await run(model);
      assert.deepEqual(states(outcome), ['failed', 'done', 'done']);
      assert.deepEqual(clock.sleeps, []);
    });
  }

  it('stops before the next write; the write in flight ends and counts', async () => {
    const model = new IdentityModel([]);
    const stop = new AbortController();
    const { outcome } = await run(model, { stop, onReport: (rowId, progress) => { if (rowId === 'scheduler' && progress.state === 'writing') { stop.abort(); } } });
    assert.deepEqual(states(outcome), ['done', 'stopped', 'stopped']);
    assert.equal(model.held.length, 1);
    assert.equal(outcome.credentials?.length, 1);
  });

  it('stops while waiting for another try', async () => {
    const model = new IdentityModel([]);
    model.refusals.push(concurrentWrites());
    const stop = new AbortController();
    const { outcome } = await run(model, { stop, onReport: (_, progress) => { if (progress.state === 'pausing') { stop.abort(); } } });
    assert.deepEqual(states(outcome), ['failed', 'stopped', 'stopped']);
    assert.deepEqual(model.held, []);
  });

  it('reads back again while the list still lacks what was written', async () => {
    const model = new IdentityModel([]);
    model.staleLists = 2;
    const { outcome, clock } = await run(model);
    assert.equal(outcome.credentials?.length, 3);
    assert.deepEqual(clock.sleeps, [500, 1_000]);
  });

  it('says so when reading back fails, and keeps what it knows of each row', async () => {
    const model = new IdentityModel([]);
    const gone = new AirflowIdentityError('notFound', 'The identity is gone.');
    const store = {
      list: async (signal: AbortSignal) => {
        if (model.writes.length > 0) {
          throw gone;
        }
        return model.list(signal);
      },
      write: model.write.bind(model),
    };
    const rows = rowsToWrite(planTrust([desired('worker')], []));
    const outcome = await applyRows(rows, store, { clock: new StillClock(), stop: new AbortController().signal, report: () => undefined });
    assert.equal(outcome.rows.get('worker')?.state, 'done');
    assert.equal(outcome.readBackError, gone);
  });

  it('writes nothing when the identity cannot be read first', async () => {
    const gone = new AirflowIdentityError('notFound', 'The identity is gone.');
    const model = new IdentityModel([]);
    const rows = rowsToWrite(planTrust([desired('worker')], []));
    const store = { list: () => Promise.reject(gone), write: model.write.bind(model) };
    await assert.rejects(applyRows(rows, store, { clock: new StillClock(), stop: new AbortController().signal, report: () => undefined }), gone);
    assert.deepEqual(model.writes, []);
  });
});
