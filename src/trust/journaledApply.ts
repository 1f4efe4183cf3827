import type { IdentityRef } from '../identity/managedIdentity.ts';
import type { CredentialStore, RowProgress } from './apply.ts';
import { stateAfterFailure } from './journal.ts';
import type { RunningChange } from './journal.ts';
import type { Change, StepState } from './journalEntry.ts';
import type { PlanRow } from './plan.ts';

/** The steps of a connect run, one for each row that it writes, in their order. */
export function changesOf(ref: IdentityRef, rows: readonly PlanRow[]): readonly Change[] {
  const { account, tenantId, subscriptionId, resourceGroup, name } = ref;
  return rows.map((row) => ({
    kind: 'credential',
    identity: { account: { id: account.id, label: account.label }, tenantId, subscriptionId, resourceGroup, name },
    name: row.wanted.name,
    after: row.wanted,
    ...(row.status === 'replace' ? { before: row.existing } : {}),
  }));
}

/** The store with every write noted down before it is sent. `rows` are those that the change was begun with. */
export function journaledStore(store: CredentialStore, rows: readonly PlanRow[], running: RunningChange): CredentialStore {
  return {
    list: (signal) => store.list(signal),
    write: async (credential, signal) => {
      await running.started(rows.findIndex(({ wanted }) => wanted.name === credential.name));
      return store.write(credential, signal);
    },
  };
}

/** Notes down how a row ended, once it has. */
export function noteProgress(running: RunningChange, rows: readonly PlanRow[], rowId: string, progress: RowProgress): void {
  const state = stateOf(progress);
  if (state !== undefined) {
    running.settled(rows.findIndex((row) => row.rowId === rowId), state);
  }
}

function stateOf(progress: RowProgress): StepState | undefined {
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
