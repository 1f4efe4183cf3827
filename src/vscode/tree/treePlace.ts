import * as vscode from 'vscode';
import { FoldedRows } from './foldedRows.ts';
import type { TreeNode } from './treeNode.ts';

/**
 * A view as VS Code knows it from activation on. What fills it is loaded when VS Code first asks for rows, which it does
 * only once the view is visible.
 */
export class TreePlace implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly viewId: string;
  readonly view: vscode.TreeView<TreeNode>;
  readonly onDidChangeTreeData: vscode.Event<TreeNode | TreeNode[] | undefined>;
  readonly #changes = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly #folded: FoldedRows;
  readonly #rows: () => vscode.TreeDataProvider<TreeNode>;

  constructor(viewId: string, rows: () => vscode.TreeDataProvider<TreeNode>) {
    this.viewId = viewId;
    this.#rows = rows;
    this.onDidChangeTreeData = this.#changes.event;
    this.view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true, canSelectMany: true });
    this.#folded = new FoldedRows(this.view);
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    return this.#folded.asLeft(node, await this.#rows().getTreeItem(node));
  }

  getChildren(node?: TreeNode): vscode.ProviderResult<TreeNode[]> {
    return this.#rows().getChildren(node);
  }

  getParent(node: TreeNode): vscode.ProviderResult<TreeNode> {
    return this.#rows().getParent?.(node);
  }

  /** Has rows asked for again; `undefined` means all. */
  changed(nodes: TreeNode[] | undefined): void {
    this.#changes.fire(nodes);
  }

  dispose(): void {
    this.#folded.dispose();
    this.view.dispose();
    this.#changes.dispose();
  }
}
