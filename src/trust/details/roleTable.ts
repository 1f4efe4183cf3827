import * as l10n from '@vscode/l10n';
import type { HeldRole, ScopeRoles } from '../../identity/heldRoles.ts';
import { missingRolesText, roleTitle } from '../../identity/heldRoles.ts';
import type { ScopeName } from '../../identity/scopeName.ts';
import type { DetailsState } from './detailsState.ts';
import type { DetailsRowView, GroupView, TableView } from './detailsView.ts';
import { partNotices, retryOf } from './partNotices.ts';

/** What the identity may do, scope by scope. */
export function roleTable({ parts, subscriptionName }: DetailsState): TableView {
  const { roles, identity } = parts;
  const missing = roles.value === undefined ? undefined : missingRolesText(roles.value);
  return {
    title: l10n.t('Roles by scope'),
    actions: [{ label: l10n.t('Give access…'), event: { kind: 'giveAccess' }, style: 'link', disabled: identity.value === undefined }],
    busy: roles.reading,
    text: roles.value === undefined || missing !== undefined
      ? ''
      : roles.value.scopes.length === 0
        ? l10n.t('No role in {0} or elsewhere: tasks sign in as this identity and are then refused.', subscriptionName)
        : l10n.t('In {0}, above it, and in other subscriptions that this account sees.', subscriptionName),
    notices: [...partNotices('roles', roles), ...(missing === undefined ? [] : [{ status: 'replace', text: missing, actions: [retryOf('roles'), { label: l10n.t('Show log'), event: { kind: 'showLog' }, style: 'link' }] } as const])],
    heads: [l10n.t('Role'), l10n.t('Allows to'), l10n.t('Assigned'), l10n.t('Actions')],
    groups: (roles.value?.scopes ?? []).map((scope) => scopeGroup(scope, identity.value?.principalId)),
  };
}

function scopeGroup({ scope, roles }: ScopeRoles, principalId: string | undefined): GroupView {
  return {
    id: `scope ${scope.id}`,
    title: scope.kind === 'root' ? l10n.t('Whole tenant') : scope.name,
    detail: kindOf(scope),
    remark: '',
    actions: [],
    rows: roles.map((held) => roleRow(held, scope, principalId)),
  };
}

function roleRow(held: HeldRole, scope: ScopeName, principalId: string | undefined): DetailsRowView {
  const { assignment, role, inheritedFrom } = held;
  const isDenied = assignment.effect === 'deny';
  const isOwn = assignment.principalId.toLowerCase() === principalId?.toLowerCase();
  return {
    id: `role ${scope.id} ${assignment.id}`,
    name: roleTitle(held),
    isCode: false,
    value: {
      kind: 'text',
      text: isDenied ? l10n.t('Wins over every role. Azure itself makes such assignments.') : (role?.description ?? ''),
    },
    changes: [],
    remarks: [
      ...(assignment.description === undefined ? [] : [assignment.description]),
      ...(isOwn || isDenied ? [] : [l10n.t('Held through a group that it belongs to.')]),
      ...(assignment.condition === undefined ? [] : [l10n.t('Under a condition: {0}', assignment.condition)]),
    ],
    status: isDenied ? 'conflict' : 'none',
    statusText: isDenied ? l10n.t('Denied') : inheritedFrom === undefined ? l10n.t('Here') : l10n.t('On {0}', kindOf(inheritedFrom)),
    ...(isDenied ? { statusIcon: 'circle-slash' } : {}),
    // What is inherited is taken away where it was given, in sight of everything else that loses it.
    buttons: isDenied || !isOwn || inheritedFrom !== undefined ? [] : [removal(roleTitle(held), scope.name, assignment.id)],
  };
}

function removal(role: string, scope: string, assignmentId: string): DetailsRowView['buttons'][number] {
  return {
    icon: 'trash',
    action: { label: l10n.t('Remove'), accessibleName: l10n.t('Remove {0} on {1}', role, scope), event: { kind: 'removeAccess', assignmentId }, style: 'link' },
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
