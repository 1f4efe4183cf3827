import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { EditPlan } from '../../project/textEdit.ts';

/** Larger files are left alone, in bytes: parsing them again with every change would be felt. */
const maxBytes = 5 * 1024 * 1024;

/** Why a file cannot be edited. */
export type Refusal = Extract<EditPlan, { kind: 'refused' }>;

/** A project file as the editor has it, or would have it. */
export type ProjectFile =
  /** `isBehind`: the file on disk holds something else, and the editor has not taken it over yet. */
  | { readonly kind: 'text'; readonly document: vscode.TextDocument; readonly isBehind: boolean }
  | { readonly kind: 'missing' }
  | Refusal;

/**
 * Reads a file the way an edit needs it: as the document that the edit would change, unsaved changes included.
 * Files that a save would damage (not text, other encoding than assumed, mixed line ends) are refused. Never throws.
 */
export async function readProjectFile(uri: vscode.Uri): Promise<ProjectFile> {
  const name = fileName(uri);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const stat = await statOf(uri);
  if (stat instanceof Error) {
    return unreadable(name, stat.message);
  }
  if (!(await isWritable(uri, stat))) {
    return readOnlyRefusal(uri);
  }
  if (open?.isDirty === true) {
    return { kind: 'text', document: open, isBehind: false };
  }
  if (stat === undefined) {
    return { kind: 'missing' };
  }
  if ((stat.type & vscode.FileType.Directory) !== 0) {
    return unreadable(name, vscode.l10n.t('it is a folder'));
  }
  if (stat.size > maxBytes) {
    return refused(
      vscode.l10n.t('{0} is larger than 5 MB.', name),
      vscode.l10n.t('Add the lines by hand, or choose another project.'),
    );
  }
  return readDocument(uri);
}

async function readDocument(uri: vscode.Uri): Promise<ProjectFile> {
  const name = fileName(uri);
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.encoding.startsWith('utf8') && !isUtf8(bytes)) {
      return refused(
        vscode.l10n.t('{0} is not UTF-8 text. Saving it would damage what cannot be read.', name),
        vscode.l10n.t('Save it as UTF-8 (Change File Encoding), then try again.'),
      );
    }
    const onDisk = await vscode.workspace.decode(bytes, { encoding: document.encoding });
    if (hasMixedLineEnds(onDisk)) {
      return refused(
        vscode.l10n.t('{0} mixes line endings. Saving it would change lines that are not part of the edit.', name),
        vscode.l10n.t('Choose one with Change End of Line Sequence, save the file, then try again.'),
      );
    }
    return { kind: 'text', document, isBehind: plain(onDisk) !== plain(document.getText()) };
  } catch (error) {
    // VS Code says so itself when a file is binary.
    return unreadable(name, reasonOf(error));
  }
}

/** Says that a file cannot be written; also used when the write itself fails. */
export function readOnlyRefusal(uri: vscode.Uri): Refusal {
  return {
    kind: 'refused',
    code: 'fileReadOnly',
    message: vscode.l10n.t('{0} cannot be written: it is read-only here.', fileName(uri)),
    fix: vscode.l10n.t('Make the file writable, or add the lines by hand.'),
    line: undefined,
  };
}

/** The last part of a path, as messages name a file. */
export function fileName(uri: vscode.Uri): string {
  return path.posix.basename(uri.path);
}

async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined | Error> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return undefined;
    }
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function isWritable(uri: vscode.Uri, stat: vscode.FileStat | undefined): Promise<boolean> {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    return false;
  }
  if (stat?.permissions !== undefined && (stat.permissions & vscode.FilePermission.Readonly) !== 0) {
    return false;
  }
  return uri.scheme !== 'file' || stat === undefined || diskAllowsWriting(uri);
}

// VS Code's own stat leaves out the permission bits of the disk: it lets people edit first and fails when they save.
async function diskAllowsWriting(uri: vscode.Uri): Promise<boolean> {
  try {
    await access(uri.fsPath, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** True when an editor, which knows one line end per document, would write other lines than it read. */
function hasMixedLineEnds(text: string): boolean {
  return /\r(?!\n)/.test(text) || (text.includes('\r\n') && /(?<!\r)\n/.test(text));
}

/** Text without what documents do not hold (the byte order mark) or may write otherwise (line ends). */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

/** VS Code puts the whole address before its reason (`mainThreadDocuments.ts`: "cannot open URI. Detail: REASON"). */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^cannot open .*? Detail: /s, '');
}

function unreadable(name: string, reason: string): Refusal {
  return refused(
    vscode.l10n.t('{0} could not be read: {1}.', name, reason.replace(/\.$/, '')),
    vscode.l10n.t('Open the file to see what is in it, or choose another project.'),
  );
}

function refused(message: string, fix: string): Refusal {
  return { kind: 'refused', code: 'fileUnreadable', message, fix, line: undefined };
}
