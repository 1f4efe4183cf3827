import * as vscode from 'vscode';
import type { PortalTarget, TenantTarget } from '../../contributions.ts';
import type { ManagedIdentity, Subscription, Tenant } from '../../identity/managedIdentity.ts';
import type { Limiter } from '../limiter.ts';
import { row } from '../tree/row.ts';
import type { LoadState, TreeNode } from '../tree/treeNode.ts';
import type { AheadLimits } from './aheadLimits.ts';
import { ResourceGroupNode } from './identityNodes.ts';
import type { IdentityTreeSource } from './identityTreeSource.ts';

/** A tenant as one account sees it. */
export class TenantNode implements TreeNode, TenantTarget {
  readonly id: string;
  readonly parent: TreeNode;
  readonly tenant: Tenant;
  readonly ahead: Limiter;
  readonly #source: IdentityTreeSource;
  readonly #limits: AheadLimits;
  readonly #showAccount: boolean;

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

  /** Subscription rows below `parent`, which is the root where there is one tenant only. */
  async *subscriptionNodes(parent: TreeNode, signal: AbortSignal): AsyncGenerator<readonly SubscriptionNode[]> {
    const nodes: SubscriptionNode[] = [];
    for await (const page of this.#source.subscriptions(this.tenant, signal)) {
      nodes.push(...page.map((subscription) => new SubscriptionNode(parent, this.tenant, subscription, this.#source, this.#limits)));
      nodes.sort((a, b) => a.subscription.displayName.localeCompare(b.subscription.displayName));
      yield [...nodes];
    }
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

/** A subscription; its children are the resource groups that hold identities. */
export class SubscriptionNode implements TreeNode, TenantTarget, PortalTarget {
  readonly id: string;
  readonly parent: TreeNode;
  readonly tenant: Tenant;
  readonly subscription: Subscription;
  readonly ahead: Limiter;
  readonly portal: PortalTarget['portal'];
  readonly #source: IdentityTreeSource;
  readonly #identities: Limiter;
  #count = 0;

  constructor(parent: TreeNode, tenant: Tenant, subscription: Subscription, source: IdentityTreeSource, limits: AheadLimits) {
    this.id = `/accounts/${tenant.account.id}/tenants/${tenant.tenantId}/subscriptions/${subscription.subscriptionId}`;
    this.parent = parent;
    this.tenant = tenant;
    this.subscription = subscription;
    this.ahead = limits.subscriptions;
    this.#identities = limits.identities;
    this.portal = { tenantId: tenant.tenantId, resourceId: `/subscriptions/${subscription.subscriptionId}` };
    this.#source = source;
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly ResourceGroupNode[]> {
    this.#count = 0;
    for await (const identities of this.#source.identities(this.tenant, this.subscription, signal)) {
      this.#count = identities.length;
      yield this.#groups(identities);
    }
  }

  item(state: LoadState): vscode.TreeItem {
    const { displayName, subscriptionId } = this.subscription;
    const failed = state.status === 'failed';
    const isEmpty = state.status === 'complete' && this.#count === 0;
    return row({
      id: this.id,
      kind: vscode.l10n.t('Subscription'),
      label: displayName,
      description: failed ? shortReason(state) : this.#describe(state),
      icon: failed ? 'warning' : 'layers',
      ...(failed ? { color: 'list.warningForeground' } : isEmpty ? { color: 'disabledForeground' } : {}),
      facts: [
        [vscode.l10n.t('Subscription ID'), subscriptionId],
        [vscode.l10n.t('Tenant'), this.tenant.displayName],
        [vscode.l10n.t('Account'), this.tenant.account.label],
        [vscode.l10n.t('State'), this.subscription.state],
        [vscode.l10n.t('Error'), failed ? state.error.message : undefined],
      ],
      traits: ['subscription', 'portal', 'refreshable', ...(failed && needsSignIn(state) ? (['needsSignIn'] as const) : [])],
      expands: isEmpty ? 'no' : 'collapsed',
    });
  }

  #describe(state: LoadState): string | undefined {
    if (this.#count > 0) {
      return this.#count === 1 ? vscode.l10n.t('1 identity') : vscode.l10n.t('{0} identities', this.#count);
    }
    return state.status === 'complete' ? vscode.l10n.t('no identities') : undefined;
  }

  #groups(identities: readonly ManagedIdentity[]): readonly ResourceGroupNode[] {
    const groups = new Map<string, [ManagedIdentity, ...ManagedIdentity[]]>();
    for (const identity of [...identities].sort((a, b) => a.name.localeCompare(b.name))) {
      // ARM answers one group in different letter case (Azure/azure-cli recordings).
      const key = identity.resourceGroup.toLowerCase();
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, [identity]);
      } else {
        group.push(identity);
      }
    }
    return [...groups]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([, group]) => new ResourceGroupNode(this, group, this.#source, this.#identities));
  }
}

/** Few words for a row; the whole message is in the tooltip and below the node. */
function shortReason(state: LoadState): string | undefined {
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

function needsSignIn(state: LoadState): boolean {
  return state.status === 'failed' && (state.error.code === 'interactionRequired' || state.error.code === 'signedOut');
}
