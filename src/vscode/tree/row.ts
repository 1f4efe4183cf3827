import * as vscode from 'vscode';
import type { NodeTrait } from '../../nodeTraits.ts';
import type { Fact } from './facts.ts';
import { factsMarkdown } from './facts.ts';

/** What a row of a tree is made of. All texts may come from outside and are shown as text. */
export interface RowParts {
  readonly id: string;
  /** Kind of thing in words, for screen readers: label and description alone do not say it (microsoft/vscode#108480). */
  readonly kind: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon: string;
  /** Theme colour of the icon, for states that need attention. */
  readonly color?: string;
  readonly facts: readonly Fact[];
  readonly traits: readonly NodeTrait[];
  readonly expands: 'no' | 'collapsed' | 'expanded';
}

const collapsibleStates = {
  no: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** Builds a row with tooltip and accessible label. */
export function row(parts: RowParts): vscode.TreeItem {
  const item = new vscode.TreeItem(parts.label, collapsibleStates[parts.expands]);
  item.id = parts.id;
  item.iconPath = new vscode.ThemeIcon(parts.icon, parts.color === undefined ? undefined : new vscode.ThemeColor(parts.color));
  item.contextValue = parts.traits.join(';');
  // Neither trusted nor with HTML or icons: both are off unless set.
  item.tooltip = new vscode.MarkdownString(factsMarkdown(parts.label, parts.facts));
  const spoken = [`${parts.kind} ${parts.label}`];
  if (parts.description !== undefined && parts.description !== '') {
    item.description = parts.description;
    spoken.push(parts.description);
  }
  item.accessibilityInformation = { label: spoken.join(', ') };
  return item;
}
