import type { FederatedCredential } from '../identity/federatedCredential.ts';
import type { IdentityRef } from '../identity/managedIdentity.ts';
import { deleteCredentials } from './deleteCredentials.ts';
import type { DeleteOutcome, DeleteOptions, Deletion, DeletingStore } from './deleteCredentials.ts';
import { stateAfterFailure } from './journal.ts';
import type { RunningChange } from './journal.ts';
import type { Change, StepState } from './journalEntry.ts';

/** What is deleted, and which change of the journal it belongs to. */
export interface JournaledDelete {
  readonly credentials: readonly FederatedCredential[];
  readonly store: DeletingStore;
  readonly running: RunningChange;
  /** The change's step for each of them. */
  readonly stepOf: (credential: FederatedCredential) => number;
}

/** Deletions as steps of a change in the journal. */
export function deletionsOf({ account, tenantId, subscriptionId, resourceGroup, name }: IdentityRef, credentials: readonly FederatedCredential[]): readonly Change[] {
  return credentials.map((credential) => ({
    kind: 'credential',
    identity: { account: { id: account.id, label: account.label }, tenantId, subscriptionId, resourceGroup, name },
    name: credential.name,
    before: credential,
  }));
}

/** `deleteCredentials` with its journal. The caller ends the change when the outcome was told. */
export async function deleteJournaled({ credentials, store, running, stepOf }: JournaledDelete, options: Omit<DeleteOptions, 'settled'>): Promise<DeleteOutcome> {
  const journaled: DeletingStore = {
    list: (signal) => store.list(signal),
    delete: async (name, signal) => {
      const credential = credentials.find((one) => one.name === name);
      if (credential !== undefined) {
        await running.started(stepOf(credential));
      }
      return store.delete(name, signal);
    },
  };
  return deleteCredentials(credentials, journaled, { ...options, settled: (credential, deletion) => { running.settled(stepOf(credential), stateOf(deletion)); } });
}

function stateOf(deletion: Deletion): StepState {
  switch (deletion.state) {
    case 'deleted':
      return 'done';
    case 'already':
      return 'already';
    case 'failed':
      return stateAfterFailure(deletion.error, deletion.known);
    case 'stopped':
      return 'planned';
  }
}
