import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { sameConnection } from '../../connection/connectionValues.ts';
import type { FileContent, FormatFinding, FormatRefusal, FoundConnection, ProjectFormat } from '../projectFormat.ts';
import { shiftedContent } from '../shifted.ts';
import { lineNumber, lineStart } from '../textLines.ts';
import { movedConnection } from './movedConnection.ts';
import type { YamlMark } from './yamlMarks.ts';
import { marksIn, reachesOn, sharedParts } from './yamlMarks.ts';

/** What was read, and where the lines of each connection begin. */
export interface Reading {
  readonly text: string;
  readonly content: FileContent;
  /** Ascending; the last is where the lines of the last connection end. */
  readonly bounds: readonly number[];
  /** Of YAML. */
  readonly marks: readonly YamlMark[];
}

/** The lines of one connection among those that are read together. */
interface Piece {
  readonly index: number;
  readonly text: string;
  /** Where they stand among those that are read, and in the whole text. */
  readonly offset: number;
  readonly inText: number;
}

/** Where two texts differ: from `start` to `end` of the first; the second is longer by `by`. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly by: number;
}

/** A line of YAML that begins another document, which at the top of a file is nothing special. */
const startsDocument = /^(?:---|\.\.\.|%)/m;

/** Texts are compared by so many characters at once, which takes a tenth of the time. */
const stride = 1_024;

/** More connections than these are not read again for an anchor in one of them: to read the whole file takes hardly longer. */
const mostUsers = 300;

/** Where the lines of connections begin. */
export function startsOf(text: string, connections: readonly FoundConnection[]): readonly number[] {
  return connections.map(({ entry }) => lineStart(text, entry.offset));
}

/** True when nothing but a dash stands before each connection on its line. */
export function standAlone(text: string, connections: readonly FoundConnection[]): boolean {
  return connections.every(({ entry }) => /^[\s-]*$/.test(text.slice(lineStart(text, entry.offset), entry.offset)));
}

/** Reads what a change concerns; `undefined` where the file has to be read whole. */
export function readChange(format: ProjectFormat, last: Reading, text: string): Reading | FormatRefusal | undefined {
  const { content: { connections, findings }, bounds, marks } = last;
  const { start, end, by } = changeBetween(last.text, text);
  const index = bounds.findLastIndex((bound) => bound <= start);
  const before = connections[index];
  const [from = 0, to = 0] = [bounds[index], bounds[index + 1]];
  const region = text.slice(from, to + by);
  // What stands at the start of a connection decides where the one above ends.
  if (before === undefined || start <= before.entry.offset || end > to || startsDocument.test(region) || (index < connections.length - 1 && !region.endsWith('\n'))) {
    return undefined;
  }
  if (openQuotes(last.text, findings).some((quote) => region.includes(quote) || last.text.slice(from, to).includes(quote))) {
    return undefined;
  }
  // What stands before tells the parser what it is in. The last one comes along as well: in JSON it is the one without a comma.
  const neighbours = [index - 1, index + 1, connections.length - 1].filter((one) => one !== index && one >= 0 && one < connections.length);
  const isYaml = format.id === 'airflowSettings' || format.id === 'connectionsYaml';
  const inside = isYaml ? marksIn(region, from) : [];
  const shared = sharedParts(marks, bounds, { part: index, marks: inside }, neighbours);
  if (shared === undefined || shared.users.length > mostUsers) {
    return undefined;
  }
  const isRead = new Set([index, ...shared.users]);
  const [head = 0, tail = 0] = [bounds[0], bounds.at(-1)];
  const pieces = piecesOf(last, [...new Set([...isRead, ...shared.sources, ...neighbours])].sort((a, b) => a - b), { index, region, by });
  const behind = (pieces.at(-1)?.offset ?? head) + (pieces.at(-1)?.text.length ?? 0);
  const partial = last.text.slice(0, head) + pieces.map((piece) => piece.text).join('') + last.text.slice(tail);
  const read = format.read(partial);
  if ('kind' in read) {
    return movedRefusal(read, { partial, text }, pieces, index, last.text.slice(bounds[index + 2] ?? tail));
  }
  const parts = pieces.map((piece) => partOf(read, piece));
  const isRestSame = isSameFindings(around(read.findings, head, behind), around(findings, head, tail))
    && parts.reduce((sum, part) => sum + part.connections.length, 0) === read.connections.length;
  const areOthersSame = pieces.every((piece, at) => isRead.has(piece.index) || isSame(connections[piece.index], parts[at]?.connections, bounds[piece.index] ?? 0, piece));
  if (openQuotes(partial, read.findings).length > 0 || !isRestSame || !areOthersSame) {
    return undefined;
  }
  const now = new Map(pieces.flatMap((piece, at) => (isRead.has(piece.index) ? [[piece.index, shiftedContent(parts[at] ?? read, piece.inText - piece.offset)] as const] : [])));
  const isWhole = pieces.every(({ index: one, inText }) => {
    const found = now.get(one)?.connections;
    const starts = found && startsOf(text, found);
    return found === undefined || (starts?.[0] === inText && (one === index ? new Set(starts).size === starts.length : starts.length === 1) && standAlone(text, found));
  });
  return isWhole ? spliced(format, last, text, now, { index, by, marks: [...marks.filter(({ offset }) => offset < from), ...inside, ...marks.filter(({ offset }) => offset >= to).map((one) => (by === 0 ? one : { ...one, offset: one.offset + by }))] }) : undefined;
}

/** What stands behind a quote that is never closed depends on the next such quote, wherever that is. */
function openQuotes(text: string, findings: readonly FormatFinding[]): readonly string[] {
  return findings.filter(({ code }) => code === 'env-unterminated').map(({ range }) => text.charAt(range.offset));
}

function piecesOf({ text, bounds }: Reading, indexes: readonly number[], changed: { readonly index: number; readonly region: string; readonly by: number }): readonly Piece[] {
  let offset = bounds[0] ?? 0;
  return indexes.map((index) => {
    const [from = 0, to = 0] = [bounds[index], bounds[index + 1]];
    const piece = { index, text: index === changed.index ? changed.region : text.slice(from, to), offset, inText: from + (index > changed.index ? changed.by : 0) };
    offset += piece.text.length;
    return piece;
  });
}

function partOf({ connections, findings }: FileContent, { offset, text }: Piece): FileContent {
  const isIn = (at: number): boolean => at >= offset && at < offset + text.length;
  return { connections: connections.filter(({ entry }) => isIn(entry.offset)), findings: findings.filter(({ code, range }) => !isDuplicate(code) && isIn(range.offset)) };
}

/**
 * What is wrong with the whole file, where what was read is refused for what changed or for the connection behind it: all before
 * is as it was, and what stands further down comes later. What a quote that is not closed leads to is decided by the next one.
 */
function movedRefusal(refusal: FormatRefusal, { partial, text }: { readonly partial: string; readonly text: string }, pieces: readonly Piece[], index: number, rest: string): FormatRefusal | undefined {
  const at = pieces.findIndex((piece) => piece.index === index);
  const [changed, next] = [pieces[at], pieces[at + 1]];
  if (refusal.line === undefined || changed === undefined || next?.index !== index + 1 || ["'", '"'].some((quote) => !next.text.includes(quote) && rest.includes(quote))) {
    return undefined;
  }
  const first = lineNumber(partial, changed.offset);
  return refusal.line < first || refusal.line >= lineNumber(partial, next.offset + next.text.length) ? undefined : { ...refusal, line: refusal.line - first + lineNumber(text, changed.inText) };
}

/** A file with some of its connections exchanged for what was found in their lines. */
function spliced(format: ProjectFormat, last: Reading, text: string, now: ReadonlyMap<number, FileContent>, change: { readonly index: number; readonly by: number; readonly marks: readonly YamlMark[] }): Reading | undefined {
  const { content, bounds } = last;
  const { index, by, marks } = change;
  const connections = content.connections.flatMap((one, at) => {
    const found = now.get(at);
    return found === undefined ? [at > index ? movedConnection(one, by) : one] : keptObjects(one, found.connections);
  });
  const to = bounds[index + 1] ?? 0;
  const kept = content.findings.filter(({ code, range }) => !isDuplicate(code) && !now.has(bounds.findLastIndex((bound) => bound <= range.offset)));
  const findings = [
    ...kept.filter(({ range }) => range.offset < to),
    ...Array.from(now.values()).flatMap((found) => found.findings),
    ...shiftedContent({ connections: [], findings: kept.filter(({ range }) => range.offset >= to) }, by).findings,
    ...format.duplicates(connections),
  ];
  const starts = startsOf(text, now.get(index)?.connections ?? []);
  const nowBounds = [...bounds.slice(0, index), ...starts, ...bounds.slice(index + 1).map((bound) => bound + by)];
  return reachesOn(text, marks, nowBounds) ? undefined : { text, marks, content: { connections, findings }, bounds: nowBounds };
}

/** Found among all connections of a file. */
function isDuplicate(code: string): boolean {
  return code === 'duplicate-id';
}

/** What stands around all connections: above them, and behind. */
function around(findings: readonly FormatFinding[], head: number, behind: number): readonly FormatFinding[] {
  return findings.filter(({ code, range }) => !isDuplicate(code) && (range.offset < head || range.offset >= behind));
}

/** True when the same is wrong with what stands around all connections. */
function isSameFindings(a: readonly FormatFinding[], b: readonly FormatFinding[]): boolean {
  return a.length === b.length && a.every(({ code, message }, index) => code === b[index]?.code && message === b[index].message);
}

function isSame(before: FoundConnection | undefined, found: readonly FoundConnection[] | undefined, from: number, { offset }: Piece): boolean {
  const [now] = found ?? [];
  return before !== undefined && now !== undefined && found?.length === 1
    && now.connection.connectionId === before.connection.connectionId
    && now.entry.offset - offset === before.entry.offset - from
    && now.entry.length === before.entry.length
    && sameConnection(now.connection, before.connection);
}

/** A connection that says what it said stays the object it was, so that what is known about it stays known. */
function keptObjects(before: FoundConnection, now: readonly FoundConnection[]): readonly FoundConnection[] {
  return now.map((one) => (isEqual(before.connection, one.connection) ? { ...one, connection: before.connection } : one));
}

function isEqual(a: AirflowConnection, b: AirflowConnection): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function changeBetween(before: string, now: string): Change {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start + stride <= most && before.slice(start, start + stride) === now.slice(start, start + stride)) {
    start += stride;
  }
  while (start < most && before.charCodeAt(start) === now.charCodeAt(start)) {
    start += 1;
  }
  let same = 0;
  while (same + stride <= most - start && before.slice(before.length - same - stride, before.length - same) === now.slice(now.length - same - stride, now.length - same)) {
    same += stride;
  }
  while (same < most - start && before.charCodeAt(before.length - 1 - same) === now.charCodeAt(now.length - 1 - same)) {
    same += 1;
  }
  return { start, end: before.length - same, by: now.length - before.length };
}
