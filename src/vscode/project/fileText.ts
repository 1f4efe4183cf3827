import * as vscode from 'vscode';

/** How files are read; VS Code's own, or one that counts. */
export type FileReads = Pick<vscode.FileSystem, 'stat' | 'readFile'>;

/** Larger files are nobody's configuration; bytes. */
const largest = 2_000_000;

/** A file as it was read: from an editor's document, which is ahead of its file, or from the disk. */
interface FileText {
  readonly text: string;
  readonly document: vscode.TextDocument | undefined;
  readonly version: number | undefined;
  readonly mtime: number | undefined;
  readonly size: number | undefined;
}

/** What a file holds, unsaved changes included; `undefined` where there is none, or one too large to be read. */
export async function textOf(uri: vscode.Uri, files: FileReads = vscode.workspace.fs): Promise<string | undefined> {
  return (await readFile(uri, undefined, files))?.text;
}

/** Texts of files, each read again only where it may be another. */
export class FileTexts {
  readonly #files: FileReads;
  readonly #known = new Map<string, FileText>();
  #changes = 0;

  constructor(files: FileReads) {
    this.#files = files;
  }

  /**
   * As `textOf`. What an editor shows is taken as it stands there.
   * @param options `isSure` where every change on the disk was told to `forget`: then the disk is not asked about what is known.
   */
  async of(uri: vscode.Uri, { isSure }: { readonly isSure: boolean }): Promise<string | undefined> {
    const key = uri.toString();
    const known = this.#known.get(key);
    const document = openDocument(uri);
    if (known !== undefined && isSure && document === undefined && known.document === undefined) {
      return known.text;
    }
    const changes = this.#changes;
    const read = await readFile(uri, known, this.#files);
    // Where something changed meanwhile, it may be what stood there before: the next look reads again.
    if (read !== undefined && changes === this.#changes) {
      this.#known.set(key, read);
    } else {
      this.#known.delete(key);
    }
    return read?.text;
  }

  /** The file was changed, or is gone. */
  forget(uri: string): void {
    this.#changes += 1;
    this.#known.delete(uri);
  }
}

async function readFile(uri: vscode.Uri, known: FileText | undefined, files: FileReads): Promise<FileText | undefined> {
  const document = openDocument(uri);
  if (document !== undefined) {
    const { version } = document;
    return known?.document === document && known.version === version ? known : { text: document.getText(), document, version, mtime: undefined, size: undefined };
  }
  try {
    const { mtime, size } = await files.stat(uri);
    if (known?.mtime === mtime && known.size === size) {
      return known;
    }
    return size > largest ? undefined : { text: new TextDecoder().decode(await files.readFile(uri)), document: undefined, version: undefined, mtime, size };
  } catch {
    // There is none, or it is gone meanwhile.
    return undefined;
  }
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}
