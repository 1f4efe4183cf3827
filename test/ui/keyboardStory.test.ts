import assert from 'node:assert/strict';
import { ControlClient } from '../cloud/control/controlClient.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import { openWorkbench } from './harness/workbench.ts';
import type { Workbench } from './harness/workbench.ts';
import { assertNoTokenShown, assertWellBehaved, credentialWrites, writesIn } from './story/cloudLog.ts';
import { Keyboard } from './story/keyboard.ts';
import { shownForm } from './story/connectForm.ts';
import { shownDetails } from './story/detailsPage.ts';
import { filledTemplate, settingsFile, waitForFile } from './story/settingsFile.ts';
import { astroEnvironment } from './story/signedIn.ts';

const { airflowProd } = sample.identities;
const { namespace } = sample.astro.deployments.customer360;

describe('the story by keyboard alone', () => {
  let workbench: Workbench;
  let keyboard: Keyboard;
  let template: string;
  let expected: string;

  before(async function start() {
    this.timeout(120_000);
    workbench = await openWorkbench({ env: astroEnvironment });
    keyboard = new Keyboard(workbench);
    template = await workbench.fileText(settingsFile);
    expected = filledTemplate(template, {
      connectionId: 'azure_wi',
      clientId: airflowProd.clientId,
      tenantId: sample.tenants.contoso.id,
      subscriptionId: sample.subscriptions.production,
    });
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  it('signs in', async () => {
    await keyboard.runCommand('Airflow Identity: Sign In to Azure');
    await workbench.dialog.root.filter({ hasText: 'wants to sign in using Microsoft' }).waitFor();
    await keyboard.press('Enter');
    await keyboard.pick('pick an account', sample.accounts.dana.label);
  });

  it('connects step by step, with one step back, and writes what the form writes', async () => {
    await keyboard.runCommand('Airflow Identity: Connect by Keyboard, Step by Step…');
    await keyboard.pick('deployment (1/5)', 'customer-360-prod');
    await keyboard.pick('(2/5)', 'id-airflow-dev');
    await workbench.quickInput.waitForTitle('workloads (3/5)');
    await keyboard.goBack();
    await keyboard.pick('(2/5)', 'id-airflow-prod');
    await workbench.quickInput.waitForTitle('workloads (3/5)');
    await keyboard.press('Enter');
    await keyboard.pick('connection (4/5)', 'etl-pipelines/airflow_settings.yaml');
    await keyboard.pick('type of connection (4/5)', 'Azure');
    await workbench.quickInput.waitForTitle('Connection ID (4/5)');
    await keyboard.press('Enter');
    await workbench.quickInput.waitForTitle('Creates 3 federated credentials, adds 1 connection. (5/5)');
    assert.deepEqual(writesIn(workbench.cloud), []);
    assert.equal(await workbench.fileText(settingsFile), template);
    await keyboard.pick('(5/5)', 'Connect deployment');
    await keyboard.pick('Connected', 'Open connection');

    await waitForFile(workbench, expected);
    assert.equal(await workbench.editor.cursorLine(), 10);
    assert.deepEqual(credentialWrites(workbench.cloud), ['dag-processor', 'triggerer', 'kpo'].map((name) => `PUT ${namespace}-${name} 201`));
    assertWellBehaved(workbench.cloud);
    await assertNoTokenShown(workbench);
  });

  it('offers the edit of requirements.txt before the last step, and stops warning once it is made', async () => {
    const requirements = 'requirements.txt';
    await new ControlClient(workbench.cloud.proxyUrl).reset();
    assert.match(await workbench.fileText(requirements), /^apache-airflow-providers-microsoft-azure==8\.1\.0$/m);
    await keyboard.runCommand('Airflow Identity: Connect by Keyboard, Step by Step…');
    await keyboard.pick('deployment (1/5)', 'customer-360-prod');
    await keyboard.pick('(2/5)', 'id-airflow-prod');
    await workbench.quickInput.waitForTitle('workloads (3/5)');
    await keyboard.press('Enter');
    await keyboard.pick('connection (4/5)', 'etl-pipelines/airflow_settings.yaml');
    await keyboard.pick('type of connection (4/5)', 'Azure');
    await workbench.quickInput.waitForTitle('Connection ID (4/5)');
    await keyboard.press('Enter');
    await keyboard.pick('(5/5)', 'Edit requirements.txt');
    await workbench.quickInput.row('Edit requirements.txt').waitFor({ state: 'detached' });
    await workbench.quickInput.row('Connect deployment').waitFor();
    assert.match(await workbench.fileText(requirements), /^apache-airflow-providers-microsoft-azure.?=8\.2\.0$/m);
    await workbench.quickInput.dismiss();
    assert.deepEqual(writesIn(workbench.cloud), []);
  });

  it('drives the form with Tab, Space and Enter', async () => {
    await new ControlClient(workbench.cloud.proxyUrl).reset();
    await keyboard.runCommand('Airflow Identity: Connect Deployment to Azure…');
    const form = await shownForm(workbench);
    await keyboard.tabTo(form, 'Choose deployment…');
    await keyboard.press('Enter');
    await keyboard.pick('deployment', 'customer-360-prod');
    await form.section('deployment').getByText('weightless-diameter-8927', { exact: true }).waitFor();
    await keyboard.tabTo(form, 'Choose identity…');
    await keyboard.press('Enter');
    await keyboard.pick('identity', 'id-airflow-prod');
    await form.waitForHeadline('Creates 3 federated credentials.');
    await keyboard.tabTo(form, 'Worker');
    await keyboard.press('Space');
    await form.waitForHeadline('Creates 3 federated credentials, replaces 1 federated credential.');
    await keyboard.tabTo(form, 'Connect deployment');
    await keyboard.press('Enter');
    await form.waitForTitle('Connected');
    assert.deepEqual(credentialWrites(workbench.cloud), [
      `PUT ${namespace}-dag-processor 201`,
      `PUT ${namespace}-triggerer 201`,
      `PUT ${namespace}-worker 200`,
      `PUT ${namespace}-kpo 201`,
    ]);
    assertWellBehaved(workbench.cloud);
    assert.equal(await workbench.fileText(settingsFile), expected);
  });

  it('makes an identity, with Enter alone where the usual answer is meant', async () => {
    await new ControlClient(workbench.cloud.proxyUrl).reset();
    await keyboard.runCommand('Airflow Identity: Create Identity…');
    await keyboard.pick('Create identity (1/6)', 'Data Platform Development');
    await keyboard.acceptMarked('(2/6)', 'New resource group…');
    await workbench.quickInput.root.getByText('Name of the new resource group').waitFor();
    await keyboard.answer('(2/6)', 'rg-keyboard');
    await keyboard.answer('(3/6)', 'id-keyboard');
    await keyboard.acceptMarked('(4/6)', 'East US');
    await keyboard.acceptMarked('(5/6)', 'Go on without tags');
    await keyboard.acceptMarked('Create id-keyboard (6/6)', 'Create');
    await workbench.notifications.waitFor(/id-keyboard was created/);
    assert.deepEqual(writesIn(workbench.cloud).map(({ method, path, status }) => `${method} ${/[^/?]+(?=\?)/.exec(path)?.[0] ?? ''} ${String(status)}`), ['PUT rg-keyboard 201', 'PUT id-keyboard 201']);
    assertWellBehaved(workbench.cloud);
  });

  it('opens the page of an identity, goes through it with Tab, and gives access from there', async () => {
    await new ControlClient(workbench.cloud.proxyUrl).reset();
    await keyboard.runCommand('Airflow Identity: Show Identity Details…');
    await keyboard.pick('Show identity details', 'id-airflow-prod');
    const details = await shownDetails(workbench);
    const removal = 'Remove Storage Blob Data Contributor on raw';
    await details.waitUntilRead();
    await keyboard.tabTo(details, 'Copy client ID');
    await keyboard.press('Enter');
    await keyboard.tabTo(details, 'Give access…');
    assert.equal(await workbench.page.evaluate<string>('navigator.clipboard.readText()'), airflowProd.clientId);
    await keyboard.press('Enter');
    await keyboard.pick('where', 'Storage account or container…');
    // The question before has the same title: what is typed too early would go there.
    await workbench.quickInput.row(sample.resources.lake.name).waitFor();
    await keyboard.pick('where', sample.resources.lake.name);
    await keyboard.acceptMarked('where', 'raw');
    await keyboard.acceptMarked('role', 'Storage Blob Data Contributor');
    await keyboard.acceptMarked('Give id-airflow-prod the role Storage Blob Data Contributor', 'Give access');
    await workbench.notifications.waitFor(/id-airflow-prod now has the role Storage Blob Data Contributor on container raw/);
    await details.button(removal).waitFor();
    // The focus is where the user left it.
    await keyboard.tabTo(details, removal);
    await keyboard.press('Enter');
    assert.match(await workbench.dialog.text(), /Storage Blob Data Contributor/);
    await keyboard.press('Enter');
    await details.button(removal).waitFor({ state: 'detached' });
    assert.deepEqual(writesIn(workbench.cloud).map(({ method, status }) => `${method} ${String(status)}`), ['PUT 201', 'DELETE 200']);
    assertWellBehaved(workbench.cloud);
    await assertNoTokenShown(workbench);
  });

  it('offers the deployments it knows while Astro does not answer', async () => {
    const control = new ControlClient(workbench.cloud.proxyUrl);
    await control.addFault({ host: 'api.astronomer.io', effect: { kind: 'silence' } });
    await keyboard.runCommand('Airflow Identity: Connect by Keyboard, Step by Step…');
    await keyboard.pick('deployment (1/5)', 'customer-360-prod');
    await workbench.quickInput.waitForTitle('(2/5)');
    await workbench.quickInput.dismiss();
    await control.clearFaults();
  });
});
