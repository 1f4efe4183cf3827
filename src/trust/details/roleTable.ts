import * as l10n from '@vscode/l10n';
import type { HeldRole, ScopeRoles } from '../../identity/heldRoles.ts';
import { roleTitle } from '../../identity/heldRoles.ts';
import type { ScopeName } from '../../identity/scopeName.ts';
import type { DetailsState } from './detailsState.ts';
import type { DetailsRowView, GroupView, TableView } from './detailsView.ts';
import { partNotices } from './partNotices.ts';

/** What the identity may do, scope by scope. */
export function roleTable({ parts, subscriptionName }: DetailsState): TableView {
  const { roles } = parts;
  return {
    title: l10n.t('Roles by scope'),
    actions: [],
    busy: roles.reading,
    text: roles.value === undefined
      ? ''
      : roles.value.length === 0
        ? l10n.t('No role in {0}: tasks sign in as this identity and are then refused.', subscriptionName)
        : l10n.t('What it holds in {0} and inherits there. Roles in other subscriptions are not listed.', subscriptionName),
    notices: [...partNotices('roles', roles)],
    heads: [l10n.t('Role'), l10n.t('Allows to'), l10n.t('Assigned'), l10n.t('Actions')],
    groups: (roles.value ?? []).map(scopeGroup),
  };
}

function scopeGroup({ scope, roles }: ScopeRoles): GroupView {
  return {
    id: `scope ${scope.id}`,
    title: scope.kind === 'root' ? l10n.t('Whole tenant') : scope.name,
    detail: kindOf(scope),
    remark: '',
    actions: [],
    rows: roles.map((held) => roleRow(held, scope)),
  };
}

function roleRow(held: HeldRole, scope: ScopeName): DetailsRowView {
  const { assignment, role, inheritedFrom } = held;
  const isDenied = assignment.effect === 'deny';
  return {
    id: `role ${scope.id} ${assignment.id}`,
    name: roleTitle(held),
    isCode: false,
    value: {
      kind: 'text',
      text: isDenied ? l10n.t('Wins over every role. Azure itself makes such assignments.') : (role?.description ?? ''),
    },
    changes: [],
    remarks: assignment.condition === undefined ? [] : [l10n.t('Under a condition: {0}', assignment.condition)],
    status: isDenied ? 'conflict' : 'none',
    statusText: isDenied ? l10n.t('Denied') : inheritedFrom === undefined ? l10n.t('Here') : l10n.t('On {0}', kindOf(inheritedFrom)),
    ...(isDenied ? { statusIcon: 'circle-slash' } : {}),
    buttons: [],
  };
}

function kindOf({ kind, account }: ScopeName): string {
  switch (kind) {
    case 'root':
      return l10n.t('tenant');
    case 'managementGroup':
      return l10n.t('management group');
    case 'subscription':
      return l10n.t('subscription');
    case 'resourceGroup':
      return l10n.t('resource group');
    case 'storageAccount':
      return l10n.t('storage account');
    case 'container':
      return account === undefined ? l10n.t('container') : l10n.t('container in storage account {0}', account);
    case 'vault':
      return l10n.t('key vault');
    case 'factory':
      return l10n.t('data factory');
    case 'other':
      return l10n.t('resource');
  }
}
