import * as l10n from '@vscode/l10n';
import type { ConnectionField, ConnectionType } from '../../connection/connectionType.ts';
import { isGuid } from '../../connection/guid.ts';
import { identityKeys } from '../../connection/identityKeys.ts';
import { connectionTypes } from '../../connection/types/connectionTypes.ts';
import { escapeSnippet } from './completion.ts';
import type { KnownIdentity } from './knowledge.ts';

/** A connection to be offered, in parts; values are in snippet syntax, with tab stops from 2 on, and need no escapes in JSON. */
export interface ConnectionSnippet {
  readonly label: string;
  readonly detail: string;
  readonly filterText: string;
  /** `conn_type` first, then fields as Airflow's JSON names them. */
  readonly fields: readonly (readonly [key: string, value: string])[];
  readonly extra: readonly (readonly [key: string, value: string])[];
}

/** With more identities, only type `azure` is offered for the others: a list of thousands serves nobody. */
const mostWithAllTypes = 10;

/**
 * A connection of each type for each identity, those used last first. What the type needs beside the identity is a tab stop
 * with an example in it.
 * @param takesEmptyText false where the file cannot say that a field is there and empty
 */
export function connectionSnippets(identities: readonly KnownIdentity[], takesEmptyText: boolean): readonly ConnectionSnippet[] {
  const types = connectionTypes().filter(({ fields }) => takesEmptyText || fields.every(({ fixed }) => fixed !== ''));
  const [azure, ...others] = types;
  return [
    ...(azure === undefined ? [] : identities.map((identity) => snippetOf(azure, identity))),
    ...others.flatMap((type) => identities.slice(0, mostWithAllTypes).map((identity) => snippetOf(type, identity))),
  ];
}

/** Identities whose ids Azure could have given, those used last first, then by name. */
export function recentFirst(known: readonly KnownIdentity[]): readonly KnownIdentity[] {
  return known
    .filter(({ clientId, tenantId, subscriptionId }) => isGuid(clientId) && isGuid(tenantId) && isGuid(subscriptionId))
    .toSorted((a, b) => (b.lastUsed ?? 0) - (a.lastUsed ?? 0) || (a.name < b.name ? -1 : 1));
}

function snippetOf(type: ConnectionType, identity: KnownIdentity): ConnectionSnippet {
  const firstChoice = type.fields.find(({ need }) => need === 'choice');
  const wanted = type.fields.filter((field) => field.need === 'required' || field === firstChoice || field.source === 'subscription');
  let stop = 1;
  const valueOf = (field: ConnectionField): string => {
    if (field.fixed !== undefined) {
      return escapeSnippet(field.fixed);
    }
    stop += 1;
    return `\${${stop}:${escapeSnippet(field.source === 'subscription' ? identity.subscriptionId : field.example)}}`;
  };
  const values = wanted.map((field) => [field, valueOf(field)] as const);
  return {
    // Short, because VS Code's list is narrow and cuts names at their end, where they differ.
    label: `${type.id === 'azure' ? 'Azure' : type.title}: ${identity.name}`,
    detail: identity.subscriptionName,
    // What people type comes first: VS Code takes letters that stand far from the start for a worse match, and reads no further than 128.
    filterText: `${identity.name} ${type.title} ${type.id} conn_id ${identity.clientId}`,
    fields: [['conn_type', type.id], ...values.flatMap(([field, value]) => (field.place === 'extra' ? [] : [[field.place, value] as const]))],
    extra: [
      [identityKeys.clientId, identity.clientId],
      [identityKeys.tenantId, identity.tenantId],
      ...values.flatMap(([field, value]) => (field.place === 'extra' ? [[field.id, value] as const] : [])),
    ],
  };
}

/** What stands for a field without a value in JSON and YAML alike. */
export function jsonPairs(pairs: readonly (readonly [key: string, value: string])[], separator: string): string {
  return pairs.map(([key, value]) => `"${key}":${separator === ',' ? '' : ' '}"${value}"`).join(separator);
}

/** `azure_wi`, or the first of `azure_wi_2`, `azure_wi_3`… that the file does not use. */
export function freeConnectionId(text: string): string {
  const used = new Set(Array.from(text.matchAll(/\bazure_wi\w*|\bAIRFLOW_CONN_(AZURE_WI\w*)/gi), ([whole, id]) => (id ?? whole).toLowerCase()));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? 'azure_wi' : `azure_wi_${number}`;
    if (!used.has(candidate)) {
      return candidate;
    }
  }
}

/** The types of the catalogue, for places where one is named. */
export function typeTitles(): readonly { readonly id: string; readonly title: string }[] {
  return connectionTypes().map(({ id, title, purpose }) => ({ id, title: l10n.t('{0}: {1}', title, purpose) }));
}
