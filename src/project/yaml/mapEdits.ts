import * as l10n from '@vscode/l10n';
import type { CST, Node, YAMLMap } from 'yaml';
import { isAlias, isScalar } from 'yaml';
import type { FormatRefusal } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import type { TextEdit } from '../textEdit.ts';
import { indentationAt, insertInFlow, insertLinesAfter } from './insertion.ts';
import { removeItem } from './removal.ts';
import type { YamlText } from './yamlDocument.ts';
import { hasMergeKey, isShared, pairOf, sharedRefusal } from './yamlDocument.ts';
import { scalarText } from './yamlScalar.ts';
import type { PairPlace } from './yamlTokens.ts';
import { itemEnd, keyStart, placeOfPair } from './yamlTokens.ts';

/** What becomes of one key of a map. */
export interface KeyChange {
  readonly key: string;
  /** `write` gives the text of its value for the style of the scalar that stands there; `empty` leaves the key without a value; `remove` takes both. */
  readonly change: { readonly kind: 'write'; readonly text: (style: string | undefined) => string } | { readonly kind: 'empty' | 'remove' };
}

/**
 * The edits that change some keys of a map, leaving its other keys, its comments and its layout alone. Refused where an
 * anchor, an alias or a merge key would carry the change elsewhere.
 * @param node the map as it stands in its place, possibly an alias
 */
export function editMap(document: YamlText, node: Node, map: YAMLMap, name: string, changes: readonly KeyChange[]): readonly TextEdit[] | FormatRefusal {
  return node !== map || hasMergeKey(document, map) || isShared(document, map, 'itself')
    ? sharedRefusal(document, node, name)
    : editOwnKeys(document, map, changes);
}

/** As `editMap`, for a map that is meant to be shared or adds to a shared one: its own keys change for all who use it. */
export function editOwnKeys(document: YamlText, map: YAMLMap, changes: readonly KeyChange[]): readonly TextEdit[] | FormatRefusal {
  const token = map.srcToken;
  if (token === undefined || (token.type !== 'block-map' && token.type !== 'flow-collection')) {
    return unusualRefusal(document, map);
  }
  const edits: TextEdit[] = [];
  const missing: [key: string, text: string][] = [];
  for (const { key, change } of changes) {
    const pair = pairOf(document, map, key);
    if (pair === undefined) {
      if (change.kind === 'write') {
        missing.push([scalarText(key), change.text(undefined)]);
      }
      continue;
    }
    if (isAlias(pair.value) || (pair.value !== null && isShared(document, pair.value, 'within'))) {
      return sharedRefusal(document, pair.value, key);
    }
    const place = placeOfPair(pair);
    const isListBehindComment = place?.hasComment === true && place.valueToken?.type === 'block-seq';
    if (place === undefined || isListBehindComment) {
      return unusualRefusal(document, map);
    }
    const changed = change.kind === 'remove' ? removeItem(document, map, map.items.indexOf(pair), key) : valueEdits(document.text, place, change, isScalar(pair.value) ? pair.value.type : undefined);
    if ('kind' in changed) {
      return changed;
    }
    edits.push(...changed);
  }
  const added = addKeys(document, token, missing);
  return 'kind' in added ? added : joinEdits([...edits, ...added]);
}

function valueEdits(text: string, place: PairPlace, change: Exclude<KeyChange['change'], { kind: 'remove' }>, style: string | undefined): readonly TextEdit[] {
  return change.kind === 'write' ? replaceValue(text, place, change.text(style)) : removeValue(text, place);
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

/** Adds the keys a map does not have yet, behind its last one. */
function addKeys(
  document: YamlText,
  token: CST.BlockMap | CST.FlowCollection,
  missing: readonly (readonly [key: string, text: string])[],
): readonly TextEdit[] | FormatRefusal {
  if (missing.length === 0) {
    return [];
  }
  const pairs = missing.map(([key, text]) => `${key}: ${text}`);
  if (token.type === 'flow-collection') {
    return insertInFlow(document.text, token, pairs.join(', '));
  }
  const first = token.items.find((item) => itemEnd(item) !== undefined);
  const start = first && keyStart(first);
  if (start === undefined) {
    return refusal(document.text, token.offset, unusualText(), unusualFix());
  }
  const indentation = indentationAt(document.text, start);
  // Deeper comments are not skipped: a key of the same map may stand before them.
  const edit = insertLinesAfter(document.text, token, Number.POSITIVE_INFINITY, pairs.map((pair) => indentation + pair));
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

function unusualRefusal(document: YamlText, node: Node): FormatRefusal {
  return refusal(document.text, node.range?.[0] ?? 0, unusualText(), unusualFix());
}

function unusualText(): string {
  return l10n.t('The entry is written in a form of YAML that cannot be changed without rewriting it.');
}

function unusualFix(): string {
  return l10n.t('Write it as "key: value", one per line, then try again.');
}
