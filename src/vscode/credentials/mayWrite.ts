import * as vscode from 'vscode';
import { formatIdentityId } from '../../identity/armId.ts';
import type { AzChange } from '../../identity/azCommands.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { AzureOperation } from '../../identity/permissionCheck.ts';
import { askAdmin, missingOn } from '../rights/accessCheck.ts';
import type { Services } from '../services.ts';

/** False when the right is missing; the user was then told which, and offered the text for whoever has it. */
export async function mayWrite(services: Services, operation: AzureOperation, identity: ManagedIdentity, changes: readonly AzChange[]): Promise<boolean> {
  const scopeId = formatIdentityId(identity);
  const missing = await missingOn(services, operation, identity, scopeId, new AbortController().signal);
  const help = askAdmin(services, missing, identity, scopeId, changes);
  if (help === undefined) {
    return true;
  }
  const copyText = vscode.l10n.t('Copy text for your admin');
  if ((await services.messages.warning(`${help.message} ${help.recipient}`, copyText)) === copyText) {
    await vscode.env.clipboard.writeText(help.text);
  }
  return false;
}
