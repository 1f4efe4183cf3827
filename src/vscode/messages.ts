import * as vscode from 'vscode';

/** Notifications and confirmations. Texts may hold names from outside; they are shown as text. */
export interface Messages {
  /** Gives the chosen action, or `undefined` when the message was closed. */
  error(text: string, ...actions: readonly string[]): Promise<string | undefined>;
  warning(text: string, ...actions: readonly string[]): Promise<string | undefined>;
  info(text: string, ...actions: readonly string[]): Promise<string | undefined>;
  /** Asks before something that cannot be undone; true when the user chose `action`. */
  confirm(text: string, detail: string, action: string): Promise<boolean>;
}

/** Messages as VS Code shows them. */
export class VsCodeMessages implements Messages {
  async error(text: string, ...actions: readonly string[]): Promise<string | undefined> {
    return vscode.window.showErrorMessage(withoutLinks(text), ...actions);
  }

  async warning(text: string, ...actions: readonly string[]): Promise<string | undefined> {
    return vscode.window.showWarningMessage(withoutLinks(text), ...actions);
  }

  async info(text: string, ...actions: readonly string[]): Promise<string | undefined> {
    return vscode.window.showInformationMessage(withoutLinks(text), ...actions);
  }

  async confirm(text: string, detail: string, action: string): Promise<boolean> {
    return (await vscode.window.showWarningMessage(withoutLinks(text), { modal: true, detail }, action)) === action;
  }
}

/**
 * VS Code turns `[label](target)` in notifications into links, also to commands (`parseLinkedText` in microsoft/vscode,
 * `src/vs/base/common/linkedText.ts`). A deployment's name must not become one.
 */
function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200B(');
}
