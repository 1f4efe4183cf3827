import * as vscode from 'vscode';
import type { HostTarget, PortalTarget, PrincipalTarget, SubscriptionTarget } from '../../contributions.ts';
import { sameArmId } from '../../identity/armId.ts';
import type { IdentityHost } from '../../identity/identityAdminPort.ts';
import type { Subscription, Tenant } from '../../identity/managedIdentity.ts';
import type { Principal } from '../../identity/principal.ts';
import { RolesNode } from '../rights/rolesNode.ts';
import type { RolesSource } from '../rights/rolesNode.ts';
import { row } from '../tree/row.ts';
import type { LoadState, TreeNode } from '../tree/treeNode.ts';
import { hostType } from './hostTypes.ts';

/** Where resources with an identity of their own come from. Errors and aborts are those of `AzurePort`. */
export interface SystemAssignedSource extends RolesSource {
  /** Resources of a subscription that have, or could have, a system-assigned identity; each value is the whole list so far. */
  hosts(subscription: Subscription, signal: AbortSignal): AsyncIterable<readonly IdentityHost[]>;
}

/** The resources of a subscription that have an identity of their own, apart from user-assigned ones; read when it is unfolded. */
export class SystemAssignedNode implements TreeNode, SubscriptionTarget {
  readonly id: string;
  readonly parent: TreeNode & SubscriptionTarget;
  readonly #source: SystemAssignedSource;
  /** Resource Graph lags behind writes; what was enabled from here is known better. */
  readonly #enabled = new Map<string, IdentityHost>();
  #count = 0;

  constructor(parent: TreeNode & SubscriptionTarget, source: SystemAssignedSource) {
    this.id = `${parent.id}/systemAssigned`;
    this.parent = parent;
    this.#source = source;
  }

  get subscription(): Subscription {
    return this.parent.subscription;
  }

  get tenant(): Tenant {
    return this.parent.tenant;
  }

  /** Remembers an identity that was enabled from here; shown with the next reading. */
  keep(host: IdentityHost): void {
    this.#enabled.set(host.id.toLowerCase(), host);
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    for await (const listed of this.#source.hosts(this.subscription, signal)) {
      const hosts = listed.map((host) => this.#enabled.get(host.id.toLowerCase()) ?? host).filter(hasOwnIdentity);
      this.#count = hosts.length;
      yield this.#groups(hosts);
    }
  }

  item(state: LoadState): vscode.TreeItem {
    const isRead = state.status === 'complete';
    return row({
      id: this.id,
      kind: vscode.l10n.t('Group'),
      label: vscode.l10n.t('System-assigned identities'),
      description: !isRead ? undefined : this.#count === 0 ? vscode.l10n.t('none') : this.#count === 1 ? vscode.l10n.t('1 resource') : vscode.l10n.t('{0} resources', this.#count),
      icon: state.status === 'failed' ? 'error' : 'circuit-board',
      ...(state.status === 'failed' ? { color: 'list.errorForeground' } : {}),
      facts: [
        [vscode.l10n.t('What they are'), vscode.l10n.t('Identities that belong to one resource each and go with it.')],
        [vscode.l10n.t('Federated credentials'), noCredentials()],
      ],
      traits: ['systemAssigned', 'refreshable'],
      expands: isRead && this.#count === 0 ? 'no' : 'collapsed',
    });
  }

  #groups(hosts: readonly HostWithIdentity[]): readonly TreeNode[] {
    const names = [...new Map(hosts.map(({ resourceGroup }) => [resourceGroup.toLowerCase(), resourceGroup])).values()];
    return names
      .sort((a, b) => a.localeCompare(b))
      .map((name) => new HostGroupNode(this, name, hosts.filter(({ resourceGroup }) => sameArmId(resourceGroup, name)), this.#source));
  }
}

type HostWithIdentity = IdentityHost & { readonly systemAssigned: NonNullable<IdentityHost['systemAssigned']> };

function hasOwnIdentity(host: IdentityHost): host is HostWithIdentity {
  return host.systemAssigned !== undefined;
}

/** A resource group with resources that have an identity of their own. */
class HostGroupNode implements TreeNode, PortalTarget {
  readonly id: string;
  readonly parent: SystemAssignedNode;
  readonly children: readonly TreeNode[];
  readonly portal: PortalTarget['portal'];
  readonly #name: string;

  constructor(parent: SystemAssignedNode, name: string, hosts: readonly HostWithIdentity[], source: RolesSource) {
    this.id = `${parent.id}/resourceGroups/${name.toLowerCase()}`;
    this.parent = parent;
    this.#name = name;
    this.portal = { tenantId: parent.tenant.tenantId, resourceId: `/subscriptions/${parent.subscription.subscriptionId}/resourceGroups/${name}` };
    this.children = [...hosts].sort((a, b) => a.name.localeCompare(b.name)).map((host) => new HostNode(this, host, source));
  }

  item(): vscode.TreeItem {
    const count = this.children.length;
    return row({
      id: this.id,
      kind: vscode.l10n.t('Resource group'),
      label: this.#name,
      description: count === 1 ? vscode.l10n.t('1 resource') : vscode.l10n.t('{0} resources', count),
      icon: 'symbol-namespace',
      facts: [[vscode.l10n.t('Resource ID'), this.portal.resourceId]],
      traits: ['portal'],
      expands: 'expanded',
    });
  }
}

/** A resource with an identity of its own. */
class HostNode implements TreeNode, HostTarget, PrincipalTarget, PortalTarget {
  readonly id: string;
  readonly parent: HostGroupNode;
  readonly host: IdentityHost;
  readonly principal: Principal;
  readonly portal: PortalTarget['portal'];
  readonly children: readonly TreeNode[];

  constructor(parent: HostGroupNode, host: HostWithIdentity, source: RolesSource) {
    const { account, tenantId, subscriptionId, name, systemAssigned } = host;
    this.id = `${parent.id}/resources/${host.id.toLowerCase()}`;
    this.parent = parent;
    this.host = host;
    this.principal = { account, tenantId, subscriptionId, name, principalId: systemAssigned.principalId };
    this.portal = { tenantId, resourceId: host.id };
    this.children = [new NoCredentialsNode(this), new RolesNode(this, this.principal, source)];
  }

  get subscription(): Subscription {
    return this.parent.parent.subscription;
  }

  get tenant(): Tenant {
    return this.parent.parent.tenant;
  }

  get resourceGroup(): string {
    return this.host.resourceGroup;
  }

  item(): vscode.TreeItem {
    const { name, type, userAssigned, id } = this.host;
    const { title, icon } = hostType(type);
    return row({
      id: this.id,
      kind: vscode.l10n.t('System-assigned identity of'),
      label: name,
      description: title,
      icon,
      facts: [
        [vscode.l10n.t('Principal ID'), this.principal.principalId],
        [vscode.l10n.t('Tenant ID'), this.host.systemAssigned?.tenantId],
        [vscode.l10n.t('Federated credentials'), noCredentials()],
        [vscode.l10n.t('User-assigned identities'), userAssigned.map((one) => one.slice(one.lastIndexOf('/') + 1)).join(', ')],
        [vscode.l10n.t('Type'), type],
        [vscode.l10n.t('Resource ID'), id],
      ],
      traits: ['host', 'portal'],
      expands: 'collapsed',
    });
  }
}

/** Says below a resource what somebody would look for there in vain, and leads on. */
class NoCredentialsNode implements TreeNode, HostTarget {
  readonly id: string;
  readonly parent: HostNode;

  constructor(parent: HostNode) {
    this.id = `${parent.id}/noCredentials`;
    this.parent = parent;
  }

  get host(): IdentityHost {
    return this.parent.host;
  }

  get subscription(): Subscription {
    return this.parent.subscription;
  }

  get tenant(): Tenant {
    return this.parent.tenant;
  }

  get resourceGroup(): string {
    return this.parent.resourceGroup;
  }

  item(): vscode.TreeItem {
    return row({
      id: this.id,
      kind: vscode.l10n.t('Note'),
      label: vscode.l10n.t('Takes no federated credentials'),
      description: vscode.l10n.t('use a user-assigned identity'),
      icon: 'info',
      facts: [[vscode.l10n.t('Why'), noCredentials()]],
      traits: ['noCredentials'],
      expands: 'no',
    });
  }
}

/** Microsoft Entra docs: workload-identity-federation-considerations ("not supported on system-assigned managed identities"). */
function noCredentials(): string {
  return vscode.l10n.t('A system-assigned identity holds none, so no deployment can act as it. Deployments need a user-assigned identity.');
}
