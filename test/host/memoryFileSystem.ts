import * as vscode from 'vscode';

/** A file system that is not a disk, as virtual workspaces have, with the ways in which such a one refuses. */
export class MemoryFileSystem implements vscode.FileSystemProvider {
  readonly files = new Map<string, Uint8Array>();
  /** Paths that say they are read-only. */
  readonly readOnly = new Set<string>();
  /** Refuses to write without having said so before. */
  refusesToWrite = false;
  readonly #changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changes.event;
  #version = 1;

  put(path: string, text: string): void {
    this.files.set(path, Buffer.from(text));
    this.#version += 1;
  }

  text(path: string): string | undefined {
    const bytes = this.files.get(path);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const bytes = this.files.get(uri.path);
    const isFolder = [...this.files.keys()].some((path) => path.startsWith(`${uri.path}/`));
    if (bytes === undefined && !isFolder) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return {
      type: bytes === undefined ? vscode.FileType.Directory : vscode.FileType.File,
      ctime: 0,
      mtime: this.#version,
      size: bytes?.length ?? 0,
      ...(this.readOnly.has(uri.path) ? { permissions: vscode.FilePermission.Readonly } : {}),
    };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const bytes = this.files.get(uri.path);
    if (bytes === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return bytes;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    if (this.refusesToWrite) {
      throw vscode.FileSystemError.NoPermissions(uri);
    }
    this.files.set(uri.path, content);
    this.#version += 1;
    this.#changes.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}
