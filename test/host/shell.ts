import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LogEntry } from '../cloud/requestLog.ts';
import { ControlClient } from '../cloud/control/controlClient.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { DeploymentsView } from '../../src/vscode/deployments/deploymentsView.ts';
import type { IdentitiesView } from '../../src/vscode/identities/identitiesView.ts';
import type { LazyTree } from '../../src/vscode/tree/lazyTree.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';

/** The extension as VS Code has it. */
export function extension(): vscode.Extension<ExtensionApi> {
  const found = vscode.extensions.getExtension<ExtensionApi>('airflow-azure-identity.airflow-azure-identity');
  assert.ok(found, 'the extension under test is installed');
  return found;
}

/** The product, activated and with its features loaded. */
export async function product(): Promise<ReturnType<ExtensionApi['features']>> {
  return (await extension().activate()).features();
}

/** Steers the local cloud that this host was started with. */
export function cloud(): ControlClient {
  const proxy = process.env['HTTPS_PROXY'];
  assert.ok(proxy, 'the host was started with the local cloud');
  return new ControlClient(proxy);
}

/** A fresh sample world in which exactly these accounts are signed in, and views that know nothing of the last one. */
export function signedIn(...labels: readonly string[]): Promise<void> {
  return signedInTo('sample', ...labels);
}

type World = 'sample' | 'company';

let worldNow: World = 'sample';

/** The same with a generated world. */
export async function signedInTo(world: World, ...labels: readonly string[]): Promise<void> {
  if (world !== worldNow) {
    // Tokens of one world say nothing in the other.
    await onlyAccounts([]);
    worldNow = world;
  }
  await cloud().reset(world === 'sample' ? undefined : world);
  await onlyAccounts(labels);
  await nothingInSight();
  const { services, trees } = await product();
  await (services.identities as IdentitiesView).clearKept();
  (services.deployments as DeploymentsView).refresh();
  trees.connections.refresh();
  // A message that nobody answered holds back what it stopped.
  await vscode.commands.executeCommand('notifications.clearAll');
  await cloud().clearLog();
}

/** Closes what the last test left in sight: VS Code asks for what is unfolded in views, and open connections are looked up. */
async function nothingInSight(): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.explorer');
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Signs exactly these in. What follows a change of accounts comes seconds after it, and would come in the midst of a test. */
async function onlyAccounts(labels: readonly string[]): Promise<void> {
  // Starts the provider; its commands exist only then.
  const before = await vscode.authentication.getAccounts('microsoft');
  if (before.length === labels.length && before.every(({ label }, index) => label === labels[index])) {
    return;
  }
  const { services } = await product();
  // From then on the product knows who was signed in, and so tells that it is others.
  await services.signIn.accounts();
  const told = new Promise<void>((resolve) => { const listener = services.signIn.onDidChange(() => { listener.dispose(); resolve(); }); });
  await vscode.commands.executeCommand('localCloud.signOut');
  for (const label of labels) {
    await vscode.commands.executeCommand('localCloud.signIn', label);
  }
  await told;
  await (services.identities as IdentitiesView).followed();
}

/** A row as the user reads it: label, then description. */
export function text(tree: LazyTree, node: TreeNode): string {
  const { label, description } = tree.getTreeItem(node);
  assert.ok(typeof label === 'string');
  return typeof description === 'string' && description !== '' ? `${label} | ${description}` : label;
}

/** Loads a node as expanding its row does, to the end, and gives the rows below it. */
export async function expand(tree: LazyTree, node?: TreeNode): Promise<readonly TreeNode[]> {
  await tree.getChildren(node);
  await tree.loaded(node);
  return tree.getChildren(node);
}

/** Waits for the loads of rows that are fetched ahead, and gives the rows' texts. */
export async function settledTexts(tree: LazyTree, nodes: readonly TreeNode[]): Promise<readonly string[]> {
  await Promise.all(nodes.map((node) => tree.loaded(node)));
  return nodes.map((node) => text(tree, node));
}

/** The rows below these labels, expanded one after another. */
export async function expandTo(tree: LazyTree, labels: readonly string[]): Promise<readonly TreeNode[]> {
  let rows = await expand(tree);
  for (const label of labels) {
    rows = await expand(tree, rowOf(tree, rows, label));
  }
  return rows;
}

/** The row whose label is this. */
export function rowOf<T extends TreeNode>(tree: LazyTree, nodes: readonly T[], label: string): T {
  const found = nodes.find((node) => tree.getTreeItem(node).label === label);
  assert.ok(found, `no row ${label} among ${nodes.map((node) => text(tree, node)).join('; ')}`);
  return found;
}

/** What the product asked the cloud, without the token requests of the provider. */
export async function requests(): Promise<readonly LogEntry[]> {
  return cloud().log();
}

/** Runs an action while methods of an object are played by the test: what a person would click or type. */
export async function played<T extends object>(target: T, methods: Partial<T>, action: () => Promise<void>): Promise<void> {
  Object.assign(target, methods);
  try {
    await action();
  } finally {
    for (const name of Object.keys(methods)) {
      // The class's own method is behind it.
      Reflect.deleteProperty(target, name);
    }
  }
}
