import * as vscode from 'vscode';

/** Files whose contents decide what is shown (the patterns of `projectFormats`), and the one that makes a folder a project. */
const files = [
  'airflow_settings.yaml', 'requirements.txt', '.env', '.astro/config.yaml', 'connections.json', 'connections.env',
  ...['connections', '*compose*', '*deployment*', 'deployments/*', '*values*'].flatMap((name) => [`${name}.yaml`, `${name}.yml`]),
];

// VS Code's globs know no braces within braces: with some, nothing matches.
const watched = `**/{${files.join(',')}}`;

/** A name without an extension, as folders have it. Of a folder that comes whole (moved, checked out) systems tell nothing but the folder. */
const folderLike = /\/[^/.]+$|\/\.astro$/;

/** Quiet time before a burst of changes, such as typing or a git checkout, is reported, in ms. */
const debounceMs = 300;

/** What changed since it was last told. */
export interface ProjectChange {
  /** Uris of files that hold something else now, or are gone. */
  readonly files: readonly string[];
  /** True where files may have come, gone or moved. */
  readonly areOthers: boolean;
}

/** Tells when a file with connections, requirements or the set of projects changed. Watches nothing before somebody listens. */
export class ProjectChanges implements vscode.Disposable {
  readonly #emitter = new vscode.EventEmitter<ProjectChange>();
  readonly #files = new Set<string>();
  #areOthers = false;
  #watching: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Fired 300 ms after the last change. */
  readonly onDidChange: vscode.Event<ProjectChange> = (listener, thisArgs, disposables) => {
    this.#watching ??= this.#watch();
    return this.#emitter.event(listener, thisArgs, disposables);
  };

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    this.#emitter.dispose();
  }

  #watch(): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(watched);
    const everything = vscode.workspace.createFileSystemWatcher('**', false, true, false);
    const changed = (uri: vscode.Uri): void => {
      this.#files.add(uri.toString());
      this.#tellSoon();
    };
    const others = (): void => {
      this.#areOthers = true;
      this.#tellSoon();
    };
    const cameOrWent = (uri: vscode.Uri): void => {
      changed(uri);
      others();
    };
    const folderChanged = ({ path }: vscode.Uri): void => {
      if (folderLike.test(path)) {
        others();
      }
    };
    return vscode.Disposable.from(
      watcher,
      everything,
      watcher.onDidCreate(cameOrWent),
      watcher.onDidChange(changed),
      watcher.onDidDelete(cameOrWent),
      everything.onDidCreate(folderChanged),
      everything.onDidDelete(folderChanged),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && vscode.languages.match({ pattern: watched }, document) > 0) {
          changed(document.uri);
        }
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(others),
    );
  }

  #tellSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const change = { files: [...this.#files], areOthers: this.#areOthers };
      this.#files.clear();
      this.#areOthers = false;
      this.#emitter.fire(change);
    }, debounceMs);
  }
}
