import * as vscode from 'vscode';
import type { AzChange } from '../../identity/azCommands.ts';
import type { TenantRef } from '../../identity/managedIdentity.ts';
import type { NeededRights } from '../../identity/permissionCheck.ts';
import { askAdmin } from '../rights/accessCheck.ts';
import type { Services } from '../services.ts';

/** False when a right is missing on a scope; the user was then told which, and offered the text for whoever has it. */
export async function mayChange(
  { messages }: Pick<Services, 'messages'>,
  missing: NeededRights | undefined,
  place: TenantRef,
  scopeId: string,
  changes: readonly AzChange[],
): Promise<boolean> {
  const help = askAdmin(missing, place, scopeId, changes);
  if (help === undefined) {
    return true;
  }
  const copyText = vscode.l10n.t('Copy text for your admin');
  if ((await messages.warning(`${help.message} ${help.recipient}`, copyText)) === copyText) {
    await vscode.env.clipboard.writeText(help.text);
  }
  return false;
}
