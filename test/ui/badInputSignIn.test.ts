import assert from 'node:assert/strict';
import { roles } from '../cloud/arm/roles.ts';
import { ControlClient } from '../cloud/control/controlClient.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { seededUuid } from '../cloud/seededIds.ts';
import type { World } from '../cloud/world.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { TreeView } from './harness/treeView.ts';
import type { Workbench } from './harness/workbench.ts';
import { assertNoTokenShown, assertWellBehaved, credentialWrites, writesIn } from './story/cloudLog.ts';
import { openPlan, startAfresh } from './story/freshStart.ts';
import { settingsFile } from './story/settingsFile.ts';
import { openSignedIn } from './story/signedIn.ts';

const { namespace } = sample.astro.deployments.customer360;
const { dana } = sample.accounts;
const arm = 'management.azure.com';

describe('what may go wrong between here and Azure, as a user sees it', () => {
  let workbench: Workbench;
  let template: string;
  let identities: TreeView;

  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn({ viewport: { width: 1400, height: 1000 } });
    identities = workbench.tree('Identities');
    template = await workbench.fileText(settingsFile);
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  it('lists the other 297 of 300 subscriptions when 3 fail, and shows each failure in its place', async () => {
    const { world } = workbench.cloud;
    const added = addSubscriptions(world, 297);
    const body = { error: { code: 'AuthorizationFailed', message: 'not you' } };
    // Where Resource Graph is refused too, each subscription answers for itself.
    world.faults.add({ path: 'Microsoft\\.ResourceGraph', effect: { kind: 'answer', status: 403, body } });
    for (const id of added.slice(0, 3)) {
      world.faults.add({ path: `^/subscriptions/${id}/providers/Microsoft.ManagedIdentity`, effect: { kind: 'answer', status: 403, body } });
    }
    await identities.pressTitleAction('Refresh Identities');
    await workbench.runCommand('Airflow Identity: Find Identity…');
    // The three, and the tenant that wants a second factor.
    await workbench.quickInput.waitForTitle('Find identity (4 places could not be listed)');
    await workbench.quickInput.type('id-of-0297');
    await workbench.quickInput.row('id-of-0297').waitFor();
    await workbench.quickInput.dismiss();
    const listings = world.log.entries.filter(({ path }) => /providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\?/i.test(path));
    const asked = (accepted: boolean): number => listings.filter(({ status, path }) => (status === 200) === accepted && added.some((id) => path.includes(id))).length;
    assert.deepEqual([asked(true), asked(false)], [294, 3], 'each is asked once: what is forbidden is not asked again');

    await identities.expand(/^Tenant Contoso/);
    await identities.row(/^Subscription Added 0003, no access/).waitFor();
    await identities.row(/^Subscription Added 0004, 1 identity/).waitFor();
    await identities.expand(/^Subscription Added 0003/);
    await identities.row(/^Error: Azure does not allow this: not you/).waitFor();
    await identities.collapse(/^Tenant Contoso/);
    assert.deepEqual(await workbench.notifications.texts(), []);
    assertWellBehaved(workbench.cloud);
  });

  it('shows a tenant that wants a second factor as such, beside the others, and signs in to it there', async () => {
    await identities.expand(/Northwind/);
    await identities.row(/^Error: This tenant wants dana@contoso\.example to sign in again, for example with a second factor/).waitFor();
    await identities.expand(/Fabrikam/);
    await identities.row(/Fabrikam Analytics/).waitFor();
    await identities.pressInline(/Northwind/, 'Sign In to a Tenant');
    await workbench.dialog.allowSignIn();
    await identities.row(/Northwind Shared, 1 identity/).waitFor();
    assert.deepEqual(await workbench.notifications.texts(), []);
    assertWellBehaved(workbench.cloud);
  });

  it('asks once for the second factor that Azure wants for writes only, and then goes on by itself', async () => {
    await startAfresh(workbench, template);
    const form = await openPlan(workbench, 'customer-360-prod', 'id-airflow-prod');
    await form.waitForHeadline('Creates 3 federated credentials, adds 1 connection.');
    workbench.cloud.world.settings.writesNeedMfa = true;
    await form.connect();
    await workbench.notifications.waitFor('Sign in to this tenant.');
    assert.equal((await workbench.notifications.texts()).length, 1);
    assert.deepEqual(credentialWrites(workbench.cloud).map((line) => line.split(' ').at(-1)), ['401']);
    await workbench.notifications.press('Sign in to this tenant.', 'Sign in to this tenant');
    await workbench.dialog.allowSignIn();
    await form.waitForTitle('Connected');
    assert.deepEqual(credentialWrites(workbench.cloud).map((line) => line.split(' ').at(-1)), ['401', '201', '201', '201']);
    assert.deepEqual(await workbench.notifications.texts(), []);
    assertWellBehaved(workbench.cloud);
    workbench.cloud.world.settings.writesNeedMfa = false;
  });

  it('asks once to sign in again when the session was revoked, and then does what it was about to do', async () => {
    await startAfresh(workbench, template);
    const form = await openPlan(workbench, 'customer-360-prod', 'id-airflow-prod');
    await form.waitForHeadline('Creates 3 federated credentials, adds 1 connection.');
    await new ControlClient(workbench.cloud.proxyUrl).revokeSession(dana.label, { tokens: true });
    await form.connect();
    await workbench.notifications.waitFor('Sign in again.');
    assert.equal((await workbench.notifications.texts()).length, 1);
    assert.deepEqual(writesIn(workbench.cloud), []);
    await workbench.notifications.press('Sign in again.', 'Sign in again');
    await workbench.dialog.allowSignIn();
    await form.waitForTitle('Connected');
    assert.deepEqual(credentialWrites(workbench.cloud), ['dag-processor', 'triggerer', 'kpo'].map((name) => `PUT ${namespace}-${name} 201`));
    assertWellBehaved(workbench.cloud);
  });

  it('says in the tree that Azure cannot be reached, and comes back with Retry', async () => {
    await startAfresh(workbench, template);
    workbench.cloud.world.faults.add({ host: arm, effect: { kind: 'reset' } });
    await identities.pressTitleAction('Refresh Identities');
    const error = /^Error: dana@contoso\.example: The connection to management\.azure\.com failed/;
    await identities.row(error).waitFor();
    workbench.cloud.world.faults.clear();
    await identities.pressInline(error, 'Retry');
    await identities.row(/Contoso/).waitFor();
    await identities.row(error).waitFor({ state: 'detached' });
  });

  it('says that something in between refuses, and what to allow', async () => {
    await startAfresh(workbench, template);
    workbench.cloud.world.faults.add({ host: arm, effect: { kind: 'html', status: 403, html: '<html><body>Blocked by policy <b>17</b></body></html>' } });
    await identities.pressTitleAction('Refresh Identities');
    const error = /Something between here and management\.azure\.com refused the connection \(403\).*must be allowed/;
    await identities.row(error).waitFor();
    workbench.cloud.world.faults.clear();
    await identities.pressInline(error, 'Retry');
    await identities.row(/Contoso/).waitFor();
  });

  it('has shown no token to anybody', async () => {
    await assertNoTokenShown(workbench);
  });
});

/** Gives dana more subscriptions in Contoso, each with one identity; gives their ids. */
function addSubscriptions(world: World, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(4, '0');
    const id = seededUuid(`added subscription ${number}`);
    const tenantId = sample.tenants.contoso.id;
    world.resources.addSubscription({ id, tenantId, displayName: `Added ${number}`, state: 'Enabled' });
    world.resources.addGroup({ subscriptionId: id, name: 'rg-added', location: 'westus2', tags: {} });
    world.resources.addIdentity({
      subscriptionId: id,
      tenantId,
      resourceGroup: 'rg-added',
      name: `id-of-${number}`,
      location: 'westus2',
      clientId: seededUuid(`client ${number}`),
      principalId: seededUuid(`principal ${number}`),
      tags: {},
      isolationScope: 'None',
      assignmentRestrictions: [],
      createdAt: 0,
      credentials: [],
      writing: false,
    });
    world.rights.grant(dana.objectId, `/subscriptions/${id}`, roles.owner);
    return id;
  });
}
