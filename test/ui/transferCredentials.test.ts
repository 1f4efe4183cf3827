import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ControlClient } from '../cloud/control/controlClient.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { TreeView } from './harness/treeView.ts';
import type { Workbench } from './harness/workbench.ts';
import { assertWellBehaved, writesIn } from './story/cloudLog.ts';
import { settingsFile, waitForFile } from './story/settingsFile.ts';
import { openSignedIn } from './story/signedIn.ts';

const { airflowDev, airflowProd, legacyGov, reporting } = sample.identities;
const { customer360 } = sample.astro.deployments;
const workloads = ['scheduler', 'triggerer', 'worker', 'dag-processor', 'webserver'].map((workload) => `report-01-${workload}`);

/** Two connections that sign in as one identity: one of type azure, and one that the extension does not write. */
function settingsOf(clientId: string): string {
  const extra = `{"managed_identity_client_id":"${clientId}","workload_identity_tenant_id":"${sample.tenants.contoso.id}","subscriptionId":"${sample.subscriptions.production}"}`;
  return `airflow:\n  connections:\n    - conn_id: azure_wi # keep\n      conn_type: azure\n      conn_extra: '${extra}'\n    - conn_id: lake\n      conn_type: wasb\n      conn_extra: '${extra}'\n`;
}

describe('federated credentials on their way to another identity', () => {
  let workbench: Workbench;
  let tree: TreeView;
  let control: ControlClient;

  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn({ viewport: { width: 1280, height: 1200 } });
    control = new ControlClient(workbench.cloud.proxyUrl);
    tree = workbench.tree('Identities');
    await workbench.tree('Deployments').root.locator('.pane-header').click();
    for (const row of [/^Tenant Contoso/, /^Subscription Data Platform Production/, /^Subscription Data Platform Development/]) {
      await tree.expand(row);
    }
    await tree.row(/^Identity id-airflow-prod, 7 of 20 used/).waitFor();
    await tree.row(/^Identity id-airflow-dev, 0 of 20 used/).waitFor();
  });
  beforeEach(() => control.clearLog());
  after(() => workbench.close());
  pictureOnFailure(() => workbench);
  afterEach(() => workbench.runCommand('Notifications: Clear All Notifications'));

  const writes = (): readonly string[] =>
    writesIn(workbench.cloud).map(({ method, path: at, status }) => `${method} ${at.replace(/.*userAssignedIdentities\/([^/]+)\/federatedIdentityCredentials\/([^?]+).*/, '$1/$2')} ${status ?? ''}`);

  const standing = async (clientId: string): Promise<readonly string[]> => (await control.identity(clientId)).credentials.map(({ name }) => name);

  /** Ticks credentials of an identity in the list, and chooses where they are to go. */
  async function choose(command: string, from: string, credentials: readonly string[], to: string): Promise<void> {
    const { quickInput } = workbench;
    await tree.chooseInMenu(new RegExp(`^Identity ${from}`), command);
    for (const name of credentials) {
      await quickInput.toggle(name);
    }
    await quickInput.pressOk();
    await quickInput.row('Create identity…').waitFor();
    assert.equal(await quickInput.row(from).count(), 0, 'where they stand is no target');
    await quickInput.pick(to);
  }

  it('are duplicated: both identities trust the same, and a name that is taken is not overwritten', async () => {
    await control.addCredential(airflowDev.clientId, { name: 'astro-scheduler', issuer: sample.issuers.dev, subject: 'system:serviceaccount:other:scheduler' });
    const before = await standing(airflowProd.clientId);
    await choose('Duplicate Federated Credential…', airflowProd.name, ['astro-scheduler', 'newtonian-apparatus-7941-worker'], airflowDev.name);
    const text = await workbench.dialog.text();
    assert.match(text, /Duplicate to id-airflow-dev\?/);
    assert.match(text, /astro-scheduler, there as astro-scheduler-2, because the name is taken/);
    assert.match(text, /id-airflow-dev then holds 3 of 20 credentials \(now 1\)/);
    assert.deepEqual(writes(), []);
    await workbench.screenshot('credentials-duplicate');
    await workbench.dialog.press('Duplicate');
    await workbench.notifications.waitFor('2 credentials are on id-airflow-dev too.');
    assert.deepEqual(writes(), ['PUT id-airflow-dev/astro-scheduler-2 201', 'PUT id-airflow-dev/newtonian-apparatus-7941-worker 201']);
    assert.deepEqual(await standing(airflowProd.clientId), before);
    const [, copy] = (await control.identity(airflowDev.clientId)).credentials;
    const original = (await control.identity(airflowProd.clientId)).credentials.find(({ name }) => name === 'astro-scheduler');
    assert.deepEqual(copy?.values, original?.values);
    await tree.row(/^Identity id-airflow-dev, 3 of 20 used/).waitFor();
    assertWellBehaved(workbench.cloud);
  });

  it('that are trusted there already are not written again', async () => {
    await choose('Duplicate Federated Credential…', airflowProd.name, ['newtonian-apparatus-7941-worker'], airflowDev.name);
    await workbench.notifications.waitFor('id-airflow-dev trusts all of them already.');
    assert.deepEqual(writes(), []);
  });

  it('are not duplicated where the same workload is trusted for another audience: that one is named', async () => {
    const subject = `system:serviceaccount:${customer360.namespace}:${customer360.namespace}-triggerer-serviceaccount`;
    await control.addCredential(airflowDev.clientId, { name: 'triggerer-here', issuer: sample.issuers.prod, subject });
    await choose('Duplicate Federated Credential…', legacyGov.name, ['gov-triggerer'], airflowDev.name);
    assert.match(await workbench.notifications.waitFor(/triggerer-here/), /Choose another identity, or delete that credential there first\./);
    await workbench.screenshot('credentials-duplicate-clash');
    assert.deepEqual(writes(), []);
  });

  it('move when the 20 are used up, and the connections of the project follow', async () => {
    const { dialog, notifications } = workbench;
    const before = settingsOf(reporting.clientId);
    await writeFile(path.join(workbench.workspaceDir, settingsFile), before);
    await control.addCredential(reporting.clientId, { name: 'report-04-webserver', issuer: sample.issuers.dev, subject: 'system:serviceaccount:report-04:report-04-webserver-serviceaccount' });

    await choose('Duplicate Federated Credential…', airflowProd.name, ['astro-scheduler'], reporting.name);
    assert.match(await notifications.waitFor(/1 more do(es)? not fit/), /id-reporting holds 20 of 20 credentials.*Choose another identity, or fewer credentials\./);

    await choose('Move Federated Credentials…', reporting.name, workloads, airflowDev.name);
    const text = await dialog.text();
    assert.match(text, /Move to id-airflow-dev\?/);
    assert.match(text, /id-airflow-dev then holds 9 of 20 credentials \(now 4\)/);
    assert.doesNotMatch(text, /stay on id-reporting/);
    await dialog.press('Move');
    // The questions about the connections come once everything stands.
    const question = await dialog.text();
    assert.match(question, /Let connection azure_wi in etl-pipelines\/airflow_settings\.yaml sign in as id-airflow-dev\?/);
    assert.match(question, new RegExp(`- .*${reporting.clientId}[^]*\\+ .*${airflowDev.clientId}`));
    await workbench.screenshot('credentials-move-connection');
    await dialog.press('Change Connection');
    // The connection before it is written by then.
    await dialog.root.getByText(/Let connection lake in/).waitFor();
    assert.equal(await workbench.fileText(settingsFile), before.replace(reporting.clientId, airflowDev.clientId));
    await dialog.press('Change Connection');
    await tree.row(/^Identity id-reporting, 15 of 20 used/).waitFor();
    await waitForFile(workbench, before.replaceAll(reporting.clientId, airflowDev.clientId));

    const puts = workloads.map((name) => `PUT id-airflow-dev/${name} 201`);
    assert.deepEqual(writes().slice(0, 5).toSorted(), puts.toSorted());
    assert.deepEqual(writes().slice(5).toSorted(), workloads.map((name) => `DELETE id-reporting/${name} 200`).toSorted());
    await tree.row(/^Identity id-airflow-dev, 9 of 20 used/).waitFor();
    assertWellBehaved(workbench.cloud);
  });
});
