import type * as vscode from 'vscode';
import type { AirflowIdentityError } from '../../errors.ts';
import type { Limiter } from '../limiter.ts';

/** How far the children of a node are known. */
export type LoadState =
  | { readonly status: 'idle' | 'waiting' | 'loading' | 'complete' }
  | { readonly status: 'failed'; readonly error: AirflowIdentityError };

/** A row of a tree, with or without a way to find its children. */
export interface TreeNode {
  /** Stable over refreshes and labels; holds account and tenant, so that two accounts never share a row. */
  readonly id: string;
  readonly parent: TreeNode | undefined;
  /** The row as it looks now. */
  item(state: LoadState): vscode.TreeItem;
  /** True while the row is left out, for example since a filter found nothing below it. Asked whenever the node changes. */
  isHidden?(): boolean;
  /** Children that need no request. */
  readonly children?: readonly TreeNode[];
  /** Finds the children; each value is the whole list so far. Absent on leaves. */
  load?(signal: AbortSignal): AsyncIterable<readonly TreeNode[]>;
  /** Present where children are fetched as soon as the node is shown, this many of its kind at once. */
  readonly ahead?: Limiter;
}
