import assert from 'node:assert/strict';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { QuickInput } from './harness/quickInput.ts';
import type { Workbench } from './harness/workbench.ts';
import { assertWellBehaved, writesIn } from './story/cloudLog.ts';
import { openSignedIn } from './story/signedIn.ts';

const { identities, resources, groups, subscriptions } = sample;
const contributor = 'Storage Blob Data Contributor';

describe('giving access, as a user sees it', () => {
  let workbench: Workbench;
  let picks: QuickInput;

  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn({ viewport: { width: 1400, height: 1000 } });
    picks = workbench.quickInput;
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  /** Begins with this identity and goes to the places of one kind. */
  async function begin(identity: string, kind: string): Promise<void> {
    await workbench.runCommand('Airflow Identity: Give Access…');
    await picks.waitForTitle('Give access: identity (1/4)');
    await picks.type(identity);
    await picks.pick(identity);
    await picks.waitForTitle(`Give ${identity} access: where (2/4)`);
    await picks.pick(kind);
  }

  /** From the choice of the role to the last question. */
  async function chooseRole(identity: string, role: string): Promise<void> {
    await picks.waitForTitle(`Give ${identity} access: role (3/4)`);
    await picks.type(role);
    await picks.pick(role);
    await picks.waitForTitle(`Give ${identity} the role ${role} (4/4)`);
  }

  it('to a container asks where and which role, says what is written, and writes exactly that', async () => {
    const name = identities.airflowDev.name;
    await begin(name, 'Storage account or container…');
    await picks.pick(resources.lake.name);
    await picks.pick('raw');
    await picks.waitForTitle(`Give ${name} access: role (3/4)`);
    await picks.row(contributor).waitFor();
    assert.match((await picks.rows())[0] ?? '', new RegExp(`^${contributor}`), 'what tasks need stands first');
    await chooseRole(name, contributor);
    assert.deepEqual(writesIn(workbench.cloud), []);
    await picks.pick('Give access');
    await workbench.notifications.waitFor(`${name} now has the role ${contributor} on container raw in ${resources.lake.name}.`);
    const held = workbench.cloud.world.rights.assignments(identities.airflowDev.principalId).filter(({ scope }) => scope.endsWith(`/${resources.lake.name}/blobServices/default/containers/raw`));
    assert.deepEqual(held.map(({ role, principalType, condition }) => [role.name, principalType, condition]), [[contributor, 'ServicePrincipal', null]]);
    assert.deepEqual(writesIn(workbench.cloud).map(({ method, status }) => `${method} ${status}`), ['PUT 201']);
    assertWellBehaved(workbench.cloud);
  });

  it('a second time offers the container at once, marks the role as given, and changes nothing', async () => {
    const name = identities.airflowDev.name;
    await workbench.runCommand('Notifications: Clear All Notifications');
    await begin(name, 'raw');
    await picks.waitForTitle(`Give ${name} access: role (3/4)`);
    await picks.row(contributor).waitFor();
    assert.match((await picks.rows())[0] ?? '', /already given here/);
    await chooseRole(name, contributor);
    await picks.pick('Give access');
    await workbench.notifications.waitFor(`${name} already had the role ${contributor}`);
    assert.equal(writesIn(workbench.cloud).length, 1);
  });

  it('without the right to says so before anything is written, and has a text for whoever may', async () => {
    const name = identities.fabrikamEtl.name;
    await begin(name, 'Resource group…');
    await picks.pick(groups.fabrikam);
    await chooseRole(name, 'Reader');
    const action = 'Microsoft.Authorization/roleAssignments/write';
    await picks.row('Copy text for your admin').waitFor();
    assert.match((await picks.rows())[0] ?? '', new RegExp(`Copy text for your admin.*You do not have the right ${action} on resource group ${groups.fabrikam}`));
    await picks.pick('Copy text for your admin');
    await picks.root.waitFor({ state: 'hidden' });
    const text = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
    assert.match(text, new RegExp(`^${sample.accounts.dana.label} needs a change in Azure`));
    assert.match(text, new RegExp(`--assignee-object-id '${identities.fabrikamEtl.principalId}'`));
    assert.match(text, new RegExp(`--scope '/subscriptions/${subscriptions.fabrikam}/resourceGroups/${groups.fabrikam}'`));
    assert.equal(writesIn(workbench.cloud).length, 1, 'the one of the first test');
    assertWellBehaved(workbench.cloud);
  });
});
