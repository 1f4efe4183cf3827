import assert from 'node:assert/strict';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { TreeView } from './harness/treeView.ts';
import type { Workbench } from './harness/workbench.ts';
import { openSignedIn } from './story/signedIn.ts';

const { airflowDev, airflowProd, fabrikamEtl, flexible, hostileTags, legacyGov, reporting, unsupportedRegion } = sample.identities;
const production = [/^Tenant Contoso/, /^Subscription Data Platform Production/];
const development = [/^Tenant Contoso/, /^Subscription Data Platform Development/];
/** Every identity of the sample that is listed without a second factor, with the rows above it. */
const places = new Map<{ readonly name: string }, readonly RegExp[]>([
  ...[airflowProd, flexible, legacyGov, reporting, unsupportedRegion].map((identity) => [identity, production] as const),
  ...[airflowDev, hostileTags].map((identity) => [identity, development] as const),
  [fabrikamEtl, [/^Tenant Fabrikam/, /^Subscription Fabrikam Analytics/]],
]);
const all = [...places.keys()];

/** What a user ticks in which list, what the view then says, and which identities are left. */
const ticked: readonly { readonly list: string; readonly tick: string; readonly says: string; readonly leaves: readonly { readonly name: string }[] }[] = [
  { list: 'Tenants…', tick: sample.tenants.fabrikam.name, says: '1 tenant', leaves: [fabrikamEtl] },
  { list: 'Subscriptions…', tick: 'Data Platform Development', says: '1 subscription', leaves: [airflowDev, hostileTags] },
  { list: 'Resource groups…', tick: sample.groups.analytics, says: sample.groups.analytics, leaves: [reporting, flexible] },
  { list: 'Tags…', tick: 'env: prod', says: 'env: prod', leaves: [airflowProd, legacyGov] },
];

describe('the filter of the Identities view', () => {
  let workbench: Workbench;
  let tree: TreeView;

  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn({ viewport: { width: 1280, height: 1200 } });
    tree = workbench.tree('Identities');
    await workbench.tree('Deployments').root.locator('.pane-header').click();
    await standsWhole();
    await unfold(all);
    await shows(all);
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  /** Waits until the listing has ended: VS Code does not tell what is unfolded while the whole view is drawn anew, and then nobody can bring it back so. */
  async function standsWhole(): Promise<void> {
    await tree.row(/^Tenant Northwind.*sign-in needed/).waitFor();
    await tree.expand(/^Tenant Contoso/);
    await tree.expand(/^Tenant Fabrikam/);
    for (const listed of [/^Subscription Data Platform Development, 2 identities/, /^Subscription Data Platform Production, 5 identities/, /^Subscription Fabrikam Analytics, 1 identity/]) {
      await tree.row(listed).waitFor();
    }
  }

  /** Unfolds what is above these identities. */
  async function unfold(identities: readonly { readonly name: string }[]): Promise<void> {
    for (const row of new Set(identities.flatMap((identity) => places.get(identity) ?? []))) {
      await tree.expand(row);
    }
  }

  /** Waits until these identities have a row, and no other of the sample. Rows that a filter hid come back as unfolded as they were. */
  async function shows(identities: readonly { readonly name: string }[]): Promise<void> {
    for (const identity of all) {
      await tree.row(new RegExp(`^Identity ${identity.name}`)).waitFor({ state: identities.includes(identity) ? 'visible' : 'detached' });
    }
  }

  /** Waits until the view says so beside its title. */
  async function says(text: string): Promise<void> {
    await tree.root.locator('.pane-header .description').getByText(text, { exact: true }).waitFor();
  }

  async function openFilter(): Promise<void> {
    await tree.pressTitleAction('Filter Identities…');
    await workbench.quickInput.row('Show Identities').waitFor();
  }

  /** Waits until a condition of the filter reads so. */
  async function reads(condition: string, as: string): Promise<void> {
    await workbench.quickInput.row(condition).locator('.label-description').getByText(as, { exact: true }).waitFor();
  }

  async function enterName(text: string): Promise<void> {
    const { quickInput } = workbench;
    await quickInput.pick('Name…');
    await quickInput.root.getByText('A part of the name; nothing shows all.').waitFor();
    await quickInput.type(text);
    await quickInput.accept();
    await reads('Name…', text);
  }

  async function clearFilter(): Promise<void> {
    await openFilter();
    await workbench.quickInput.pick('Clear Filter');
    await shows(all);
    await tree.root.locator('.pane-header .description', { hasText: 'Filter' }).waitFor({ state: 'detached' });
  }

  it('keeps those whose name contains a text', async () => {
    const { quickInput } = workbench;
    await openFilter();
    assert.equal(await quickInput.row('Clear Filter').count(), 0, 'there is none to clear');
    await enterName('AIRFLOW');
    await quickInput.pick('Show Identities');
    await says('Filter: name contains "AIRFLOW"');
    await shows([airflowDev, airflowProd, unsupportedRegion]);
    await clearFilter();
  });

  for (const { list, tick, says: said, leaves } of ticked) {
    it(`keeps those that are ticked under ${list}`, async () => {
      const { quickInput } = workbench;
      await openFilter();
      await quickInput.pick(list);
      await quickInput.toggle(tick);
      await quickInput.pressOk();
      await reads(list, '1 chosen');
      await quickInput.pick('Show Identities');
      await says(`Filter: ${said}`);
      await shows(leaves);
      await clearFilter();
    });
  }

  it('keeps those that trust Airflow deployments', async () => {
    const { quickInput } = workbench;
    await openFilter();
    await quickInput.pick('Only identities that trust Airflow deployments');
    await reads('Only identities that trust Airflow deployments', 'on');
    await quickInput.pick('Show Identities');
    await says('Filter: trusts deployments');
    await shows([airflowProd, legacyGov, reporting, fabrikamEtl]);
    await clearFilter();
  });

  it('that lets nothing through is said to do so, with the ways out', async () => {
    const { quickInput } = workbench;
    await openFilter();
    await enterName('nobody has this');
    await quickInput.pick('Show Identities');
    // A tenant that waits for a second factor keeps its row, and may hold some.
    await tree.root.getByText('The filter lets no identity through of what could be listed.').waitFor();
    await tree.row(/^Tenant Northwind/).waitFor();
    await openFilter();
    await quickInput.pick('Tenants…');
    await quickInput.toggle(sample.tenants.contoso.name);
    await quickInput.toggle(sample.tenants.fabrikam.name);
    await quickInput.pressOk();
    await reads('Tenants…', '2 chosen');
    await quickInput.pick('Show Identities');
    assert.match(await tree.welcome(), /The filter lets no identity through\./);
    assert.equal(await tree.root.getByText(/of what could be listed/).count(), 0);
    await workbench.screenshot('filter-empty');
    await tree.pressWelcome('Change Filter');
    await reads('Name…', 'nobody has this');
    await quickInput.dismiss();
    await tree.pressWelcome('Clear Filter');
    await shows(all);
  });

  it('changes nothing where the user leaves, and forgets a condition that is taken back', async () => {
    const { quickInput } = workbench;
    await openFilter();
    await quickInput.pick('Tenants…');
    await quickInput.toggle(sample.tenants.fabrikam.name);
    await quickInput.pressOk();
    await reads('Tenants…', '1 chosen');
    await quickInput.pick('Tenants…');
    await quickInput.toggle(sample.tenants.fabrikam.name);
    await quickInput.pressOk();
    await reads('Tenants…', 'all');
    await quickInput.dismiss();
    await shows(all);
  });

  it('is kept over a reload of the window, each condition by its name', async () => {
    const { quickInput } = workbench;
    await openFilter();
    for (const { list, tick } of [{ list: 'Tags…', tick: 'env: prod' }, { list: 'Subscriptions…', tick: 'Data Platform Production' }]) {
      await quickInput.pick(list);
      await quickInput.toggle(tick);
      await quickInput.pressOk();
      await reads(list, '1 chosen');
    }
    await quickInput.pick('Keep the filter for');
    await reads('Keep the filter for', 'this workspace');
    await quickInput.pick('Show Identities');
    await says('Filter: 1 subscription, env: prod');
    await shows([airflowProd, legacyGov]);
    const reloaded = workbench.page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await reloaded;
    await says('Filter: 1 subscription, env: prod');
    await unfold([airflowProd, legacyGov]);
    await shows([airflowProd, legacyGov]);
    await openFilter();
    await reads('Keep the filter for', 'this workspace');
    await quickInput.pick('Tags…');
    await quickInput.row('env: prod').waitFor();
    assert.equal(await quickInput.row('env: prod').locator('[aria-checked="true"], input:checked').count(), 1);
    await workbench.screenshot('filter-tags');
    await quickInput.pressOk();
    await quickInput.pick('Clear Filter');
    await standsWhole();
    await unfold(all);
    await shows(all);
  });
});
