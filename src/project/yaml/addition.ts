import * as l10n from '@vscode/l10n';
import type { CST, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { FormatRefusal } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import type { TextEdit } from '../textEdit.ts';
import { columnOf, lineEnd } from '../textLines.ts';
import { insertLinesAt } from '../insertedLines.ts';
import { insertInFlow, insertLinesAfter } from './insertion.ts';
import type { YamlText } from './yamlDocument.ts';
import { hasMergeKey, isShared, pairOf, sharedRefusal } from './yamlDocument.ts';
import { doubleQuoted } from './yamlScalar.ts';
import { keyStart, placeOfPair } from './yamlTokens.ts';

/** Keys and YAML texts of a map, in their order. */
type PairTexts = readonly (readonly [key: string, text: string])[];

/** The lines of a text that is written as a block, in the way of `|`. */
interface BlockText {
  readonly block: readonly string[];
}

/** What is added: an item of a list, as a map or a scalar, or a key of a map with a scalar, a block of text or a map as its value. */
export type NewNode =
  | { readonly kind: 'entry'; readonly pairs: PairTexts }
  | { readonly kind: 'item'; readonly text: string }
  | { readonly kind: 'pair'; readonly key: string; readonly value: string | PairTexts | BlockText };

/** How deep lists and maps stand in a file, in spaces. */
interface Layout {
  /** From a key to the keys in its map. */
  readonly step: number;
  /** From a key to the dashes of its list; 0 where dashes stand under the key. */
  readonly dash: number;
  /** From a dash to the key behind it. */
  readonly key: number;
}

/** Adds a node at the end of the list or map that `path` leads to, making lists and maps where they are missing. */
export function addNode(document: YamlText, path: readonly string[], node: NewNode): readonly TextEdit[] | FormatRefusal {
  const { text, yaml, file } = document;
  const root: unknown = yaml.contents;
  if (root === null || (isScalar(root) && root.value === null && root.srcToken === undefined)) {
    return /^\.\.\./m.test(text)
      ? refusal(text, text.search(/^\.\.\./m), l10n.t('The YAML document ends before it holds anything.'), l10n.t('Remove the line with three dots.'))
      : [insertLinesAt(text, text.length, pathLines(path, node, 0, defaultLayout))];
  }
  if (!isMap(root)) {
    return notA(document, root as Node, file.title, 'map');
  }
  return addUnder(document, root, path, node);
}

/** Adds an item to a list, or a key to a map that does not have it, whoever else uses the collection. */
export function addToCollection(document: YamlText, collection: YAMLMap | YAMLSeq, node: NewNode): readonly TextEdit[] | FormatRefusal {
  return isMap(collection) ? addToMap(document, collection, [], node) : addToList(document, collection, node);
}

const defaultLayout: Layout = { step: 2, dash: 2, key: 2 };

/** Walks down the path from a map as far as it exists and adds what is missing where it ends. */
export function addUnder(document: YamlText, map: YAMLMap, path: readonly string[], node: NewNode): readonly TextEdit[] | FormatRefusal {
  const [key, ...rest] = path;
  if (isShared(document, map, 'itself')) {
    return sharedRefusal(document, map, key ?? document.file.title);
  }
  if (key === undefined) {
    return addToMap(document, map, path, node);
  }
  const pair = pairOf(document, map, key);
  if (pair === undefined) {
    return hasMergeKey(document, map) ? sharedRefusal(document, map, key) : addToMap(document, map, path, node);
  }
  const value = pair.value;
  if (isAlias(value) || (value !== null && isShared(document, value, 'itself'))) {
    return sharedRefusal(document, value, key);
  }
  if (isEmptyValue(value)) {
    return addToEmpty(document, map, pair, path, node);
  }
  if (rest.length > 0 || node.kind === 'pair') {
    return isMap(value) ? addUnder(document, value, rest, node) : notA(document, value ?? map, key, 'map');
  }
  if (!isSeq(value)) {
    return notA(document, value ?? map, key, 'list');
  }
  return addToList(document, value, node);
}

function addToList(document: YamlText, list: YAMLSeq, node: NewNode): readonly TextEdit[] | FormatRefusal {
  const { text } = document;
  const token = list.srcToken;
  if (token?.type === 'flow-collection') {
    return insertInFlow(text, token, flowNode(node));
  }
  if (token?.type !== 'block-seq' || node.kind === 'pair') {
    return notA(document, list, nodeName(node), 'list');
  }
  const column = columnOf(text, dashOf(token));
  const lines = itemLines(node, column, keyDistance(text, token) ?? defaultLayout.key);
  return asEdits(insertLinesAfter(text, token, column, lines));
}

/** Adds a key that a map does not have. */
function addToMap(document: YamlText, map: YAMLMap, path: readonly string[], node: NewNode): readonly TextEdit[] | FormatRefusal {
  const token = map.srcToken;
  if (token?.type === 'flow-collection') {
    return insertInFlow(document.text, token, flowPath(path, node));
  }
  // Behind `? key` the parser lets broken lines pass, so that the key looked for may be there after all.
  const isExplicit = token?.type === 'block-map' && token.items.some((item) => item.explicitKey === true);
  const start = token?.type === 'block-map' ? token.items.map(keyStart).find((offset) => offset !== undefined) : undefined;
  if (token?.type !== 'block-map' || isExplicit || start === undefined) {
    return refusal(
      document.text,
      map.range?.[0] ?? 0,
      l10n.t('{0} is written in a form of YAML that {1} cannot be added to.', document.file.title, path[0] ?? nodeName(node)),
      l10n.t('Write it as "key: value", one per line, then try again.'),
    );
  }
  const column = columnOf(document.text, start);
  const lines = pathLines(path, node, column, layoutOf(document, map));
  return asEdits(insertLinesAfter(document.text, token, column, lines));
}

/** Gives content to a key that has none: nothing, `null`, `[]` or `{}`. */
function addToEmpty(
  document: YamlText,
  map: YAMLMap,
  pair: Pair<Node, Node | null>,
  path: readonly string[],
  node: NewNode,
): readonly TextEdit[] | FormatRefusal {
  const { text } = document;
  const [key = '', ...rest] = path;
  const isMapWanted = rest.length > 0 || node.kind === 'pair';
  const place = placeOfPair(pair);
  const token = place?.valueToken;
  const inside = place?.value === undefined ? '' : text.slice(place.value.start, place.value.end);
  const flow = map.srcToken?.type === 'flow-collection';
  const hasTagOrAnchor = place?.value?.start !== token?.offset;
  if (place === undefined || hasTagOrAnchor) {
    return notA(document, map, key, isMapWanted ? 'map' : 'list');
  }
  if (flow || inside.includes('\n') || place.hasComment) {
    const content = flowPath(rest, node);
    if (token?.type === 'flow-collection' && token.start.source === (isMapWanted ? '{' : '[')) {
      return insertInFlow(text, token, content);
    }
    const wrapped = isMapWanted ? `{${content}}` : `[${content}]`;
    return place.value === undefined
      ? [{ offset: place.colonEnd, length: 0, text: ` ${wrapped}` }]
      : [{ offset: place.value.start, length: inside.length, text: wrapped }];
  }
  const column = columnOf(text, place.start);
  const layout = layoutOf(document, map);
  const lines = linesBelow(rest, node, column, layout);
  const removed: readonly TextEdit[] = place.value === undefined
    ? []
    : [{ offset: place.colonEnd, length: place.value.end - place.colonEnd, text: '' }];
  return [...removed, insertLinesAt(text, lineEnd(text, place.value?.end ?? place.colonEnd), lines)];
}

/** The layout of the lists and maps in a map, or the template's. */
function layoutOf(document: YamlText, map: YAMLMap): Layout {
  const { text } = document;
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

function pathLines(path: readonly string[], node: NewNode, column: number, layout: Layout): readonly string[] {
  const [key, ...rest] = path;
  return key === undefined ? nodeLines(node, column, layout) : [`${' '.repeat(column)}${key}:`, ...linesBelow(rest, node, column, layout)];
}

/** What stands below a key at `column`. */
function linesBelow(path: readonly string[], node: NewNode, column: number, layout: Layout): readonly string[] {
  return path.length > 0 || node.kind === 'pair'
    ? pathLines(path, node, column + layout.step, layout)
    : itemLines(node, column + layout.dash, layout.key);
}

function nodeLines(node: NewNode, column: number, layout: Layout): readonly string[] {
  if (node.kind !== 'pair') {
    return itemLines(node, column, layout.key);
  }
  const indentation = ' '.repeat(column);
  if (typeof node.value !== 'string' && 'block' in node.value) {
    return [`${indentation}${node.key}: |`, ...node.value.block.map((line) => `${indentation}${' '.repeat(layout.step)}${line}`)];
  }
  return typeof node.value === 'string'
    ? [`${indentation}${node.key}: ${node.value}`]
    : [`${indentation}${node.key}:`, ...node.value.map(([key, text]) => `${indentation}${' '.repeat(layout.step)}${key}: ${text}`)];
}

function itemLines(node: Exclude<NewNode, { kind: 'pair' }>, column: number, keyOffset: number): readonly string[] {
  const indentation = ' '.repeat(column);
  return node.kind === 'item'
    ? [`${indentation}${'-'.padEnd(keyOffset)}${node.text}`]
    : node.pairs.map(([key, text], index) => `${indentation}${(index === 0 ? '-' : '').padEnd(keyOffset)}${key}: ${text}`);
}

function flowNode(node: NewNode): string {
  switch (node.kind) {
    case 'entry':
      return flowMap(node.pairs);
    case 'item':
      return node.text;
    case 'pair':
      return `${node.key}: ${flowValue(node.value)}`;
  }
}

function flowValue(value: Extract<NewNode, { kind: 'pair' }>['value']): string {
  return typeof value === 'string' ? value : 'block' in value ? doubleQuoted(`${value.block.join('\n')}\n`) : flowMap(value);
}

function flowMap(pairs: PairTexts): string {
  return `{${pairs.map(([key, text]) => `${key}: ${text}`).join(', ')}}`;
}

function flowPath(path: readonly string[], node: NewNode): string {
  const [key, ...rest] = path;
  if (key === undefined) {
    return flowNode(node);
  }
  return rest.length > 0 || node.kind === 'pair' ? `${key}: {${flowPath(rest, node)}}` : `${key}: [${flowNode(node)}]`;
}

function nodeName(node: NewNode): string {
  return node.kind === 'pair' ? node.key : '';
}

function isEmptyValue(value: Node | null): boolean {
  return value === null || (isScalar(value) && value.value === null) || ((isSeq(value) || isMap(value)) && value.items.length === 0);
}

function asEdits(edit: TextEdit | FormatRefusal): readonly TextEdit[] | FormatRefusal {
  return 'kind' in edit ? edit : [edit];
}

function notA(document: YamlText, node: Node, what: string, expected: 'map' | 'list'): FormatRefusal {
  const message = expected === 'map'
    ? l10n.t('{0} is not a map in a form that a connection can be added to.', what)
    : l10n.t('{0} is not a list in a form that a connection can be added to.', what);
  return refusal(document.text, node.range?.[0] ?? 0, message, document.file.shapeFix());
}
