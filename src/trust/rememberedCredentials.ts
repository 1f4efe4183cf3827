import { formatIdentityId, sameArmId } from '../identity/armId.ts';
import type { FederatedCredential } from '../identity/federatedCredential.ts';
import type { IdentityRef } from '../identity/managedIdentity.ts';
import type { JournalAzure } from './journalPlaces.ts';

/**
 * Azure, with the credentials of each identity read once and then kept up with what is written here: the service allows one
 * list of an identity in four seconds (Entra docs, "request throttling"). After a write that failed they are read again.
 */
export function rememberingCredentials(azure: JournalAzure): JournalAzure {
  const known = new Map<string, readonly FederatedCredential[]>();
  const keyOf = (ref: IdentityRef): string => formatIdentityId(ref).toLowerCase();
  const written = async <T>(ref: IdentityRef, name: string, write: () => Promise<T>, after: (value: T) => readonly FederatedCredential[]): Promise<T> => {
    const before = known.get(keyOf(ref));
    known.delete(keyOf(ref));
    const value = await write();
    if (before !== undefined) {
      known.set(keyOf(ref), [...before.filter((held) => !sameArmId(held.name, name)), ...after(value)]);
    }
    return value;
  };
  return {
    identity: (ref, signal) => azure.identity(ref, signal),
    createIdentity: (write, signal) => azure.createIdentity(write, signal),
    resourceGroups: (subscription, signal) => azure.resourceGroups(subscription, signal),
    createResourceGroup: (subscription, group, signal) => azure.createResourceGroup(subscription, group, signal),
    deleteIdentity: (ref, signal) => azure.deleteIdentity(ref, signal),
    roleAssignments: (place, principalId, signal) => azure.roleAssignments(place, principalId, signal),
    assignRole: (write, signal) => azure.assignRole(write, signal),
    removeRoleAssignment: (place, id, signal) => azure.removeRoleAssignment(place, id, signal),
    credentials: async (ref, signal) => {
      const credentials = known.get(keyOf(ref)) ?? (await azure.credentials(ref, signal));
      known.set(keyOf(ref), credentials);
      return credentials;
    },
    writeCredential: (ref, credential, signal) => written(ref, credential.name, () => azure.writeCredential(ref, credential, signal), (value) => [value]),
    deleteCredential: (ref, name, signal) => written(ref, name, () => azure.deleteCredential(ref, name, signal), () => []),
  };
}
