import assert from 'node:assert/strict';
import type { FederatedCredential } from '../../../src/identity/federatedCredential.ts';
import { moveCredentials } from '../../../src/trust/moveCredentials.ts';
import type { MoveOutcome, MoveSide } from '../../../src/trust/moveCredentials.ts';
import { planTransfer } from '../../../src/trust/transferPlan.ts';
import type { TransferPlan } from '../../../src/trust/transferPlan.ts';
import { IdentityModel, refused, StillClock } from './identityModel.ts';
import { MemoryJournal } from './memoryJournal.ts';
import { identity, standing, strangers } from './trustSamples.ts';

const three = ['scheduler', 'triggerer', 'worker'].map((workload) => standing(workload));
const target = { ...identity, name: 'id-target' };
const names = (credentials: readonly FederatedCredential[]): readonly string[] => credentials.map(({ name }) => name);

function planned(held: readonly FederatedCredential[], credentials = three): TransferPlan {
  return planTransfer(credentials, target, held);
}

describe('planning to have credentials on another identity', () => {
  it('gives a copy another name where the name is taken, and writes nothing that is trusted there already', () => {
    const held = [standing('scheduler', { subject: 'system:serviceaccount:x:y' }), standing('worker', { name: 'by-hand' })];
    const { transfers, used, after } = planned(held);
    assert.deepEqual(transfers.map(({ wanted, row }) => [wanted.name, row?.status]), [
      [`${three[0]?.name ?? ''}-2`, 'create'], [three[1]?.name, 'create'], [three[2]?.name, undefined],
    ]);
    assert.deepEqual([used, after], [2, 4]);
  });

  it('is refused before anything is written: over the limit, in a region without, flexible, or against the pair', () => {
    assert.throws(() => planned(strangers(18)), { code: 'invalidInput', message: /holds 18 of 20 credentials; 3 more do not fit/ });
    assert.equal(planned(strangers(17)).after, 20);
    assert.throws(() => planTransfer(three, { ...target, location: 'newzealandnorth' }, []), { code: 'invalidInput', message: /newzealandnorth/ });
    assert.throws(() => planned([], [{ ...standing('worker'), subject: undefined }]), { code: 'invalidInput', message: /flexible/ });
    assert.throws(() => planned([standing('worker', { name: 'other', audiences: ['api://other'] })]), { code: 'conflict', message: /already holds this issuer and subject/ });
  });
});

describe('moving credentials', () => {
  let journal: MemoryJournal;
  let order: string[];

  beforeEach(() => {
    journal = new MemoryJournal();
    order = [];
  });

  function side(model: IdentityModel, name: string): MoveSide<IdentityModel> {
    return { ref: { ...identity, name }, store: model, alone: (write) => { order.push(name); return write(); } };
  }

  async function move(source: IdentityModel, onto: IdentityModel, stop = new AbortController(), onReport: () => void = () => undefined): Promise<MoveOutcome> {
    return moveCredentials(planned(onto.held).transfers, side(source, 'id-source'), side(onto, 'id-target'), journal.journal, {
      clock: new StillClock(), stop: stop.signal, report: onReport,
    });
  }

  it('writes all of them on the target before it deletes the first on the source', async () => {
    const [source, onto] = [new IdentityModel([...strangers(17), ...three]), new IdentityModel([])];
    const { moved, onBoth, running } = await move(source, onto);
    assert.deepEqual(order, ['id-target', 'id-source']);
    assert.deepEqual([names(onto.held), names(source.held), moved.length, onBoth], [names(three), names(strangers(17)), 3, []]);
    await running.end();
    assert.equal(journal.kept.size, 0);
  });

  it('leaves on the source what could not be written on the target', async () => {
    const [source, onto] = [new IdentityModel(three), new IdentityModel([])];
    onto.refusals.push(undefined, refused('forbidden', 'AuthorizationFailed', 'No.'));
    const { moved, target: written } = await move(source, onto);
    assert.deepEqual(names(source.held), [three[1]?.name]);
    assert.equal(written.rows.get(three[1]?.name ?? '')?.state, 'failed');
    assert.equal(moved.length, 2);
  });

  it('deletes nothing where the target cannot be read back, or nothing stands there', async () => {
    const source = new IdentityModel(three);
    const unreadable = new (class extends IdentityModel {
      override async list(signal: AbortSignal): Promise<readonly FederatedCredential[]> {
        if (this.writes.length > 0) {
          throw refused('forbidden', 'AuthorizationFailed', 'No.');
        }
        return super.list(signal);
      }
    })([]);
    assert.equal((await move(source, unreadable)).source, undefined);
    const refusing = new IdentityModel([]);
    refusing.refusals.push(...three.map(() => refused('forbidden', 'AuthorizationFailed', 'No.')));
    assert.equal((await move(source, refusing)).source, undefined);
    assert.deepEqual([names(source.held), source.deletions], [names(three), []]);
  });

  it('deletes what the target trusted already', async () => {
    const [source, onto] = [new IdentityModel(three), new IdentityModel(three)];
    await move(source, onto);
    assert.deepEqual([onto.writes, names(source.held)], [[], []]);
  });

  it('stops with everything standing somewhere, and says what is on both', async () => {
    const [source, onto] = [new IdentityModel(three), new IdentityModel([])];
    const stop = new AbortController();
    const early = await move(source, onto, stop, () => { if (onto.writes.length === 1) { stop.abort(); } });
    assert.deepEqual([names(onto.held), names(source.held), early.onBoth.length], [names(three.slice(0, 1)), names(three), 1]);
  });

  it('is one change in the journal, which keeps the deletions that a lost network left to do', async () => {
    const [source, onto] = [new IdentityModel(three), new IdentityModel([])];
    Object.assign(source, { list: () => Promise.reject(refused('network', 'ECONNRESET', 'Reset.')) });
    const { failure, onBoth, running } = await move(source, onto);
    assert.deepEqual([failure?.code, onBoth.length], ['network', 3]);
    await running.end();
    const states = [...journal.kept.values()].map(({ steps }) => steps.map(({ change, state }) => `${change.kind === 'credential' && change.after === undefined ? 'delete' : 'write'} ${state}`));
    assert.deepEqual(states, [[...three.map(() => 'write done'), ...three.map(() => 'delete interrupted')]]);
    assert.deepEqual([names(onto.held), names(source.held)], [names(three), names(three)]);
  });
});
