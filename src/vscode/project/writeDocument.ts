import * as vscode from 'vscode';
import { AirflowIdentityError } from '../../errors.ts';
import type { PlannedEdit } from '../../project/textEdit.ts';
import { applyEdits } from '../../project/textEdit.ts';
import type { ProjectFile } from './projectFile.ts';
import { fileName, readOnlyRefusal, readProjectFile } from './projectFile.ts';

/** How long a save that somebody else began may take, in ms: VS Code gives each extension that takes part in one 1.75 s. */
const othersSaveMs = 3_000;

/** A file that an edit can be written to. */
export type WritableFile = Exclude<ProjectFile, { kind: 'refused' }>;

/**
 * Writes a planned edit as one undoable step in an editor that shows the file, with the cursor where the edit wants it.
 * The plan must have been made on the text of `file` as it is now.
 *
 * A document without unsaved changes is saved, so that `astro dev start` reads it; one with unsaved changes stays
 * unsaved, because saving would also write what the user has not decided on yet.
 * @returns the line of the cursor, counted from 1.
 * @throws AirflowIdentityError `fileReadOnly` or `fileChanged`; the file is then as it was.
 */
export async function writeEdit(uri: vscode.Uri, file: WritableFile, plan: PlannedEdit): Promise<number> {
  const before = file.kind === 'text' ? file.document.getText() : '';
  const keepsUnsaved = file.kind === 'text' && file.document.isDirty;
  const edit = new vscode.WorkspaceEdit();
  if (file.kind === 'text') {
    await showDocument(file.document);
    for (const { offset, length, text } of plan.edits) {
      edit.replace(uri, new vscode.Range(file.document.positionAt(offset), file.document.positionAt(offset + length)), text);
    }
    if (file.document.getText() !== before) {
      throw changedMeanwhile(uri);
    }
  } else {
    edit.createFile(uri);
    edit.insert(uri, new vscode.Position(0, 0), applyEdits('', plan.edits));
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw await writeFailure(uri);
  }
  const editor = await showDocument(await vscode.workspace.openTextDocument(uri));
  const cursor = positionIn(applyEdits(before, plan.edits), plan.cursor);
  placeCursor(editor, cursor);
  if (!keepsUnsaved) {
    await save(editor.document, before);
  }
  return cursor.line + 1;
}

/** Shows a document where it is already open, else in front; beside the form when the form is in front. */
export async function showDocument(document: vscode.TextDocument): Promise<vscode.TextEditor> {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const shownIn = all.find((group) => group.tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString()));
  const besideForm = activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  return vscode.window.showTextDocument(document, { viewColumn: shownIn?.viewColumn ?? besideForm, preview: false });
}

/** Puts the cursor on a position and brings it into sight. */
export function placeCursor(editor: vscode.TextEditor, position: vscode.Position): void {
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The error for a file that no longer holds what was shown. */
export function changedMeanwhile(uri: vscode.Uri): AirflowIdentityError {
  return new AirflowIdentityError('fileChanged', vscode.l10n.t('{0} was changed meanwhile, so nothing was written.', fileName(uri)), {
    fix: vscode.l10n.t('Look at the preview again, then repeat.'),
  });
}

// Save participants (format on save, trimming) would change lines outside of the edit, against what the preview showed.
// Only this command leaves them out, and it works on the editor in front. Neither command tells whether it did anything,
// and a document that VS Code keeps read-only never counts as unsaved: so the file itself is looked at.
/** Saves a document, or takes back the edit. `before` is its text without the edit. @throws AirflowIdentityError `fileReadOnly`, `fileChanged` */
export async function save(document: vscode.TextDocument, before: string): Promise<void> {
  const { version } = document;
  let isSaved = false;
  let told: vscode.Disposable | undefined;
  const onceSaved = new Promise<void>((resolve) => {
    told = vscode.workspace.onDidSaveTextDocument((one) => {
      if (one === document) {
        isSaved = true;
        resolve();
      }
    });
  });
  try {
    await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
    if (document.isDirty && !isSaved) {
      // Auto save may be at it: VS Code then passes this save over without a word (`ignoreSaveFromSaveParticipants` in textFileEditorModel.ts).
      await Promise.race([onceSaved, after(othersSaveMs)]);
    }
  } finally {
    told?.dispose();
  }
  const saved = await readProjectFile(document.uri);
  if (isSaved && document.version !== version) {
    // It was saved, and the user went on typing: taking that back would lose it.
    return;
  }
  if (saved.kind !== 'text' || saved.isBehind || document.isDirty) {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    throw document.getText() === before ? await writeFailure(document.uri) : changedMeanwhile(document.uri);
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Why VS Code did not take or save an edit: it tells the user at most, never the extension. */
export async function writeFailure(uri: vscode.Uri): Promise<AirflowIdentityError> {
  const file = await readProjectFile(uri);
  const { code, message, fix } = file.kind === 'refused' ? file : readOnlyRefusal(uri);
  return new AirflowIdentityError(code, message, { fix });
}

// Counted in the planned text: a new document may have other line ends than the plan.
function positionIn(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return new vscode.Position(before.split('\n').length - 1, offset - lineStart);
}
