import { formatIdentityId, sameArmId } from '../identity/armId.ts';
import type { IdentityRef } from '../identity/managedIdentity.ts';
import { applyRows } from './apply.ts';
import type { ApplyOptions, ApplyOutcome, CredentialStore, RowProgress } from './apply.ts';
import { stateAfterFailure } from './journal.ts';
import type { Journal, RunningChange } from './journal.ts';
import type { Change, JournalEntry, StepState } from './journalEntry.ts';
import type { PlanRow } from './plan.ts';

/** What a connect run writes, where, and where it is noted down. */
export interface JournaledRun {
  readonly ref: IdentityRef;
  /** The identity's, where it may be given roles by the same run. */
  readonly principalId?: string;
  readonly rows: readonly PlanRow[];
  /** Changes that follow the credentials and are the caller's to settle, such as the connection's. */
  readonly further: readonly Change[];
  readonly store: CredentialStore;
  readonly journal: Journal;
  readonly surface: JournalEntry['surface'];
}

/** `applyRows` with its journal. The caller ends the change when the outcome was told. */
export async function applyJournaled(run: JournaledRun, options: ApplyOptions): Promise<{ readonly outcome: ApplyOutcome; readonly running: RunningChange }> {
  const { ref, principalId, rows, further, store, journal, surface } = run;
  const earlier = surface === 'form' ? await earlierRun(journal, ref, principalId) : undefined;
  const running = await journal.begin({ title: ref.name, surface }, [...changesOf(ref, rows), ...further], earlier);
  try {
    const outcome = await applyRows(rows, journaledStore(store, rows, running), {
      ...options,
      report: (rowId, progress) => {
        noteProgress(running, rows, rowId, progress);
        options.report(rowId, progress);
      },
    });
    return { outcome, running };
  } catch (error) {
    await running.end();
    throw error;
  }
}

/** A form that came back after a reload, or that tries failed rows again, goes on with what its last run left. */
async function earlierRun(journal: Journal, ref: IdentityRef, principalId: string | undefined): Promise<RunningChange | undefined> {
  const id = formatIdentityId(ref);
  const isOurs = (change: Change): boolean =>
    change.kind === 'credential' ? sameArmId(formatIdentityId(change.identity), id) : change.kind === 'role' && change.principalId === principalId;
  const left = (await journal.unfinished()).find(
    ({ surface, steps }) =>
      surface === 'form' &&
      steps.some(({ change }) => isOurs(change)) &&
      steps.every(({ change }) => isOurs(change) || change.kind === 'connection' || change.kind === 'role'),
  );
  return left === undefined ? undefined : journal.takeOver(left.id);
}

function changesOf({ account, tenantId, subscriptionId, resourceGroup, name }: IdentityRef, rows: readonly PlanRow[]): readonly Change[] {
  return rows.map((row) => ({
    kind: 'credential',
    identity: { account: { id: account.id, label: account.label }, tenantId, subscriptionId, resourceGroup, name },
    name: row.wanted.name,
    after: row.wanted,
    ...(row.status === 'replace' ? { before: row.existing } : {}),
  }));
}

function journaledStore(store: CredentialStore, rows: readonly PlanRow[], running: RunningChange): CredentialStore {
  return {
    list: (signal) => store.list(signal),
    write: async (credential, signal) => {
      await running.started(rows.findIndex(({ wanted }) => wanted.name === credential.name));
      return store.write(credential, signal);
    },
  };
}

function noteProgress(running: RunningChange, rows: readonly PlanRow[], rowId: string, progress: RowProgress): void {
  const state = stepStateOf(progress);
  if (state !== undefined) {
    running.settled(rows.findIndex((row) => row.rowId === rowId), state);
  }
}

/** What a row's progress means for its step; `undefined` while it is under way. */
export function stepStateOf(progress: RowProgress): StepState | undefined {
  switch (progress.state) {
    case 'waiting':
    case 'writing':
    case 'pausing':
      return undefined;
    case 'done':
      return progress.outcome === 'already' ? 'already' : 'done';
    case 'failed':
      return stateAfterFailure(progress.error, progress.known);
    case 'stopped':
      return 'planned';
  }
}
