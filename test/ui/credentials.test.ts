import assert from 'node:assert/strict';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { Workbench } from './harness/workbench.ts';
import { openSignedIn } from './story/signedIn.ts';

const { customer360 } = sample.astro.deployments;
const identity = /^Identity id-airflow-prod/;

describe('federated credentials in the tree', () => {
  let workbench: Workbench;
  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn();
    const tree = workbench.tree('Identities');
    await workbench.tree('Deployments').root.locator('.pane-header').click();
    await tree.expand(/^Tenant Contoso/);
    await tree.expand(/^Subscription Data Platform Production/);
    await tree.expand(identity);
    await tree.row(/^Federated credential astro-scheduler/).waitFor();
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  const writes = (): readonly string[] =>
    workbench.cloud.world.log.entries
      .filter(({ method, path }) => (method === 'PUT' || method === 'DELETE') && path.includes('federatedIdentityCredentials'))
      .map(({ method, path, status }) => `${method} ${path.replace(/.*userAssignedIdentities\/([^/]+)\/federatedIdentityCredentials\/([^?]+).*/, '$1/$2')} ${status ?? ''}`);

  it('are edited field by field, with before and after side by side and a way back', async () => {
    const { quickInput } = workbench;
    await workbench.tree('Identities').pressInline(/^Federated credential ge-2024/, 'Edit Federated Credential…');
    await quickInput.waitForTitle('Edit federated credential ge-2024 (1/4)');
    await quickInput.type('http://x');
    await quickInput.accept();
    await quickInput.root.getByText('The issuer must be an https URL.').waitFor();
    await quickInput.type(sample.issuers.prod);
    await quickInput.accept();
    await quickInput.waitForTitle('(2/4)');
    await quickInput.accept();
    await quickInput.waitForTitle('(3/4)');
    await quickInput.back();
    await quickInput.waitForTitle('(2/4)');
    await quickInput.accept();
    await quickInput.waitForTitle('(3/4)');
    await quickInput.type('api://AzureADTokenExchange');
    await quickInput.accept();
    await quickInput.waitForTitle('(4/4)');
    await quickInput.row('Write this change').waitFor();
    const rows = (await quickInput.rows()).join('\n');
    assert.match(rows, /Issuer.*unchanged/);
    assert.match(rows, /Audience.*was api:\/\/AzureADTokenExchangeUSGov.*api:\/\/AzureADTokenExchange/);
    assert.match(rows, /Lets in.*was no deployment known here.*quality-checks of customer-360-prod/);
    await workbench.screenshot('credentials-edit');
    assert.deepEqual(writes(), []);
    await quickInput.pick('Write this change');
    await workbench.notifications.waitFor('Credential ge-2024 of id-airflow-prod is changed.');
    assert.deepEqual(writes(), ['PUT id-airflow-prod/ge-2024 200']);
    // All deployments were listed for the review, so the rows know by now.
    await workbench.tree('Identities').row(/^Federated credential stellar-orbit-3310-worker, unused\?/).waitFor();
  });

  it('are deleted together after being selected together', async () => {
    const tree = workbench.tree('Identities');
    await tree.row(/^Federated credential stellar-orbit/).click();
    await workbench.page.keyboard.down('ControlOrMeta');
    await tree.row(/^Federated credential astro-scheduler/).click();
    await workbench.page.keyboard.up('ControlOrMeta');
    await tree.chooseInMenu(/^Federated credential astro-scheduler/, 'Delete Federated Credentials…');
    const text = await workbench.dialog.text();
    assert.match(text, /Delete 2 credentials of id-airflow-prod\?/);
    assert.match(text, /astro-scheduler: Scheduler of customer-360-prod/);
    assert.match(text, /stellar-orbit-3310-worker: no deployment known here/);
    await workbench.screenshot('credentials-delete');
    await workbench.dialog.press('Delete');
    await workbench.notifications.waitFor('2 credentials of id-airflow-prod are deleted.');
    await tree.row(/^Identity id-airflow-prod, 5 of 20 used/).waitFor();
    assert.deepEqual(writes().slice(1).toSorted(), ['DELETE id-airflow-prod/astro-scheduler 200', 'DELETE id-airflow-prod/stellar-orbit-3310-worker 200']);
  });

  it('are compared with what a deployment needs, which leads to the form', async () => {
    const { quickInput } = workbench;
    await workbench.tree('Identities').chooseInMenu(identity, 'Compare with Deployment…');
    await quickInput.waitForTitle('Compare with deployment');
    await quickInput.pick(customer360.name);
    await quickInput.row('Connect what is missing…').waitFor();
    const rows = (await quickInput.rows()).join('\n');
    assert.match(rows, /Scheduler.*missing/);
    assert.match(rows, /Worker.*something else stands there.*another issuer/);
    await workbench.screenshot('credentials-compare');
    await quickInput.type('ge-2024');
    await quickInput.row('ge-2024').waitFor();
    await quickInput.dismiss();
  });

  it('move to another identity: written there first, then deleted here', async () => {
    const { quickInput, dialog } = workbench;
    const before = writes().length;
    await workbench.tree('Identities').chooseInMenu(/^Federated credential newtonian-apparatus-7941-scheduler/, 'Move Federated Credentials…');
    await quickInput.waitForTitle('Move federated credentials');
    await quickInput.pick('id-airflow-dev');
    const text = await dialog.text();
    assert.match(text, /Move to id-airflow-dev\?/);
    assert.match(text, /id-airflow-dev then holds 1 of 20 credentials \(now 0\)/);
    assert.match(text, /stay on id-airflow-prod: newtonian-apparatus-7941-triggerer, newtonian-apparatus-7941-worker/);
    await workbench.screenshot('credentials-move');
    await dialog.press('Move');
    await workbench.notifications.waitFor('Moved to id-airflow-dev: newtonian-apparatus-7941-scheduler.');
    assert.deepEqual(writes().slice(before), ['PUT id-airflow-dev/newtonian-apparatus-7941-scheduler 201', 'DELETE id-airflow-prod/newtonian-apparatus-7941-scheduler 200']);
  });

  it('are not duplicated to an identity that is in a region without, or has no room', async () => {
    const { quickInput, notifications } = workbench;
    await workbench.tree('Identities').chooseInMenu(/^Federated credential newtonian-apparatus-7941-worker/, 'Duplicate Federated Credential…');
    await quickInput.waitForTitle('Duplicate federated credentials');
    await quickInput.pick('id-airflow-nz');
    assert.match(await notifications.waitFor(/newzealandnorth/), /take no federated credentials\. Choose an identity in another region/);
    await workbench.screenshot('credentials-region');
  });
});
