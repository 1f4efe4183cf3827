import * as l10n from '@vscode/l10n';
import type { CST, Node, Pair, YAMLMap } from 'yaml';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { TextEdit } from '../textEdit.ts';
import { columnOf, lineEnd } from '../textLines.ts';
import { insertInFlow, insertLinesAfter, insertLinesAt } from './insertion.ts';
import type { Refusal, SettingsDocument } from './settingsDocument.ts';
import { hasMergeKey, isShared, pairOf, refusal, sharedRefusal } from './settingsDocument.ts';
import { keyStart, placeOfPair } from './yamlTokens.ts';

/** The keys and YAML texts of a new entry, in their order. */
export type EntryTexts = readonly (readonly [key: string, text: string])[];

/** How deep lists and maps stand in a file, in spaces. */
interface Layout {
  /** From a key to the keys in its map. */
  readonly step: number;
  /** From a key to the dashes of its list; 0 where dashes stand under the key. */
  readonly dash: number;
  /** From a dash to the key behind it. */
  readonly key: number;
}

/** Adds an entry at the end of `airflow.connections`, making list and map where they are missing. */
export function addEntry(settings: SettingsDocument, entry: EntryTexts): readonly TextEdit[] | Refusal {
  const { text, yaml } = settings;
  const root: unknown = yaml.contents;
  if (root === null || (isScalar(root) && root.value === null && root.srcToken === undefined)) {
    return /^\.\.\./m.test(text)
      ? refusal(text, text.search(/^\.\.\./m), l10n.t('The YAML document ends before it holds anything.'), l10n.t('Remove the line with three dots.'))
      : [insertLinesAt(text, text.length, airflowLines(entry, defaultLayout))];
  }
  if (!isMap(root)) {
    return notA(settings, root as Node, 'airflow_settings.yaml', 'map');
  }
  return addUnder(settings, root, ['airflow', 'connections'], entry);
}

const defaultLayout: Layout = { step: 2, dash: 2, key: 2 };

/** Walks down the path as far as it exists and adds what is missing where it ends. */
function addUnder(settings: SettingsDocument, map: YAMLMap, path: readonly string[], entry: EntryTexts): readonly TextEdit[] | Refusal {
  const { text } = settings;
  const [key = '', ...rest] = path;
  if (isShared(settings, map, 'itself')) {
    return sharedRefusal(settings, map, key);
  }
  const pair = pairOf(map, key);
  if (pair === undefined) {
    return hasMergeKey(map) ? sharedRefusal(settings, map, key) : addToMap(settings, map, path, entry);
  }
  const value = pair.value;
  if (isAlias(value) || (value !== null && isShared(settings, value, 'itself'))) {
    return sharedRefusal(settings, value, key);
  }
  if (isEmptyValue(value)) {
    return addToEmpty(settings, map, pair, path, entry);
  }
  if (rest.length > 0) {
    return isMap(value) ? addUnder(settings, value, rest, entry) : notA(settings, value ?? map, key, 'map');
  }
  if (!isSeq(value)) {
    return notA(settings, value ?? map, key, 'list');
  }
  const token = value.srcToken;
  if (token?.type === 'flow-collection') {
    return insertInFlow(text, token, flowEntry(entry));
  }
  if (token?.type !== 'block-seq') {
    return notA(settings, value, key, 'list');
  }
  const column = columnOf(text, dashOf(token));
  const lines = entryLines(entry, ' '.repeat(column), keyDistance(text, token) ?? defaultLayout.key);
  return asEdits(insertLinesAfter(text, token, column, lines));
}

/** Adds a key that a map does not have. */
function addToMap(settings: SettingsDocument, map: YAMLMap, path: readonly string[], entry: EntryTexts): readonly TextEdit[] | Refusal {
  const token = map.srcToken;
  if (token?.type === 'flow-collection') {
    return insertInFlow(settings.text, token, flowPath(path, entry));
  }
  // Behind `? key` the parser lets broken lines pass, so that the key looked for may be there after all.
  const isExplicit = token?.type === 'block-map' && token.items.some((item) => item.explicitKey === true);
  const start = token?.type === 'block-map' ? token.items.map(keyStart).find((offset) => offset !== undefined) : undefined;
  if (token?.type !== 'block-map' || isExplicit || start === undefined) {
    return refusal(
      settings.text,
      map.range?.[0] ?? 0,
      l10n.t('airflow_settings.yaml is written in a form of YAML that {0} cannot be added to.', path[0] ?? ''),
      l10n.t('Write it as "key: value", one per line, then try again.'),
    );
  }
  const column = columnOf(settings.text, start);
  const lines = pathLines(path, entry, column, layoutOf(settings, map));
  return asEdits(insertLinesAfter(settings.text, token, column, lines));
}

/** Gives content to a key that has none: nothing, `null`, `[]` or `{}`. */
function addToEmpty(
  settings: SettingsDocument,
  map: YAMLMap,
  pair: Pair<Node, Node | null>,
  path: readonly string[],
  entry: EntryTexts,
): readonly TextEdit[] | Refusal {
  const { text } = settings;
  const [key = '', ...rest] = path;
  const place = placeOfPair(pair);
  const token = place?.valueToken;
  const inside = place?.value === undefined ? '' : text.slice(place.value.start, place.value.end);
  const flow = map.srcToken?.type === 'flow-collection';
  const hasTagOrAnchor = place?.value?.start !== token?.offset;
  if (place === undefined || hasTagOrAnchor) {
    return notA(settings, map, key, rest.length > 0 ? 'map' : 'list');
  }
  if (flow || inside.includes('\n') || place.hasComment) {
    const content = rest.length > 0 ? flowPath(rest, entry) : flowEntry(entry);
    if (token?.type === 'flow-collection') {
      return insertInFlow(text, token, content);
    }
    const wrapped = rest.length > 0 ? `{${content}}` : `[${content}]`;
    return place.value === undefined
      ? [{ offset: place.colonEnd, length: 0, text: ` ${wrapped}` }]
      : [{ offset: place.value.start, length: inside.length, text: wrapped }];
  }
  const column = columnOf(text, place.start);
  const layout = layoutOf(settings, map);
  const lines = rest.length > 0
    ? pathLines(rest, entry, column + layout.step, layout)
    : entryLines(entry, ' '.repeat(column + layout.dash), layout.key);
  const removed: readonly TextEdit[] = place.value === undefined
    ? []
    : [{ offset: place.colonEnd, length: place.value.end - place.colonEnd, text: '' }];
  return [...removed, insertLinesAt(text, lineEnd(text, place.value?.end ?? place.colonEnd), lines)];
}

/** The layout of the lists and maps in a map, or the template's. */
function layoutOf(settings: SettingsDocument, map: YAMLMap): Layout {
  const { text } = settings;
  const layout = { ...defaultLayout };
  for (const pair of map.items) {
    const place = placeOfPair(pair);
    const token = place?.valueToken;
    if (place === undefined || token === undefined) {
      continue;
    }
    if (token.type === 'block-map') {
      layout.step = Math.max(1, columnOf(text, token.offset) - columnOf(text, place.start));
    }
    if (token.type === 'block-seq') {
      return { step: layout.step, dash: Math.max(0, columnOf(text, dashOf(token)) - columnOf(text, place.start)), key: keyDistance(text, token) ?? layout.key };
    }
  }
  return layout;
}

/** From the dash to the key behind it, taken from the last item that has its first key on the dash's line. */
function keyDistance(text: string, seq: CST.BlockSequence): number | undefined {
  return seq.items.map((item) => {
    const dash = item.start.find(({ type }) => type === 'seq-item-ind');
    const between = dash && item.value && text.slice(dash.offset + 1, item.value.offset);
    return between !== undefined && /^ +$/.test(between) ? between.length + 1 : undefined;
  }).findLast((distance) => distance !== undefined);
}

function dashOf(seq: CST.BlockSequence): number {
  return seq.items.flatMap(({ start }) => start).find(({ type }) => type === 'seq-item-ind')?.offset ?? seq.offset;
}

function airflowLines(entry: EntryTexts, layout: Layout): readonly string[] {
  return pathLines(['airflow', 'connections'], entry, 0, layout);
}

function pathLines(path: readonly string[], entry: EntryTexts, column: number, layout: Layout): readonly string[] {
  const [key = '', ...rest] = path;
  const below = rest.length > 0
    ? pathLines(rest, entry, column + layout.step, layout)
    : entryLines(entry, ' '.repeat(column + layout.dash), layout.key);
  return [`${' '.repeat(column)}${key}:`, ...below];
}

function entryLines(entry: EntryTexts, indentation: string, keyOffset: number): readonly string[] {
  return entry.map(([key, text], index) =>
    `${indentation}${(index === 0 ? '-' : '').padEnd(keyOffset)}${key}: ${text}`);
}

function flowEntry(entry: EntryTexts): string {
  return `{${entry.map(([key, text]) => `${key}: ${text}`).join(', ')}}`;
}

function flowPath(path: readonly string[], entry: EntryTexts): string {
  const [key = '', ...rest] = path;
  return rest.length > 0 ? `${key}: {${flowPath(rest, entry)}}` : `${key}: [${flowEntry(entry)}]`;
}

function isEmptyValue(value: Node | null): boolean {
  return value === null || (isScalar(value) && value.value === null) || ((isSeq(value) || isMap(value)) && value.items.length === 0);
}

function asEdits(edit: TextEdit | Refusal): readonly TextEdit[] | Refusal {
  return 'kind' in edit ? edit : [edit];
}

function notA(settings: SettingsDocument, node: Node, what: string, expected: 'map' | 'list'): Refusal {
  const message = expected === 'map'
    ? l10n.t('{0} is not a map in a form that a connection can be added to.', what)
    : l10n.t('{0} is not a list in a form that a connection can be added to.', what);
  return refusal(settings.text, node.range?.[0] ?? 0, message, l10n.t('Compare the file with the one that astro dev init writes.'));
}
