import * as l10n from '@vscode/l10n';
import { identityKeys } from '../../connection/identityKeys.ts';
import { lineEnd, lineStart } from '../textLines.ts';
import type { Completion } from './completion.ts';
import { rank } from './completion.ts';

/** A connection that a DAG can name. */
export interface NamedConnection {
  readonly connectionId: string;
  readonly type: string;
}

interface Recipe {
  readonly label: (connectionId: string) => string;
  readonly detail: string;
  /** Types it works with; every type that reads an identity where there are none. */
  readonly types: readonly string[] | undefined;
  readonly lines: (connectionId: string) => readonly string[];
}

/** As they ran with apache-airflow 3.3.2 and provider 15.2.1; `airflow.hooks.base` is there in Airflow 2 as well. */
const recipes = (): readonly Recipe[] => [
  {
    label: (id) => l10n.t('Blobs of {0} with WasbHook', id),
    detail: 'WasbHook',
    types: ['wasb'],
    lines: (id) => [
      'from airflow.providers.microsoft.azure.hooks.wasb import WasbHook',
      '',
      `hook = WasbHook(wasb_conn_id="${id}")`,
      'blobs = hook.get_blobs_list(container_name="${1:container}")',
    ],
  },
  {
    label: (id) => l10n.t('Credential of {0} with AzureBaseHook', id),
    detail: 'AzureBaseHook',
    types: ['azure'],
    lines: (id) => [
      'from airflow.providers.microsoft.azure.hooks.base_azure import AzureBaseHook',
      '',
      `credential = AzureBaseHook(conn_id="${id}").get_credential()`,
    ],
  },
  {
    label: (id) => l10n.t('Identity of {0} with DefaultAzureCredential', id),
    detail: 'DefaultAzureCredential',
    types: undefined,
    lines: (id) => [
      'from airflow.hooks.base import BaseHook',
      'from azure.identity import DefaultAzureCredential',
      '',
      `extra = BaseHook.get_connection("${id}").extra_dejson`,
      'credential = DefaultAzureCredential(',
      `    managed_identity_client_id=extra["${identityKeys.clientId}"],`,
      `    workload_identity_tenant_id=extra["${identityKeys.tenantId}"],`,
      ')',
    ],
  },
];

/**
 * What can be completed in a DAG file: behind `…conn_id="` the ids of connections, at the start of a statement the code that
 * signs in as the identity of a connection, found by its id.
 * @param connections those of the workspace that name an identity
 */
export function pythonCompletions(text: string, offset: number, connections: readonly NamedConnection[]): readonly Completion[] {
  const before = text.slice(lineStart(text, offset), offset);
  const behind = /^[\w.-]*/.exec(text.slice(offset, lineEnd(text, offset)))?.[0] ?? '';
  const quoted = /\w*conn_id\s*=\s*["']([\w.-]*)$/.exec(before);
  if (quoted !== null) {
    const typed = quoted[1] ?? '';
    return connections.map(({ connectionId, type }, index) => ({
      kind: 'value', label: connectionId, detail: type, snippet: connectionId,
      replaced: { offset: offset - typed.length, length: typed.length + behind.length }, sortText: `0${rank(index)}`, filterText: connectionId,
    }));
  }
  const statement = /^(\s*)(\w+)$/.exec(before);
  if (statement === null || behind !== '') {
    return [];
  }
  const [, indentation = '', typed = ''] = statement;
  return connections.flatMap(({ connectionId, type }, index) => recipes().filter(({ types }) => types?.includes(type) !== false).map(({ label, detail, lines }): Completion => ({
    kind: 'connection', label: label(connectionId), detail,
    snippet: lines(connectionId).map((line, row) => (row === 0 || line === '' ? line : indentation + line)).join('\n'),
    replaced: { offset: offset - typed.length, length: typed.length },
    // Below the names of the file itself.
    sortText: `~${rank(index)}`,
    filterText: `${connectionId} ${detail}`,
  })));
}
