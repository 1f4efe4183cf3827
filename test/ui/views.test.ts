import assert from 'node:assert/strict';
import { ControlClient } from '../cloud/control/controlClient.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { Workbench } from './harness/workbench.ts';
import { openSignedIn } from './story/signedIn.ts';

const dana = sample.accounts.dana.label;

describe('the views', () => {
  let workbench: Workbench;
  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn();
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);
  afterEach(() => new ControlClient(workbench.cloud.proxyUrl).clearFaults());

  it('show identities with their credentials, and deployments with how far they are trusted', async () => {
    const identities = workbench.tree('Identities');
    await identities.expand(/^Tenant Contoso/);
    await identities.expand(/^Subscription Data Platform Production/);
    await identities.expand(/^Identity id-airflow-prod/);
    await identities.row(/^Identity id-airflow-prod, 7 of 20 used/).waitFor();
    const deployments = workbench.tree('Deployments');
    await deployments.expand(/^Workspace Data Platform/);
    await deployments.row(/^Deployment customer-360-prod, 1 of 5 trusted/).waitFor();
    await workbench.screenshot('views');
  });

  it('sign in to one tenant that wants a second factor, and list it in its place', async () => {
    const identities = workbench.tree('Identities');
    await identities.collapse(/^Tenant Contoso/);
    await identities.pressInline(/^Tenant Northwind \(MFA required\), sign-in needed/, 'Sign In to a Tenant…');
    await workbench.dialog.allowSignIn();
    await identities.row(/^Tenant Northwind \(MFA required\), northwind/).waitFor();
    await workbench.screenshot('views-tenant');
  });

  it('stop asking for what was folded away, and ask again once it is unfolded', async () => {
    const { faults, log } = workbench.cloud.world;
    const before = log.entries.length;
    const listings = (): readonly string[] => log.entries.slice(before).filter(({ path }) => path.includes('Microsoft.ResourceGraph')).map(({ outcome }) => outcome);
    const identities = workbench.tree('Identities');
    faults.add({ path: 'Microsoft\\.ResourceGraph', effect: { kind: 'silence' } });
    await identities.expand(/^Tenant Fabrikam/);
    const row = identities.row(/^Subscription Fabrikam Analytics/);
    while (listings().length === 0) {
      await row.waitFor();
    }
    await identities.collapse(/^Tenant Fabrikam/);
    await row.waitFor({ state: 'detached' });
    faults.clear();
    await identities.expand(/^Tenant Fabrikam/);
    await identities.row(/^Subscription Fabrikam Analytics, 1 identity/).waitFor();
    assert.deepEqual(listings(), ['aborted', 'answer']);
    await identities.collapse(/^Tenant Fabrikam/);
  });

  it('say nothing when somebody thinks better of signing in', async () => {
    await workbench.runCommand('Airflow Identity: Sign In to Azure');
    await workbench.dialog.allowSignIn();
    await workbench.quickInput.row('Sign in to another account').waitFor();
    await workbench.quickInput.dismiss();
    // A message of the one command would show before the other command's pick.
    await workbench.runCommand('Airflow Identity: Find Identity…');
    await workbench.quickInput.waitForTitle('Find identity');
    await workbench.quickInput.dismiss();
    assert.deepEqual(await workbench.notifications.texts(), []);
  });

  const contosoOnly = [{ id: `/tenants/${sample.tenants.contoso.id}`, tenantId: sample.tenants.contoso.id, displayName: 'Contoso', defaultDomain: 'contoso.example', tenantType: 'AAD' }];
  const empty: readonly { readonly state: string; readonly answers: Readonly<Record<string, unknown>>; readonly says: RegExp }[] = [
    { state: 'no tenant', answers: { '^/tenants': { value: [] } }, says: /belongs to no Azure tenant/ },
    { state: 'no subscription', answers: { '^/subscriptions\\?': { value: [] } }, says: /sees no subscription/ },
    { state: 'no identity', answers: { '^/tenants': { value: contosoOnly }, 'Microsoft\\.ResourceGraph': { totalRecords: 0, count: 0, data: { columns: [], rows: [] }, facets: [], resultTruncated: 'false' } }, says: /No subscription holds a user-assigned identity/ },
  ];
  for (const { state, answers, says } of empty) {
    it(`say what to do where there is ${state}`, async () => {
      const control = new ControlClient(workbench.cloud.proxyUrl);
      for (const [path, body] of Object.entries(answers)) {
        await control.addFault({ host: 'management.azure.com', path, effect: { kind: 'answer', status: 200, body } });
      }
      const identities = workbench.tree('Identities');
      await identities.pressTitleAction('Refresh Identities');
      await identities.root.getByText(says).waitFor();
      await workbench.screenshot(`views-${state.replace(' ', '-')}`);
      await control.clearFaults();
      await identities.pressTitleAction('Refresh Identities');
      await identities.row(/^Tenant Contoso/).waitFor();
    });
  }

  it('ask once to sign in again when the session ends, and resume', async () => {
    const identities = workbench.tree('Identities');
    await identities.expand(/^Tenant Contoso/);
    await new ControlClient(workbench.cloud.proxyUrl).revokeSession(dana, { tokens: true });
    await identities.pressInline(/^Subscription Data Platform Development/, 'Refresh');
    await identities.expand(/^Subscription Data Platform Development/);
    await workbench.screenshot('views-expired');
    assert.match(await workbench.notifications.waitFor(/session of dana@contoso.example/), /Sign in again/);
    await workbench.notifications.press(/session of dana@contoso.example/, 'Sign in again');
    await workbench.dialog.allowSignIn();
    await identities.row(/^Subscription Data Platform Development, 2 identities/).waitFor();
    await workbench.screenshot('views-resumed');
  });
});
