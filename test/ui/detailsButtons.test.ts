import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ControlClient } from '../cloud/control/controlClient.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { Workbench } from './harness/workbench.ts';
import { assertWellBehaved, credentialWrites, writesIn } from './story/cloudLog.ts';
import { shownForm } from './story/connectForm.ts';
import { shownDetails } from './story/detailsPage.ts';
import type { DetailsPage } from './story/detailsPage.ts';
import { settingsFile } from './story/settingsFile.ts';
import { openSignedIn } from './story/signedIn.ts';

const { airflowDev, airflowProd } = sample.identities;
const resourceId = `/subscriptions/${sample.subscriptions.production}/resourcegroups/${sample.groups.airflow}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${airflowProd.name}`;
const contributor = 'Storage Blob Data Contributor';

describe('the buttons on the page of an identity', () => {
  let workbench: Workbench;
  let details: DetailsPage;
  let control: ControlClient;

  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn({ viewport: { width: 1500, height: 1300 } });
    control = new ControlClient(workbench.cloud.proxyUrl);
    await workbench.runCommand('Airflow Identity: Show Identity Details…');
    await workbench.quickInput.pick(airflowProd.name);
    details = await shownDetails(workbench);
    await details.waitUntilRead();
  });
  beforeEach(() => control.clearLog());
  after(() => workbench.close());
  pictureOnFailure(() => workbench);
  // VS Code shows three messages at a time; what earlier tests left would hide what this one waits for.
  afterEach(() => workbench.runCommand('Notifications: Clear All Notifications'));

  /** The page again, after something else was in front. */
  async function backToPage(): Promise<void> {
    await workbench.page.locator('.tab', { hasText: airflowProd.name }).click();
    details = await shownDetails(workbench);
    await details.waitUntilRead();
  }

  const quota = (text: string): Promise<void> => details.section('facts').getByText(text).waitFor();

  it('copy each id', async () => {
    for (const [button, value] of Object.entries({
      'Copy client ID': airflowProd.clientId,
      'Copy principal ID': airflowProd.principalId,
      'Copy tenant ID': sample.tenants.contoso.id,
      'Copy resource ID': resourceId,
    })) {
      await details.button(button).click();
      await workbench.page.waitForFunction('(wanted) => navigator.clipboard.readText().then((text) => text.toLowerCase() === wanted)', value.toLowerCase());
    }
  });

  it('open the page of the portal', async () => {
    await workbench.page.context().route('https://portal.azure.com/**', (route) => route.fulfill({ body: '' }));
    const tab = workbench.page.context().waitForEvent('page');
    await details.button('Open in portal').click();
    await workbench.dialog.root.getByText(/portal\.azure\.com/).first().waitFor();
    await workbench.dialog.press('Open');
    const page = await tab;
    await page.waitForURL('https://portal.azure.com/**');
    assert.equal(page.url().toLowerCase(), `https://portal.azure.com/#@${sample.tenants.contoso.id}/resource${resourceId}`.toLowerCase());
    await page.close();
  });

  it('read everything anew: what a colleague did shows', async () => {
    await control.addCredential(airflowProd.clientId, { name: 'by-a-colleague', issuer: sample.issuers.prod, subject: 'system:serviceaccount:a:b' });
    await details.button('Refresh').click();
    await details.row('by-a-colleague').waitFor();
    await quota('8 of 20 used');
  });

  it('change the tags', async () => {
    const { quickInput } = workbench;
    await details.button('Edit tags').click();
    await quickInput.pick('Add tag…');
    await quickInput.root.getByText('Name of the tag').waitFor();
    await quickInput.type('owner');
    await quickInput.accept();
    await quickInput.root.getByText(/Value of owner/).waitFor();
    await quickInput.type('data');
    await quickInput.accept();
    await quickInput.pick('Save 1 change');
    await details.section('facts').getByText('team: data-platform, env: prod, owner: data').waitFor();
  });

  it('edit a credential, whose row then says that it is in order', async () => {
    const { quickInput } = workbench;
    await details.button('Edit ge-2024').click();
    await quickInput.waitForTitle('(1/4)');
    await quickInput.accept();
    await quickInput.waitForTitle('(2/4)');
    await quickInput.accept();
    await quickInput.waitForTitle('(3/4)');
    await quickInput.type('api://AzureADTokenExchange');
    await quickInput.accept();
    await quickInput.waitForTitle('(4/4)');
    await quickInput.pick('Write this change');
    await details.waitForStatus('ge-2024', 'In order');
    assert.deepEqual(credentialWrites(workbench.cloud), ['PUT ge-2024 200']);
  });

  it('duplicate a credential to another identity', async () => {
    await details.button('Duplicate astro-scheduler to another identity').click();
    await workbench.quickInput.pick(airflowDev.name);
    await workbench.dialog.press('Duplicate');
    await workbench.notifications.waitFor(`Credential astro-scheduler is on ${airflowDev.name} too.`);
    assert.deepEqual((await control.identity(airflowDev.clientId)).credentials.map(({ name }) => name), ['astro-scheduler']);
    await quota('8 of 20 used');
  });

  it('compare with what a deployment needs', async () => {
    const { quickInput } = workbench;
    await details.button('Compare with what customer-360-prod needs').click();
    await quickInput.waitForTitle('id-airflow-prod and customer-360-prod');
    assert.match((await quickInput.rows()).join('\n'), /Worker.*something else stands there/);
    await quickInput.dismiss();
  });

  it('move credentials to another identity, and delete several', async () => {
    const { quickInput, dialog } = workbench;
    await details.button('Move to another identity…').click();
    await quickInput.toggle('by-a-colleague');
    await quickInput.pressOk();
    await quickInput.pick(airflowDev.name);
    await dialog.press('Move');
    await details.row('by-a-colleague').waitFor({ state: 'detached' });
    await quota('7 of 20 used');
    await details.button('Delete several…').click();
    await quickInput.toggle('newtonian-apparatus-7941-scheduler');
    await quickInput.toggle('newtonian-apparatus-7941-worker');
    await quickInput.pressOk();
    assert.match(await dialog.text(), /Delete 2 credentials of id-airflow-prod\?/);
    await dialog.press('Delete');
    await details.row('newtonian-apparatus-7941-worker').waitFor({ state: 'detached' });
    await quota('5 of 20 used');
    assertWellBehaved(workbench.cloud);
  });

  it('give access, and take it away', async () => {
    const { quickInput, dialog } = workbench;
    await details.button('Give access…').click();
    await quickInput.waitForTitle('Give id-airflow-prod access: where');
    await quickInput.pick('Storage account or container…');
    await quickInput.pick(sample.resources.lake.name);
    await quickInput.pick('raw');
    await quickInput.type(contributor);
    await quickInput.pick(contributor);
    await quickInput.pick('Give access');
    const removal = details.button(`Remove ${contributor} on raw`);
    await removal.waitFor();
    await workbench.screenshot('details-roles');
    await removal.click();
    assert.match(await dialog.text(), /Remove the role Storage Blob Data Contributor from id-airflow-prod\?.*container raw in stcontosolake/);
    await dialog.press('Remove Access');
    await removal.waitFor({ state: 'detached' });
    assert.deepEqual(writesIn(workbench.cloud).map(({ method, status }) => `${method} ${String(status)}`), ['PUT 201', 'DELETE 200']);
  });

  it('go to a connection of the project', async () => {
    const extra = `{"managed_identity_client_id":"${airflowProd.clientId}","workload_identity_tenant_id":"${sample.tenants.contoso.id}"}`;
    await writeFile(path.join(workbench.workspaceDir, settingsFile), `airflow:\n  connections:\n    - conn_id: other\n      conn_type: http\n    - conn_id: azure_wi\n      conn_type: azure\n      conn_extra: '${extra}'\n`);
    await details.waitForStatus('azure_wi', 'In order');
    await details.row('azure_wi').getByRole('button').click();
    await workbench.editor.waitForTab(settingsFile);
    await workbench.page.locator('.statusbar-item', { hasText: /^\s*Ln 5, Col/ }).waitFor();
    await backToPage();
  });

  it('open the form with the identity chosen', async () => {
    await details.button('Connect deployment…').click();
    const form = await shownForm(workbench);
    await form.section('identity').locator('dd strong').getByText(airflowProd.name, { exact: true }).waitFor();
    await backToPage();
  });

  it('lead to the log where a part cannot be read, and to a sign-in where the session is over', async () => {
    await control.addFault({ path: '/roleAssignments', effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } } });
    await details.button('Refresh').click();
    await details.section('roles').getByRole('button', { name: 'Show log' }).click();
    await workbench.page.locator('.part.panel .view-line', { hasText: /details:.roles.failed/ }).first().waitFor();
    await control.clearFaults();
    await control.revokeSession(sample.accounts.dana.label, { tokens: true });
    await details.button('Refresh').click();
    await details.section('facts').getByRole('button', { name: 'Sign in again' }).click();
    await workbench.dialog.allowSignIn();
    await details.section('facts').getByRole('button', { name: 'Sign in again' }).waitFor({ state: 'detached' });
    await details.waitForStatus('astro-scheduler', 'In order');
  });
});

describe('the page of an identity, where no token of Astro is known', () => {
  let workbench: Workbench;

  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn({ env: { ASTRO_API_TOKEN: '' } });
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  it('asks for it, and then compares the credentials with the deployments', async () => {
    await workbench.runCommand('Airflow Identity: Show Identity Details…');
    await workbench.quickInput.pick(airflowProd.name);
    const details = await shownDetails(workbench);
    await details.section('credentials').getByText(/Your deployments on Astro are not known/).waitFor();
    await details.waitForStatus('astro-scheduler', 'Not known');
    await details.button('Set Astro API token…').click();
    await workbench.quickInput.waitForTitle('Set Astro API token');
    await workbench.quickInput.type(sample.astro.tokens.organization);
    await workbench.quickInput.accept();
    await details.waitForStatus('astro-scheduler', 'In order');
    assert.equal(await details.section('credentials').getByText(/Your deployments on Astro are not known/).count(), 0);
  });
});
