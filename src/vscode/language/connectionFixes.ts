import * as vscode from 'vscode';
import { astroProjectFiles } from '../../project/astroProject.ts';
import type { Diagnosis, Fix } from '../../project/language/diagnosis.ts';
import type { TextEdit } from '../../project/textEdit.ts';
import type { Services } from '../services.ts';
import type { ConnectionDiagnostics } from './connectionDiagnostics.ts';
import { diagnosticSource, rangeIn } from './connectionDiagnostics.ts';
import type { FileKnowledge } from './fileKnowledge.ts';

/** Offers the fixes of findings, and all of those that need no decision at once. */
export class ConnectionFixes implements vscode.CodeActionProvider {
  static readonly kinds: readonly vscode.CodeActionKind[] = [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.SourceFixAll];

  readonly #services: Pick<Services, 'language'>;
  readonly #diagnostics: ConnectionDiagnostics;
  readonly #knowledge: FileKnowledge;

  constructor(services: Pick<Services, 'language'>, diagnostics: ConnectionDiagnostics, knowledge: FileKnowledge) {
    this.#services = services;
    this.#diagnostics = diagnostics;
    this.#knowledge = knowledge;
  }

  async provideCodeActions(document: vscode.TextDocument, _range: vscode.Range, context: vscode.CodeActionContext, token: vscode.CancellationToken): Promise<vscode.CodeAction[] | undefined> {
    const found = await this.#diagnostics.of(document);
    if (found === undefined || token.isCancellationRequested) {
      return undefined;
    }
    if (context.only?.contains(vscode.CodeActionKind.QuickFix) === false) {
      return context.only.intersects(vscode.CodeActionKind.SourceFixAll) ? this.#fixAll(document) : [];
    }
    const own = context.diagnostics.filter(({ source }) => source === diagnosticSource);
    const actions = await Promise.all(own.flatMap((diagnostic) => {
      const diagnosis = found.diagnoses.find((one) => codeOf(diagnostic) === one.code && one.message === diagnostic.message && rangeIn(document, one.range).isEqual(diagnostic.range));
      return diagnosis === undefined ? [] : diagnosis.fixes.map((fix, index) => this.#action(document, diagnostic, diagnosis, fix, index === 0));
    }));
    return actions.filter((action) => action !== undefined);
  }

  async #action(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, diagnosis: Diagnosis, fix: Fix, isFirst: boolean): Promise<vscode.CodeAction | undefined> {
    const target = fix.kind === 'provider' ? await openedRequirements(document.uri) : document;
    const format = this.#services.language().formatOf(document.uri.path);
    if (target === undefined || format === undefined) {
      return undefined;
    }
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.isPreferred = isFirst && fix.isSafe;
    const edits = this.#services.language().fixEdits(format, target.getText(), fix);
    if ('kind' in edits) {
      action.disabled = { reason: edits.message };
    } else {
      action.edit = workspaceEdit(target, edits, { label: fix.title, description: diagnosis.code });
    }
    return action;
  }

  async #fixAll(document: vscode.TextDocument): Promise<vscode.CodeAction[]> {
    const { language } = this.#services;
    const format = language().formatOf(document.uri.path);
    const { knowledge } = await this.#knowledge.of(document.uri);
    const text = document.getText();
    const fixed = format === undefined ? text : language().fixedText(format, text, knowledge);
    if (fixed === text) {
      return [];
    }
    const action = new vscode.CodeAction(vscode.l10n.t('Mend all connections'), vscode.CodeActionKind.SourceFixAll.append('airflowIdentity'));
    action.edit = workspaceEdit(document, [editBetween(text, fixed)]);
    return [action];
  }
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

async function openedRequirements(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.joinPath(uri, '..', astroProjectFiles.requirements));
  } catch {
    return undefined;
  }
}

function workspaceEdit(document: vscode.TextDocument, edits: readonly TextEdit[], metadata?: { readonly label: string; readonly description: string }): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const one of edits) {
    edit.replace(document.uri, rangeIn(document, one), one.text, metadata && { needsConfirmation: false, ...metadata });
  }
  return edit;
}

/** The one edit that makes one text of another: what is the same on both ends stays. */
function editBetween(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) {
    start += 1;
  }
  let same = 0;
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) {
    same += 1;
  }
  return { offset: start, length: before.length - same - start, text: after.slice(start, after.length - same) };
}
