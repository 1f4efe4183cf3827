// Runs inside VS Code's extension host (bundled by hostProgram.ts).
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
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
    const openView = (): IdentitiesView =>
      new IdentitiesView({
        ...services,
        place: hiddenPlace(),
        storage: vscode.Uri.file(folder),
        workspaceState: services.globalState,
        clouds: { onDidChange: new vscode.EventEmitter<void>().event },
        issuers: async () => new Set(),
        knownDeployments: () => undefined,
      });
    const { signal } = new AbortController();
    const heapBefore = collectedHeap();
    const first = openView();
    await first.listAll(signal);
    const heapMB = (collectedHeap() - heapBefore) / 1e6;
    await first.kept();
    await cloud.changeSettings({ latencyMs: 60 });
    const times: number[] = [];
    for (let window = 0; window < windows; window += 1) {
      const started = performance.now();
      const view = openView();
      const top = await view.tree.getChildren();
      times.push(performance.now() - started);
      if (top.length !== 12) {
        throw new Error(`${top.length} tenants were there at once.`);
      }
      view.dispose();
    }
    const result = { identities: first.known().length, warmTreeMs: median(times), heapMB };
    await writeFile(process.env[resultFileVariable] ?? '', JSON.stringify(result));
    first.dispose();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A place for a further view: VS Code gives each view id to one view only. */
function hiddenPlace(): TreePlace {
  const events = new vscode.EventEmitter<vscode.TreeViewExpansionEvent<TreeNode>>();
  const view = { onDidCollapseElement: events.event, onDidExpandElement: events.event };
  return { viewId: 'airflowIdentity.identities', view, changed: () => undefined } as unknown as TreePlace;
}
