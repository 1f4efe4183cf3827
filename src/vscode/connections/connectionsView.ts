import * as vscode from 'vscode';
import type { EnvironmentConnection } from '../../connection/environmentPort.ts';
import { identityIn } from '../../connection/identityKeys.ts';
import type { ConnectionIssue } from '../../project/connectionIssues.ts';
import type { LanguageBundle } from '../../project/languageBundle.ts';
import type { PlacedConnection } from '../../project/placedConnection.ts';
import { setContextKey } from '../contextKeys.ts';
import type { SourceKind } from '../deployments/sources/sourceKind.ts';
import type { IdentityListing } from '../language/identityListing.ts';
import { knownIdentities } from '../language/knownIdentities.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { FileReads } from '../project/fileText.ts';
import type { ProjectChange } from '../project/projectChanges.ts';
import type { Services } from '../services.ts';
import { LazyTree } from '../tree/lazyTree.ts';
import type { TreePlace } from '../tree/treePlace.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import { Lookout } from '../trust/lookout.ts';
import type { Look } from '../trust/namedIdentities.ts';
import { ConnectionFiles } from './connectionFiles.ts';
import type { ConnectionNodePorts } from './connectionNode.ts';
import { ConnectionNode } from './connectionNode.ts';
import { EnvironmentNode } from './environmentNodes.ts';
import { FileNode } from './fileNode.ts';

/** What the view needs. */
export interface ConnectionsViewPorts {
  readonly place: TreePlace;
  readonly services: Services;
  readonly projects: Pick<AstroProjects, 'onDidChange'>;
  readonly listing: IdentityListing;
  readonly astro: SourceKind;
  /** VS Code's own, unless somebody counts. */
  readonly files?: FileReads;
}

/**
 * The Connections view: every Azure connection of the workspace's files and of the Environment Manager. Reads files when it is
 * shown, then those that change; asks Azure and Astro only while it is visible.
 */
export class ConnectionsView implements TreeNode, vscode.Disposable {
  readonly id = '';
  readonly parent = undefined;
  readonly tree: LazyTree;
  readonly #ports: ConnectionsViewPorts;
  readonly #files: ConnectionFiles;
  readonly #environment: EnvironmentNode;
  readonly #rowPorts: ConnectionNodePorts;
  readonly #lookout = new Lookout();
  readonly #reading = new Lookout();
  /** Made anew when more is known. */
  #issueFinder: ReturnType<LanguageBundle['issueFinder']> | undefined;
  #subscriptions: vscode.Disposable | undefined;
  /** Who opens or refreshes rows wants what failed tried again. */
  #retries: Look['retries'] = 'everything';
  /** Something changed since the rows were made. */
  #isBehind = false;

  constructor(ports: ConnectionsViewPorts) {
    this.#ports = ports;
    const { services, astro, files } = ports;
    const { language, log, clock, named } = services;
    this.#files = new ConnectionFiles(services, files);
    this.#rowPorts = { named, issues: (placed) => this.#issues(placed) };
    this.#environment = new EnvironmentNode(this, {
      ...this.#rowPorts,
      environment: services.environment,
      astro: astro.source,
      isAzure: (connection) => language().isAzureConnection(connection),
      look: (connections, signal) => {
        this.#retries = 'everything';
        return this.#look(connections, signal);
      },
    });
    this.tree = new LazyTree({
      place: ports.place,
      root: this,
      clock,
      loadingKey: 'airflowIdentity.connectionsLoading',
      showsWelcome: () => false,
      onChanged: () => void this.#tellState(),
      onFailed: (_node, error) => { log.failure('Connections', error); },
    });
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    this.#subscriptions ??= this.#subscribe();
    this.#isBehind = false;
    yield await this.#rows(signal, { isSure: false });
    this.#retries = 'everything';
    this.#lookAgain();
  }

  item(): vscode.TreeItem {
    // VS Code never draws the root.
    return new vscode.TreeItem('');
  }

  /** Reads files again that were written from here, and what was written to a place of the Environment Manager. */
  changed({ environment }: { readonly environment: boolean } = { environment: false }): void {
    if (environment) {
      this.tree.refresh(this.#environment);
    }
    this.#isBehind = true;
    this.#follow();
  }

  dispose(): void {
    this.#reading.end();
    this.#lookout.end();
    this.#subscriptions?.dispose();
    this.tree.dispose();
  }

  #subscribe(): vscode.Disposable {
    const { place, projects, astro, listing, services: { identities, deployments } } = this.#ports;
    const moreIsKnown = (): void => {
      this.#issueFinder = undefined;
      this.#redraw();
      this.#lookAgain();
    };
    return vscode.Disposable.from(
      place.view.onDidChangeVisibility(({ visible }) => {
        if (visible) {
          this.#follow();
          this.#lookAgain();
        } else {
          this.#reading.end();
          this.#lookout.end();
        }
      }),
      projects.onDidChange((change) => { this.#filesChanged(change); }),
      // What was typed and not saved is gone then.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => { this.#filesChanged({ files: [uri.toString()], areOthers: false }); }),
      astro.onDidChange(() => { this.tree.refresh(); }),
      listing.onDidChange(moreIsKnown),
      identities.onDidChange(moreIsKnown),
      deployments.onDidChangeKnown(moreIsKnown),
    );
  }

  /** Where Astro keeps secrets, one is not in the open. */
  #issues({ kind, connection }: PlacedConnection): readonly ConnectionIssue[] {
    const { services, listing } = this.#ports;
    this.#issueFinder ??= services.language().issueFinder({ identities: knownIdentities(services), isComplete: listing.isComplete });
    return this.#issueFinder(connection).filter(({ code }) => kind === 'file' || code !== 'secret-in-file');
  }

  async #rows(signal: AbortSignal, sure: { readonly isSure: boolean }): Promise<readonly TreeNode[]> {
    const files = await this.#files.read(signal, sure);
    const isReady = await this.#ports.astro.isReady(signal);
    signal.throwIfAborted();
    return [...files.map((file) => new FileNode(this, file, this.#rowPorts)), ...(isReady ? [this.#environment] : [])];
  }

  /** Rows stand while it goes on, and follow what it finds. */
  #lookAgain(): void {
    const placed = this.tree.known((node) => node instanceof ConnectionNode).flatMap((node) => (node instanceof ConnectionNode ? [node.placed] : []));
    void this.#lookout.begin((signal) => this.#look(placed, signal));
  }

  async #look(connections: readonly Pick<EnvironmentConnection, 'connection'>[], signal: AbortSignal): Promise<void> {
    const { place, listing, services: { named } } = this.#ports;
    const clientIds = new Set(connections.flatMap(({ connection }) => identityIn(connection)?.clientId.toLowerCase() ?? []));
    if (!place.view.visible || clientIds.size === 0) {
      return;
    }
    listing.start();
    const known = [...clientIds].flatMap((clientId) => named.identityOf(clientId) ?? []);
    await named.read(known, { signal, retries: this.#retries });
    if (known.length > 0 && !signal.aborted) {
      this.#retries = 'nothing';
    }
  }

  #filesChanged(change: ProjectChange): void {
    if (this.#files.changed(change)) {
      this.#isBehind = true;
      this.#follow();
    }
  }

  /** What was unfolded stays so: rows are exchanged, and nothing is asked of a service. */
  #follow(): void {
    const { place, services } = this.#ports;
    if (!this.#isBehind || !place.view.visible) {
      return;
    }
    if (this.tree.state(this).status !== 'complete') {
      this.tree.refresh();
      return;
    }
    void services.commands.run('Connections', () => this.#reading.begin(async (signal) => {
      const rows = await this.#rows(signal, { isSure: true });
      this.#isBehind = false;
      this.tree.update(this, rows);
      this.#lookAgain();
    }));
  }

  #redraw(): void {
    for (const node of this.tree.known((one) => one instanceof ConnectionNode)) {
      this.tree.redraw(node);
    }
  }

  async #tellState(): Promise<void> {
    if (this.tree.state(this).status === 'complete') {
      const isEmpty = this.tree.children(this).length === 0;
      const hasFolder = (vscode.workspace.workspaceFolders ?? []).length > 0;
      await setContextKey('airflowIdentity.connectionsState', isEmpty ? (hasFolder ? 'noConnections' : 'noFolder') : 'shown');
    }
  }
}
