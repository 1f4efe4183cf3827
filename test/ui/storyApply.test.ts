import assert from 'node:assert/strict';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { Workbench } from './harness/workbench.ts';
import { assertNoTokenShown, assertWellBehaved, credentialWrites, writesIn } from './story/cloudLog.ts';
import { shownForm } from './story/connectForm.ts';
import type { ConnectForm } from './story/connectForm.ts';
import { openPlan, startAfresh } from './story/freshStart.ts';
import { settingsFile, waitForFile } from './story/settingsFile.ts';
import { openSignedIn } from './story/signedIn.ts';

const { namespace } = sample.astro.deployments.customer360;
const planned = 'Creates 3 federated credentials, adds 1 connection.';

const correlationId = '4f1c7c1e-52a0-4b8e-9c39-0d8a2a3b4c5d';

/** What Azure says to somebody who may read and not write (facts as in the recordings of azure-cli). */
const forbiddenAnswer = {
  error: {
    code: 'AuthorizationFailed',
    message: "The client 'dana@contoso.example' does not have authorization to perform action 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write' over scope '/subscriptions/x'.",
  },
};

describe('applying in the form, and what may happen meanwhile', () => {
  let workbench: Workbench;
  let template: string;
  let form: ConnectForm;

  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn({ viewport: { width: 1400, height: 1000 } });
    template = await workbench.fileText(settingsFile);
  });
  beforeEach(async () => {
    await startAfresh(workbench, template);
    form = await openPlan(workbench, 'customer-360-prod', 'id-airflow-prod');
    await form.waitForHeadline(planned);
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  it('waits as long as Azure asks, says why in the row, and goes on by itself', async () => {
    workbench.cloud.world.faults.add({
      method: 'PUT',
      path: `${namespace}-triggerer`,
      times: 1,
      effect: { kind: 'answer', status: 429, headers: { 'retry-after': '2' }, body: { error: { code: 'TooManyRequests', message: 'slow down' } } },
    });
    await form.connect();
    await form.row('Triggerer').getByText('Azure takes no more requests of this kind for a while. Try 2 in 2 s.').waitFor();
    await form.waitForStatus('KubernetesPodOperator', 'Waiting');
    await form.waitForTitle('Connected');
    assert.deepEqual(credentialWrites(workbench.cloud), ['dag-processor 201', 'triggerer 429', 'triggerer 201', 'kpo 201'].map((write) => `PUT ${namespace}-${write}`));
    const [, refused, accepted] = writesIn(workbench.cloud);
    assert.ok((accepted?.startedAt ?? 0) - (refused?.startedAt ?? 0) >= 2_000, 'Retry-After is honoured');
    assertWellBehaved(workbench.cloud);
  });

  it('stops before the next write when asked to', async () => {
    workbench.cloud.world.clock.freeze();
    await form.connect();
    await form.waitForStatus('DAG processor', 'Creating');
    await form.button('Stop').click();
    await form.waitForHeadline('Stopping after the credential that is being written.');
    workbench.cloud.world.clock.flow();
    await form.waitForTitle('Connected, except for Triggerer, KubernetesPodOperator');
    assert.deepEqual((await form.rows()).map(({ status }) => status), ['Already trusted', 'Created', 'Stopped', 'Left out', 'Stopped', 'Left out']);
    assert.match(await form.section('outcome').innerText(), /Connection azure_wi was not written, because you stopped before it/);
    assert.deepEqual(credentialWrites(workbench.cloud), [`PUT ${namespace}-dag-processor 201`]);
    assert.equal(await workbench.fileText(settingsFile), template);
  });

  it('leaves the other rows as they are when one fails, and tries that one again', async () => {
    workbench.cloud.world.faults.add({ method: 'PUT', path: `${namespace}-triggerer`, effect: { kind: 'answer', status: 403, headers: { 'x-ms-correlation-request-id': correlationId }, body: forbiddenAnswer } });
    await form.connect();
    await form.waitForTitle('Connected, except for Triggerer');
    assert.deepEqual((await form.rows()).map(({ status }) => status), ['Already trusted', 'Created', 'Failed', 'Left out', 'Created', 'Left out']);
    const failed = await form.row('Triggerer').innerText();
    assert.match(failed, /You do not have the right Microsoft\.ManagedIdentity\/userAssignedIdentities\/federatedIdentityCredentials\/write/);
    assert.match(failed, /Everything else stands/);
    await form.assertAccessible();

    await form.button('Copy details of the failure of Triggerer').click();
    await workbench.page.locator('.statusbar-item', { hasText: 'Copied' }).waitFor();
    const details = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
    assert.match(details, new RegExp(`Correlation ID: ${correlationId}`));
    assert.doesNotMatch(details, /eyJ/);

    workbench.cloud.world.faults.clear();
    workbench.cloud.world.log.clear();
    const before = await workbench.fileText(settingsFile);
    await form.button('Retry 1 credential').click();
    await form.waitForTitle('Connected');
    assert.deepEqual(credentialWrites(workbench.cloud), [`PUT ${namespace}-triggerer 201`]);
    assert.equal(await workbench.fileText(settingsFile), before);
    assertWellBehaved(workbench.cloud);
  });

  it('goes on when its tab is closed, and says in a message how it ended', async () => {
    workbench.cloud.world.clock.freeze();
    await form.connect();
    await form.waitForStatus('DAG processor', 'Creating');
    await workbench.runCommand('View: Close All Editors');
    workbench.cloud.world.clock.flow();
    assert.match(await workbench.notifications.waitFor('Connected'), /Created 3 federated credentials/);
    assert.equal(credentialWrites(workbench.cloud).length, 3);
    assertWellBehaved(workbench.cloud);
  });

  describe('before it is applied', () => {
    const edit = async (): Promise<void> => {
      await form.tick('Worker').check();
      await form.field('Credential name, Triggerer').fill('my-triggerer');
      await form.field('Connection ID').fill('azure_lake');
      await form.waitForHeadline('Creates 3 federated credentials, replaces 1 federated credential, adds 1 connection.');
    };
    const assertEdited = async (): Promise<void> => {
      form = await shownForm(workbench);
      await form.waitForHeadline('Creates 3 federated credentials, replaces 1 federated credential, adds 1 connection.');
      assert.equal(await form.field('Credential name, Triggerer').inputValue(), 'my-triggerer');
      assert.equal(await form.field('Connection ID').inputValue(), 'azure_lake');
      assert.equal(await form.tick('Worker').isChecked(), true);
      assert.deepEqual(writesIn(workbench.cloud), []);
      assert.equal(await workbench.fileText(settingsFile), template);
    };

    it('keeps what was edited while its tab is hidden', async () => {
      await edit();
      await workbench.editor.open('README.md');
      await workbench.page.locator('.tab', { hasText: 'Connect Deployment to Azure' }).click();
      await assertEdited();
    });

    it('comes back with what was edited after a reload of the window, and applies it', async () => {
      await edit();
      // By VS Code's own command: it stores the state of its tabs first, as it does when it ends.
      const reloaded = workbench.page.waitForEvent('load');
      await workbench.runCommand('Developer: Reload Window');
      await reloaded;
      await assertEdited();
      await form.connect();
      await form.waitForTitle('Connected');
      assert.deepEqual(credentialWrites(workbench.cloud), [
        `PUT ${namespace}-dag-processor 201`,
        'PUT my-triggerer 201',
        `PUT ${namespace}-worker 200`,
        `PUT ${namespace}-kpo 201`,
      ]);
      const written = await workbench.fileText(settingsFile);
      assert.match(written, /- conn_id: azure_lake\n/);
      await waitForFile(workbench, written);
      assertWellBehaved(workbench.cloud);
      await assertNoTokenShown(workbench);
    });
  });
});
