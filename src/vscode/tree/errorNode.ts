import * as vscode from 'vscode';
import type { TenantTarget } from '../../contributions.ts';
import type { NodeTrait } from '../../nodeTraits.ts';
import type { AirflowIdentityError } from '../../errors.ts';
import { isForWantOfSignIn } from '../../errors.ts';
import { row } from './row.ts';
import type { TreeNode } from './treeNode.ts';

/** What went wrong, as a row in the place of what could not be listed. Retry, Show Log and the sign-in are its actions. */
export class ErrorNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode;
  readonly error: AirflowIdentityError;
  /** Whose session failed, where that is known. */
  readonly tenant: TenantTarget['tenant'] | undefined;
  readonly #prefix: string;

  /** `name` tells several failures below one parent apart and is shown before the message. */
  constructor(parent: TreeNode, error: AirflowIdentityError, options: { tenant?: TenantTarget['tenant']; name?: string } = {}) {
    this.id = `${parent.id}/error${options.name === undefined ? '' : `/${options.name}`}`;
    this.parent = parent;
    this.error = error;
    this.tenant = options.tenant ?? tenantAbove(parent);
    this.#prefix = options.name === undefined ? '' : `${options.name}: `;
  }

  item(): vscode.TreeItem {
    const { message, fix, code, details } = this.error;
    return row({
      id: this.id,
      kind: vscode.l10n.t('Error:'),
      label: `${this.#prefix}${message}`,
      description: fix,
      icon: 'error',
      color: 'list.errorForeground',
      facts: [
        [vscode.l10n.t('What to do'), fix],
        [vscode.l10n.t('Code'), details.serviceCode ?? code],
        [vscode.l10n.t('Status'), details.status?.toString()],
        [vscode.l10n.t('Correlation ID'), details.correlationId],
      ],
      traits: ['error', ...this.#signInTrait()],
      expands: 'no',
    });
  }

  #signInTrait(): readonly NodeTrait[] {
    return isForWantOfSignIn(this.error) && this.tenant !== undefined ? ['needsSignIn'] : [];
  }
}

function tenantAbove(node: TreeNode | undefined): TenantTarget['tenant'] | undefined {
  for (let above = node; above !== undefined; above = above.parent) {
    if (isTenantTarget(above)) {
      return above.tenant;
    }
  }
  return undefined;
}

function isTenantTarget(node: TreeNode): node is TreeNode & TenantTarget {
  return 'tenant' in node && node.tenant !== undefined;
}
