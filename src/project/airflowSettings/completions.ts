import * as l10n from '@vscode/l10n';
import type { IdentityConnection } from '../../connection/airflowConnection.ts';
import { extraText } from '../../connection/extraText.ts';
import { airflowConnection, connectionProblems } from '../../connection/writeConnection.ts';
import { lineBreakOf } from '../textLines.ts';
import type { KnownIdentity } from '../language/knowledge.ts';
import type { CompletionPlace, ReplacedRange } from './completionPlace.ts';
import { completionPlace } from './completionPlace.ts';
import { entryKeys } from './connectionEntry.ts';
import { singleQuoted } from '../yaml/yamlScalar.ts';

/** One thing to be offered. All texts are plain, but for `snippet`. */
export interface Completion {
  readonly kind: 'connection' | 'key' | 'value';
  readonly label: string;
  readonly detail: string | undefined;
  /** In VS Code's snippet syntax, with all indentation in it: to be inserted with `keepWhitespace`. */
  readonly snippet: string;
  readonly replaced: ReplacedRange;
  /** Compared as text; the most useful comes first. */
  readonly sortText: string;
  /** What typed letters are matched with. */
  readonly filterText: string;
}

/**
 * What can be completed at `offset` (UTF-16 code units) of `airflow_settings.yaml`: a whole Azure connection for each known
 * identity, the keys an entry lacks, and values of `conn_type` and `conn_extra`. Empty wherever nothing of that fits.
 */
export function completionsAt(text: string, offset: number, known: readonly KnownIdentity[]): readonly Completion[] {
  const place = completionPlace(text, Math.max(0, Math.min(offset, text.length)));
  if (place === undefined) {
    return [];
  }
  const identities = recentFirst(known);
  return [...wholeConnections(text, place, identities), ...missingKeys(place), ...values(place, identities)];
}

function wholeConnections(text: string, place: CompletionPlace, identities: readonly KnownIdentity[]): readonly Completion[] {
  const fit = place.connection;
  if (fit === undefined) {
    return [];
  }
  const connectionId = freeConnectionId(text);
  const lineBreak = lineBreakOf(text);
  return identities.map((identity, index) => ({
    kind: 'connection',
    // Short, because VS Code's list is narrow and cuts names at their end, where they differ.
    label: l10n.t('Azure: {0}', identity.name),
    detail: identity.subscriptionName,
    snippet: [
      `${fit.lead}conn_id: \${1:${connectionId}}`,
      `${fit.indentation}conn_type: azure`,
      `${fit.indentation}conn_extra: ${extraSnippet(identity, connectionId)}`,
    ].join(lineBreak),
    replaced: place.replaced,
    sortText: `0${rank(index)}`,
    filterText: `conn_id azure ${identity.name} ${identity.clientId}`,
  }));
}

function missingKeys(place: CompletionPlace): readonly Completion[] {
  const fit = place.keys;
  return fit === undefined
    ? []
    : entryKeys.filter((key) => !fit.present.has(key)).map((key) => ({
        kind: 'key',
        label: key,
        detail: undefined,
        snippet: `${fit.lead}${key}: $0`,
        replaced: place.replaced,
        sortText: `1${rank(entryKeys.indexOf(key))}`,
        filterText: key,
      }));
}

function values(place: CompletionPlace, identities: readonly KnownIdentity[]): readonly Completion[] {
  switch (place.valueOf) {
    case 'conn_type':
      return [{
        kind: 'value', label: 'azure', detail: l10n.t('Azure, signed in with a workload identity'), snippet: 'azure',
        replaced: place.replaced, sortText: '0', filterText: 'azure',
      }];
    case 'conn_extra':
      return identities.map((identity, index) => ({
        kind: 'value',
        label: l10n.t('Identity {0}', identity.name),
        detail: identity.subscriptionName,
        snippet: extraSnippet(identity, 'azure_wi'),
        replaced: place.replaced,
        sortText: `0${rank(index)}`,
        filterText: `${identity.name} ${identity.clientId}`,
      }));
    default:
      return [];
  }
}

/** `conn_extra` as JSON in single quotes; the subscription is a tab stop, since tasks often work in another one. */
function extraSnippet(identity: KnownIdentity, connectionId: string): string {
  const extra = singleQuoted(extraText(airflowConnection(connectionOf(identity, connectionId)).extra));
  // The subscription is the last value: "…"}'
  const subscriptionStart = extra.length - identity.subscriptionId.length - 3;
  const [before, after] = [extra.slice(0, subscriptionStart), extra.slice(-3)];
  return `${escapeSnippet(before)}\${2:${escapeSnippet(identity.subscriptionId)}}${escapeSnippet(after)}`;
}

function connectionOf(identity: KnownIdentity, connectionId: string): IdentityConnection {
  const { clientId, tenantId, subscriptionId } = identity;
  return { connectionId, type: 'azure', clientId, tenantId, values: { subscriptionId } };
}

/** `$`, `}` and `\` have a meaning in snippets (code.visualstudio.com/docs/editing/userdefinedsnippets, "Snippet syntax"). */
function escapeSnippet(text: string): string {
  return text.replace(/[$}\\]/g, '\\$&');
}

/** `azure_wi`, or the first of `azure_wi_2`, `azure_wi_3`… that the file does not use. */
function freeConnectionId(text: string): string {
  const used = new Set(Array.from(text.matchAll(/conn_id["']?\s*:\s*["']?(azure_wi\w*)/gi), (match) => match[1]));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? 'azure_wi' : `azure_wi_${number}`;
    if (!used.has(candidate)) {
      return candidate;
    }
  }
}

/** Identities whose ids Azure could have given, those used last first, then by name. */
function recentFirst(known: readonly KnownIdentity[]): readonly KnownIdentity[] {
  return known
    .filter((identity) => Object.keys(connectionProblems(connectionOf(identity, 'azure_wi'))).length === 0)
    .sort((a, b) => (b.lastUsed ?? 0) - (a.lastUsed ?? 0) || (a.name < b.name ? -1 : 1));
}

function rank(index: number): string {
  return String(index).padStart(4, '0');
}
