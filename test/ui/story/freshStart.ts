import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ControlClient } from '../../cloud/control/controlClient.ts';
import type { Workbench } from '../harness/workbench.ts';
import { openForm } from './connectForm.ts';
import type { ConnectForm } from './connectForm.ts';
import { settingsFile } from './settingsFile.ts';

/** One VS Code serves several tests: everything that a test changes is put back. What a test adds to the workspace is listed in `added`. */
export async function startAfresh(workbench: Workbench, template: string, added: readonly string[] = []): Promise<void> {
  await new ControlClient(workbench.cloud.proxyUrl).reset();
  await workbench.runCommand('View: Close All Editors');
  await workbench.page.locator('.editor-group-container .tab').first().waitFor({ state: 'detached' });
  await workbench.runCommand('Notifications: Clear All Notifications');
  await writeFile(path.join(workbench.workspaceDir, settingsFile), template);
  for (const relative of added) {
    await rm(path.join(workbench.workspaceDir, relative), { recursive: true, force: true });
  }
}

/** The form with both sides chosen. */
export async function openPlan(workbench: Workbench, deployment: string, identity: string): Promise<ConnectForm> {
  const form = await openForm(workbench);
  await form.chooseDeployment(deployment);
  await form.chooseIdentity(identity);
  await form.section('deployment').locator('[data-status="writing"]').waitFor({ state: 'detached' });
  return form;
}
