// Runs inside VS Code's extension host (bundled by hostProgram.ts).
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ManagedIdentity, Tenant } from '../../src/identity/managedIdentity.ts';
import type { IdentitySearchPort } from '../../src/identity/searchPort.ts';
import { IdentitiesView } from '../../src/vscode/identities/identitiesView.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import type { TreePlace } from '../../src/vscode/tree/treePlace.ts';
import { ControlClient } from '../cloud/control/controlClient.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { collectedHeap } from './heap.ts';
import { median } from './median.ts';
import { resultFileVariable } from './resultFile.ts';

const windows = 5;

/**
 * What VS Code calls (`extensionTestsPath`): lists 10,000 identities as the view does, leaves them for the next window, and
 * opens further views on them; writes down how long those take to their first level and what the identities take of the heap.
 * Both also the naive way: a view to which nothing was left, and a row of VS Code's for each identity, made at once.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'airflow-identity-bench-'));
  const cloud = new ControlClient(process.env['HTTPS_PROXY'] ?? '');
  try {
    await cloud.reset('company');
    await vscode.authentication.getAccounts('microsoft');
    await vscode.commands.executeCommand('localCloud.signIn', sample.accounts.dana.label);
    const extension = vscode.extensions.getExtension<ExtensionApi>('airflow-azure-identity.airflow-azure-identity');
    if (extension === undefined) {
      throw new Error('The extension is not installed.');
    }
    const { services } = (await extension.activate()).features();
    const opened: IdentitiesView[] = [];
    const openView = (storage: string): IdentitiesView => {
      const view = new IdentitiesView({
        ...services,
        place: hiddenPlace(),
        storage: vscode.Uri.file(path.join(folder, storage)),
        workspaceState: services.globalState,
        clouds: { onDidChange: new vscode.EventEmitter<void>().event },
        issuers: async () => new Set(),
        knownDeployments: () => undefined,
      });
      opened.push(view);
      return view;
    };
    const { signal } = new AbortController();
    const [account] = await services.signIn.accounts(signal);
    if (account === undefined) {
      throw new Error('Nobody is signed in.');
    }
    const tenants = (await Array.fromAsync(services.azure().tenants(account, signal))).flat();
    const first = openView('kept');
    const { takenMB: heapMB } = await heapTaken(() => first.listAll(signal));
    // Second: what the first leaves is kept, and nothing that is collected later counts against it.
    const { takenMB: heapNaiveMB } = await heapTaken(() => eagerRows(services.azure(), tenants, signal));
    await first.kept();
    await cloud.changeSettings({ latencyMs: 60 });
    const timeToFirstLevel = async (storage: string): Promise<number> => {
      const started = performance.now();
      const view = openView(storage);
      const top = await view.tree.getChildren();
      const ms = performance.now() - started;
      view.dispose();
      if (top.length !== 12) {
        throw new Error(`${top.length} tenants were there at once.`);
      }
      return ms;
    };
    const times: number[] = [];
    const naiveTimes: number[] = [];
    for (let window = 0; window < windows; window += 1) {
      times.push(await timeToFirstLevel('kept'));
      naiveTimes.push(await timeToFirstLevel(`empty ${window}`));
    }
    const result = { identities: first.known().length, warmTreeMs: median(times), warmTreeNaiveMs: median(naiveTimes), heapMB, heapNaiveMB };
    await writeFile(process.env[resultFileVariable] ?? '', JSON.stringify(result));
    first.dispose();
    // What they listed is written a while later.
    await Promise.all(opened.map((view) => view.kept()));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the heap grows by while the result of the work is held. */
async function heapTaken<T>(work: () => Promise<T>): Promise<{ readonly takenMB: number; readonly held: T }> {
  const before = collectedHeap();
  const held = await work();
  return { takenMB: (collectedHeap() - before) / 1e6, held };
}

/** For each identity what Azure answered, and a row with everything that VS Code may show of it. */
async function eagerRows(azure: IdentitySearchPort, tenants: readonly Tenant[], signal: AbortSignal): Promise<readonly unknown[]> {
  const pages = await Promise.all(tenants.map((tenant) => Array.fromAsync(azure.searchIdentities(tenant, undefined, {}, signal))));
  return pages.flat().flatMap(({ identities }) => identities.map((identity) => ({ identity, row: rowOf(identity) })));
}

function rowOf(identity: ManagedIdentity): vscode.TreeItem {
  const row = new vscode.TreeItem(identity.name, vscode.TreeItemCollapsibleState.Collapsed);
  row.id = identity.id;
  row.description = identity.location;
  row.iconPath = new vscode.ThemeIcon('key');
  row.contextValue = 'identity';
  row.tooltip = new vscode.MarkdownString(`**${identity.name}**\n\n${identity.id}\n\nClient ID: ${identity.clientId}\n\nPrincipal ID: ${identity.principalId}`);
  return row;
}

/** A place for a further view: VS Code gives each view id to one view only. */
function hiddenPlace(): TreePlace {
  const events = new vscode.EventEmitter<vscode.TreeViewExpansionEvent<TreeNode>>();
  const view = { onDidCollapseElement: events.event, onDidExpandElement: events.event };
  return { viewId: 'airflowIdentity.identities', view, changed: () => undefined } as unknown as TreePlace;
}
