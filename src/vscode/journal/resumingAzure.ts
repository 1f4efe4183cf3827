import type { JournalAzure } from '../../trust/journalPlaces.ts';
import type { Actions } from '../actions.ts';

/** Azure for a change that goes on: what only lacks a sign-in waits for it. */
export function resumingAzure(azure: JournalAzure, actions: Pick<Actions, 'resuming'>): JournalAzure {
  const resuming = <T>(action: () => Promise<T>): Promise<T> => actions.resuming('unfinished changes', action);
  return {
    identity: (ref, signal) => resuming(() => azure.identity(ref, signal)),
    credentials: (ref, signal) => resuming(() => azure.credentials(ref, signal)),
    writeCredential: (ref, credential, signal) => resuming(() => azure.writeCredential(ref, credential, signal)),
    deleteCredential: (ref, name, signal) => resuming(() => azure.deleteCredential(ref, name, signal)),
    createIdentity: (write, signal) => resuming(() => azure.createIdentity(write, signal)),
    resourceGroups: (subscription, signal) => resuming(() => azure.resourceGroups(subscription, signal)),
    createResourceGroup: (subscription, group, signal) => resuming(() => azure.createResourceGroup(subscription, group, signal)),
    deleteIdentity: (ref, signal) => resuming(() => azure.deleteIdentity(ref, signal)),
    roleAssignments: (place, principalId, signal) => resuming(() => azure.roleAssignments(place, principalId, signal)),
    assignRole: (write, signal) => resuming(() => azure.assignRole(write, signal)),
    removeRoleAssignment: (place, id, signal) => resuming(() => azure.removeRoleAssignment(place, id, signal)),
  };
}
