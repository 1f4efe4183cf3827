import * as vscode from 'vscode';
import type { ReadFile } from '../../project/acrossFiles.ts';
import { astroProjectFiles } from '../../project/astroProject.ts';
import type { Knowledge } from '../../project/language/knowledge.ts';
import { textOf } from '../project/fileText.ts';
import type { Services } from '../services.ts';
import type { IdentityListing } from './identityListing.ts';
import { knownIdentities } from './knownIdentities.ts';
import { connectionFiles } from './languageFiles.ts';

/** What the folder of a file tells about it. */
export interface FolderKnowledge {
  readonly knowledge: Knowledge;
  /** The other files with connections that stand beside it. */
  readonly others: readonly ReadFile[];
}

/** Files that tell something about those beside them. */
const neighbours = ['airflow_settings.yaml', '.env', 'connections.json', 'connections.yaml', 'connections.yml', 'connections.env', 'docker-compose.yaml', 'docker-compose.yml', 'compose.yaml', 'compose.yml'] as const;

/** Gathers what is known beside a file: identities, the requirements of its project, the connections of the files beside it. */
export class FileKnowledge implements vscode.Disposable {
  readonly #services: Pick<Services, 'language' | 'identities' | 'globalState'>;
  readonly #listing: IdentityListing;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #folders = new Map<string, Promise<FolderKnowledge>>();

  /** Fired when files may have to be looked at anew. */
  readonly onDidChange: vscode.Event<void> = this.#changes.event;

  constructor(services: Pick<Services, 'language' | 'identities' | 'globalState'>, listing: IdentityListing) {
    this.#services = services;
    this.#listing = listing;
    const watcher = vscode.workspace.createFileSystemWatcher(`**/{${[astroProjectFiles.requirements, ...neighbours].join(',')}}`);
    const forget = (): void => { this.#forget(); };
    this.#subscription = vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(forget),
      watcher.onDidChange(forget),
      watcher.onDidDelete(forget),
      services.identities.onDidChange(forget),
      listing.onDidChange(forget),
      // What stands in other editors counts as it stands there.
      vscode.workspace.onDidChangeTextDocument(({ document }) => { this.#typed(document); }),
    );
  }

  /** What is known about a file. The same object until something changed. */
  of(uri: vscode.Uri): Promise<FolderKnowledge> {
    const key = uri.toString();
    const known = this.#folders.get(key) ?? this.#read(uri);
    this.#folders.set(key, known);
    return known;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  #forget(): void {
    this.#folders = new Map();
    this.#changes.fire();
  }

  /** Only the files beside the one that is typed in see something else. */
  #typed(document: vscode.TextDocument): void {
    const { path } = document.uri;
    if (path.endsWith(`/${astroProjectFiles.requirements}`)) {
      this.#forget();
    } else if (vscode.languages.match(connectionFiles, document) > 0) {
      this.#folders = new Map(this.#folders.entries().filter(([key]) => key === document.uri.toString()));
    }
  }

  async #read(uri: vscode.Uri): Promise<FolderKnowledge> {
    const folder = vscode.Uri.joinPath(uri, '..');
    const requirements = await textOf(vscode.Uri.joinPath(folder, astroProjectFiles.requirements));
    const knowledge: Knowledge = {
      identities: knownIdentities(this.#services),
      isComplete: this.#listing.isComplete,
      ...(requirements === undefined ? {} : { requirements: { text: requirements } }),
    };
    return { knowledge, others: await this.#others(uri, folder) };
  }

  async #others(uri: vscode.Uri, folder: vscode.Uri): Promise<readonly ReadFile[]> {
    const others = neighbours.map((name) => vscode.Uri.joinPath(folder, name)).filter((other) => other.toString() !== uri.toString());
    const files = await Promise.all(others.map((other) => this.#readFile(other)));
    return files.filter((file) => file !== undefined);
  }

  async #readFile(uri: vscode.Uri): Promise<ReadFile | undefined> {
    const format = this.#services.language().formatOf(uri.path);
    const text = await textOf(uri);
    const content = text === undefined ? undefined : format?.read(text);
    return format === undefined || content === undefined || 'kind' in content
      ? undefined
      : { uri: uri.toString(), label: format.title, format, connections: content.connections };
  }
}
