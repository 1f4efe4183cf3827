import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ControlClient } from '../cloud/control/controlClient.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { Workbench } from './harness/workbench.ts';
import { assertNoTokenShown, assertWellBehaved, writesIn } from './story/cloudLog.ts';
import { openForm } from './story/connectForm.ts';
import { openPlan, startAfresh } from './story/freshStart.ts';
import { filledTemplate, settingsFile, waitForFile } from './story/settingsFile.ts';
import { openSignedIn } from './story/signedIn.ts';

const { identities, issuers } = sample;
const { customer360, hostileName, withoutIssuer } = sample.astro.deployments;
const astroConfig = '.astro/config.yaml';
const second = 'second-project';
/** What every PNG begins with, and the first bytes of its header. */
const pngStart = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d]);

describe('what the plan says about bad input, before anything is written', () => {
  let workbench: Workbench;
  let template: string;
  let config: string;

  const file = (relative: string): string => path.join(workbench.workspaceDir, relative);
  const write = async (relative: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(path.dirname(file(relative)), { recursive: true });
    await writeFile(file(relative), content);
  };
  const assertNothingWritten = async (): Promise<void> => {
    assert.deepEqual(writesIn(workbench.cloud), []);
    assertWellBehaved(workbench.cloud);
  };

  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn({ viewport: { width: 1400, height: 1000 } });
    template = await workbench.fileText(settingsFile);
    config = await workbench.fileText(astroConfig);
  });
  beforeEach(async () => {
    await write(astroConfig, config);
    await startAfresh(workbench, template, [second]);
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  it('keeps the form when the identity was deleted meanwhile, and says so', async () => {
    const form = await openPlan(workbench, 'customer-360-prod', 'id-airflow-prod');
    await form.field('Connection ID').fill('azure_lake');
    await new ControlClient(workbench.cloud.proxyUrl).removeIdentity(identities.airflowProd.clientId);
    await form.connect();
    await form.frame.getByText('The identity does not exist any more.').first().waitFor();
    assert.equal(await form.field('Connection ID').inputValue(), 'azure_lake');
    assert.equal((await form.rows()).length, 6);
    assert.equal(await workbench.fileText(settingsFile), template);
    await assertNothingWritten();
  });

  it('says by how many credentials an identity is too small, and what looks unused', async () => {
    const form = await openPlan(workbench, 'customer-360-prod', 'id-reporting');
    await form.waitForHeadline('24 of 20 needed: untick 4 or choose another identity.');
    await form.section('footer').getByText('An identity holds at most 20 federated credentials, and 19 stand there now.').waitFor();
    assert.equal(await form.button('Connect deployment').getAttribute('aria-disabled'), 'true');
    for (const workload of ['Scheduler', 'DAG processor', 'Triggerer', 'KubernetesPodOperator']) {
      await form.tick(workload).uncheck();
    }
    await form.waitForHeadline('Creates 1 federated credential, adds 1 connection.');
    assert.match(await form.section('identity').innerText(), /19 of 20 used, 20 after/);

    const stray = { name: 'of-nobody', issuer: 'https://oidc.prod-aks.azure.com/gone/', subject: 'system:serviceaccount:gone:worker' };
    await new ControlClient(workbench.cloud.proxyUrl).addCredential(identities.reporting.clientId, stray);
    await form.section('identity').getByRole('button', { name: /Refresh/ }).click();
    await form.waitForHeadline('21 of 20 needed: untick 1 or choose another identity.');
    await form.section('footer').getByText(/^No known deployment has the issuer of of-nobody: perhaps unused\./).waitFor();
    await assertNothingWritten();
  });

  it('tells a credential apart that differs in letter case only', async () => {
    const subject = `system:serviceaccount:${customer360.namespace}:${customer360.namespace}-worker-serviceaccount`;
    await new ControlClient(workbench.cloud.proxyUrl).addCredential(identities.airflowDev.clientId, { name: 'by-hand', issuer: issuers.prod, subject: subject.toUpperCase() });
    const form = await openPlan(workbench, 'customer-360-prod', 'id-airflow-dev');
    await form.waitForStatus('Worker', 'Create');
    await form.row('Worker').getByText(/^Credential by-hand differs only in letter case .* Microsoft Entra compares letter by letter, so it does not help\.$/).waitFor();
    await assertNothingWritten();
  });

  it('names both issuers when the discovery document leaves out the slash', async () => {
    const form = await openPlan(workbench, 'pricing-moved', 'id-airflow-dev');
    await form.frame.getByText(`The discovery document names another issuer: ${issuers.misnamed.slice(0, -1)} instead of ${issuers.misnamed}. Pods would be refused.`).waitFor();
    await assertNothingWritten();
  });

  it('warns of an issuer that cannot be reached, and of a deployment that has none', async () => {
    const form = await openPlan(workbench, 'inventory-unreachable', 'id-airflow-dev');
    await form.frame.getByText(/Microsoft Entra must be able to read it from the Internet, or pods are refused with AADSTS90061/).waitFor();
    await form.chooseDeployment(withoutIssuer.name);
    await form.frame.getByText(/^legacy-etl has no issuer yet, so Azure cannot trust it\./).waitFor();
    assert.deepEqual([...new Set((await form.rows()).map(({ status }) => status))], ['Conflict']);
    assert.equal(await form.button('Copy as az commands').getAttribute('aria-disabled'), 'true');
    await assertNothingWritten();
  });

  it('does without a project, and takes one up as soon as it is there', async () => {
    await rm(file(astroConfig));
    const form = await openPlan(workbench, 'customer-360-prod', 'id-airflow-prod');
    await form.waitForHeadline('Creates 3 federated credentials.');
    await form.frame.getByText('No project is open. Open a folder that astro dev init made,').waitFor();
    await write(astroConfig, config);
    await form.waitForHeadline('Creates 3 federated credentials, adds 1 connection.');
    await assertNothingWritten();
  });

  it('lets the user choose between two projects and previews the one that is chosen', async () => {
    await write(path.join(second, astroConfig), config);
    await write(path.join(second, settingsFile), 'airflow:\r\n  connections:\r\n    - conn_id: other\r\n      conn_type: http\r\n');
    const form = await openPlan(workbench, 'customer-360-prod', 'id-airflow-prod');
    const target = form.field('Write to');
    await target.selectOption({ label: `${second}/${settingsFile}` });
    await form.section('connection').getByText(`Preview of ${settingsFile}, lines 4 to 7`).waitFor();
    assert.ok((await form.preview()).some((line) => line.startsWith('+') && line.includes('conn_id: azure_wi')));
    await form.connect();
    await form.waitForTitle('Connected');
    const written = await workbench.fileText(path.join(second, settingsFile));
    assert.match(written, /^airflow:\r\n {2}connections:\r\n {4}- conn_id: other\r\n {6}conn_type: http\r\n {4}- conn_id: azure_wi\r\n/);
    assert.doesNotMatch(written, /[^\r]\n/);
    assert.equal(await workbench.fileText(settingsFile), template);
  });

  it('refuses files that an edit would damage, names the line where there is one, and offers the credentials alone', async () => {
    await write(settingsFile, pngStart);
    const form = await openPlan(workbench, 'customer-360-prod', 'id-airflow-prod');
    const connection = form.section('connection');
    // Which of the two depends on whether VS Code still holds the text that stood there before.
    await connection.getByText(/airflow_settings\.yaml (could not be read: File seems to be binary.*|is not UTF-8 text)\. /).waitFor();
    await form.waitForHeadline('Creates 3 federated credentials.');
    await write(settingsFile, 'airflow:\n\tconnections:\n');
    await connection.getByText(/etl-pipelines\/airflow_settings\.yaml, line 2: airflow_settings\.yaml does not parse/).waitFor();
    await write(settingsFile, 'shared: &c\n  - conn_id: a\n    conn_type: http\nairflow:\n  connections: *c\n');
    await connection.getByText(/is shared through a YAML anchor, alias or merge key/).waitFor();
    await write(settingsFile, '');
    await form.waitForHeadline('Creates 3 federated credentials, adds 1 connection.');
    await assertNothingWritten();
  });

  it('fills in a file of 5,000 lines with a byte order mark and changes nothing else in it', async () => {
    const long = `\uFEFF${template}${Array.from({ length: 5_000 }, (_, line) => `    - variable_name: v${line}\n`).join('')}`;
    await write(settingsFile, long);
    const form = await openPlan(workbench, 'customer-360-prod', 'id-airflow-prod');
    await form.waitForHeadline('Creates 3 federated credentials, adds 1 connection.');
    await form.connect();
    await form.waitForTitle('Connected');
    const connection = { connectionId: 'azure_wi', clientId: identities.airflowProd.clientId, tenantId: sample.tenants.contoso.id, subscriptionId: sample.subscriptions.production };
    await waitForFile(workbench, filledTemplate(long, connection));
  });

  it('shows names made of HTML, markdown and quotes as text everywhere', async () => {
    const deployments = workbench.tree('Deployments');
    await deployments.expand(/Marketing/);
    await deployments.row(hostileName.name).waitFor();
    const form = await openForm(workbench);
    await form.chooseDeployment(hostileName.name);
    await form.chooseIdentity(identities.hostileTags.name);
    await form.section('deployment').getByText(hostileName.name, { exact: true }).waitFor();
    assert.equal(await form.frame.locator('main :is(img, b, script)').count(), 0);
    assert.equal(await workbench.page.locator('img[src="x"]').count(), 0);
    await assertNothingWritten();
    await assertNoTokenShown(workbench);
  });
});
