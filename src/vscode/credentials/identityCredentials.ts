import type { AzurePort } from '../../identity/azurePort.ts';
import type { IdentityAdminPort } from '../../identity/identityAdminPort.ts';
import type { IdentityRef } from '../../identity/managedIdentity.ts';
import type { CredentialStore } from '../../trust/apply.ts';
import type { DeletingStore } from '../../trust/deleteCredentials.ts';
import type { Actions } from '../actions.ts';

/** What reading and writing credentials needs of the services. */
interface CredentialServices {
  readonly azure: () => Pick<AzurePort, 'credentials' | 'writeCredential'> & Pick<IdentityAdminPort, 'deleteCredential'>;
  readonly commands: Pick<Actions, 'resuming'>;
}

/** The credentials of one identity in Azure. What only lacks a sign-in waits for it and then goes on by itself. */
export function identityCredentials({ azure, commands }: CredentialServices, ref: IdentityRef): CredentialStore & DeletingStore {
  return {
    list: (signal) => commands.resuming('credentials: list', () => azure().credentials(ref, signal)),
    write: (credential, signal) => commands.resuming('credentials: write', () => azure().writeCredential(ref, credential, signal)),
    delete: (name, signal) => commands.resuming('credentials: delete', () => azure().deleteCredential(ref, name, signal)),
  };
}
