import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { IdentitiesView } from '../../src/vscode/identities/identitiesView.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { Memory, OtherWindows } from './otherWindows.ts';
import type { OtherWindow } from './otherWindows.ts';
import { cloud, expand, product, rowOf, signedIn, text } from './shell.ts';
import { until } from './until.ts';

describe('listing identities', () => {
  let windows: OtherWindows;

  const openWindow = (...other: Parameters<OtherWindows['open']>): OtherWindow => windows.open(...other);
  const never = (): AbortSignal => new AbortController().signal;
  const names = (view: IdentitiesView): readonly string[] => view.known().map(({ identity }) => identity.name).sort();
  const rows = (view: IdentitiesView, nodes: readonly TreeNode[]): readonly string[] => nodes.map((node) => text(view.tree, node));

  /** The names below a tenant, as the tree shows them. */
  async function shownIdentities(view: IdentitiesView, tenantName: string): Promise<readonly string[]> {
    const subscriptions = await expand(view.tree, rowOf(view.tree, await expand(view.tree), tenantName));
    const groups = (await Promise.all(subscriptions.map((subscription) => expand(view.tree, subscription)))).flat();
    return groups.flatMap((group) => group.children ?? []).map((node) => text(view.tree, node).split(' | ')[0] ?? '').sort();
  }

  beforeEach(async () => {
    await signedIn(sample.accounts.dana.label);
    windows = new OtherWindows(await product());
  });
  afterEach(async () => {
    await windows.close();
    await cloud().clearFaults();
  });

  it('asks once for each tenant, whatever the number of its subscriptions', async () => {
    const { view, asked } = openWindow();
    await view.listAll(never());
    assert.deepEqual(names(view), Object.values(sample.identities).map(({ name }) => name).sort());
    assert.deepEqual(asked, { searches: 2, subscriptions: [], credentials: [] });
  });

  it('gives all who wait everything, although another who waited gives up and the view is refreshed in the midst', async () => {
    await cloud().addFault({ path: 'Microsoft.ResourceGraph', times: 1, effect: { kind: 'silence' } });
    const { view } = openWindow();
    const other = new AbortController();
    const givenUp = view.listAll(other.signal);
    while (!(await cloud().log()).some(({ path }) => path.includes('Microsoft.ResourceGraph'))) {
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    const listings = [view.listAll(never()), view.listAll(never())];
    other.abort();
    await assert.rejects(givenUp, { name: 'AbortError' });
    view.tree.refresh();
    await Promise.all(listings);
    assert.deepEqual(names(view), Object.values(sample.identities).map(({ name }) => name).sort());
  });

  it('goes on over connections that are open already, although VS Code makes an agent without keep-alive for each request', async () => {
    const { services } = await product();
    const [account] = await services.signIn.accounts(never());
    assert.ok(account);
    await cloud().clearLog();
    for (let time = 0; time < 3; time += 1) {
      await Array.fromAsync(services.azure().tenants(account, never()));
    }
    const connections = (await cloud().log()).filter(({ path }) => path.startsWith('/tenants')).map(({ connection }) => connection);
    assert.equal(connections.length, 3);
    assert.equal(new Set(connections).size, 1);
  });

  it('keeps a search that was refused from hiding anything: every subscription is asked by ARM', async () => {
    await cloud().addFault({ path: 'Microsoft.ResourceGraph', effect: { kind: 'answer', status: 400, body: { error: { code: 'BadRequest', message: 'No.' } } } });
    const { view, asked } = openWindow();
    await view.listAll(never());
    assert.deepEqual(names(view), Object.values(sample.identities).map(({ name }) => name).sort());
    assert.deepEqual([asked.searches, asked.subscriptions.length], [2, 4]);
  });

  it('fills the tree at once from what the last window listed, says as of when, and refreshes behind it', async () => {
    const first = openWindow();
    await first.view.listAll(never());
    await until(() => first.shown.description === '');
    await first.view.kept();

    await cloud().addFault({ host: 'management.azure.com', effect: { kind: 'delay', ms: 2_000 } });
    const started = performance.now();
    const { view, shown } = openWindow();
    const [contoso] = await view.tree.getChildren();
    assert.ok(contoso);
    const subscriptions = await view.tree.getChildren(contoso);
    assert.deepEqual(rows(view, subscriptions), ['Data Platform Development', 'Data Platform Production', 'Sandbox']);
    const production = rowOf(view.tree, subscriptions, 'Data Platform Production');
    assert.deepEqual(rows(view, await view.tree.getChildren(production)), ['rg-airflow-identity | 3 identities', 'rg-analytics | 2 identities', 'System-assigned identities']);
    assert.ok(performance.now() - started < 2_000, 'before Azure answered anything');
    await until(() => /as of \d/.test(shown.description ?? ''));

    await cloud().removeIdentity(sample.identities.airflowProd.clientId);
    await Promise.all(subscriptions.map((subscription) => view.tree.loaded(subscription)));
    assert.deepEqual(rows(view, await view.tree.getChildren(production)), ['rg-airflow-identity | 2 identities', 'rg-analytics | 2 identities', 'System-assigned identities']);
    await view.tree.loaded();
    await until(() => shown.description === '');
  });

  it('goes on showing what the last window listed where Azure cannot be reached, with the reason', async () => {
    const first = openWindow();
    await first.view.listAll(never());
    await first.view.kept();
    await cloud().addFault({ host: 'management.azure.com', effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } } });
    const { view } = openWindow();
    await expand(view.tree);
    const shown = rows(view, await view.tree.getChildren());
    assert.deepEqual(shown.slice(0, 2).map((row) => row.split(' | ')[0]), ['Contoso', 'Fabrikam']);
    assert.match(shown.at(-1) ?? '', /^dana@contoso\.example: /);
  });

  it('starts without what it left when that was damaged, is of another version, or was cleared', async () => {
    const first = openWindow();
    await first.view.listAll(never());
    await first.view.kept();
    const folder = vscode.Uri.joinPath(windows.storage, 'listings');
    const files = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => vscode.Uri.joinPath(folder, name));
    assert.ok(files.length >= 3, 'the tenants, and a listing for each that could be listed');
    for (const file of files) {
      const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      assert.doesNotMatch(content, /eyJ|Bearer|token/i);
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(content.replace('"version":1', '"version":0')));
    }
    const second = openWindow();
    await second.view.listAll(never());
    await until(() => second.shown.description === '');
    assert.equal(names(second.view).length, Object.values(sample.identities).length);
    await second.view.kept();
    await second.view.clearKept();
    await assert.rejects(async () => vscode.workspace.fs.stat(folder));
  });

  it('forgets what it left of accounts that were signed out', async () => {
    const first = openWindow();
    await first.view.listAll(never());
    await first.view.kept();
    await signedIn(sample.accounts.sam.label);
    const second = openWindow();
    await second.view.listAll(never());
    await second.view.kept();
    assert.deepEqual(names(second.view), [sample.identities.fabrikamEtl.name]);
    const folder = vscode.Uri.joinPath(windows.storage, 'listings');
    const contents = await Promise.all((await vscode.workspace.fs.readDirectory(folder)).map(async ([name]) => new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name)))));
    assert.ok(contents.length > 0 && contents.every((content) => !content.includes(sample.identities.airflowProd.clientId)));
  });

  it('fetches only what the filter lets through, says so beside the title, and shows all again when it is cleared', async () => {
    const { view, shown } = openWindow();
    await view.filter.set({ subscriptionIds: [sample.subscriptions.production], name: 'airflow', tags: [{ name: 'env', value: 'prod' }] }, 'workspace');
    assert.deepEqual(await shownIdentities(view, 'Contoso'), [sample.identities.airflowProd.name]);
    await until(() => shown.description === 'Filter: name contains "airflow", 1 subscription, env: prod');
    assert.deepEqual(names(view), [sample.identities.airflowProd.name]);
    const [contoso] = await view.tree.getChildren();
    assert.deepEqual(rows(view, await view.tree.getChildren(contoso)), ['Data Platform Production | 1 identity'], 'subscriptions without a match are left out');
    await view.filter.clear();
    assert.deepEqual((await shownIdentities(view, 'Contoso')).length, 7);
    await until(() => shown.description === '');
  });

  it('says that a filter lets nothing through, also below what was never unfolded', async () => {
    const { view } = openWindow();
    await view.filter.set({ tenantIds: [sample.tenants.contoso.id, sample.tenants.fabrikam.id], name: 'nobody has this' }, 'user');
    await view.tree.loaded();
    await until(() => view.tree.shown().length === 0);
    await view.filter.set({ tenantIds: [sample.tenants.contoso.id, sample.tenants.fabrikam.id], name: sample.identities.fabrikamEtl.name }, 'user');
    await view.tree.loaded();
    await until(() => rows(view, view.tree.shown()).join() === 'Fabrikam | fabrikam.example');
  });

  it('filters the answers of ARM in the same way, and asks no subscription that the filter leaves out', async () => {
    await cloud().addFault({ path: 'Microsoft.ResourceGraph', effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } } });
    const { view, asked } = openWindow();
    await view.filter.set({ subscriptionIds: [sample.subscriptions.production], resourceGroups: [sample.groups.analytics.toUpperCase()] }, 'user');
    assert.deepEqual(await shownIdentities(view, 'Contoso'), [sample.identities.flexible.name, sample.identities.reporting.name]);
    assert.deepEqual(asked.subscriptions, [sample.subscriptions.production]);
  });

  it('shows only identities that trust Airflow deployments, after their credentials were read', async () => {
    const { view } = openWindow();
    await view.filter.set({ trustsDeployments: true }, 'user');
    const shown = await shownIdentities(view, 'Contoso');
    assert.ok(shown.includes(sample.identities.airflowProd.name));
    assert.ok(!shown.includes(sample.identities.airflowDev.name) && !shown.includes(sample.identities.flexible.name));
  });

  it('keeps a filter of the workspace apart from the one of the user', async () => {
    const { view } = openWindow();
    await view.filter.set({ name: 'mine' }, 'user');
    await view.filter.set({ name: 'here' }, 'workspace');
    assert.deepEqual([view.filter.current(), view.filter.place()], [{ name: 'here' }, 'workspace']);
    const other = openWindow({ workspaceState: new Memory() }).view;
    assert.deepEqual([other.filter.current(), other.filter.place()], [{ name: 'mine' }, 'user']);
  });

  it('shows what was just created although the search does not know of it yet, and hides what was just deleted', async () => {
    await cloud().changeSettings({ graphLagMs: 600_000 });
    const { view } = openWindow();
    await view.listAll(never());
    const known = view.known().find(({ identity }) => identity.name === sample.identities.airflowProd.name);
    assert.ok(known);
    view.showIdentity({ ...known.identity, name: 'id-made', id: known.identity.id.replace(known.identity.name, 'id-made') });
    view.forgetIdentity(known.identity);
    const expected = ['id-airflow-nz', 'id-legacy-gov', 'id-made'];
    const inGroup = async (): Promise<readonly string[]> => (await shownIdentities(view, 'Contoso')).filter((name) => expected.includes(name) || name === known.identity.name);
    assert.deepEqual(await inGroup(), expected);
    view.tree.refresh();
    assert.deepEqual(await inGroup(), expected);
    assert.ok(view.known().some(({ identity }) => identity.name === 'id-made'));
  });

  it('finds the row of an identity that only the last window listed', async () => {
    const first = openWindow();
    await first.view.listAll(never());
    await first.view.kept();
    const known = first.view.known().find(({ identity }) => identity.name === sample.identities.reporting.name);
    assert.ok(known);
    const { view } = openWindow();
    const row = await view.loadedNodeOf(known.identity);
    assert.equal(row?.identity.clientId, sample.identities.reporting.clientId);
  });
});
