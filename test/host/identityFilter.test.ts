import assert from 'node:assert/strict';
import type { IdentitiesView } from '../../src/vscode/identities/identitiesView.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { OtherWindows } from './otherWindows.ts';
import type { OtherWindow } from './otherWindows.ts';
import { cloud, expand, product, rowOf, settledTexts, signedIn, text } from './shell.ts';
import { until } from './until.ts';

const { contoso } = sample.tenants;
const { production } = sample.subscriptions;

describe('an empty list of identities', () => {
  let windows: OtherWindows;

  beforeEach(async () => {
    await signedIn(sample.accounts.dana.label);
    windows = new OtherWindows(await product());
    const nothing = { totalRecords: 0, count: 0, data: { columns: [], rows: [] }, facets: [], resultTruncated: 'false' };
    await cloud().addFault({ path: '^/tenants', effect: { kind: 'answer', status: 200, body: { value: [{ id: `/tenants/${contoso.id}`, tenantId: contoso.id, displayName: 'Contoso', defaultDomain: 'contoso.example' }] } } });
    await cloud().addFault({ path: 'Microsoft.ResourceGraph', body: 'userAssignedIdentities', effect: { kind: 'answer', status: 200, body: nothing } });
  });

  afterEach(async () => {
    await windows.close();
    await cloud().clearFaults();
  });

  const rows = async (view: IdentitiesView, below?: TreeNode): Promise<readonly string[]> => (await expand(view.tree, below)).map((node) => text(view.tree, node));

  it('is told of above the rows, which stay: system-assigned identities are below them', async () => {
    const { view, shown } = windows.open();
    const subscriptions = await expand(view.tree);
    assert.deepEqual(await settledTexts(view.tree, subscriptions), ['Data Platform Development | no identities', 'Data Platform Production | no identities', 'Sandbox | no identities']);
    await until(() => (shown.message ?? '') !== '');
    assert.match(shown.message ?? '', /No subscription holds a user-assigned identity/);
    assert.deepEqual(view.tree.shown(), subscriptions);
    const group = rowOf(view.tree, await expand(view.tree, rowOf(view.tree, subscriptions, 'Data Platform Production')), 'System-assigned identities');
    assert.deepEqual(await rows(view, group), ['rg-data-prod | 3 resources']);
  });

  it('keeps the subscription that the filter names, and none where the filter wants certain identities', async () => {
    const { view, shown } = windows.open();
    await view.filter.set({ subscriptionIds: [production] }, 'user');
    await settledTexts(view.tree, await expand(view.tree));
    assert.deepEqual(await rows(view), ['Data Platform Production | no identities']);
    await view.filter.set({ subscriptionIds: [production], name: 'airflow' }, 'user');
    await view.tree.loaded();
    await until(() => view.tree.shown().length === 0 && shown.message === '');
  });
});

describe('a filter of identities that is cleared', () => {
  let windows: OtherWindows;

  beforeEach(async () => {
    await signedIn(sample.accounts.dana.label);
    windows = new OtherWindows(await product());
  });
  afterEach(() => windows.close());

  it('leaves no row behind that is loaded in the place of another', async () => {
    const { view: { filter, tree } } = windows.open();
    await filter.set({ tenantIds: [sample.tenants.fabrikam.id] }, 'user');
    const [before] = await expand(tree);
    assert.ok(before);
    await expand(tree, before);
    await filter.set({}, 'user');
    const late = tree.getChildren(before);
    const tenant = rowOf(tree, await expand(tree), sample.tenants.fabrikam.name);
    await late;
    const subscriptions = await expand(tree, tenant);
    for (const subscription of subscriptions) {
      await expand(tree, subscription);
    }
    assert.deepEqual(await settledTexts(tree, subscriptions), ['Fabrikam Analytics | 1 identity']);
  });
});

describe('the filter for identities that trust Airflow deployments', () => {
  let windows: OtherWindows;
  const { airflowProd, flexible, reporting } = sample.identities;

  beforeEach(async () => {
    await signedIn(sample.accounts.dana.label);
    windows = new OtherWindows(await product());
  });

  afterEach(async () => {
    await windows.close();
    await cloud().clearFaults();
  });

  const ofProduction = { trustsDeployments: true, subscriptionIds: [production] };

  async function filtered(): Promise<OtherWindow> {
    const window = windows.open();
    await window.view.filter.set(ofProduction, 'user');
    return window;
  }

  function shownBelow({ view }: OtherWindow): readonly string[] {
    return view.tree.known((node) => 'identity' in node && !('credential' in node)).map((node) => text(view.tree, node).split(' | ')[0] ?? '');
  }

  /** Unfolds down to the subscription, whose load goes on. */
  async function begin({ view }: OtherWindow): Promise<TreeNode> {
    const tenant = rowOf(view.tree, await expand(view.tree), 'Contoso');
    const subscription = rowOf(view.tree, await expand(view.tree, tenant), 'Data Platform Production');
    void view.tree.getChildren(subscription);
    return subscription;
  }

  it('shows each as it is found, says how far it is, and stops when told to', async () => {
    await cloud().addFault({ path: `${reporting.name}/federatedIdentityCredentials`, effect: { kind: 'silence' } });
    const window = await filtered();
    const subscription = await begin(window);
    await until(() => shownBelow(window).includes(airflowProd.name));
    assert.equal(window.view.tree.state(subscription).status, 'loading');
    await until(() => /credentials of 4 of 5 identities/.test(window.shown.description ?? ''));
    window.view.tree.stop();
    await until(() => !/identities/.test(window.shown.description ?? ''));
    assert.equal(window.view.tree.state(subscription).status, 'failed');
    assert.ok(shownBelow(window).includes(airflowProd.name), 'what was found stays');
  });

  it('takes what the last window read and says as of when; Refresh reads it anew', async () => {
    const first = await filtered();
    await first.view.tree.loaded(await begin(first));
    assert.equal(first.asked.credentials.length, 5);
    await first.view.kept();

    const second = await filtered();
    await second.view.tree.loaded(await begin(second));
    assert.deepEqual(shownBelow(second), shownBelow(first));
    assert.deepEqual(second.asked.credentials, []);
    await until(() => /as of \d/.test(second.shown.description ?? ''));

    await cloud().addCredential(flexible.clientId, { name: 'new', issuer: sample.issuers.prod, subject: 'system:serviceaccount:a:b' });
    second.view.refresh();
    await second.view.tree.loaded(await begin(second));
    assert.equal(second.asked.credentials.length, 5);
    assert.ok(shownBelow(second).includes(flexible.name));
  });

  it('lets go of the deployments as nothing waits for them any more', async () => {
    let given: AbortSignal | undefined;
    const window = windows.open({ issuers: (signal) => { given = signal; return new Promise(() => undefined); } });
    await window.view.filter.set(ofProduction, 'user');
    await begin(window);
    await until(() => given !== undefined);
    assert.equal(given?.aborted, false);
    window.view.tree.stop();
    await until(() => given?.aborted === true);
  });
});
