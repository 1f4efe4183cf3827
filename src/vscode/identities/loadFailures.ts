import * as vscode from 'vscode';
import { isForWantOfSignIn } from '../../errors.ts';
import type { LoadState } from '../tree/treeNode.ts';

/** Few words for a row; the whole message is in the tooltip and below the node. */
export function shortReason(state: LoadState): string | undefined {
  if (state.status !== 'failed') {
    return undefined;
  }
  switch (state.error.code) {
    case 'interactionRequired':
    case 'signedOut':
      return vscode.l10n.t('sign-in needed');
    case 'forbidden':
      return vscode.l10n.t('no access');
    case 'network':
      return vscode.l10n.t('not reachable');
    case 'throttled':
      return vscode.l10n.t('too many requests');
    default:
      return vscode.l10n.t('failed');
  }
}

/** True where the way on is a sign-in. */
export function needsSignIn(state: LoadState): boolean {
  return state.status === 'failed' && isForWantOfSignIn(state.error);
}
