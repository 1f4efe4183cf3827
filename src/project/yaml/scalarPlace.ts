import type { Node } from 'yaml';
import { isScalar } from 'yaml';
import type { TextRange } from '../projectFormat.ts';

/** Where a scalar's value stands in the text. */
export interface ScalarPlace {
  /** The value without its quotes. */
  readonly range: TextRange;
  /** Where a part of the value stands, by its place in the value; `undefined` where that cannot be told. */
  readonly within: (part: TextRange) => TextRange | undefined;
}

/** Where the value of a scalar stands, or `undefined` for other nodes. */
export function scalarPlace(text: string, node: Node | null | undefined): ScalarPlace | undefined {
  if (!isScalar(node) || node.range === undefined || node.range === null) {
    return undefined;
  }
  const [start, end] = node.range;
  switch (node.type) {
    case 'QUOTE_SINGLE':
      return placeOf(text, start + 1, end - 1, "'");
    case 'QUOTE_DOUBLE':
      return placeOf(text, start + 1, end - 1, '\\');
    case 'BLOCK_LITERAL':
      return blockPlace(text, start, end, String(node.value));
    case 'BLOCK_FOLDED':
      return { range: { offset: start, length: end - start }, within: () => undefined };
    default:
      return placeOf(text, start, end, undefined);
  }
}

/** A value on one line. With `escape` in it, characters of the value and of the text no longer run side by side. */
function placeOf(text: string, start: number, end: number, escape: "'" | '\\' | undefined): ScalarPlace {
  const source = text.slice(start, end);
  const isFolded = source.includes('\n');
  let ends: readonly number[] | undefined;
  return {
    range: { offset: start, length: end - start },
    within: (part) => {
      if (isFolded) {
        return undefined;
      }
      if (escape === undefined || !source.includes(escape)) {
        return { offset: start + part.offset, length: part.length };
      }
      ends ??= escapeEnds(source, escape);
      const offset = part.offset === 0 ? 0 : ends[part.offset - 1];
      const behind = part.offset + part.length === 0 ? 0 : ends[part.offset + part.length - 1];
      return offset === undefined || behind === undefined ? undefined : { offset: start + offset, length: behind - offset };
    },
  };
}

/** For each character of the value, where it ends in the source. */
function escapeEnds(source: string, escape: "'" | '\\'): readonly number[] {
  const ends: number[] = [];
  const pattern = escape === "'" ? /''|[^]/g : /\\(?:x..|u.{4}|U.{8}|.)|[^]/g;
  for (const match of source.matchAll(pattern)) {
    const end = match.index + match[0].length;
    ends.push(end);
    if (/^\\U(?!0000)/.test(match[0])) {
      ends.push(end);
    }
  }
  return ends;
}

/** A literal block: its lines without their indentation. */
function blockPlace(text: string, start: number, end: number, value: string): ScalarPlace {
  const range = { offset: start, length: end - start };
  const content = text.indexOf('\n', start) + 1;
  const first = value.split('\n').find((line) => line !== '');
  const firstLine = text.slice(content, end).split('\n').find((line) => line.trim() !== '');
  if (first === undefined || firstLine === undefined) {
    return { range, within: () => undefined };
  }
  const indentation = firstLine.replace(/\r$/, '').length - first.length;
  const lines = text.slice(content, end).split('\n');
  return {
    range,
    within: (part) => {
      const before = value.slice(0, part.offset).split('\n');
      const column = before.at(-1)?.length ?? 0;
      const above = lines.slice(0, before.length - 1).reduce((length, line) => length + line.length + 1, 0);
      return value.slice(part.offset, part.offset + part.length).includes('\n') || indentation < 0
        ? undefined
        : { offset: content + above + indentation + column, length: part.length };
    },
  };
}
