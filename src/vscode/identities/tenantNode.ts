import * as vscode from 'vscode';
import type { TenantTarget } from '../../contributions.ts';
import type { Subscription, Tenant } from '../../identity/managedIdentity.ts';
import type { Limiter } from '../limiter.ts';
import { row } from '../tree/row.ts';
import type { LoadState, TreeNode } from '../tree/treeNode.ts';
import type { AheadLimits } from './aheadLimits.ts';
import type { IdentityTreeSource } from './identityTreeSource.ts';
import { ListedRows } from './listedRows.ts';
import { needsSignIn, shortReason } from './loadFailures.ts';
import { SubscriptionNode } from './subscriptionNode.ts';

/** A tenant as one account sees it. */
export class TenantNode implements TreeNode, TenantTarget {
  readonly id: string;
  readonly parent: TreeNode;
  tenant: Tenant;
  readonly ahead: Limiter;
  readonly #source: IdentityTreeSource;
  readonly #limits: AheadLimits;
  readonly #showAccount: boolean;
  #subscriptions: readonly SubscriptionNode[] = [];

  constructor(parent: TreeNode, tenant: Tenant, source: IdentityTreeSource, limits: AheadLimits, options: { showAccount: boolean }) {
    this.id = `/accounts/${tenant.account.id}/tenants/${tenant.tenantId}`;
    this.parent = parent;
    this.tenant = tenant;
    this.ahead = limits.tenants;
    this.#source = source;
    this.#limits = limits;
    this.#showAccount = options.showAccount;
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly SubscriptionNode[]> {
    yield* this.subscriptionNodes(this, signal);
  }

  /**
   * Subscription rows below `parent`, which is the root where there is one tenant only: those that the last window left at
   * once, then those of now, each as the row it has already.
   */
  async *subscriptionNodes(parent: TreeNode, signal: AbortSignal): AsyncGenerator<readonly SubscriptionNode[]> {
    const nodeOf = (subscription: Subscription): SubscriptionNode => new SubscriptionNode(parent, this.tenant, subscription, this.#source, this.#limits);
    const shown = new ListedRows((await this.#source.begin(this.tenant)).map(nodeOf), byName);
    if (shown.nodes.length > 0) {
      yield shown.nodes;
    }
    for await (const page of this.#source.subscriptions(this.tenant, signal)) {
      shown.add(page.map(nodeOf), (node, { subscription }) => { node.subscription = subscription; });
      yield shown.nodes;
    }
    shown.keepListed();
    this.#subscriptions = shown.nodes;
    yield shown.nodes;
  }

  isHidden(): boolean {
    return this.#subscriptions.length > 0 && this.#subscriptions.every((node) => node.isHidden());
  }

  item(state: LoadState): vscode.TreeItem {
    const { displayName, defaultDomain, tenantId, account } = this.tenant;
    const failed = state.status === 'failed';
    const plain = this.#showAccount ? account.label : defaultDomain;
    return row({
      id: this.id,
      kind: vscode.l10n.t('Tenant'),
      label: displayName,
      description: failed ? shortReason(state) : plain,
      icon: failed ? 'warning' : 'organization',
      ...(failed ? { color: 'list.warningForeground' } : {}),
      facts: [
        [vscode.l10n.t('Tenant ID'), tenantId],
        [vscode.l10n.t('Domain'), defaultDomain],
        [vscode.l10n.t('Account'), account.label],
        [vscode.l10n.t('Error'), failed ? state.error.message : undefined],
      ],
      traits: ['tenant', 'refreshable', ...(failed && needsSignIn(state) ? (['needsSignIn'] as const) : [])],
      expands: 'collapsed',
    });
  }
}

function byName(a: SubscriptionNode, b: SubscriptionNode): number {
  return a.subscription.displayName.localeCompare(b.subscription.displayName);
}
