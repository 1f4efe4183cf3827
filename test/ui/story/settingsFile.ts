import assert from 'node:assert/strict';
import { on } from 'node:events';
import { watch } from 'node:fs';
import type { Workbench } from '../harness/workbench.ts';

/** The file of the sample project that the connection goes to. */
export const settingsFile = 'airflow_settings.yaml';

/** Values of a connection as the form fills them in. */
export interface WrittenConnection {
  readonly connectionId: string;
  readonly clientId: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
}

/** The template with its empty first entry filled in and not one other byte changed. */
export function filledTemplate(template: string, { connectionId, clientId, tenantId, subscriptionId }: WrittenConnection): string {
  const extra = `{"managed_identity_client_id":"${clientId}","workload_identity_tenant_id":"${tenantId}","subscriptionId":"${subscriptionId}"}`;
  const filled = template
    .replace('- conn_id:\n', `- conn_id: ${connectionId}\n`)
    .replace('conn_type:\n', 'conn_type: azure\n')
    .replace('conn_extra:\n        example_extra_field: example-value\n', `conn_extra: '${extra}'\n`);
  assert.notEqual(filled, template);
  return filled;
}

/** Waits until the file on disk reads so and its tab is saved: VS Code saves it after the edit. */
export async function waitForFile(workbench: Workbench, expected: string): Promise<void> {
  const watcher = watch(workbench.workspaceDir);
  try {
    const changes = on(watcher, 'change', { signal: AbortSignal.timeout(30_000) });
    while ((await workbench.fileText(settingsFile)) !== expected) {
      await changes.next();
    }
  } catch (error) {
    // What stands instead says more than that time ran out.
    assert.equal(await workbench.fileText(settingsFile), expected, String(error));
  } finally {
    watcher.close();
  }
  await workbench.page.locator('.tab.active:not(.dirty)', { hasText: settingsFile }).waitFor();
}
