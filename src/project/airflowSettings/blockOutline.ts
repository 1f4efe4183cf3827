import { markLength } from '../textLines.ts';
import { closingQuote } from '../yaml/closingQuote.ts';

/** A map or list that is open at some place of a YAML text. */
export interface OpenBlock {
  readonly kind: 'map' | 'list';
  /** Column of its keys or dashes. */
  readonly column: number;
  /** The key read last, in lower case; empty for a list. */
  key: string;
  /** True when something stands behind the key or dash on its line. */
  hasInlineValue: boolean;
  /** Offset of the line that the key or dash read last stands in. */
  lineOffset: number;
}

/** A value that goes on over the following lines, as long as they stand deeper than `column`. */
interface OpenValue {
  readonly kind: 'block' | 'quoted' | 'flow';
  readonly column: number;
  readonly quote: string;
  readonly depth: number;
}

/** What surrounds the start of a line. */
export interface Outline {
  /** From the outermost to the innermost. */
  readonly blocks: readonly OpenBlock[];
  /** The column that a line must not exceed to be outside the text, string or flow value begun above; otherwise `undefined`. */
  readonly valueColumn: number | undefined;
}

const keyPattern = /^(?:"([^"]*)"|'([^']*)'|([^\s"'#[\]{},&*!|>%@`][^#]*?))\s*:(?=\s|$)/;

/**
 * Reads the block structure of a YAML text up to the line that starts at `end`, line by line. Unlike a parser it goes on
 * over anything: the user is typing, so the text is broken most of the time.
 */
export function outlineBefore(text: string, end: number): Outline {
  const blocks: OpenBlock[] = [];
  let open: OpenValue | undefined;
  let lineOffset = markLength(text);
  while (lineOffset < end) {
    const lineBreak = text.indexOf('\n', lineOffset);
    const nextLine = lineBreak === -1 ? text.length : lineBreak + 1;
    const column = indentation(text, lineOffset);
    const first = text.charCodeAt(lineOffset + column);
    const isBlank = Number.isNaN(first) || first === 10 || first === 13;
    if (!isBlank && open !== undefined && column <= open.column && !/[\]}]/.test(text[lineOffset + column] ?? '')) {
      open = undefined;
    }
    if (open !== undefined) {
      open = isBlank ? open : continued(open, text.slice(lineOffset, nextLine));
    } else if (!isBlank && first !== 35) {
      open = readLine(blocks, text.slice(lineOffset, nextLine).trimEnd(), column, lineOffset);
    }
    lineOffset = nextLine;
  }
  return { blocks, valueColumn: open?.column };
}

/** Spaces at the start of a line. */
export function indentation(text: string, lineOffset: number): number {
  let at = lineOffset;
  while (text.charCodeAt(at) === 32) {
    at += 1;
  }
  return at - lineOffset;
}

/** Closes what ends at a column, so that a key or a dash can stand there. */
export function closeBlocks(blocks: OpenBlock[], column: number, kind: OpenBlock['kind']): void {
  for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
    if (last.column < column || (last.column === column && (kind === 'list' || last.kind === 'map'))) {
      return;
    }
    blocks.pop();
  }
}

/** The key a text starts with, in lower case, and what follows the colon. */
export function readKey(text: string): { readonly key: string; readonly value: string } | undefined {
  const match = keyPattern.exec(text);
  return match === null
    ? undefined
    : { key: (match[1] ?? match[2] ?? match[3] ?? '').toLowerCase(), value: text.slice(match[0].length).trim() };
}

function readLine(blocks: OpenBlock[], line: string, indent: number, lineOffset: number): OpenValue | undefined {
  if (line === '---' || line.startsWith('--- ') || line === '...') {
    blocks.length = 0;
    return undefined;
  }
  let column = indent;
  for (let dash = /^-(?: +|$)/.exec(line.slice(column)); dash !== null; dash = /^-(?: +|$)/.exec(line.slice(column))) {
    const inline = line.length > column + dash[0].length;
    openBlock(blocks, { kind: 'list', column, key: '', hasInlineValue: inline, lineOffset });
    column += dash[0].length;
  }
  const rest = line.slice(column);
  const pair = readKey(rest);
  if (pair === undefined) {
    return openedValue(rest, blocks.at(-1)?.column ?? -1);
  }
  const value = withoutComment(pair.value);
  openBlock(blocks, { kind: 'map', column, key: pair.key, hasInlineValue: value !== '', lineOffset });
  return openedValue(value, column);
}

function openBlock(blocks: OpenBlock[], block: OpenBlock): void {
  closeBlocks(blocks, block.column, block.kind);
  const last = blocks.at(-1);
  if (last?.column === block.column && last.kind === block.kind) {
    blocks.pop();
  }
  blocks.push(block);
}

function openedValue(value: string, column: number): OpenValue | undefined {
  if (/^(?:[&!]\S*\s+)*[|>][-+0-9]*\s*(?:#.*)?$/.test(value)) {
    return { kind: 'block', column, quote: '', depth: 0 };
  }
  const quote = value[0] ?? '';
  if (quote === '"' || quote === "'") {
    return continued({ kind: 'quoted', column, quote, depth: 0 }, value.slice(1));
  }
  return quote === '[' || quote === '{' ? continued({ kind: 'flow', column, quote: '', depth: 0 }, value) : undefined;
}

/** The value after one more of its lines; `undefined` once it is closed. */
function continued(open: OpenValue, line: string): OpenValue | undefined {
  switch (open.kind) {
    case 'block':
      return open;
    case 'quoted':
      return closingQuote(line, open.quote, 0) === -1 ? open : undefined;
    case 'flow':
      return continuedFlow(open, line);
  }
}

function continuedFlow(open: OpenValue, line: string): OpenValue | undefined {
  let { depth } = open;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if ((character === '"' || character === "'") && !/[\w]/.test(line[at - 1] ?? '')) {
      const close = closingQuote(line, character, at + 1);
      at = close === -1 ? line.length : close;
    } else if (character === '#' && /\s/.test(line[at - 1] ?? ' ')) {
      break;
    } else if (character === '[' || character === '{') {
      depth += 1;
    } else if (character === ']' || character === '}') {
      depth -= 1;
      if (depth <= 0) {
        return undefined;
      }
    }
  }
  return { ...open, depth };
}

function withoutComment(value: string): string {
  return value.startsWith('#') ? '' : value;
}
