import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sample } from '../../cloud/sampleWorld.ts';
import type { Workbench } from '../harness/workbench.ts';
import type { Camera } from './camera.ts';

const { airflowProd, airflowDev } = sample.identities;

/** One connection that is in order, one with half an identity, one that names a principal ID. */
const text = JSON.stringify({
  lake: { conn_type: 'wasb', host: 'https://contosolake.blob.core.windows.net', extra: { managed_identity_client_id: airflowProd.clientId, workload_identity_tenant_id: sample.tenants.contoso.id } },
  factory: { conn_type: 'azure_data_factory', extra: { managed_identity_client_id: airflowDev.clientId, subscription_id: sample.subscriptions.production } },
  vault: { conn_type: 'azure', extra: { managed_identity_client_id: airflowProd.principalId, workload_identity_tenant_id: sample.tenants.contoso.id } },
}, null, 2);

/** Findings, lines above connections, what is said of a client id, and what mends a finding. */
export async function pictureEditor(workbench: Workbench, camera: Camera): Promise<void> {
  const { page } = workbench;
  const file = path.join(workbench.workspaceDir, 'connections.json');
  await writeFile(file, `${text}\n`);
  try {
    await workbench.editor.open('connections.json');
    const editor = page.locator('.editor-instance');
    await editor.getByText(airflowProd.name, { exact: false }).first().waitFor();
    await editor.locator('.squiggly-error').first().waitFor();
    await camera.inEveryTheme('editor');
    await editor.locator('.view-line').getByText(airflowProd.clientId).first().hover();
    await page.locator('.monaco-hover', { hasText: 'Resource group' }).first().waitFor();
    await camera.look('editor-hover');
    await page.keyboard.press('Escape');
    await editor.locator('.view-line').getByText(airflowProd.principalId).first().click();
    await page.keyboard.press('ControlOrMeta+.');
    await page.getByText(`Write the client ID of ${airflowProd.name}`).first().waitFor();
    await camera.look('editor-fixes');
    await page.keyboard.press('Escape');
  } finally {
    await workbench.runCommand('View: Close All Editors');
    await rm(file);
  }
}
