import assert from 'node:assert/strict';
import type { AccessScope } from '../../../src/identity/accessScope.ts';
import type { RunningChange } from '../../../src/trust/journal.ts';
import type { Change, JournalEntry } from '../../../src/trust/journalEntry.ts';
import { applyJournaled } from '../../../src/trust/journaledApply.ts';
import { IdentityModel, StillClock } from './identityModel.ts';
import { MemoryJournal } from './memoryJournal.ts';
import { identity } from './trustSamples.ts';

const { account, tenantId, subscriptionId } = identity;
const scope: AccessScope = { account, tenantId, subscriptionId, id: `/subscriptions/${subscriptionId}/resourceGroups/rg-data`, kind: 'resourceGroup', name: 'rg-data' };

function role(roleName: string, principalId: string = identity.principalId): Change {
  return { kind: 'role', scope: { ...scope, account: { ...account } }, roleId: roleName.toLowerCase(), roleName, principalId, action: 'assign' };
}

/** A run of the form that writes no credential, only what `further` says; the caller decides how far it comes. */
async function run(kept: MemoryJournal, further: readonly Change[], surface: JournalEntry['surface'] = 'form', ref = identity): Promise<RunningChange> {
  const { running } = await applyJournaled(
    { ref, principalId: ref.principalId, rows: [], further, store: new IdentityModel([]), journal: kept.journal, surface },
    { clock: new StillClock(), stop: new AbortController().signal, report: () => undefined },
  );
  return running;
}

describe('a form that comes back after its window went', () => {
  it('goes on with a run that gave roles only, so that nothing is offered beside it', async () => {
    const kept = new MemoryJournal();
    const interrupted = await run(kept, [role('Reader'), role('Contributor')]);
    interrupted.settled(0, 'done');
    await interrupted.started(1);
    const again = await run(kept, [role('Contributor')]);
    assert.deepEqual([...kept.kept.values()].map(({ steps }) => steps.map(({ change, state }) => (change.kind === 'role' ? [change.roleName, state] : []))), [
      [['Contributor', 'planned'], ['Reader', 'done']],
    ]);
    again.settled(0, 'done');
    await again.end();
    assert.deepEqual([...kept.kept.keys()], []);
  });

  it('leaves alone what another identity, or something else than the form, was given', async () => {
    const kept = new MemoryJournal();
    await (await run(kept, [role('Reader', 'another principal')], 'form', { ...identity, principalId: 'another principal' })).started(0);
    await (await run(kept, [role('Reader')], 'other')).started(0);
    await run(kept, [role('Reader')]);
    assert.equal(kept.kept.size, 3);
  });
});
