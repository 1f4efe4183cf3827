import * as vscode from 'vscode';
import type { PlannedEdit } from '../../project/textEdit.ts';
import { applyEdits } from '../../project/textEdit.ts';
import type { WritableFile } from './writeDocument.ts';
import { changedMeanwhile, placeCursor, save, showDocument, writeFailure } from './writeDocument.ts';

/** An edit of one of several files. */
export interface FileEdit {
  readonly uri: vscode.Uri;
  /** As it was when the edit was planned. */
  readonly file: WritableFile;
  readonly plan: PlannedEdit;
}

/**
 * Writes edits of several files as one undoable step and saves them in their order, as `writeEdit` does with one: documents with
 * unsaved changes stay unsaved. The first is in front afterwards.
 * @throws AirflowIdentityError `fileChanged`, `fileReadOnly`; nothing is written when the first cannot be.
 */
export async function writeTogether(edits: readonly FileEdit[]): Promise<void> {
  const texts = edits.map(({ file }) => (file.kind === 'text' ? file.document.getText() : ''));
  const unsaved = edits.map(({ file }) => file.kind === 'text' && file.document.isDirty);
  const behind = edits.find(({ file }) => file.kind === 'text' && file.isBehind);
  if (behind !== undefined) {
    throw changedMeanwhile(behind.uri);
  }
  if (!(await vscode.workspace.applyEdit(workspaceEdit(edits)))) {
    throw await writeFailure((edits[0] as FileEdit).uri);
  }
  for (const [index, { uri }] of edits.entries()) {
    const { document } = await showDocument(await vscode.workspace.openTextDocument(uri));
    if (unsaved[index] === false) {
      await save(document, texts[index] ?? '');
    }
  }
  await showFirst(edits);
}

function workspaceEdit(edits: readonly FileEdit[]): vscode.WorkspaceEdit {
  const all = new vscode.WorkspaceEdit();
  for (const { uri, file, plan } of edits) {
    if (file.kind === 'text') {
      for (const { offset, length, text } of plan.edits) {
        all.replace(uri, new vscode.Range(file.document.positionAt(offset), file.document.positionAt(offset + length)), text);
      }
    } else {
      all.createFile(uri);
      all.insert(uri, new vscode.Position(0, 0), applyEdits('', plan.edits));
    }
  }
  return all;
}

async function showFirst([first]: readonly FileEdit[]): Promise<void> {
  if (first !== undefined) {
    const editor = await showDocument(await vscode.workspace.openTextDocument(first.uri));
    placeCursor(editor, editor.document.positionAt(first.plan.cursor));
  }
}
