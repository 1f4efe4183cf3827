import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { ApplyOutcome } from '../../trust/apply.ts';
import { applyJournaled } from '../../trust/journaledApply.ts';
import type { PlanRow } from '../../trust/plan.ts';
import type { Services } from '../services.ts';
import { identityCredentials } from './identityCredentials.ts';
import { writingProgress } from './writingProgress.ts';

/**
 * Writes planned rows to one identity under a notification; the tree follows.
 * @throws AirflowIdentityError of the first row that failed, an `AbortError` where the user stopped before all were written.
 */
export async function writeRows(services: Services, identity: ManagedIdentity, rows: readonly PlanRow[], title: string): Promise<void> {
  const { clock, identities, identityWrites, journal, log } = services;
  const outcome = await writingProgress(title, rows.length, async (say, stop) => {
    const run = { ref: identity, rows, further: [], store: identityCredentials(services, identity), journal, surface: 'other' } as const;
    const done = await identityWrites.run(identity, () => applyJournaled(run, { clock, stop, report: (rowId, progress) => { say(nameOf(rows, rowId), progress); } }));
    await done.running.end();
    return done.outcome;
  });
  if (outcome.credentials !== undefined) {
    identities.updateCredentials(identity, outcome.credentials);
  }
  throwFailure(outcome, log);
}

/** The credential that a row writes. */
export function nameOf(rows: readonly PlanRow[], rowId: string): string {
  return rows.find((row) => row.rowId === rowId)?.wanted.name ?? rowId;
}

/** Logs what failed. @throws the first of it; an `AbortError` where the user stopped. */
export function throwFailure({ rows }: ApplyOutcome, log: Services['log']): void {
  const failures = [...rows.values()].flatMap((row) => (row.state === 'failed' ? [row.error] : []));
  failures.forEach((error) => { log.failure('credentials: write', error); });
  const [first] = failures;
  if (first !== undefined) {
    throw first;
  }
  if ([...rows.values()].some(({ state }) => state === 'stopped')) {
    throw new DOMException('Stopped', 'AbortError');
  }
}
