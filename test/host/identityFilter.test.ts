import assert from 'node:assert/strict';
import type { IdentitiesView } from '../../src/vscode/identities/identitiesView.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { OtherWindows, until } from './otherWindows.ts';
import { cloud, expand, product, rowOf, settledTexts, signedIn, text } from './shell.ts';

const { contoso } = sample.tenants;
const { production } = sample.subscriptions;

describe('an empty list of identities', () => {
  let windows: OtherWindows;

  beforeEach(async () => {
    await signedIn(sample.accounts.dana.label);
    windows = new OtherWindows(await product());
    const nothing = { totalRecords: 0, count: 0, data: [], facets: [], resultTruncated: 'false' };
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
