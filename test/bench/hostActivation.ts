// Runs inside VS Code's extension host (bundled by hostProgram.ts).
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import { resultFileVariable } from './resultFile.ts';

/** What VS Code calls (`extensionTestsPath`): activates the extension, and writes down how long that took. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<ExtensionApi>('airflow-azure-identity.airflow-azure-identity');
  if (extension === undefined) {
    throw new Error('The extension is not installed.');
  }
  const { activationMs } = await extension.activate();
  await writeFile(process.env[resultFileVariable] ?? '', String(activationMs));
}
