import * as l10n from '@vscode/l10n';
import type { Completion } from '../language/completion.ts';
import { rank } from '../language/completion.ts';
import { connectionSnippets, freeConnectionId, jsonPairs, recentFirst } from '../language/connectionSnippets.ts';
import type { KnownIdentity } from '../language/knowledge.ts';
import { valueCompletions } from '../language/valueCompletions.ts';
import { lineBreakOf } from '../textLines.ts';
import type { CompletionPlace } from './completionPlace.ts';
import { completionPlace } from './completionPlace.ts';
import { entryKeys } from './connectionEntry.ts';

/**
 * What can be completed at `offset` (UTF-16 code units) of `airflow_settings.yaml`: a whole Azure connection for each known
 * identity and type, the keys an entry lacks, and values of `conn_type` and in `conn_extra`. Empty wherever nothing of that fits.
 */
export function completionsAt(text: string, offset: number, known: readonly KnownIdentity[]): readonly Completion[] {
  const at = Math.max(0, Math.min(offset, text.length));
  const place = completionPlace(text, at);
  const identities = recentFirst(known);
  if (place === undefined || place.valueOf === 'conn_type') {
    return valueCompletions(text, at, identities) ?? [];
  }
  return [...wholeConnections(text, place, identities), ...missingKeys(place), ...extras(place, identities)];
}

function wholeConnections(text: string, place: CompletionPlace, identities: readonly KnownIdentity[]): readonly Completion[] {
  const fit = place.connection;
  if (fit === undefined) {
    return [];
  }
  const connectionId = freeConnectionId(text);
  const lineBreak = lineBreakOf(text);
  return connectionSnippets(identities, false).map(({ label, detail, filterText, fields, extra }, index) => ({
    kind: 'connection', label, detail, filterText,
    snippet: [
      `${fit.lead}conn_id: \${1:${connectionId}}`,
      ...fields.map(([key, value]) => `${fit.indentation}${key === 'conn_type' ? key : `conn_${key}`}: ${value}`),
      `${fit.indentation}conn_extra: ${extraValue(extra)}`,
    ].join(lineBreak),
    replaced: place.replaced,
    sortText: `0${rank(index)}`,
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

/** Behind `conn_extra:` stands an identity as a whole. */
function extras(place: CompletionPlace, identities: readonly KnownIdentity[]): readonly Completion[] {
  return place.valueOf !== 'conn_extra'
    ? []
    : connectionSnippets(identities, false).slice(0, identities.length).map(({ detail, extra }, index): Completion => {
        const { name = '', clientId = '' } = identities[index] ?? {};
        return {
          kind: 'value', label: l10n.t('Identity {0}', name), detail, snippet: extraValue(extra),
          replaced: place.replaced, sortText: `0${rank(index)}`, filterText: `${name} ${clientId}`,
        };
      });
}

/** JSON in single quotes, in snippet syntax. */
function extraValue(extra: readonly (readonly [key: string, value: string])[]): string {
  return `'{${jsonPairs(extra, ',')}\\}'`;
}
