import type { Node } from 'jsonc-parser';
import type { TextEdit } from '../textEdit.ts';
import { lineBreakOf, lineStart } from '../textLines.ts';

/** What becomes of one key of an object; `undefined` takes it away. */
export type PropertyChange = readonly [key: string, value: unknown];

/** Keys, as they stand in a JSON text. */
interface Property {
  readonly key: string;
  readonly node: Node;
  readonly value: Node | undefined;
}

/** The properties of an object in their order. */
export function propertiesOf(object: Node): readonly Property[] {
  return (object.children ?? []).map((node) => ({ key: String(node.children?.[0]?.value ?? ''), node, value: node.children?.[1] }));
}

/** Edits that change some keys of an object and leave the others and the layout alone. */
export function changeProperties(text: string, object: Node, changes: readonly PropertyChange[]): readonly TextEdit[] {
  const properties = propertiesOf(object);
  const find = (key: string): Property | undefined => properties.findLast((property) => property.key === key);
  const removed = changes.flatMap(([key, value]) => (value === undefined ? (find(key) ?? []) : []));
  const added = changes.filter(([key, value]) => value !== undefined && find(key) === undefined);
  const isLastRemoved = removed.some((property) => property === properties.at(-1));
  if (isLastRemoved && (added.length > 0 || removed.length > 1)) {
    return rewritten(text, object, changes);
  }
  return [
    ...changes.flatMap(([key, value]) => {
      const node = value === undefined ? undefined : find(key)?.value;
      return node === undefined ? [] : [{ offset: node.offset, length: node.length, text: valueText(text, node, value) }];
    }),
    ...removed.map(({ node }) => removeProperty(text, object, node)),
    ...(added.length === 0 ? [] : [addProperties(text, object, added)]),
  ].sort((a, b) => a.offset - b.offset);
}

/** Adds keys behind the last one of an object. */
export function addProperties(text: string, object: Node, added: readonly PropertyChange[]): TextEdit {
  const properties = propertiesOf(object);
  const layout = layoutOf(text, object);
  const lines = added.map(([key, value]) => `${JSON.stringify(key)}: ${stringified(value, layout)}`);
  const separator = layout.isWide ? `${layout.lineBreak}${layout.indentation}` : ' ';
  const last = properties.at(-1);
  if (last !== undefined) {
    return { offset: last.node.offset + last.node.length, length: 0, text: lines.map((line) => `,${separator}${line}`).join('') };
  }
  const inner = lines.join(`,${separator}`);
  const closing = layout.isWide ? `${layout.lineBreak}${layout.outer}` : '';
  return { offset: object.offset + 1, length: Math.max(0, object.length - 2), text: `${layout.isWide ? separator : ''}${inner}${closing}` };
}

/** Takes one property out, with the comma that parts it from its neighbour. */
export function removeProperty(text: string, object: Node, node: Node): TextEdit {
  const siblings = object.children ?? [];
  const index = siblings.indexOf(node);
  const [before, next] = [siblings[index - 1], siblings[index + 1]];
  const end = node.offset + node.length;
  if (next !== undefined) {
    return { offset: node.offset, length: next.offset - node.offset, text: '' };
  }
  const from = before === undefined ? object.offset + 1 : before.offset + before.length;
  const to = before === undefined && /^\s*$/.test(text.slice(end, object.offset + object.length - 1)) ? object.offset + object.length - 1 : end;
  return { offset: from, length: to - from, text: '' };
}

/** The text of a value in place of `node`, laid out as the object around it. */
function valueText(text: string, node: Node, value: unknown): string {
  return stringified(value, node.parent?.parent === undefined ? wideLayout(text) : layoutOf(text, node.parent.parent));
}

function rewritten(text: string, object: Node, changes: readonly PropertyChange[]): readonly TextEdit[] {
  const changed = new Map(changes);
  const kept = propertiesOf(object).filter(({ key }) => !changed.has(key)).map(({ key, value }) => [key, parsed(text, value)] as const);
  const value = Object.fromEntries([...kept, ...changes.filter(([, wanted]) => wanted !== undefined)]);
  return [{ offset: object.offset, length: object.length, text: valueText(text, object, value) }];
}

function parsed(text: string, node: Node | undefined): unknown {
  return node === undefined ? null : JSON.parse(text.slice(node.offset, node.offset + node.length)) as unknown;
}

/** How an object stands in its text. */
interface Layout {
  /** Each property on a line of its own. */
  readonly isWide: boolean;
  /** Before the object's own properties. */
  readonly indentation: string;
  /** Before its closing brace. */
  readonly outer: string;
  readonly unit: string;
  readonly lineBreak: string;
}

function layoutOf(text: string, object: Node): Layout {
  const unit = unitOf(text);
  const outer = /^[ \t]*/.exec(text.slice(lineStart(text, object.offset), object.offset))?.[0] ?? '';
  const [first] = object.children ?? [];
  const isWide = first === undefined
    ? object.parent === undefined || text.slice(0, object.offset).includes('\n')
    : text.slice(object.offset, first.offset).includes('\n');
  const indentation = first === undefined || !isWide ? outer + unit : text.slice(lineStart(text, first.offset), first.offset);
  return { isWide, indentation, outer, unit, lineBreak: lineBreakOf(text) };
}

function wideLayout(text: string): Layout {
  return { isWide: true, indentation: '', outer: '', unit: unitOf(text), lineBreak: lineBreakOf(text) };
}

/** One step of indentation, as the first line that has any shows it. */
function unitOf(text: string): string {
  return /^[ \t]+(?=["}\]])/m.exec(text)?.[0] ?? '  ';
}

function stringified(value: unknown, { isWide, indentation, unit, lineBreak }: Layout): string {
  return isWide ? JSON.stringify(value, null, unit).replaceAll('\n', `${lineBreak}${indentation}`) : JSON.stringify(value);
}
