import type * as vscode from 'vscode';
import type { NodeTarget } from '../../contributions.ts';
import type { Commands } from '../commands.ts';
import type { Log } from '../log.ts';
import type { Contribution } from '../services.ts';
import { ErrorNode } from './errorNode.ts';
import type { LazyTree } from './lazyTree.ts';
import type { TreeNode } from './treeNode.ts';

/** Commands that work on any row of any tree. */
export class TreeCommands implements Contribution {
  readonly #trees: readonly LazyTree[];
  readonly #commands: Commands;
  readonly #log: Log;

  constructor(trees: readonly LazyTree[], commands: Commands, log: Log) {
    this.#trees = trees;
    this.#commands = commands;
    this.#log = log;
  }

  register(context: vscode.ExtensionContext): void {
    const commands = this.#commands;
    context.subscriptions.push(
      commands.register('airflowIdentity.refreshNode', (target) => { this.#refresh(target); }),
      commands.register('airflowIdentity.retry', (target) => { this.#refresh(target); }),
      commands.register('airflowIdentity.stopLoading', () => { this.#trees.forEach((tree) => { tree.stop(); }); }),
      commands.register('airflowIdentity.showLog', () => { this.#log.show(); }),
    );
  }

  /** An error row stands for the node whose children are missing. */
  #refresh(target: NodeTarget | undefined): void {
    for (const tree of this.#trees) {
      const node: TreeNode | undefined = tree.own(target);
      if (node !== undefined) {
        tree.refresh(node instanceof ErrorNode ? node.parent : node);
      }
    }
  }
}
