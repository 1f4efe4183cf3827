import * as vscode from 'vscode';
import { IdentitiesView } from '../../src/vscode/identities/identitiesView.ts';
import type { IdentitiesViewPorts } from '../../src/vscode/identities/identitiesView.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import type { TreePlace } from '../../src/vscode/tree/treePlace.ts';
import { sample } from '../cloud/sampleWorld.ts';

/** A memento that lasts as long as the test. */
export class Memory implements vscode.Memento {
  readonly #values = new Map<string, unknown>();
  keys(): readonly string[] {
    return [...this.#values.keys()];
  }
  get<T>(key: string, defaultValue?: T): T | undefined {
    return (this.#values.get(key) as T | undefined) ?? defaultValue;
  }
  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

/** What a view that is beside the visible one shows of itself. */
interface Shown {
  description?: string;
  message?: string;
}

/** What a view asked for. */
interface Asked {
  searches: number;
  readonly subscriptions: string[];
  /** Names of the identities whose credentials were read. */
  readonly credentials: string[];
}

/** An Identities view of another window. */
export interface OtherWindow {
  readonly view: IdentitiesView;
  readonly shown: Shown;
  readonly asked: Asked;
}

/** Other windows of the same user, which keep their listings in a folder of the test's own. */
export class OtherWindows {
  readonly storage = vscode.Uri.joinPath(vscode.Uri.file(process.env['TMPDIR'] ?? '/tmp'), `airflow-identity-listings-${crypto.randomUUID()}`);
  readonly #features: ReturnType<ExtensionApi['features']>;
  readonly #states = { globalState: new Memory(), workspaceState: new Memory() };
  readonly #views: IdentitiesView[] = [];

  constructor(features: ReturnType<ExtensionApi['features']>) {
    this.#features = features;
  }

  /** Opens one more, in another workspace where `workspaceState` is given. */
  open(other: Partial<Pick<IdentitiesViewPorts, 'workspaceState' | 'issuers'>> = {}): OtherWindow {
    const { services } = this.#features;
    const shown: Shown = {};
    const asked: Asked = { searches: 0, subscriptions: [], credentials: [] };
    const azure = services.azure();
    const view = new IdentitiesView({
      ...services, ...this.#states,
      storage: this.storage,
      place: hiddenPlace(shown),
      // The visible view may list at the same time; what it asks is none of this one's.
      azure: () => ({
        ...azure,
        searchIdentities: (...args) => {
          asked.searches++;
          return azure.searchIdentities(...args);
        },
        identities: (subscription, signal) => {
          asked.subscriptions.push(subscription.subscriptionId);
          return azure.identities(subscription, signal);
        },
        credentials: (ref, signal) => {
          asked.credentials.push(ref.name);
          return azure.credentials(ref, signal);
        },
      }),
      clouds: { onDidChange: new vscode.EventEmitter<void>().event },
      issuers: async () => new Set([sample.issuers.prod]),
      knownDeployments: () => undefined,
      ...other,
    });
    this.#views.push(view);
    return { view, shown, asked };
  }

  /** Closes all of them and forgets what they left. */
  async close(): Promise<void> {
    this.#views.splice(0).forEach((view) => { view.dispose(); });
    await vscode.workspace.fs.delete(this.storage, { recursive: true }).then(undefined, () => undefined);
  }
}

/** A place for a second view: VS Code gives each view id to one view only. */
function hiddenPlace(shown: Shown): TreePlace {
  const events = new vscode.EventEmitter<vscode.TreeViewExpansionEvent<TreeNode>>();
  const view = Object.assign(shown, { onDidCollapseElement: events.event, onDidExpandElement: events.event });
  return { viewId: 'airflowIdentity.identities', view, changed: () => undefined } as unknown as TreePlace;
}
