import * as vscode from 'vscode';
import type { EnvironmentConnection } from '../../connection/environmentPort.ts';
import { identityIn } from '../../connection/identityKeys.ts';
import type { ConnectionIssue } from '../../project/connectionIssues.ts';
import type { LanguageBundle } from '../../project/languageBundle.ts';
import type { PlacedConnection } from '../../project/placedConnection.ts';
import { setContextKey } from '../contextKeys.ts';
import type { SourceKind } from '../deployments/sources/sourceKind.ts';
import type { TrustLookup } from '../deployments/trust/trustLookup.ts';
import { knownIdentities } from '../language/knownIdentities.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { Services } from '../services.ts';
import { LazyTree } from '../tree/lazyTree.ts';
import type { TreePlace } from '../tree/treePlace.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import { connectionFiles } from './connectionFiles.ts';
import type { ConnectionNodePorts } from './connectionNode.ts';
import { ConnectionNode } from './connectionNode.ts';
import { ConnectionTrust } from './connectionTrust.ts';
import { EnvironmentNode } from './environmentNodes.ts';
import { FileNode } from './fileNode.ts';

/** What the view needs. */
export interface ConnectionsViewPorts {
  readonly place: TreePlace;
  readonly services: Services;
  readonly projects: AstroProjects;
  readonly trust: TrustLookup;
  readonly astro: SourceKind;
}

/** The Connections view: every Azure connection of the workspace's files and of the Environment Manager. */
export class ConnectionsView implements TreeNode, vscode.Disposable {
  readonly id = '';
  readonly parent = undefined;
  readonly tree: LazyTree;
  readonly #ports: ConnectionsViewPorts;
  readonly #trust: ConnectionTrust;
  readonly #environment: EnvironmentNode;
  readonly #rowPorts: ConnectionNodePorts;
  /** Made anew when more is known. */
  #issueFinder: ReturnType<LanguageBundle['issueFinder']> | undefined;
  #subscriptions: vscode.Disposable | undefined;
  #reading: AbortController | undefined;
  #looking: AbortController | undefined;

  constructor(ports: ConnectionsViewPorts) {
    this.#ports = ports;
    const { services, trust, astro } = ports;
    const { language, log, clock } = services;
    this.#trust = new ConnectionTrust({ services, trust });
    this.#rowPorts = { trust: this.#trust, issues: (placed) => this.#issues(placed) };
    this.#environment = new EnvironmentNode(this, {
      ...this.#rowPorts,
      environment: services.environment,
      astro: astro.source,
      isAzure: (connection) => language().isAzureConnection(connection),
      look: (connections, signal) => this.#look(connections, signal),
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
    const files = await this.#files(signal);
    yield await this.#rows(files, signal);
    this.#lookAgain(files.flatMap(({ file }) => file.connections));
  }

  item(): vscode.TreeItem {
    // VS Code never draws the root.
    return new vscode.TreeItem('');
  }

  /** All connections that were read, those of the Environment Manager as far as it was unfolded. */
  placed(): readonly PlacedConnection[] {
    return this.tree.known((node) => node instanceof ConnectionNode).flatMap((node) => (node instanceof ConnectionNode ? [node.placed] : []));
  }

  /** Reads the files again, and what was written to a place of the Environment Manager. */
  changed({ environment }: { readonly environment: boolean } = { environment: false }): void {
    if (environment) {
      this.tree.refresh(this.#environment);
    }
    void this.#filesChanged();
  }

  dispose(): void {
    this.#reading?.abort();
    this.#looking?.abort();
    this.#subscriptions?.dispose();
    this.#trust.dispose();
    this.tree.dispose();
  }

  #subscribe(): vscode.Disposable {
    const { projects, astro, services } = this.#ports;
    return vscode.Disposable.from(
      projects.onDidChange(() => { void this.#filesChanged(); }),
      astro.onDidChange(() => { this.tree.refresh(); }),
      services.signIn.onDidChange(() => { this.#lookAgain(this.placed()); }),
      this.#trust.onDidChange(() => {
        this.#issueFinder = undefined;
        this.#redraw();
      }),
    );
  }

  async #files(signal: AbortSignal): Promise<readonly FileNode[]> {
    const { services } = this.#ports;
    return (await connectionFiles(services, signal)).map((file) => new FileNode(this, file, this.#rowPorts));
  }

  /** Where Astro keeps secrets, one is not in the open. */
  #issues({ kind, connection }: PlacedConnection): readonly ConnectionIssue[] {
    const { services } = this.#ports;
    this.#issueFinder ??= services.language().issueFinder({ identities: knownIdentities(services), isComplete: false });
    return this.#issueFinder(connection).filter(({ code }) => kind === 'file' || code !== 'secret-in-file');
  }

  async #rows(files: readonly FileNode[], signal: AbortSignal): Promise<readonly TreeNode[]> {
    return [...files, ...((await this.#ports.astro.isReady(signal)) ? [this.#environment] : [])];
  }

  /** Rows stand while it goes on, and follow what it finds. */
  #lookAgain(connections: readonly Pick<EnvironmentConnection, 'connection'>[]): void {
    this.#looking?.abort();
    const looking = new AbortController();
    this.#looking = looking;
    void this.#ports.services.commands.run('Connections', () => this.#look(connections, looking.signal));
  }

  async #look(connections: readonly Pick<EnvironmentConnection, 'connection'>[], signal: AbortSignal): Promise<void> {
    const clientIds = connections.flatMap(({ connection }) => identityIn(connection)?.clientId ?? []);
    await this.#trust.read([...new Set(clientIds)], signal);
  }

  /** What was unfolded stays so: rows are exchanged, and nothing is asked of a service. */
  async #filesChanged(): Promise<void> {
    if (this.tree.state(this).status !== 'complete') {
      this.tree.refresh();
      return;
    }
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    await this.#ports.services.commands.run('Connections', async () => {
      const rows = await this.#rows(await this.#files(reading.signal), reading.signal);
      if (!reading.signal.aborted) {
        this.tree.update(this, rows);
        this.#lookAgain(this.placed());
      }
    });
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
