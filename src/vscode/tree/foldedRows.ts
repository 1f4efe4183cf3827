import * as vscode from 'vscode';
import type { TreeNode } from './treeNode.ts';

/**
 * Which rows the user folded and unfolded. VS Code remembers that only while a row is there: one that a filter hid comes back as
 * `collapsibleState` says (microsoft/vscode, `setChildren` in `asyncDataTree.ts`).
 */
export class FoldedRows implements vscode.Disposable {
  readonly #states = new Map<string, vscode.TreeItemCollapsibleState>();
  readonly #subscription: vscode.Disposable;

  constructor(view: Pick<vscode.TreeView<TreeNode>, 'onDidCollapseElement' | 'onDidExpandElement'>) {
    this.#subscription = vscode.Disposable.from(
      view.onDidCollapseElement(({ element }) => this.#states.set(element.id, vscode.TreeItemCollapsibleState.Collapsed)),
      view.onDidExpandElement(({ element }) => this.#states.set(element.id, vscode.TreeItemCollapsibleState.Expanded)),
    );
  }

  /** A row as the user left it. */
  asLeft(node: TreeNode, item: vscode.TreeItem): vscode.TreeItem {
    const left = this.#states.get(node.id);
    if (left !== undefined && item.collapsibleState !== vscode.TreeItemCollapsibleState.None) {
      item.collapsibleState = left;
    }
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
