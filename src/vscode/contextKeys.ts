import * as vscode from 'vscode';
import type { ContextKey, ContextKeys } from '../contributions.ts';

/** Sets a context key that `when` clauses in package.json read. */
export async function setContextKey<Key extends ContextKey>(key: Key, value: ContextKeys[Key]): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}
