import * as l10n from '@vscode/l10n';
import type { CST } from 'yaml';
import { isAlias, isScalar } from 'yaml';
import type { FormatRefusal } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import type { TextEdit } from '../textEdit.ts';
import { indentationAt, insertInFlow, insertLinesAfter } from '../yaml/insertion.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { hasMergeKey, isShared, pairOf, sharedRefusal } from '../yaml/yamlDocument.ts';
import { doubleQuoted, scalarText, singleQuoted } from '../yaml/yamlScalar.ts';
import type { PairPlace } from '../yaml/yamlTokens.ts';
import { itemEnd, keyStart, placeOfPair } from '../yaml/yamlTokens.ts';
import type { ConnectionEntry, EntryKey } from './connectionEntry.ts';
import { fieldText } from './connectionEntry.ts';

/** What an entry is to say, in the order new keys are written; empty text takes a value away. */
export type EntryValues = Partial<Record<EntryKey, string>>;

/**
 * The edits that give an existing entry new values, leaving its other keys, its comments and its layout alone. Refused
 * where an anchor, an alias or a merge key would carry the change elsewhere.
 */
export function editEntry(settings: YamlText, entry: ConnectionEntry, values: EntryValues): readonly TextEdit[] | FormatRefusal {
  if (entry.node !== entry.map || hasMergeKey(settings, entry.map) || isShared(settings, entry.map, 'itself')) {
    return sharedRefusal(settings, entry.node, fieldText(settings, entry, 'conn_id'));
  }
  const token = entry.map.srcToken;
  if (token === undefined || (token.type !== 'block-map' && token.type !== 'flow-collection')) {
    return unusualRefusal(settings, entry);
  }
  const edits: TextEdit[] = [];
  const missing: [key: string, text: string][] = [];
  for (const [key, value] of Object.entries(values) as [EntryKey, string][]) {
    const pair = pairOf(settings, entry.map, key);
    if (pair === undefined) {
      if (value !== '') {
        missing.push([key, valueText(key, value)]);
      }
      continue;
    }
    if (isAlias(pair.value) || (pair.value !== null && isShared(settings, pair.value, 'within'))) {
      return sharedRefusal(settings, pair.value, key);
    }
    const place = placeOfPair(pair);
    const isListBehindComment = place?.hasComment === true && place.valueToken?.type === 'block-seq';
    if (place === undefined || isListBehindComment) {
      return unusualRefusal(settings, entry);
    }
    const scalar = isScalar(pair.value) ? pair.value.type : undefined;
    edits.push(...(value === '' ? removeValue(settings.text, place) : replaceValue(settings.text, place, key === 'conn_extra' ? singleQuoted(value) : quotedAlike(key, value, scalar))));
  }
  const added = addKeys(settings, token, missing);
  if ('kind' in added) {
    return added;
  }
  return joinEdits([...edits, ...added]);
}

/** The text of a value in a new key. Ports are numbers; `conn_extra` is always quoted, so that its JSON stays readable. */
export function valueText(key: EntryKey, value: string): string {
  switch (key) {
    case 'conn_extra':
      return singleQuoted(value);
    case 'conn_port':
      return value;
    default:
      return scalarText(value);
  }
}

function removeValue(text: string, place: PairPlace): readonly TextEdit[] {
  if (place.value === undefined) {
    return [];
  }
  const end = contentOf(text, place.value).end;
  return place.hasComment
    ? [{ offset: place.value.start, length: end - place.value.start, text: '' }]
    : [{ offset: place.colonEnd, length: end - place.colonEnd, text: '' }];
}

/** A block of text ends behind its line break, which has to stay. */
function contentOf(text: string, { start, end }: { readonly start: number; readonly end: number }): { readonly start: number; readonly end: number } {
  return { start, end: start + text.slice(start, end).replace(/[ \t\r\n]+$/, '').length };
}

function replaceValue(text: string, place: PairPlace, value: string): readonly TextEdit[] {
  if (place.value === undefined) {
    return [{ offset: place.colonEnd, length: 0, text: ` ${value}` }];
  }
  const { start, end } = contentOf(text, place.value);
  const gap = text.slice(place.colonEnd, start);
  // Behind a comment the value stays on its own line.
  return place.hasComment || /^[ \t]+$/.test(gap)
    ? [{ offset: start, length: end - start, text: value }]
    : [{ offset: place.colonEnd, length: end - place.colonEnd, text: ` ${value}` }];
}

/** Writes text in the quotes that stood there, if any. */
function quotedAlike(key: EntryKey, value: string, style: string | undefined): string {
  switch (style) {
    case 'QUOTE_DOUBLE':
      return doubleQuoted(value);
    case 'QUOTE_SINGLE':
      return singleQuoted(value);
    default:
      return valueText(key, value);
  }
}

/** Adds the keys an entry does not have yet, behind its last one. */
function addKeys(
  settings: YamlText,
  token: CST.BlockMap | CST.FlowCollection,
  missing: readonly (readonly [key: string, text: string])[],
): readonly TextEdit[] | FormatRefusal {
  if (missing.length === 0) {
    return [];
  }
  const pairs = missing.map(([key, text]) => `${key}: ${text}`);
  if (token.type === 'flow-collection') {
    return insertInFlow(settings.text, token, pairs.join(', '));
  }
  const first = token.items.find((item) => itemEnd(item) !== undefined);
  const start = first && keyStart(first);
  if (start === undefined) {
    return refusal(settings.text, token.offset, unusualText(), unusualFix());
  }
  const indentation = indentationAt(settings.text, start);
  // Deeper comments are not skipped: a key of the same entry may stand before them.
  const edit = insertLinesAfter(settings.text, token, Number.POSITIVE_INFINITY, pairs.map((pair) => indentation + pair));
  return 'kind' in edit ? edit : [edit];
}

/** Sorts edits and joins those at the same place into one. */
function joinEdits(edits: readonly TextEdit[]): readonly TextEdit[] {
  const joined: TextEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.offset - b.offset)) {
    const last = joined.at(-1);
    if (last !== undefined && last.offset + last.length === edit.offset) {
      joined[joined.length - 1] = { offset: last.offset, length: last.length + edit.length, text: last.text + edit.text };
    } else {
      joined.push(edit);
    }
  }
  return joined;
}

function unusualRefusal(settings: YamlText, entry: ConnectionEntry): FormatRefusal {
  return refusal(settings.text, entry.node.range?.[0] ?? 0, unusualText(), unusualFix());
}

function unusualText(): string {
  return l10n.t('The entry is written in a form of YAML that cannot be changed without rewriting it.');
}

function unusualFix(): string {
  return l10n.t('Write it as "key: value", one per line, then try again.');
}
