import * as vscode from 'vscode';
import type { Clock } from '../../clock.ts';
import type { Deployment, Workspace } from '../../deployment/deployment.ts';
import type { DeploymentFilter } from '../../deployment/deploymentFilter.ts';
import { isEmptyDeploymentFilter, storedDeploymentFilter } from '../../deployment/deploymentFilter.ts';
import type { DeploymentSource } from '../../deployment/deploymentPort.ts';
import { AirflowIdentityError } from '../../errors.ts';
import type { Commands } from '../commands.ts';
import { setContextKey } from '../contextKeys.ts';
import type { Log } from '../log.ts';
import type { DeploymentSources, IdentityDirectory, Services } from '../services.ts';
import { FilterStore } from '../tree/filterStore.ts';
import { LazyTree } from '../tree/lazyTree.ts';
import type { TreePlace } from '../tree/treePlace.ts';
import { AllDeployments } from './allDeployments.ts';
import { DeploymentNode, WorkspaceNode } from './deploymentNodes.ts';
import { listDeployments } from './listDeployments.ts';
import type { ListedDeployments } from './listDeployments.ts';
import { DeploymentsRoot } from './deploymentsRoot.ts';
import { deploymentFilterText } from './filter/filterText.ts';
import type { SourceKind } from './sources/sourceKind.ts';
import { TrustLookup } from './trust/trustLookup.ts';

/** What the view needs. */
export interface DeploymentsViewPorts {
  readonly place: TreePlace;
  readonly sources: readonly SourceKind[];
  readonly globalState: vscode.Memento;
  readonly workspaceState: vscode.Memento;
  readonly identities: IdentityDirectory;
  readonly clouds: Services['clouds'];
  readonly commands: Commands;
  readonly log: Log;
  readonly clock: Clock;
}

/** The Deployments view and the places where deployments are known. */
export class DeploymentsView implements DeploymentSources, vscode.Disposable {
  readonly tree: LazyTree;
  readonly trust: TrustLookup;
  readonly filter: FilterStore<DeploymentFilter>;
  readonly all: readonly DeploymentSource[];
  readonly onDidChange: vscode.Event<void>;
  readonly onDidChangeKnown: vscode.Event<void>;
  readonly #listed = new AllDeployments();
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #ports: DeploymentsViewPorts;
  readonly #root: DeploymentsRoot;
  readonly #subscriptions: readonly vscode.Disposable[];
  #areAllReady = true;

  constructor(ports: DeploymentsViewPorts) {
    this.#ports = ports;
    this.onDidChange = this.#changes.event;
    this.onDidChangeKnown = this.#listed.onDidChange;
    this.all = ports.sources.map(({ source }) => source);
    this.filter = new FilterStore<DeploymentFilter>(
      { user: ports.globalState, workspace: ports.workspaceState },
      { key: 'airflowIdentity.deploymentFilter', read: storedDeploymentFilter, isEmpty: isEmptyDeploymentFilter },
    );
    this.trust = new TrustLookup(ports, () => { this.#trustChanged(); });
    this.#root = new DeploymentsRoot({
      sources: (signal) => this.#sourcesNow(signal),
      trust: this.trust,
      filter: () => this.filter.current(),
      onSourceFailed: (error) => this.#failed(error),
    });
    this.tree = new LazyTree({
      place: ports.place,
      root: this.#root,
      clock: ports.clock,
      loadingKey: 'airflowIdentity.deploymentsLoading',
      showsWelcome: () => false,
      onChanged: () => void this.#tellState(),
      onFailed: (_node, error) => this.#failed(error),
    });
    this.#subscriptions = [
      this.trust,
      this.filter,
      this.filter.onDidChange(() => {
        this.#tellFilter();
        this.tree.refresh();
      }),
      ...ports.sources.map(({ onDidChange }) => onDidChange(() => this.#sourcesChanged())),
    ];
    this.#tellFilter();
  }

  source(id: string): DeploymentSource {
    const source = this.all.find((candidate) => candidate.id === id);
    if (source === undefined) {
      throw new AirflowIdentityError('notFound', vscode.l10n.t('Nothing is known about deployments of this kind: {0}', id));
    }
    return source;
  }

  get known(): readonly Deployment[] | undefined {
    return this.#listed.known;
  }

  get listed(): ListedDeployments | undefined {
    return this.#listed.listed;
  }

  /** The workspaces that were listed, also those that the filter hides. */
  get workspaces(): readonly Workspace[] {
    return this.#root.listed;
  }

  async listAll(signal: AbortSignal): Promise<ListedDeployments> {
    const listed = await listDeployments(this.all, signal);
    this.#listed.keep(listed);
    return listed;
  }

  /** Lists anew what is unfolded; what was known of all deployments no longer counts. */
  refresh(): void {
    this.#listed.forget();
    this.tree.refresh();
  }

  dispose(): void {
    this.#listed.dispose();
    vscode.Disposable.from(...this.#subscriptions).dispose();
    this.tree.dispose();
    this.#changes.dispose();
  }

  async #sourcesNow(signal: AbortSignal): Promise<readonly SourceKind[]> {
    const { sources } = this.#ports;
    const ready = await Promise.all(sources.map((kind) => kind.isReady(signal)));
    this.#areAllReady = ready.every(Boolean);
    return sources.filter((_kind, index) => ready[index]);
  }

  #trustChanged(): void {
    for (const workspace of this.tree.children()) {
      for (const node of this.tree.children(workspace)) {
        if (node instanceof DeploymentNode) {
          this.tree.redraw(node);
          if (this.tree.state(node).status === 'complete') {
            this.tree.update(node, node.trustNodes());
          }
        }
      }
    }
  }

  #sourcesChanged(): void {
    this.refresh();
    this.#changes.fire();
  }

  /** The row shows the error; a token that no longer works is also asked for anew, once for all rows. */
  #failed(error: AirflowIdentityError): void {
    if (error.code !== 'signedOut') {
      this.#ports.log.failure('Deployments', error);
      return;
    }
    let isAsked = false;
    void this.#ports.commands.run('Deployments', async () => {
      if (!isAsked) {
        isAsked = true;
        throw error;
      }
    });
  }

  /** Where every workspace was unfolded, the view has listed all deployments. */
  #keepListed(): void {
    const workspaces = this.tree.children();
    const isAll = this.#areAllReady && isEmptyDeploymentFilter(this.filter.current()) && [this.#root, ...workspaces].every((node) => this.tree.state(node).status === 'complete');
    if (isAll && workspaces.every((node) => node instanceof WorkspaceNode)) {
      const deployments = workspaces.flatMap((node) => this.tree.children(node)).flatMap((node) => (node instanceof DeploymentNode ? [node.deployment] : []));
      this.#listed.keep({ deployments, failures: [] });
    }
  }

  #tellFilter(): void {
    const filter = this.filter.current();
    const isFiltered = !isEmptyDeploymentFilter(filter);
    this.#ports.place.view.description = isFiltered ? vscode.l10n.t('Filter: {0}', deploymentFilterText(filter)) : '';
    void setContextKey('airflowIdentity.deploymentsFiltered', isFiltered);
  }

  async #tellState(): Promise<void> {
    this.#keepListed();
    if (this.tree.state(this.#root).status === 'complete') {
      const isEmpty = this.tree.children(this.#root).length === 0;
      await setContextKey('airflowIdentity.deploymentsState', isEmpty ? (this.#root.listed.length > 0 ? 'noMatches' : this.#areAllReady ? 'noDeployments' : 'noToken') : 'shown');
    }
  }
}
