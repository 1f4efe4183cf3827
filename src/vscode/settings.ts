import * as vscode from 'vscode';
import type { Settings } from '../contributions.ts';
import { settingDefaults } from '../contributions.ts';

/** Reads a setting of this extension. */
export function readSetting<Key extends keyof Settings>(key: Key): Settings[Key] {
  return vscode.workspace.getConfiguration().get<Settings[Key]>(key, settingDefaults[key]);
}
