import * as vscode from 'vscode';
import type { AssignmentTarget, PortalTarget, PrincipalTarget } from '../../contributions.ts';
import { AirflowIdentityError } from '../../errors.ts';
import type { FoundRoles, HeldRole, ScopeRoles } from '../../identity/heldRoles.ts';
import { missingRolesText, roleTitle } from '../../identity/heldRoles.ts';
import type { Principal } from '../../identity/principal.ts';
import { describeScope } from '../../identity/scopeName.ts';
import type { ScopeName } from '../../identity/scopeName.ts';
import { ErrorNode } from '../tree/errorNode.ts';
import { row } from '../tree/row.ts';
import type { LoadState, TreeNode } from '../tree/treeNode.ts';

/** Where the rows of roles come from. Errors and aborts are those of `RightsPort`. */
export interface RolesSource {
  roles(principal: Principal, signal: AbortSignal): Promise<FoundRoles>;
}

/** The roles that an identity of any kind holds, below its own row; read when it is unfolded. */
export class RolesNode implements TreeNode, PrincipalTarget {
  readonly id: string;
  readonly parent: TreeNode;
  readonly principal: Principal;
  readonly #source: RolesSource;
  #given = 0;
  #isEmpty = false;
  #missing: string | undefined;

  constructor(parent: TreeNode, principal: Principal, source: RolesSource) {
    this.id = `${parent.id}/roles`;
    this.parent = parent;
    this.principal = principal;
    this.#source = source;
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    const found = await this.#source.roles(this.principal, signal);
    const { scopes } = found;
    this.#missing = missingRolesText(found);
    this.#given = scopes.flatMap(({ roles }) => roles).filter(({ assignment, inheritedFrom }) => assignment.effect === 'allow' && inheritedFrom === undefined).length;
    this.#isEmpty = scopes.length === 0 && this.#missing === undefined;
    const missing = this.#missing === undefined ? [] : [new ErrorNode(this, new AirflowIdentityError('unavailable', this.#missing, { fix: vscode.l10n.t('The log says why.') }))];
    yield [...scopes.map((scope) => new ScopeNode(this, scope)), ...missing];
  }

  item(state: LoadState): vscode.TreeItem {
    const isRead = state.status === 'complete';
    return row({
      id: this.id,
      kind: vscode.l10n.t('Access of {0}:', this.principal.name),
      label: vscode.l10n.t('Roles'),
      description: isRead ? this.#describe() : undefined,
      icon: state.status === 'failed' ? 'error' : 'checklist',
      ...(state.status === 'failed' ? { color: 'list.errorForeground' } : {}),
      facts: [
        [vscode.l10n.t('Identity'), this.principal.name],
        [vscode.l10n.t('Principal ID'), this.principal.principalId],
        [vscode.l10n.t('Incomplete'), isRead ? this.#missing : undefined],
        [vscode.l10n.t('Without a role'), isRead && this.#given === 0 && this.#missing === undefined ? vscode.l10n.t('Tasks sign in and are then refused.') : undefined],
      ],
      traits: ['roles', 'refreshable'],
      expands: isRead && this.#isEmpty ? 'no' : 'collapsed',
    });
  }

  #describe(): string {
    const incomplete = this.#missing === undefined ? [] : [vscode.l10n.t('incomplete')];
    if (this.#given === 0) {
      return incomplete[0] ?? vscode.l10n.t('none');
    }
    return [this.#count(), ...incomplete].join(' \u00B7 ');
  }

  #count(): string {
    return this.#given === 1 ? vscode.l10n.t('1 role') : vscode.l10n.t('{0} roles', this.#given);
  }
}

const scopeIcons: Readonly<Record<ScopeName['kind'], string>> = {
  root: 'globe',
  managementGroup: 'organization',
  subscription: 'layers',
  resourceGroup: 'symbol-namespace',
  storageAccount: 'database',
  container: 'package',
  vault: 'lock',
  factory: 'server-process',
  other: 'symbol-misc',
};

/** A scope on which a principal holds roles. */
class ScopeNode implements TreeNode, PortalTarget {
  readonly id: string;
  readonly parent: RolesNode;
  readonly children: readonly AssignmentNode[];
  readonly portal: PortalTarget['portal'];
  readonly #scope: ScopeName;

  constructor(parent: RolesNode, { scope, roles }: ScopeRoles) {
    this.id = `${parent.id}${scope.id.toLowerCase()}`;
    this.parent = parent;
    this.portal = { tenantId: parent.principal.tenantId, resourceId: scope.id };
    this.#scope = scope;
    this.children = roles.map((role) => new AssignmentNode(this, parent.principal, scope, role));
  }

  item(): vscode.TreeItem {
    const { kind, name } = this.#scope;
    const hasPage = kind !== 'root' && kind !== 'managementGroup';
    return row({
      id: this.id,
      kind: vscode.l10n.t('Scope'),
      label: kind === 'root' ? describeScope(this.#scope) : name,
      description: kind === 'root' ? undefined : this.#describe(),
      icon: scopeIcons[kind],
      facts: [[vscode.l10n.t('Resource ID'), this.#scope.id]],
      traits: hasPage ? ['portal'] : [],
      expands: 'expanded',
    });
  }

  /** The kind without the name, which is the label already. */
  #describe(): string {
    const { kind, account } = this.#scope;
    switch (kind) {
      case 'container':
        return vscode.l10n.t('container in {0}', account ?? '');
      case 'storageAccount':
        return vscode.l10n.t('storage account');
      case 'vault':
        return vscode.l10n.t('key vault');
      case 'factory':
        return vscode.l10n.t('data factory');
      case 'resourceGroup':
        return vscode.l10n.t('resource group');
      case 'subscription':
        return vscode.l10n.t('subscription');
      case 'managementGroup':
        return vscode.l10n.t('management group');
      case 'root':
      case 'other':
        return '';
    }
  }
}

/** A role on a scope. */
class AssignmentNode implements TreeNode, AssignmentTarget, PortalTarget {
  readonly id: string;
  readonly parent: ScopeNode;
  readonly principal: Principal;
  readonly scope: ScopeName;
  readonly held: HeldRole;
  readonly portal: PortalTarget['portal'];

  constructor(parent: ScopeNode, principal: Principal, scope: ScopeName, held: HeldRole) {
    this.id = `${parent.id}/roles/${held.assignment.id.toLowerCase()}`;
    this.parent = parent;
    this.principal = principal;
    this.scope = scope;
    this.held = held;
    this.portal = { tenantId: principal.tenantId, resourceId: held.assignment.scopeId };
  }

  item(): vscode.TreeItem {
    const { assignment, role, inheritedFrom } = this.held;
    const isDeny = assignment.effect === 'deny';
    return row({
      id: this.id,
      kind: isDeny ? vscode.l10n.t('Deny assignment') : vscode.l10n.t('Role'),
      label: roleTitle(this.held),
      description: this.#remarks().join(' · '),
      icon: isDeny ? 'circle-slash' : inheritedFrom === undefined ? 'check' : 'arrow-small-down',
      ...(isDeny ? { color: 'list.warningForeground' } : {}),
      facts: [
        [vscode.l10n.t('Allows to'), isDeny ? undefined : role?.description],
        [vscode.l10n.t('Held on'), assignment.scopeId],
        [vscode.l10n.t('Condition'), assignment.condition],
        [vscode.l10n.t('Note'), assignment.description],
        [vscode.l10n.t('Assignment'), assignment.id],
      ],
      traits: ['portal', ...(isDeny ? [] : (['assignment'] as const)), ...(isDeny || this.#isThroughGroup() ? [] : (['removable'] as const))],
      expands: 'no',
    });
  }

  #remarks(): readonly string[] {
    const { assignment, inheritedFrom } = this.held;
    return [
      ...(assignment.effect === 'deny' ? [vscode.l10n.t('denied, whatever roles say')] : []),
      ...(inheritedFrom === undefined ? [] : [vscode.l10n.t('inherited from {0}', describeScope(inheritedFrom))]),
      ...(this.#isThroughGroup() ? [vscode.l10n.t('through a group')] : []),
      ...(assignment.condition === undefined ? [] : [vscode.l10n.t('under a condition')]),
    ];
  }

  #isThroughGroup(): boolean {
    return this.held.assignment.principalId.toLowerCase() !== this.principal.principalId.toLowerCase();
  }
}
