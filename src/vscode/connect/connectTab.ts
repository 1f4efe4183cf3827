import * as vscode from 'vscode';
import { connectPanelType } from '../../contributions.ts';

/**
 * True while a tab of the form is open, also one that VS Code brought back after a reload and did not draw yet. VS Code puts a
 * prefix before the view type (`mainThreadWebview-`, microsoft/vscode `mainThreadWebviews.ts`).
 */
export function isConnectFormOpen(): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isConnectTab));
}

/** True for a tab of the form. */
export function isConnectTab({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(connectPanelType);
}
