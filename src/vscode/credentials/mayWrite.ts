import { formatIdentityId } from '../../identity/armId.ts';
import type { AzChange } from '../../identity/azCommands.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { AzureOperation } from '../../identity/permissionCheck.ts';
import { askAdmin, missingOn } from '../rights/accessCheck.ts';
import { offerAdminText } from '../rights/offerAdminText.ts';
import type { Services } from '../services.ts';

/** False when the right is missing; the user was then told which, and offered the text for whoever has it. */
export async function mayWrite(services: Services, operation: AzureOperation, identity: ManagedIdentity, changes: readonly AzChange[]): Promise<boolean> {
  const scopeId = formatIdentityId(identity);
  const missing = await missingOn(services, operation, identity, scopeId, new AbortController().signal);
  const help = askAdmin(services, missing, identity, scopeId, changes);
  if (help === undefined) {
    return true;
  }
  await offerAdminText(services.messages, help);
  return false;
}
