import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { TreeView } from './harness/treeView.ts';
import type { Workbench } from './harness/workbench.ts';
import { openForm } from './story/connectForm.ts';
import { openSignedIn } from './story/signedIn.ts';

const { airflowProd, airflowDev } = sample.identities;
const named = (clientId: string): string => JSON.stringify({ managed_identity_client_id: clientId, workload_identity_tenant_id: sample.tenants.contoso.id });

const settings = `airflow:
  connections:
    - conn_id: lake
      conn_type: wasb
      conn_host: https://stcontosodata.blob.core.windows.net
      conn_extra: '${named(airflowProd.clientId)}'
    - conn_id: spelt
      conn_type: azure
      conn_extra: '{"managed_identity_client_id": "${airflowProd.clientId}", "workload_identity_tenant_id": "${sample.tenants.contoso.id}", "subscription_id": "${sample.subscriptions.production}"}'
    - conn_id: half
      conn_type: azure
      conn_extra: '{"managed_identity_client_id": "${airflowDev.clientId}"}'
`;

describe('the Connections view', () => {
  let workbench: Workbench;
  let connections: TreeView;
  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn();
    connections = workbench.tree('Connections');
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  it('follows the files of the workspace', async () => {
    // The view is folded until somebody wants it; the others are folded to make room.
    for (const view of ['Connections', 'Identities', 'Deployments']) {
      await workbench.tree(view).root.locator('.pane-header').getByText(view, { exact: true }).click();
    }
    await connections.row(/^Connections of Environment Manager/).waitFor();
    await writeFile(path.join(workbench.workspaceDir, 'airflow_settings.yaml'), settings);
    await writeFile(path.join(workbench.workspaceDir, '.env'), `AIRFLOW_CONN_LAKE='{"conn_type": "wasb", "extra": ${named(airflowDev.clientId)}}'\n`);
    await connections.row(/^Connection spelt, azure, id-airflow-prod, trusts \d deployments(, \d)? in part, 1 problem/).waitFor();
  });

  it('shows what is wrong with each, and the Environment Manager beside the files, in all themes', async () => {
    await connections.expand(/^Connection spelt/);
    await connections.row(/^Problem A connection of type azure does not read subscription_id/).waitFor();
    await connections.expand(/^Connections of Environment Manager/);
    await connections.expand(/^Workspace Data Platform/);
    await connections.row(/^Connection azure_default, azure, id-airflow-prod/).waitFor();
    for (const theme of ['light', 'highContrast', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`connections-${theme}`);
    }
  });

  it('mends a connection by the action of its row, and opens it by a click', async () => {
    await connections.pressInline(/^Problem A connection of type azure does not read subscription_id/, 'Fix…');
    await connections.row(/^Connection spelt, azure, id-airflow-prod, trusts \d deployments(, \d)? in part$/).waitFor();
    await connections.row(/^Connection half/).click();
    await workbench.page.getByText(/^conn_id: half|conn_id:\s*half/).first().waitFor();
    await workbench.screenshot('connections-opened');
  });

  it('has a row for what the form wrote to the Environment Manager, once it was asked whether others may get it', async () => {
    const form = await openForm(workbench);
    await form.chooseDeployment(sample.astro.deployments.ordersDev.name);
    await form.chooseIdentity(airflowDev.name);
    const target = `Environment Manager of ${sample.astro.workspaces.dataPlatform.name}, linked to ${sample.astro.deployments.ordersDev.name}`;
    await form.field('Write to').selectOption({ label: target });
    await form.field('Connection ID').fill('azure_orders');
    await form.section('connection').getByText('conn_id: azure_orders').waitFor();
    assert.deepEqual((await form.preview()).filter((line) => /conn_id|linked to/.test(line)), ['+conn_id: azure_orders', `+linked to: ${sample.astro.deployments.ordersDev.name}`]);
    await form.connect();
    assert.match(await workbench.dialog.text(), new RegExp(`Write azure_orders to ${target}\\?.*Everybody who sees workspace`, 's'));
    await workbench.screenshot('environment-question');
    await workbench.dialog.press('Write Connection');
    await form.waitForTitle('Connected');
    await form.section('outcome').getByText(`Added connection azure_orders to ${target}`).waitFor();
    await workbench.screenshot('environment-written');
    await connections.row(/^Connection azure_orders, azure, id-airflow-dev/).waitFor();
  });
});
