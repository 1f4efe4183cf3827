import * as vscode from 'vscode';
import { commandIds } from '../contributedCommands.ts';
import { connectPanelType, detailsPanelType } from '../contributions.ts';
import type { Features } from './featuresBundle.ts';
import { isConnectionFile, isDagFile } from './language/languageFiles.ts';

/**
 * Everything VS Code must know from activation on, each leading to the features, which are loaded when the first of them
 * is used: commands, pages that are restored after a reload, and files that the editor helps with.
 */
export function registerDoors(context: vscode.ExtensionContext, features: () => Features): void {
  const { subscriptions } = context;
  for (const id of commandIds) {
    subscriptions.push(vscode.commands.registerCommand(id, (...args: []) => features().commands.invoke(id, args)));
  }
  subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(connectPanelType, {
      deserializeWebviewPanel: (panel, state: unknown) => features().serializers.form.deserializeWebviewPanel(panel, state),
    }),
    vscode.window.registerWebviewPanelSerializer(detailsPanelType, {
      deserializeWebviewPanel: (panel, state: unknown) => features().serializers.details.deserializeWebviewPanel(panel, state),
    }),
    // What the editor offers is registered by the features themselves; nobody types before the file is open.
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isConnectionFile(document) || isDagFile(document)) {
        features();
      }
    }),
  );
  if (vscode.workspace.textDocuments.some((document) => isConnectionFile(document) || isDagFile(document))) {
    features();
  }
}
