import * as vscode from 'vscode';
import type { PortalTarget, SubscriptionTarget, TenantTarget } from '../../contributions.ts';
import type { ManagedIdentity, Subscription, Tenant } from '../../identity/managedIdentity.ts';
import type { Limiter } from '../limiter.ts';
import { row } from '../tree/row.ts';
import type { LoadState, TreeNode } from '../tree/treeNode.ts';
import type { AheadLimits } from './aheadLimits.ts';
import { ResourceGroupNode } from './identityNodes.ts';
import type { IdentityTreeSource } from './identityTreeSource.ts';
import { needsSignIn, shortReason } from './loadFailures.ts';
import { SystemAssignedNode } from './systemAssignedNodes.ts';

/** A subscription; its children are the resource groups that hold identities and, in one row, the system-assigned identities. */
export class SubscriptionNode implements TreeNode, SubscriptionTarget, TenantTarget, PortalTarget {
  readonly id: string;
  readonly parent: TreeNode;
  readonly tenant: Tenant;
  subscription: Subscription;
  readonly ahead: Limiter;
  readonly portal: PortalTarget['portal'];
  readonly #source: IdentityTreeSource;
  readonly #identities: Limiter;
  readonly #systemAssigned: SystemAssignedNode;
  #count = 0;
  #wasListed = false;
  #isListed = false;

  constructor(parent: TreeNode, tenant: Tenant, subscription: Subscription, source: IdentityTreeSource, limits: AheadLimits) {
    this.id = `/accounts/${tenant.account.id}/tenants/${tenant.tenantId}/subscriptions/${subscription.subscriptionId}`;
    this.parent = parent;
    this.tenant = tenant;
    this.subscription = subscription;
    this.ahead = limits.inSight;
    this.#identities = limits.identities;
    this.portal = { tenantId: tenant.tenantId, resourceId: `/subscriptions/${subscription.subscriptionId}` };
    this.#source = source;
    this.#systemAssigned = new SystemAssignedNode(this, source);
  }

  /** True while no user-assigned identity is known in it. */
  get isEmpty(): boolean {
    return this.#count === 0;
  }

  isHidden(): boolean {
    return this.#isListed && this.isEmpty && this.#source.choosesIdentities();
  }

  /** The first time with the search that the whole tenant shares, later by ARM: who asks again wants what stands now. */
  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    this.#count = 0;
    this.#isListed = false;
    for await (const identities of this.#source.identities(this.tenant, this.subscription, this.#wasListed ? 'arm' : 'search', signal)) {
      yield this.groups(identities);
    }
    this.#isListed = true;
    this.#wasListed = true;
  }

  item(state: LoadState): vscode.TreeItem {
    const { displayName, subscriptionId } = this.subscription;
    const failed = state.status === 'failed';
    const isEmpty = state.status === 'complete' && this.isEmpty;
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
      expands: 'collapsed',
    });
  }

  #describe(state: LoadState): string | undefined {
    if (this.#count > 0) {
      return this.#count === 1 ? vscode.l10n.t('1 identity') : vscode.l10n.t('{0} identities', this.#count);
    }
    return state.status === 'complete' ? vscode.l10n.t('no identities') : undefined;
  }

  /** Rows for identities, by resource group, and the row of the system-assigned ones, which stays the same one. */
  groups(identities: readonly ManagedIdentity[]): readonly TreeNode[] {
    this.#count = identities.length;
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
    const rows = [...groups]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([, group]) => new ResourceGroupNode(this, group, this.#source, this.#identities));
    return [...rows, this.#systemAssigned];
  }
}
