import * as vscode from 'vscode';
import type { DeploymentTarget, IdentityTarget } from '../../../contributions.ts';
import type { Deployment } from '../../../deployment/deployment.ts';
import type { ManagedIdentity } from '../../../identity/managedIdentity.ts';
import type { IdentityTrust } from '../../../trust/trustedWorkloads.ts';
import { row } from '../../tree/row.ts';
import type { TreeNode } from '../../tree/treeNode.ts';
import type { KnownTrust } from './trustLookup.ts';

/** An identity that trusts a deployment, wholly or in part. */
export class TrustingIdentityNode implements TreeNode, IdentityTarget, DeploymentTarget {
  readonly id: string;
  readonly parent: TreeNode & DeploymentTarget;
  readonly identity: ManagedIdentity;
  readonly #trust: IdentityTrust<ManagedIdentity>;

  constructor(parent: TreeNode & DeploymentTarget, trust: IdentityTrust<ManagedIdentity>) {
    this.id = `${parent.id}/trusted by/${trust.identity.account.id}${trust.identity.id.toLowerCase()}`;
    this.parent = parent;
    this.identity = trust.identity;
    this.#trust = trust;
  }

  get deployment(): Deployment {
    return this.parent.deployment;
  }

  item(): vscode.TreeItem {
    const { trusted, workloads, missing } = this.#trust;
    const isWhole = missing.length === 0;
    return row({
      id: this.id,
      kind: vscode.l10n.t('Trusted by'),
      label: this.identity.name,
      description: isWhole
        ? vscode.l10n.t('trusts {0} of {1}', trusted, workloads)
        : vscode.l10n.t('trusts {0} of {1}, not {2}', trusted, workloads, missing.join(', ')),
      icon: isWhole ? 'shield' : 'warning',
      ...(isWhole ? {} : { color: 'list.warningForeground' }),
      facts: [
        [vscode.l10n.t('Client ID'), this.identity.clientId],
        [vscode.l10n.t('Resource group'), this.identity.resourceGroup],
        [vscode.l10n.t('Not trusted'), missing.join(', ')],
      ],
      traits: ['trustingIdentity', ...(isWhole ? [] : (['repairable'] as const))],
      expands: 'no',
    });
  }
}

/** Says what is not known about who trusts a deployment, or that nobody does. */
export class TrustNoteNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode;
  readonly #known: KnownTrust;

  constructor(parent: TreeNode, known: KnownTrust) {
    this.id = `${parent.id}/trusted by`;
    this.parent = parent;
    this.#known = known;
  }

  item(): vscode.TreeItem {
    const { identities, unread } = this.#known;
    const isOpen = identities === 0 || unread > 0;
    return row({
      id: this.id,
      kind: vscode.l10n.t('Trust'),
      label: noteOf(this.#known),
      icon: isOpen ? 'question' : 'circle-slash',
      facts: [],
      traits: unread > 0 ? ['unreadTrust'] : [],
      expands: 'no',
    });
  }
}

function noteOf({ identities, unread }: KnownTrust): string {
  if (identities === 0) {
    return vscode.l10n.t('No identity is known yet that could trust it');
  }
  if (unread > 0) {
    return unread === 1 ? vscode.l10n.t('Credentials of 1 identity were not read') : vscode.l10n.t('Credentials of {0} identities were not read', unread);
  }
  return vscode.l10n.t('No identity trusts it');
}
