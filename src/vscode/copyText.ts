import * as vscode from 'vscode';

/** How long the status bar says so, in ms. */
const shownMs = 3_000;

/** Puts a text on the clipboard, and says so in the status bar. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied'), shownMs);
}
