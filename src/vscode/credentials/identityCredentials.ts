import type { IdentityRef } from '../../identity/managedIdentity.ts';
import type { CredentialStore } from '../../trust/apply.ts';
import type { DeletingStore } from '../../trust/deleteCredentials.ts';
import type { Services } from '../services.ts';

/** The credentials of one identity in Azure. What only lacks a sign-in waits for it and then goes on by itself. */
export function identityCredentials({ azure, commands }: Pick<Services, 'azure' | 'commands'>, ref: IdentityRef): CredentialStore & DeletingStore {
  return {
    list: (signal) => commands.resuming('credentials: list', () => azure().credentials(ref, signal)),
    write: (credential, signal) => commands.resuming('credentials: write', () => azure().writeCredential(ref, credential, signal)),
    delete: (name, signal) => commands.resuming('credentials: delete', () => azure().deleteCredential(ref, name, signal)),
  };
}
