import * as vscode from 'vscode';
import type { AdminText } from '../../identity/adminText.ts';
import { copyText } from '../copyText.ts';
import type { Messages } from '../messages.ts';

/** Says which right is missing and who has it, with a text to send to them. */
export async function offerAdminText(messages: Pick<Messages, 'warning'>, { message, recipient, text }: AdminText): Promise<void> {
  const copy = vscode.l10n.t('Copy text for your admin');
  if ((await messages.warning(`${message} ${recipient}`, copy)) === copy) {
    await copyText(text);
  }
}
