import * as vscode from 'vscode';

/**
 * Ends once VS Code's window has drawn what questions were given until now, and what it said about them has arrived: the extension host
 * sends what was set on a question a turn later (`ExtHostQuickInput.update`, src/vs/workbench/api/common/extHostQuickOpen.ts in
 * microsoft/vscode), and answers come in the order of what was asked.
 */
export async function windowDrew(): Promise<void> {
  await new Promise((resolve) => { setTimeout(resolve, 0); });
  await vscode.commands.executeCommand('noop');
}
