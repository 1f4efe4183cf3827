import { lineEnd, lineStart } from '../textLines.ts';
import type { OpenBlock } from './blockOutline.ts';
import { closeBlocks, indentation, outlineBefore, readKey } from './blockOutline.ts';

/** Text to be replaced, in UTF-16 code units. */
interface ReplacedRange {
  readonly offset: number;
  readonly length: number;
}

/** What fits at a place of `airflow_settings.yaml`. */
export interface CompletionPlace {
  readonly replaced: ReplacedRange;
  /** Where a whole connection fits: what stands before its first key, and the indentation of the other keys. */
  readonly connection: { readonly lead: string; readonly indentation: string } | undefined;
  /** Where keys of a connection fit: those the entry has already, in lower case. */
  readonly keys: { readonly lead: string; readonly present: ReadonlySet<string> } | undefined;
  /** Behind the colon of a key: that key. */
  readonly valueOf: string | undefined;
}

/** Finds out what fits at `offset`; `undefined` in comments, strings, pools, variables and everywhere else. */
export function completionPlace(text: string, offset: number): CompletionPlace | undefined {
  const start = lineStart(text, offset);
  const end = lineEnd(text, offset);
  const before = text.slice(start, offset);
  const behind = text.slice(offset, end).trimEnd();
  const parts = /^( *)(-?)( *)(.*)$/.exec(before);
  if (parts === null || !/^\w*$/.test(behind) || /\t/.test(before)) {
    return undefined;
  }
  const [, indent = '', dash = '', gap = '', typed = ''] = parts;
  const outline = outlineBefore(text, start);
  const column = indent.length;
  const blocks = [...outline.blocks];
  const [airflow, connections, list] = blocks;
  if (
    (outline.valueColumn !== undefined && column > outline.valueColumn)
    || airflow?.key !== 'airflow' || airflow.hasInlineValue
    || connections?.key !== 'connections' || connections.hasInlineValue
    || column < connections.column
  ) {
    return undefined;
  }
  const line = { text, start, end, offset, column, isDash: dash !== '', gap, typed, behind };
  const dashes = list?.kind === 'list' ? list.column : dashColumnBelow(text, end, connections.column);
  if (line.isDash || (column === dashes || (dashes === undefined && column > connections.column))) {
    return placeOfItem(line, dashes, connections.column, list);
  }
  closeBlocks(blocks, column, 'map');
  const item = blocks[2];
  const map = blocks[3];
  if (item === undefined || item !== list || column <= item.column || blocks.length > 4) {
    return undefined;
  }
  const fits = map === undefined ? !item.hasInlineValue : map.kind === 'map' && map.column === column;
  return fits ? placeInItem(line, item.lineOffset, item.column, typed, '') : undefined;
}

interface CursorLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly offset: number;
  readonly column: number;
  readonly isDash: boolean;
  readonly gap: string;
  readonly typed: string;
  readonly behind: string;
}

/** The cursor stands where a dash stands or could stand. */
function placeOfItem(line: CursorLine, dashes: number | undefined, keyColumn: number, list: OpenBlock | undefined): CompletionPlace | undefined {
  const { text, column, typed, gap } = line;
  if (dashes === undefined ? column < keyColumn : column !== dashes) {
    return undefined;
  }
  const continues = indentationBelow(text, line.end) > column;
  if (!line.isDash) {
    if (!/^[\w-]*$/.test(typed) || continues) {
      return undefined;
    }
    const distance = list === undefined ? 2 : keyDistance(text, list);
    return {
      replaced: wordAround(line),
      connection: { lead: '-'.padEnd(distance), indentation: ' '.repeat(column + distance) },
      keys: undefined,
      valueOf: undefined,
    };
  }
  if (gap === '' && typed !== '') {
    return undefined;
  }
  const distance = gap === '' ? 2 : 1 + gap.length;
  const lead = gap === '' ? ' ' : '';
  const connection = { lead, indentation: ' '.repeat(column + distance) };
  if (isName(typed)) {
    return continues ? undefined : { replaced: wordAround(line), connection, keys: undefined, valueOf: undefined };
  }
  const place = placeInItem(line, line.start, column, typed, lead);
  return place === undefined || place.valueOf !== undefined || continues ? place : { ...place, connection };
}

/** The name of an identity, as far as it was typed: keys have no dashes. */
function isName(typed: string): boolean {
  return /^\w[\w-]*$/.test(typed) && typed.includes('-');
}

/** The cursor stands where a key of an entry stands or could stand, or behind its colon. */
function placeInItem(line: CursorLine, itemOffset: number, dashColumn: number, typed: string, lead: string): CompletionPlace | undefined {
  const value = /^(["']?)(\w+)\1 *: +(\w*)$/.exec(typed);
  if (value !== null) {
    return { replaced: wordAround(line), connection: undefined, keys: undefined, valueOf: (value[2] ?? '').toLowerCase() };
  }
  if (!/^\w*$/.test(typed)) {
    return undefined;
  }
  const present = keysOfItem(line, itemOffset, dashColumn);
  return { replaced: wordAround(line), connection: undefined, keys: { lead, present }, valueOf: undefined };
}

/** Keys that the lines of an entry start with, but for the line of the cursor. */
function keysOfItem(line: CursorLine, itemOffset: number, dashColumn: number): ReadonlySet<string> {
  const keys = new Set<string>();
  let at = itemOffset;
  for (let first = true; at < line.text.length; first = false) {
    const next = lineEnd(line.text, at);
    const content = line.text.slice(at, next).trimEnd();
    const column = indentation(line.text, at);
    if (!first && column <= dashColumn && content !== '' && at !== line.start) {
      break;
    }
    const key = at === line.start ? undefined : readKey(content.trimStart().replace(/^- +/, ''));
    if (key !== undefined) {
      keys.add(key.key);
    }
    at = next;
  }
  return keys;
}

function wordAround(line: CursorLine): ReplacedRange {
  const word = isName(line.typed) ? line.typed : (/\w*$/.exec(line.typed)?.[0] ?? '');
  return { offset: line.offset - word.length, length: word.length + line.behind.length };
}

/** Column of the first dash below, when the list of `connections` starts only there. */
function dashColumnBelow(text: string, from: number, keyColumn: number): number | undefined {
  const at = contentBelow(text, from);
  const column = at === undefined ? -1 : indentation(text, at);
  return at !== undefined && text[at + column] === '-' && column >= keyColumn ? column : undefined;
}

function indentationBelow(text: string, from: number): number {
  const at = contentBelow(text, from);
  return at === undefined ? -1 : indentation(text, at);
}

/** Offset of the next line that is neither empty nor a comment. */
function contentBelow(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at = lineEnd(text, at)) {
    const first = text[at + indentation(text, at)];
    if (first !== undefined && first !== '\n' && first !== '\r' && first !== '#') {
      return at;
    }
  }
  return undefined;
}

/** From a dash to the key behind it, as the last item has it. */
function keyDistance(text: string, list: OpenBlock): number {
  const spaces = /^- +(?=[^\s#])/.exec(text.slice(list.lineOffset + list.column, lineEnd(text, list.lineOffset)));
  return spaces?.[0].length ?? 2;
}
