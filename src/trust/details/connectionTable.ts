import * as l10n from '@vscode/l10n';
import type { ViewStatus } from '../../page/viewParts.ts';
import type { ConnectionUse } from './connectionUses.ts';
import { isFixable, usesOf } from './connectionUses.ts';
import type { DetailsState } from './detailsState.ts';
import type { DetailsRowView, TableView } from './detailsView.ts';
import { partNotices } from './partNotices.ts';

/** Which Airflow connections of the workspace sign in as the identity, or mean to. */
export function connectionTable({ parts }: DetailsState): TableView {
  const { connections, identity } = parts;
  const isKnown = connections.value !== undefined && identity.value !== undefined;
  const uses = isKnown ? usesOf(identity.value, connections.value) : [];
  const rows = uses.map(useRow);
  const unreadable = (connections.value ?? []).flatMap(({ label, problem }) => (problem === undefined ? [] : [l10n.t('{0} could not be searched. {1}', label, problem)]));
  return {
    title: l10n.t('Connections in this workspace'),
    actions: [],
    busy: connections.reading,
    text: isKnown && uses.length === 0 ? l10n.t('No connection in the files of this workspace names the client ID of this identity.') : '',
    notices: [
      ...partNotices('connections', connections),
      ...unreadable.map((text) => ({ status: 'replace' as const, text, actions: [] })),
    ],
    heads: [l10n.t('Connection ID'), l10n.t('File'), l10n.t('Status'), ...(rows.some(({ buttons }) => buttons.length > 0) ? [l10n.t('Actions')] : [])],
    groups: rows.length === 0 ? [] : [{ id: 'connections', detail: '', remark: '', actions: [], rows }],
  };
}

function useRow({ uri, label, connection, status }: ConnectionUse): DetailsRowView {
  const { connection: { connectionId, type }, line, notes } = connection;
  const place = l10n.t('{0}, line {1}', label, line);
  return {
    id: `connection ${uri} ${line}`,
    name: connectionId,
    isCode: true,
    value: {
      kind: 'link',
      action: { label: place, accessibleName: l10n.t('{0}: open {1}', connectionId, place), event: { kind: 'openConnection', uri, connectionId }, style: 'link' },
    },
    changes: [],
    remarks: [...remarksOf(status), ...(status === 'tenantMissing' ? [] : notes), ...(type === 'azure' ? [] : [l10n.t('Connection type: {0}', type)])],
    ...shown(status),
    buttons: isFixable(status)
      ? [{ action: { label: l10n.t('Fix'), accessibleName: l10n.t('Fix {0}', connectionId), event: { kind: 'fixConnection', uri, connectionId }, style: 'link' } }]
      : [],
  };
}

function shown(status: ConnectionUse['status']): { readonly status: ViewStatus; readonly statusText: string; readonly statusIcon?: string } {
  switch (status) {
    case 'inOrder':
      return { status: 'keep', statusText: l10n.t('In order') };
    case 'tenantMissing':
      return { status: 'replace', statusText: l10n.t('Tenant missing'), statusIcon: 'warning' };
    case 'otherTenant':
      return { status: 'conflict', statusText: l10n.t('Other tenant') };
    case 'otherSignIn':
      return { status: 'replace', statusText: l10n.t('Other sign-in'), statusIcon: 'warning' };
  }
}

function remarksOf(status: ConnectionUse['status']): readonly string[] {
  switch (status) {
    case 'tenantMissing':
      return [l10n.t('Airflow ignores the client ID unless workload_identity_tenant_id stands beside it.')];
    case 'otherTenant':
      return [l10n.t('workload_identity_tenant_id names another tenant than the one that issues this identity\'s tokens.')];
    case 'inOrder':
    case 'otherSignIn':
      return [];
  }
}
