import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { noConnection } from '../../src/connection/connectionValues.ts';
import { viewIds } from '../../src/contributions.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { LazyTree } from '../../src/vscode/tree/lazyTree.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { answering } from './dialogs.ts';
import { ProjectFolder } from './projectFolder.ts';
import { cloud, expand, played, product, rowOf, signedIn, text } from './shell.ts';

const { tokens, workspaces } = sample.astro;
const { airflowProd, airflowDev } = sample.identities;
const tenantId = sample.tenants.contoso.id;
const extra = (clientId: string, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ managed_identity_client_id: clientId, workload_identity_tenant_id: tenantId, ...more });

const settings = `airflow:
  connections:
    - conn_id: lake # ours
      conn_type: wasb
      conn_host: https://stcontosodata.blob.core.windows.net
      conn_extra: '${extra(airflowProd.clientId)}'
    - conn_id: half
      conn_type: azure
      conn_extra: '{"managed_identity_client_id": "${airflowProd.clientId}"}'
    - conn_id: spelt
      conn_type: azure
      conn_extra: '${extra(airflowProd.clientId, { subscription_id: sample.subscriptions.production })}'
    - conn_id: warehouse
      conn_type: postgres
`;
const env = `# local\nAIRFLOW_CONN_LAKE='{"conn_type": "wasb", "host": "https://stcontosodata.blob.core.windows.net", "extra": ${extra(airflowDev.clientId)}}'\n`;

describe('Connections view', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  let features: ReturnType<ExtensionApi['features']>;
  let tree: LazyTree;
  let folder: ProjectFolder;

  before(async () => {
    features = await product();
    tree = features.trees.connections;
  });

  afterEach(async () => {
    delete process.env['ASTRO_API_TOKEN'];
    await folder.remove();
    await cloud().clearFaults();
  });

  async function shown(files: Readonly<Record<string, string>>, token: string = tokens.organization, ...accounts: readonly string[]): Promise<readonly TreeNode[]> {
    folder = await ProjectFolder.create(files, root.fsPath);
    if (token !== '') {
      process.env['ASTRO_API_TOKEN'] = token;
    }
    await signedIn(...accounts);
    await vscode.commands.executeCommand(`${viewIds.connections}.focus`);
    tree.refresh();
    return expand(tree);
  }

  const label = (name: string): string => `${path.basename(root.fsPath)}/${path.basename(folder.dir)}/${name}`;
  const file = async (name: string): Promise<TreeNode> => rowOf(tree, await tree.getChildren(), label(name));
  const texts = async (node?: TreeNode): Promise<readonly string[]> => (await tree.getChildren(node)).map((row) => text(tree, row));
  const connection = async (name: string, id: string): Promise<TreeNode> => rowOf(tree, await tree.getChildren(await file(name)), id);
  const confirming = (action: () => Promise<void>, asked: string[][] = []): Promise<void> =>
    played(features.services.messages, { confirm: async (...said) => { asked.push(said); return true; } }, action);

  /** Resolves once the row of a file reads as wanted, which it does after the file was looked at again. */
  async function until(isReached: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + 15_000; !(await isReached().catch(() => false));) {
      assert.ok(Date.now() < deadline, `the view did not follow: ${tree.known(() => true).map((row) => text(tree, row)).join('; ')}`);
      await new Promise((resolve) => { setImmediate(resolve); });
    }
  }

  it('lists the Azure connections of each file without asking anybody, and says where Airflow reads them', async () => {
    const rows = await shown({ 'airflow_settings.yaml': settings, '.env': env }, '');
    assert.deepEqual(rows.map((row) => tree.getTreeItem(row).label), [label('.env'), label('airflow_settings.yaml')]);
    assert.deepEqual((await tree.getChildren(await file('airflow_settings.yaml'))).map((row) => tree.getTreeItem(row).label), ['lake', 'half', 'spelt']);
    assert.deepEqual(await cloud().log(), []);
    assert.equal(text(tree, await connection('airflow_settings.yaml', 'half')), `half | azure, ${airflowProd.clientId}, 1 problem`);
  });

  it('names the identity and what it trusts, once somebody is signed in', async () => {
    await shown({ 'airflow_settings.yaml': settings }, tokens.organization, sample.accounts.dana.label);
    await until(async () => /^lake \| wasb, id-airflow-prod, trusts \d deployments(, \d)? in part$/.test(text(tree, await connection('airflow_settings.yaml', 'lake'))));
    const { accessibilityInformation } = tree.getTreeItem(await connection('airflow_settings.yaml', 'lake'));
    assert.match(accessibilityInformation?.label ?? '', /^Connection lake, wasb, id-airflow-prod/);
  });

  it('asks nobody while it is out of sight, and reads then what changed meanwhile', async () => {
    await shown({ 'airflow_settings.yaml': settings }, tokens.organization, sample.accounts.dana.label);
    await until(async () => text(tree, await connection('airflow_settings.yaml', 'lake')).startsWith('lake | wasb, id-airflow-prod'));
    await signedIn(sample.accounts.dana.label);
    assert.equal(tree.view.visible, false);
    const changed = new Promise<void>((resolve) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder.dir, '*.yaml'));
      watcher.onDidChange(() => { watcher.dispose(); resolve(); });
    });
    await folder.write('airflow_settings.yaml', settings.replace('conn_id: lake', 'conn_id: lake_unseen'));
    await changed;
    await expand(tree);
    assert.deepEqual(await cloud().log(), []);
    await vscode.commands.executeCommand(`${viewIds.connections}.focus`);
    await until(async () => text(tree, await connection('airflow_settings.yaml', 'lake_unseen')).startsWith('lake_unseen | wasb, id-airflow-prod'));
    assert.ok((await cloud().log()).length > 0);
  });

  it('shows below a connection what is wrong with it, and mends it as the editor does', async () => {
    await shown({ 'airflow_settings.yaml': settings }, '');
    const [issue] = await tree.getChildren(await connection('airflow_settings.yaml', 'spelt'));
    assert.ok(issue);
    assert.match(text(tree, issue), /does not read subscription_id; the key is subscriptionId/);
    await vscode.commands.executeCommand('airflowIdentity.fixConnection', issue, [issue]);
    assert.match(await folder.read(), new RegExp(`"subscriptionId":\\s?"${sample.subscriptions.production}"`));
    await until(async () => (await tree.getChildren(await connection('airflow_settings.yaml', 'spelt'))).length === 0);
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), settings);
  });

  it('follows what is typed', async () => {
    await shown({ 'airflow_settings.yaml': settings }, '');
    const editor = await vscode.window.showTextDocument(folder.uri());
    await editor.edit((edit) => { edit.insert(new vscode.Position(2, 0), '    - conn_id: fresh\n      conn_type: azure\n'); });
    await until(async () => text(tree, await connection('airflow_settings.yaml', 'fresh')) === 'fresh | azure, no identity');
  });

  it('opens a connection in its file', async () => {
    await shown({ '.env': env }, '');
    const row = await connection('.env', 'lake');
    await vscode.commands.executeCommand('airflowIdentity.openConnection', row);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), folder.uri('.env').toString());
  });

  it('shows the same connection with other values side by side, without secrets, and takes one for all as one step', async () => {
    await shown({ 'airflow_settings.yaml': settings, '.env': env }, '');
    const row = await connection('airflow_settings.yaml', 'lake');
    assert.match((await texts(row)).join('\n'), /lake also stands in .*\.env, with other values: extra\.managed_identity_client_id/);
    await vscode.commands.executeCommand('airflowIdentity.compareConnections', row);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.match(input.modified.query, new RegExp(airflowProd.clientId));
    assert.match(input.original.query, new RegExp(airflowDev.clientId));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const asked: string[][] = [];
    await confirming(async () => { await vscode.commands.executeCommand('airflowIdentity.takeConnection', row); }, asked);
    assert.match(asked[0]?.[1] ?? '', new RegExp(`- AIRFLOW_CONN_LAKE.*${airflowDev.clientId}`));
    assert.match(await folder.read('.env'), new RegExp(airflowProd.clientId));
    await until(async () => (await tree.getChildren(await connection('airflow_settings.yaml', 'lake'))).length === 0);
  });

  it('compares a compose file with airflow_settings.yaml in the same folder, and not with another Astro project of the workspace', async () => {
    const other = (clientId: string): string => settings.replace(/- conn_id: half[^]*/, '').replace(airflowProd.clientId, clientId);
    const compose = `services:\n  scheduler:\n    image: apache/airflow\n    environment:\n      AIRFLOW_CONN_LAKE: '{"conn_type": "wasb", "host": "https://stcontosodata.blob.core.windows.net", "extra": ${extra(airflowDev.clientId)}}'\n`;
    await shown({ 'airflow_settings.yaml': other(airflowProd.clientId), 'docker-compose.yaml': compose, 'other/.astro/config.yaml': 'project:\n  name: other\n', 'other/airflow_settings.yaml': other(sample.subscriptions.production) }, '');
    const differing = async (name: string): Promise<readonly string[]> => (await texts(await connection(name, 'lake'))).filter((said) => said.includes('also stands in'));
    assert.match((await differing('airflow_settings.yaml')).join('\n'), /^lake also stands in \S*docker-compose\.yaml, with other values/);
    assert.match((await differing('docker-compose.yaml')).join('\n'), /^lake also stands in \S*airflow_settings\.yaml, with other values: extra\.managed_identity_client_id\. /);
    assert.deepEqual(await differing('other/airflow_settings.yaml'), []);
  });

  it('moves a connection into another file, both shown before, and one undo takes both back', async () => {
    await shown({ 'airflow_settings.yaml': settings, 'connections.yaml': 'other:\n  conn_type: http\n' }, '');
    const row = await connection('airflow_settings.yaml', 'lake');
    const asked: string[][] = [];
    await confirming(() => answering(() => vscode.commands.executeCommand('airflowIdentity.moveConnection', row), async (dialogs) => {
      await dialogs.pick(/connections\.yaml/);
    }), asked);
    assert.match(asked[0]?.[0] ?? '', /^Move lake from .*airflow_settings\.yaml to .*connections\.yaml\?$/);
    assert.doesNotMatch(await folder.read(), /conn_id: lake/);
    assert.match(await folder.read('connections.yaml'), /^other:\n {2}conn_type: http\nlake:/);
    await until(async () => (await texts(await file('connections.yaml'))).length === 1);
    await vscode.commands.executeCommand('undo');
    const textOf = (name: string): string | undefined => vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === folder.uri(name).toString())?.getText();
    assert.deepEqual([textOf('connections.yaml'), textOf('airflow_settings.yaml')], ['other:\n  conn_type: http\n', settings]);
  });

  it('lists the Environment Manager when it is unfolded: for which deployments, what is wrong, no secrets asked', async () => {
    const rows = await shown({}, tokens.organization, sample.accounts.dana.label);
    assert.ok((await cloud().log()).every(({ path: where }) => !where.includes('environment-objects')));
    const manager = rowOf(tree, rows, 'Environment Manager');
    const found = await expand(tree, rowOf(tree, await expand(tree, manager), workspaces.dataPlatform.name));
    assert.deepEqual(found.map((row) => tree.getTreeItem(row).label), ['azure_default', 'lake', 'legacy_blob']);
    await until(async () => /^azure_default \| azure, id-airflow-prod, trusts \d deployments(, \d)? in part$/.test(text(tree, rowOf(tree, found, 'azure_default'))));
    assert.match(text(tree, rowOf(tree, found, 'legacy_blob')), /^legacy_blob \| wasb, no identity/);
    assert.match((await texts(rowOf(tree, found, 'lake'))).join('\n'), /does not trust it: its tasks get no token/);
    assert.ok((await cloud().log()).every(({ path: where }) => !where.includes('showSecrets')));
  });

  it('moves a connection into the Environment Manager, and takes it from the file only when it stands there', async () => {
    await shown({ 'airflow_settings.yaml': settings.replace('conn_id: lake', 'conn_id: lake_new') });
    const move = (): Promise<void> => confirming(async () => {
      const row = await connection('airflow_settings.yaml', 'lake_new');
      await answering(() => vscode.commands.executeCommand('airflowIdentity.moveConnection', row), async (dialogs) => { await dialogs.pick(new RegExp(`^Environment Manager, ${workspaces.dataPlatform.name}$`)); });
    });
    const before = await folder.read();
    await cloud().addFault({ host: 'api.astronomer.io', method: 'POST', effect: { kind: 'answer', status: 403, body: { message: 'No', requestId: 'r', statusCode: 403 } } });
    await played(features.services.messages, { error: async () => undefined }, move);
    assert.equal(await folder.read(), before);
    await cloud().clearFaults();
    await move();
    assert.doesNotMatch(await folder.read(), /lake_new/);
    const found = await expand(tree, rowOf(tree, await expand(tree, rowOf(tree, await expand(tree), 'Environment Manager')), workspaces.dataPlatform.name));
    assert.match(text(tree, rowOf(tree, found, 'lake_new')), /^lake_new \| wasb/);
  });

  it('moves it all the same when the answer of Astro is lost after the write', async () => {
    await shown({ 'airflow_settings.yaml': settings.replace('conn_id: lake', 'conn_id: lake_lost') });
    await cloud().addFault({ host: 'api.astronomer.io', method: 'POST', effect: { kind: 'resetAfter' } });
    await confirming(async () => {
      const row = await connection('airflow_settings.yaml', 'lake_lost');
      await answering(() => vscode.commands.executeCommand('airflowIdentity.moveConnection', row), async (dialogs) => { await dialogs.pick(new RegExp(`^Environment Manager, ${workspaces.marketing.name}$`)); });
    });
    assert.doesNotMatch(await folder.read(), /lake_lost/);
  });

  it('writes nothing once a move was cancelled, though it was confirmed', async () => {
    await shown({ 'airflow_settings.yaml': settings.replace('conn_id: lake', 'conn_id: lake_cancelled') });
    const before = await folder.read();
    const asked: string[][] = [];
    let reads = 0;
    // The first progress is that of looking, the second that of writing.
    const withProgress: typeof vscode.window.withProgress = (_options, task) =>
      task({ report: () => undefined }, { isCancellationRequested: reads > 0, onCancellationRequested: (listener) => { reads += 1; if (reads > 1) { listener(undefined); } return new vscode.Disposable(() => undefined); } });
    const { withProgress: real } = vscode.window;
    Object.assign(vscode.window, { withProgress });
    try {
      await confirming(async () => {
        const row = await connection('airflow_settings.yaml', 'lake_cancelled');
        await answering(() => vscode.commands.executeCommand('airflowIdentity.moveConnection', row), async (dialogs) => { await dialogs.pick(new RegExp(`^Environment Manager, ${workspaces.marketing.name}$`)); });
      }, asked);
    } finally {
      Object.assign(vscode.window, { withProgress: real });
    }
    assert.match(asked[0]?.[1] ?? '', /lake_cancelled is added to Environment Manager, .*\n+.*\n\+ conn_id: lake_cancelled/);
    assert.equal(await folder.read(), before);
    assert.ok((await cloud().log()).every((entry) => entry.host !== 'api.astronomer.io' || entry.method === 'GET'));
  });

  it('says what stays of a connection that stands where one is moved to, and takes a login away that would win over the identity', async () => {
    await shown({ 'airflow_settings.yaml': settings.replace('conn_id: lake', 'conn_id: lake_there') });
    const { signal } = new AbortController();
    const place = { organizationId: sample.astro.organization.id, scope: 'workspace', scopeId: workspaces.marketing.id } as const;
    const marketing = sample.astro.deployments.marketingAttribution;
    await features.services.environment().createEnvironmentConnection(place, { ...noConnection('lake_there'), type: 'wasb', login: 'app', password: 'local-cloud-password', extra: { note: 'theirs' } }, signal, [marketing.id]);
    const asked: string[][] = [];
    await confirming(async () => {
      const row = await connection('airflow_settings.yaml', 'lake_there');
      await answering(() => vscode.commands.executeCommand('airflowIdentity.moveConnection', row), async (dialogs) => { await dialogs.pick(new RegExp(`^Environment Manager, ${workspaces.marketing.name}$`)); });
    }, asked);
    const question = asked[0]?.[1] ?? '';
    assert.match(question, /These keys of extra stay as they are: note\.\nAstro shows no passwords and other secrets\. Those that stand there stay/);
    assert.match(question, new RegExp(`- login: app\\n[^]*\\+ managed_identity_client_id: ${airflowProd.clientId}`));
    assert.doesNotMatch(question, /local-cloud-password/);
    const there = (await Array.fromAsync(features.services.environment().environmentConnections(place, signal))).flat().find((one) => one.connection.connectionId === 'lake_there');
    assert.deepEqual([there?.connection.login, there?.connection.extra['note'], there?.links.deployments.map(({ id }) => id), there?.links.all], [undefined, 'theirs', [marketing.id], false]);
    assert.doesNotMatch(await folder.read(), /lake_there/);
  });

  it('moves a connection from the Environment Manager into a file, and says that secrets do not come along', async () => {
    const rows = await shown({ '.env': '' });
    const found = await expand(tree, rowOf(tree, await expand(tree, rowOf(tree, rows, 'Environment Manager')), workspaces.dataPlatform.name));
    const asked: string[][] = [];
    await confirming(() => answering(() => vscode.commands.executeCommand('airflowIdentity.moveConnection', rowOf(tree, found, 'azure_default')), async (dialogs) => {
      await dialogs.pick(new RegExp(`${path.basename(folder.dir)}/airflow_settings\\.yaml$`));
    }), asked);
    assert.match(asked[0]?.[1] ?? '', /secrets: if the connection has any, they do not come along/);
    assert.match(await folder.read(), /conn_id: azure_default/);
    const after = await expand(tree, rowOf(tree, await expand(tree, rowOf(tree, await expand(tree), 'Environment Manager')), workspaces.dataPlatform.name));
    assert.ok(after.every((row) => tree.getTreeItem(row).label !== 'azure_default'));
  });

  it('has nothing against a button of a view’s title while no row has the focus', async () => {
    await shown({}, '', sample.accounts.dana.label);
    const failures: unknown[] = [];
    await played(features.services.messages, { error: async (...said) => { failures.push(said); return undefined; } }, () =>
      answering(() => vscode.commands.executeCommand('airflowIdentity.createIdentity', undefined, undefined), (dialogs) => dialogs.escape()));
    assert.deepEqual(failures, []);
  });

  it('selects the identity of a connection in its own view', async () => {
    await shown({ 'airflow_settings.yaml': settings }, '', sample.accounts.dana.label);
    await until(async () => /\bknownIdentity\b/.test(tree.getTreeItem(await connection('airflow_settings.yaml', 'lake')).contextValue ?? ''));
    await vscode.commands.executeCommand('airflowIdentity.revealIdentity', await connection('airflow_settings.yaml', 'lake'));
    assert.deepEqual(features.trees.identities.view.selection.map((node) => features.trees.identities.getTreeItem(node).label), [airflowProd.name]);
  });
});
