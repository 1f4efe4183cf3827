import * as l10n from '@vscode/l10n';
import type { CST, Node } from 'yaml';
import { isMap, isSeq } from 'yaml';
import type { FormatRefusal } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import type { TextEdit } from '../textEdit.ts';
import { lineEnd, lineStart } from '../textLines.ts';
import type { YamlText } from './yamlDocument.ts';
import { isShared, sharedRefusal } from './yamlDocument.ts';
import { itemEnd, keyStart } from './yamlTokens.ts';

/**
 * Takes one item out of a list or one pair out of a map: the lines it stands on, or its text and a comma in a flow collection.
 * Comments on lines of their own stay. Refused where an anchor in it is used elsewhere, or where it shares its line.
 */
export function removeNode(document: YamlText, collection: Node, index: number, name: string): readonly TextEdit[] | FormatRefusal {
  return isShared(document, collection, 'itself') ? sharedRefusal(document, collection, name) : removeItem(document, collection, index, name);
}

/** As `removeNode`, for a collection that is meant to be shared: the item goes for all who use it. */
export function removeItem(document: YamlText, collection: Node, index: number, name: string): readonly TextEdit[] | FormatRefusal {
  const item: unknown = isMap(collection) || isSeq(collection) ? collection.items[index] : undefined;
  const value = isMap(collection) ? collection.items[index]?.value : item;
  const token = isMap(collection) || isSeq(collection) ? collection.srcToken : undefined;
  if (value !== null && value !== undefined && isShared(document, value as Node, 'within')) {
    return sharedRefusal(document, collection, name);
  }
  switch (token?.type) {
    case 'block-seq':
    case 'block-map':
      return removeLines(document.text, token, index) ?? unusual(document, collection);
    case 'flow-collection':
      return removeFromFlow(token, index) ?? unusual(document, collection);
    default:
      return unusual(document, collection);
  }
}

function removeLines(text: string, token: CST.BlockSequence | CST.BlockMap, index: number): readonly TextEdit[] | undefined {
  const items: readonly (CST.BlockSequence['items'][number] | CST.BlockMap['items'][number])[] = token.items;
  const filled = items.filter((candidate) => itemEnd(candidate) !== undefined);
  const item = filled[index];
  const start = item === undefined ? undefined : (item.start.find(({ type }) => type === 'seq-item-ind')?.offset ?? keyStart(item));
  const end = item && itemEnd(item);
  if (start === undefined || end === undefined) {
    return undefined;
  }
  if (filled.length === 1) {
    return [emptied(text, start, end, token.type === 'block-seq' ? '[]' : '{}')];
  }
  const from = lineStart(text, start);
  if (!/^ *$/.test(text.slice(from, start))) {
    return undefined;
  }
  // A block of text ends behind its line break.
  const to = text[end - 1] === '\n' ? end : lineEnd(text, end);
  return [{ offset: from, length: to - from, text: '' }];
}

/** The last item leaves an empty collection, since nothing at all would be null to readers. Behind a key it stands on the key's line. */
function emptied(text: string, start: number, end: number, empty: string): TextEdit {
  const before = text.slice(0, start).trimEnd();
  const contentLength = text.slice(start, end).trimEnd().length;
  return before.endsWith(':')
    ? { offset: before.length, length: start + contentLength - before.length, text: ` ${empty}` }
    : { offset: start, length: contentLength, text: empty };
}

function removeFromFlow(token: CST.FlowCollection, index: number): readonly TextEdit[] | undefined {
  const items = token.items.filter((candidate) => itemEnd(candidate) !== undefined);
  const item = items[index];
  const end = item && itemEnd(item);
  const start = item && contentStart(item);
  if (item === undefined || start === undefined || end === undefined) {
    return undefined;
  }
  const comma = item.start.find(({ type }) => type === 'comma');
  const next = token.items[token.items.indexOf(item) + 1];
  const nextComma = next?.start.find(({ type }) => type === 'comma');
  if (comma !== undefined) {
    return [{ offset: comma.offset, length: end - comma.offset, text: '' }];
  }
  const nextStart = next === undefined ? undefined : contentStart(next);
  const to = nextStart ?? (nextComma === undefined ? end : nextComma.offset + 1);
  return [{ offset: start, length: to - start, text: '' }];
}

function contentStart(item: CST.FlowCollection['items'][number]): number | undefined {
  const prop = item.start.find(({ type }) => type === 'tag' || type === 'anchor' || type === 'explicit-key-ind');
  return prop?.offset ?? item.key?.offset ?? item.value?.offset;
}

function unusual(document: YamlText, node: Node): FormatRefusal {
  return refusal(
    document.text,
    node.range?.[0] ?? 0,
    l10n.t('The entry is written in a form of YAML that cannot be taken out without rewriting what stands around it.'),
    l10n.t('Remove it by hand.'),
  );
}
