import assert from 'node:assert/strict';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import { openWorkbench } from './harness/workbench.ts';
import type { Workbench } from './harness/workbench.ts';
import { assertNoTokenShown, assertWellBehaved, credentialWrites, writesIn } from './story/cloudLog.ts';
import { openForm } from './story/connectForm.ts';
import type { ConnectForm } from './story/connectForm.ts';
import { filledTemplate, settingsFile, waitForFile } from './story/settingsFile.ts';
import { astroEnvironment, signIn } from './story/signedIn.ts';

const { airflowProd } = sample.identities;
const { namespace } = sample.astro.deployments.customer360;

describe('the story by form, from sign-in to the file', () => {
  let workbench: Workbench;
  let form: ConnectForm;
  let template: string;

  before(async function start() {
    this.timeout(120_000);
    workbench = await openWorkbench({ env: astroEnvironment, viewport: { width: 1400, height: 1300 } });
    template = await workbench.fileText(settingsFile);
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  it('signs in and browses down to the federated credentials', async () => {
    await signIn(workbench);
    const identities = workbench.tree('Identities');
    await identities.expand(/Contoso/);
    await identities.expand(/Data Platform Production/);
    await identities.expand(/^Identity id-airflow-prod/);
    await identities.row(/^Federated credential astro-scheduler, weightless-diameter-8927-scheduler-serviceaccount/).waitFor();
    await identities.row(/^Identity id-airflow-prod, 7 of 20 used/).waitFor();
    await identities.row(/Northwind.*sign-in needed/).waitFor();
    await workbench.tree('Deployments').expand(/Data Platform/);
    await workbench.tree('Deployments').row(/customer-360-prod/).waitFor();
  });

  it('shows in the form exactly what would be done, and has done nothing yet', async () => {
    form = await openForm(workbench);
    await form.assertAccessible();
    await form.chooseDeployment('customer-360-prod');
    await form.chooseIdentity('id-airflow-prod');
    await form.waitForHeadline('Creates 3 federated credentials, adds 1 connection.');
    assert.deepEqual(await form.rows(), [
      { title: 'Scheduler', status: 'Already trusted', ticked: true },
      { title: 'DAG processor', status: 'Create', ticked: true },
      { title: 'Triggerer', status: 'Create', ticked: true },
      { title: 'Worker', status: 'Replace', ticked: false },
      { title: 'KubernetesPodOperator', status: 'Create', ticked: true },
      { title: 'API server', status: 'Unconfirmed', ticked: false },
    ]);
    const worker = await form.row('Worker').innerText();
    assert.ok(worker.includes(sample.issuers.old) && worker.includes(sample.issuers.prod), worker);
    assert.match(worker, /Tick to replace it; pods of the old cluster then lose access/);
    assert.match(await form.section('identity').innerText(), /7 of 20 used, 10 after/);
    await form.section('deployment').getByText('Reachable; its discovery document names the same issuer').waitFor();
    assert.deepEqual((await form.preview()).map((line) => line.trimEnd()).filter((line) => !line.startsWith(' ')), [
      '-    - conn_id:',
      '-      conn_type:',
      '+    - conn_id: azure_wi',
      '+      conn_type: azure',
      '-      conn_extra:',
      '-        example_extra_field: example-value',
      `+      conn_extra: '{"managed_identity_client_id":"${airflowProd.clientId}","workload_identity_tenant_id":"${sample.tenants.contoso.id}","subscriptionId":"${sample.subscriptions.production}"}'`,
    ]);
    await form.assertAccessible();
    assert.deepEqual(writesIn(workbench.cloud), []);
    assert.equal(await workbench.fileText(settingsFile), template);
  });

  it('writes that and nothing else, one credential after the other', async () => {
    await form.connect();
    await form.waitForTitle('Connected');
    assert.match(await form.section('outcome').innerText(), /Created 3 federated credentials\n+Added connection azure_wi to etl-pipelines\/airflow_settings.yaml, line 10/);
    assert.deepEqual((await form.rows()).map(({ status }) => status), ['Already trusted', 'Created', 'Created', 'Left out', 'Created', 'Left out']);
    assert.deepEqual(credentialWrites(workbench.cloud), ['dag-processor', 'triggerer', 'kpo'].map((name) => `PUT ${namespace}-${name} 201`));
    assertWellBehaved(workbench.cloud);
    const expected = filledTemplate(template, {
      connectionId: 'azure_wi',
      clientId: airflowProd.clientId,
      tenantId: sample.tenants.contoso.id,
      subscriptionId: sample.subscriptions.production,
    });
    await waitForFile(workbench, expected);
    assert.equal(await workbench.editor.cursorLine(), 10);
    await workbench.tree('Identities').row(/^Identity id-airflow-prod, 10 of 20 used/).waitFor();
    await form.assertAccessible();
  });

  it('does nothing the second time', async () => {
    const written = await workbench.fileText(settingsFile);
    workbench.cloud.world.log.clear();
    await form.button('Back to the plan').click();
    await form.waitForHeadline('Nothing to do: no workload is ticked that is not trusted already.');
    assert.deepEqual((await form.rows()).map(({ status }) => status), ['Already trusted', 'Already trusted', 'Already trusted', 'Replace', 'Already trusted', 'Unconfirmed']);
    await form.section('connection').getByText('etl-pipelines/airflow_settings.yaml already holds exactly this connection.').waitFor();
    assert.equal(await form.button('Connect deployment').getAttribute('aria-disabled'), 'true');
    // A screen reader's user can press it all the same.
    await form.button('Connect deployment').press('Enter');
    await form.chooseIdentity('id-airflow-prod');
    await form.waitForHeadline('Nothing to do: no workload is ticked that is not trusted already.');
    assert.deepEqual(writesIn(workbench.cloud), []);
    assert.equal(await workbench.fileText(settingsFile), written);
  });

  it('has shown no token to anybody', async () => {
    await assertNoTokenShown(workbench);
    assertWellBehaved(workbench.cloud);
  });
});
