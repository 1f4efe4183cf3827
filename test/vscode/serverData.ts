import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { outDir } from '../tasks/projectDir.ts';

/** Built-in extensions that talk to the network or to a service of their own; nothing here needs them. */
const leftOut = new Set(['copilot', 'github', 'github-authentication', 'ms-vscode.js-debug', 'ms-vscode.js-debug-companion', 'ms-vscode.vscode-js-profile-table', 'tunnel-forwarding']);

/** The sign-in of the test VS Code (test/vscode/microsoftAuthentication, built by esbuild.mjs), in the place of the built-in one. */
const signInFolder = 'microsoft-authentication';

/** Settings that keep VS Code to itself: no chat, telemetry, update checks, welcome pages or prompts. */
const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'npm.fetchOnlinePackageInfo': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Settings of the machine that the server with this data folder runs on. They win over the user's, and VS Code follows changes of this
 * file on disk; of the user's settings it does so only when it made them itself.
 */
export function machineSettingsFile(dataDir: string): string {
  return path.join(dataDir, 'data', 'Machine', 'settings.json');
}

/** Folder of the log files of the server with this data folder and of every window of it. */
export function logsDir(dataDir: string): string {
  return path.join(dataDir, 'data', 'logs');
}

/** Writes the user settings: the quiet ones and `settings`, which win. */
export async function writeUserSettings(dataDir: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const file = path.join(dataDir, 'data', 'User', 'settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
}

/**
 * Lays out the built-in extensions of one run as links in `dataDir` and gives that folder: those of the installation, which stays as it
 * is for other clones and runs, with the sign-in replaced, and with the extension in `extensionDir` if one is given.
 */
export async function prepareServerData(dataDir: string, vscode: string, extensionDir: string | undefined): Promise<string> {
  const source = path.join(vscode, 'extensions');
  const target = path.join(dataDir, 'built-in');
  await mkdir(target);
  for (const name of await readdir(source)) {
    if (!leftOut.has(name) && name !== signInFolder) {
      await symlink(path.join(source, name), path.join(target, name));
    }
  }
  await symlink(path.join(outDir, 'microsoftAuthentication'), path.join(target, signInFolder));
  if (extensionDir !== undefined) {
    await symlink(extensionDir, path.join(target, 'airflow-azure-identity'));
  }
  return target;
}
