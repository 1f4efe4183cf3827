import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ControlClient } from '../cloud/control/controlClient.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { Workbench } from './harness/workbench.ts';
import { shownForm } from './story/connectForm.ts';
import { shownDetails } from './story/detailsPage.ts';
import type { DetailsPage } from './story/detailsPage.ts';
import { settingsFile, waitForFile } from './story/settingsFile.ts';
import { openSignedIn } from './story/signedIn.ts';

const { airflowProd } = sample.identities;
const { namespace } = sample.astro.deployments.customer360;

describe('the page of an identity, in VS Code', () => {
  let workbench: Workbench;
  let details: DetailsPage;

  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn();
    const identities = workbench.tree('Identities');
    await identities.expand(/^Tenant Contoso/);
    await identities.expand(/^Subscription Data Platform Production/);
    // Rows that are still being read are drawn anew, and a press may meet one that is gone.
    await identities.row(/^Identity id-airflow-prod, 7 of 20 used/).waitFor();
    await identities.row(/^Identity id-reporting, 19 of 20 used/).waitFor();
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);
  afterEach(() => new ControlClient(workbench.cloud.proxyUrl).clearFaults());

  async function openFromRow(): Promise<DetailsPage> {
    await workbench.tree('Identities').pressInline(/^Identity id-airflow-prod/, 'Show Identity Details…');
    return shownDetails(workbench);
  }

  it('opens from the row, shows what the cloud holds, and opens once', async () => {
    details = await openFromRow();
    await details.waitUntilRead();
    await details.section('facts').getByText(airflowProd.clientId).waitFor();
    await details.section('facts').getByText('7 of 20 used').waitFor();
    await details.waitForStatus('astro-scheduler', 'In order');
    await details.waitForStatus(`${namespace}-worker`, 'Other issuer');
    await details.waitForStatus('ge-2024', 'Other audience');
    await details.waitForStatus('stellar-orbit-3310-worker', 'Unused?');
    await details.section('roles').getByRole('rowheader', { name: 'Reader', exact: true }).first().waitFor();
    await details.section('connections').getByText(/^No connection in the files of this workspace/).waitFor();
    await workbench.screenshot('details');
    await openFromRow();
    assert.equal(await workbench.page.locator('.tab', { hasText: 'id-airflow-prod' }).count(), 1);
  });

  it('follows the files of the workspace', async () => {
    await writeFile(
      path.join(workbench.workspaceDir, settingsFile),
      `airflow:\n  connections:\n    - conn_id: azure_wi\n      conn_type: azure\n      conn_extra: '{"managed_identity_client_id":"${airflowProd.clientId}"}'\n`,
    );
    await details.waitForStatus('azure_wi', 'Tenant missing');
  });

  it('gives a connection its missing tenant in one click, as one step that can be undone', async () => {
    const lacking = await workbench.fileText(settingsFile);
    await details.button('Fix azure_wi').click();
    await details.waitForStatus('azure_wi', 'In order');
    await waitForFile(workbench, lacking.replace('"}\'', `","workload_identity_tenant_id":"${sample.tenants.contoso.id}"}'`));
    await workbench.page.keyboard.press('ControlOrMeta+Z');
    await details.waitForStatus('azure_wi', 'Tenant missing');
    await workbench.runCommand('View: Revert and Close Editor');
  });

  it('says in its place why a part cannot be read, and reads it again', async () => {
    const control = new ControlClient(workbench.cloud.proxyUrl);
    await control.addFault({ path: '/roleAssignments', effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } } });
    await details.button('Refresh').click();
    await details.section('roles').getByText(/What stands here was read before\./).waitFor();
    await details.waitForStatus('astro-scheduler', 'In order');
    await control.clearFaults();
    await details.button('Retry reading the roles').click();
    await details.section('roles').getByText(/What stands here was read before\./).waitFor({ state: 'detached' });
  });

  it('repairs the trust of a deployment with both sides chosen', async () => {
    await details.button('Repair trust of customer-360-prod').click();
    const form = await shownForm(workbench);
    await form.section('deployment').locator('dd strong').getByText('customer-360-prod', { exact: true }).waitFor();
    await form.section('identity').locator('dd strong').getByText('id-airflow-prod', { exact: true }).waitFor();
    await workbench.page.locator('.tab', { hasText: 'id-airflow-prod' }).click();
    details = await shownDetails(workbench);
    await details.waitForStatus('astro-scheduler', 'In order');
  });

  it('deletes a credential and shows what is left', async () => {
    await details.button('Delete stellar-orbit-3310-worker').click();
    await workbench.dialog.press('Delete');
    await details.row('stellar-orbit-3310-worker').waitFor({ state: 'detached' });
    await details.section('facts').getByText('6 of 20 used').waitFor();
  });

  it('is there again after a reload of the window', async () => {
    const reloaded = workbench.page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await reloaded;
    details = await shownDetails(workbench);
    await details.waitForStatus('astro-scheduler', 'In order');
    await details.section('facts').getByText('Data Platform Production').waitFor();
    await workbench.screenshot('details-reloaded');
  });
});
