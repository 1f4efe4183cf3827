import * as vscode from 'vscode';
import { toAirflowIdentityError } from '../../errors.ts';
import { identityIn } from '../../connection/identityKeys.ts';
import type { NamedConnection } from '../../project/language/pythonCompletions.ts';
import { searchFiles } from '../project/searchFiles.ts';
import type { Services } from '../services.ts';
import { completionItem } from './connectionCompletions.ts';
import { isDagFile } from './languageFiles.ts';

/** The files that connections of the workspace are looked for in: those whose connections are looked at while somebody types. */
const files = `**/{${[
  'airflow_settings.yaml', '.env', 'connections.json', 'connections.yaml', 'connections.yml', 'connections.env',
  ...['docker-compose', 'compose', 'docker-compose.override', 'compose.override'].flatMap((name) => [`${name}.yaml`, `${name}.yml`]),
].join(',')}}`;

/** More files than anybody has. */
const mostFiles = 50;

/** Offers code for the workspace's connections in DAG files. What the workspace holds is read when it is first asked for. */
export class PythonConnections implements vscode.CompletionItemProvider, vscode.Disposable {
  readonly #services: Pick<Services, 'language' | 'log'>;
  readonly #watcher: vscode.Disposable;
  #connections: Promise<readonly NamedConnection[]> | undefined;

  constructor(services: Pick<Services, 'language' | 'log'>) {
    this.#services = services;
    const watcher = vscode.workspace.createFileSystemWatcher(files);
    const forget = (): void => { this.#connections = undefined; };
    this.#watcher = vscode.Disposable.from(watcher, watcher.onDidCreate(forget), watcher.onDidChange(forget), watcher.onDidDelete(forget));
  }

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.CompletionItem[] | undefined> {
    if (!isDagFile(document)) {
      return undefined;
    }
    const connections = await (this.#connections ??= this.#read());
    return token.isCancellationRequested
      ? undefined
      : this.#services.language().pythonCompletions(document.getText(), document.offsetAt(position), connections).map((completion) => completionItem(completion, document));
  }

  dispose(): void {
    this.#watcher.dispose();
  }

  async #read(): Promise<readonly NamedConnection[]> {
    const found = await searchFiles({ what: 'connections of DAG files', patterns: [files], most: mostFiles }, this.#services.log, undefined);
    const read = await Promise.all(found.map((uri) => this.#readFile(uri)));
    return [...new Map(read.flat().map((connection) => [connection.connectionId, connection])).values()];
  }

  async #readFile(uri: vscode.Uri): Promise<readonly NamedConnection[]> {
    try {
      const content = this.#services.language().formatOf(uri.path)?.read(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
      return content === undefined || 'kind' in content
        ? []
        : content.connections.flatMap(({ connection }) => (identityIn(connection) === undefined ? [] : [{ connectionId: connection.connectionId, type: connection.type }]));
    } catch (error) {
      this.#services.log.warn(`${uri.path} was not read: ${toAirflowIdentityError(error).message}`);
      return [];
    }
  }
}
