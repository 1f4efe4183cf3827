import * as vscode from 'vscode';
import type { CredentialTarget, IdentityTarget, PortalTarget, ResourceGroupTarget, SubscriptionTarget } from '../../contributions.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import { isUnsupportedRegion, maxCredentialsPerIdentity } from '../../identity/federatedCredential.ts';
import type { ManagedIdentity, Subscription, Tenant } from '../../identity/managedIdentity.ts';
import { RolesNode } from '../rights/rolesNode.ts';
import { looksUnused } from '../../trust/servedWorkloads.ts';
import { row } from '../tree/row.ts';
import type { LoadState, TreeNode } from '../tree/treeNode.ts';
import type { Limiter } from '../limiter.ts';
import type { IdentityTreeSource } from './identityTreeSource.ts';

/** A resource group that holds identities. */
export class ResourceGroupNode implements TreeNode, ResourceGroupTarget, PortalTarget {
  readonly id: string;
  readonly parent: TreeNode & SubscriptionTarget;
  readonly resourceGroup: string;
  readonly children: readonly IdentityNode[];
  readonly portal: PortalTarget['portal'];

  constructor(parent: TreeNode & SubscriptionTarget, identities: readonly [ManagedIdentity, ...ManagedIdentity[]], source: IdentityTreeSource, ahead: Limiter) {
    const [{ subscriptionId, resourceGroup, tenantId }] = identities;
    this.resourceGroup = resourceGroup;
    this.id = `${parent.id}/resourceGroups/${resourceGroup.toLowerCase()}`;
    this.parent = parent;
    this.portal = { tenantId, resourceId: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}` };
    this.children = identities.map((identity) => new IdentityNode(this, identity, source, ahead));
  }

  get subscription(): Subscription {
    return this.parent.subscription;
  }

  get tenant(): Tenant {
    return this.parent.tenant;
  }

  item(): vscode.TreeItem {
    const count = this.children.length;
    return row({
      id: this.id,
      kind: vscode.l10n.t('Resource group'),
      label: this.resourceGroup,
      description: count === 1 ? vscode.l10n.t('1 identity') : vscode.l10n.t('{0} identities', count),
      icon: 'symbol-namespace',
      facts: [[vscode.l10n.t('Resource ID'), this.portal.resourceId]],
      traits: ['resourceGroup', 'portal'],
      expands: 'expanded',
    });
  }
}

/** A user-assigned identity; its children are its federated credentials and, in one row, its roles. */
export class IdentityNode implements TreeNode, IdentityTarget, PortalTarget {
  readonly id: string;
  readonly parent: TreeNode;
  readonly identity: ManagedIdentity;
  readonly portal: PortalTarget['portal'];
  readonly ahead: Limiter;
  readonly #source: IdentityTreeSource;
  readonly #roles: RolesNode;

  constructor(parent: TreeNode, identity: ManagedIdentity, source: IdentityTreeSource, ahead: Limiter) {
    this.id = `${parent.id}/identities/${identity.name.toLowerCase()}`;
    this.parent = parent;
    this.identity = identity;
    this.portal = { tenantId: identity.tenantId, resourceId: identity.id };
    this.ahead = ahead;
    this.#source = source;
    this.#roles = new RolesNode(this, identity, source);
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    yield this.childNodes(await this.#source.credentials(this.identity, signal));
  }

  /** Rows for credentials, sorted by name, and the row of the roles, which stays the same one. */
  childNodes(credentials: readonly FederatedCredential[]): readonly TreeNode[] {
    const sorted = [...credentials].sort((a, b) => a.name.localeCompare(b.name));
    return [...sorted.map((credential) => new CredentialNode(this, credential, this.#source)), this.#roles];
  }

  item(state: LoadState): vscode.TreeItem {
    const { identity } = this;
    const known = this.#source.find(identity);
    const used = known?.credentials?.length;
    const warning = this.#warning(used);
    return row({
      id: this.id,
      kind: vscode.l10n.t('Identity'),
      label: identity.name,
      description: warning ?? (used === undefined ? undefined : vscode.l10n.t('{0} of {1} used', used, maxCredentialsPerIdentity)),
      icon: state.status === 'failed' ? 'error' : warning === undefined ? 'shield' : 'warning',
      ...(state.status === 'failed' ? { color: 'list.errorForeground' } : warning === undefined ? {} : { color: 'list.warningForeground' }),
      facts: [
        [vscode.l10n.t('Client ID'), identity.clientId],
        [vscode.l10n.t('Principal ID'), identity.principalId],
        [vscode.l10n.t('Tenant'), known?.tenant.displayName],
        [vscode.l10n.t('Tenant ID'), identity.homeTenantId],
        [vscode.l10n.t('Managed through tenant'), identity.homeTenantId === identity.tenantId ? undefined : identity.tenantId],
        [vscode.l10n.t('Subscription'), known?.subscription.displayName],
        [vscode.l10n.t('Subscription ID'), identity.subscriptionId],
        [vscode.l10n.t('Resource group'), identity.resourceGroup],
        [vscode.l10n.t('Region'), identity.location],
        [vscode.l10n.t('Federated credentials'), used === undefined ? undefined : vscode.l10n.t('{0} of {1} used', used, maxCredentialsPerIdentity)],
        [vscode.l10n.t('Tags'), Object.entries(identity.tags).map(([name, value]) => `${name}: ${value}`).join(', ')],
        [vscode.l10n.t('Resource ID'), identity.id],
      ],
      traits: ['identity', 'portal', 'refreshable'],
      expands: 'collapsed',
    });
  }

  #warning(used: number | undefined): string | undefined {
    if (isUnsupportedRegion(this.identity.location)) {
      return vscode.l10n.t('{0} takes no federated credentials', this.identity.location);
    }
    return used !== undefined && used >= maxCredentialsPerIdentity ? vscode.l10n.t('full: {0} of {1} used', used, maxCredentialsPerIdentity) : undefined;
  }
}

/** A federated credential of an identity. */
export class CredentialNode implements TreeNode, CredentialTarget, PortalTarget {
  readonly id: string;
  readonly parent: IdentityNode;
  readonly identity: ManagedIdentity;
  readonly credential: FederatedCredential;
  readonly portal: PortalTarget['portal'];
  readonly #source: Pick<IdentityTreeSource, 'knownDeployments'>;

  constructor(parent: IdentityNode, credential: FederatedCredential, source: Pick<IdentityTreeSource, 'knownDeployments'>) {
    this.#source = source;
    this.id = `${parent.id}/credentials/${credential.name.toLowerCase()}`;
    this.parent = parent;
    this.identity = parent.identity;
    this.credential = credential;
    // A credential has no page of its own; the identity's page lists it.
    this.portal = parent.portal;
  }

  item(): vscode.TreeItem {
    const { name, issuer, subject, audiences, claimsMatchingExpression } = this.credential;
    const isFlexible = subject === undefined;
    const deployments = this.#source.knownDeployments();
    const isUnused = deployments !== undefined && looksUnused(this.credential, deployments);
    return row({
      id: this.id,
      kind: isFlexible ? vscode.l10n.t('Flexible federated credential') : vscode.l10n.t('Federated credential'),
      label: name,
      description: subject === undefined ? (claimsMatchingExpression ?? vscode.l10n.t('flexible')) : isUnused ? vscode.l10n.t('unused? {0}', subjectTail(subject)) : subjectTail(subject),
      icon: isFlexible ? 'regex' : 'key',
      facts: [
        [vscode.l10n.t('Subject'), subject],
        [vscode.l10n.t('Claims matching expression'), claimsMatchingExpression],
        [vscode.l10n.t('Issuer'), issuer],
        [vscode.l10n.t('Audience'), audiences.join(', ')],
        [vscode.l10n.t('Identity'), this.identity.name],
        [vscode.l10n.t('Unused?'), isUnused ? vscode.l10n.t('No deployment known here has its issuer or its namespace.') : undefined],
      ],
      traits: ['credential', ...(isFlexible ? (['flexible'] as const) : [])],
      expands: 'no',
    });
  }
}

/** What tells subjects of one kind apart stands at their end; rows are too narrow for the whole. */
function subjectTail(subject: string): string {
  return subject.slice(subject.lastIndexOf(':') + 1);
}
