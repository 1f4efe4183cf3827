import type * as vscode from 'vscode';

/**
 * Closes a quick pick or input box that was answered, after the next question of its flow has opened. Where one question closes before
 * the next one opens, VS Code gives the focus back in between, and a tree that is drawn anew just then keeps it: the next question is
 * shown without the keys, or closes (`TreeView.doRefresh` of microsoft/vscode, src/vs/workbench/browser/parts/views/treeView.ts, focuses
 * its tree while it has not yet heard that it lost the focus).
 */
export function closeQuestion(question: vscode.QuickInput): void {
  setTimeout(() => { question.dispose(); }, 0);
}
