import type { AzurePort } from '../../identity/azurePort.ts';
import type { IdentityRef } from '../../identity/managedIdentity.ts';
import type { CredentialStore } from '../../trust/apply.ts';
import type { Actions } from '../actions.ts';

/** The credentials of one identity. What only lacks a sign-in waits for it and then goes on by itself. */
export function credentialStore(azure: Pick<AzurePort, 'credentials' | 'writeCredential'>, actions: Pick<Actions, 'resuming'>, ref: IdentityRef): CredentialStore {
  return {
    list: (signal) => actions.resuming('connect: list credentials', () => azure.credentials(ref, signal)),
    write: (credential, signal) => actions.resuming('connect: write credential', () => azure.writeCredential(ref, credential, signal)),
  };
}
