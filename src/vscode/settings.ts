import * as vscode from 'vscode';
import type { Settings } from '../contributions.ts';
import { settingDefaults } from '../contributions.ts';

/** Reads a setting of this extension, as it holds for a file where one is given. */
export function readSetting<Key extends keyof Settings>(key: Key, scope?: vscode.Uri): Settings[Key] {
  return vscode.workspace.getConfiguration(undefined, scope).get<Settings[Key]>(key, settingDefaults[key]);
}
