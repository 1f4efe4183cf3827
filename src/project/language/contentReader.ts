import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { sameConnection } from '../../connection/connectionValues.ts';
import type { FileContent, FormatFinding, FormatRefusal, FoundConnection, ProjectFormat, TextRange } from '../projectFormat.ts';
import { shiftedContent } from '../shifted.ts';
import { lineEnd, lineStart } from '../textLines.ts';

/** An anchor or an alias of YAML: what stands in one place means something in another. */
const refersElsewhere = /(?:^|[\s:,[{-])[&*][\w-]/m;

/** A line of YAML that begins another document, which at the top of a file is nothing special. */
const startsDocument = /^(?:---|\.\.\.|%)/m;

/** The formats in which files grow long, and in which what stands beside connections does not reach into them. */
const readInParts: ReadonlySet<string> = new Set(['airflowSettings', 'dotEnv', 'connectionsJson', 'connectionsYaml']);

/**
 * What concerns more than one place: a quote that is closed by whatever comes behind, an id that stands twice, an entry that is
 * none, whose id is not among those of the connections.
 */
const reachesElsewhere = ({ code }: FormatFinding): boolean => code === 'env-unterminated' || code === 'duplicate-id' || code.startsWith('file-');

/** What was read, and where the lines of each connection begin. */
interface Reading {
  readonly text: string;
  readonly content: FileContent;
  /** Ascending; the last is where the lines of the last connection end. */
  readonly bounds: readonly number[];
}

/**
 * Reads one file again and again while somebody types in it. A change inside the lines of one connection is read together
 * with what stands around all connections and with the next connection, which has to come out as it was: then the parser was
 * in the same state behind the change, and all that follows it is only further down. Anything else is read whole.
 */
export class ContentReader {
  readonly #format: ProjectFormat;
  #last: Reading | undefined;

  constructor(format: ProjectFormat) {
    this.#format = format;
  }

  /** What `ProjectFormat.read` gives, in less time. Connections that did not change are the same objects as before. */
  read(text: string): FileContent | FormatRefusal {
    const last = this.#last;
    if (last?.text === text) {
      return last.content;
    }
    const changed = last && readChange(this.#format, last, text);
    if (changed !== undefined) {
      this.#last = changed;
      return changed.content;
    }
    const content = this.#format.read(text);
    this.#last = 'kind' in content || !readInParts.has(this.#format.id) ? undefined : readingOf(text, content, this.#format.id === 'connectionsJson');
    return content;
  }
}

/**
 * `undefined` where what stands elsewhere may mean something else as well: anchors, several connections on a line, YAML between
 * braces, whose ends the parser puts up with in many places. JSON it does not.
 */
function readingOf(text: string, content: FileContent, isJson: boolean): Reading | undefined {
  const { connections } = content;
  const last = connections.at(-1);
  if (last === undefined || refersElsewhere.test(text) || content.findings.some(reachesElsewhere)) {
    return undefined;
  }
  const bounds = [...startsOf(text, connections), lineEnd(text, last.entry.offset + last.entry.length)];
  const isApart = bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? 0)) && standAlone(text, connections);
  return isApart && (isJson || !/[{[]/.test(text.slice(0, bounds[0]).replace(/#.*$/gm, ''))) ? { text, content, bounds } : undefined;
}

function startsOf(text: string, connections: readonly FoundConnection[]): readonly number[] {
  return connections.map(({ entry }) => lineStart(text, entry.offset));
}

/** True when nothing but a dash stands before each connection on its line. */
function standAlone(text: string, connections: readonly FoundConnection[]): boolean {
  return connections.every(({ entry }) => /^[\s-]*$/.test(text.slice(lineStart(text, entry.offset), entry.offset)));
}

function readChange(format: ProjectFormat, last: Reading, text: string): Reading | undefined {
  const { content: { connections, findings }, bounds } = last;
  const { start, end, by } = changeBetween(last.text, text);
  const index = bounds.findLastIndex((bound) => bound <= start);
  const [before, next] = [connections[index], connections[index + 1]];
  const [from = 0, to = 0] = [bounds[index], bounds[index + 1]];
  const region = text.slice(from, to + by);
  // What stands at the start of a connection decides where the one above ends.
  if (before === undefined || start <= before.entry.offset || end > to || refersElsewhere.test(region) || startsDocument.test(region) || (next !== undefined && !region.endsWith('\n'))) {
    return undefined;
  }
  const [head = 0, tail = 0] = [bounds[0], bounds.at(-1)];
  // The last connection comes along as well: in JSON it is the one without a comma.
  const followers = last.text.slice(to, bounds[index + 2] ?? to) + (index < connections.length - 2 ? last.text.slice(Math.max(bounds[index + 2] ?? to, bounds.at(-2) ?? to), tail) : '');
  const read = format.read(text.slice(0, head) + region + followers + last.text.slice(tail));
  const back = from - head;
  const own = 'kind' in read ? [] : read.connections.slice(0, read.connections.length - Math.min(2, connections.length - 1 - index));
  if ('kind' in read || read.findings.some(reachesElsewhere) || (next !== undefined && !isSame(next, read.connections[own.length], by - back))) {
    return undefined;
  }
  const ids = new Set([before, ...own].map(({ connection }) => connection.connectionId.toLowerCase()));
  if (connections.some((one) => one !== before && ids.has(one.connection.connectionId.toLowerCase()))) {
    return undefined;
  }
  const [above, inside, below] = split(read.findings, head, head + region.length);
  const [aboveBefore, , belowBefore] = split(findings, from, to);
  const isHead = ({ range }: FormatFinding): boolean => range.offset < head;
  const isTail = ({ range }: FormatFinding): boolean => range.offset >= tail;
  if (!isSameFindings(above, aboveBefore.filter(isHead)) || !isSameFindings(below.filter(({ range }) => range.offset >= head + region.length + followers.length), belowBefore.filter(isTail))) {
    return undefined;
  }
  const moved = shiftedContent({ connections: own, findings: inside }, back);
  const starts = startsOf(text, moved.connections);
  if (starts[0] !== from || new Set(starts).size < starts.length || !standAlone(text, moved.connections)) {
    return undefined;
  }
  const content: FileContent = {
    connections: [...connections.slice(0, index), ...keptObjects(before, moved.connections), ...connections.slice(index + 1).map((one) => movedConnection(one, by))],
    findings: [...aboveBefore, ...moved.findings, ...shiftedContent({ connections: [], findings: belowBefore }, by).findings],
  };
  return { text, content, bounds: [...bounds.slice(0, index), ...starts, ...bounds.slice(index + 1).map((bound) => bound + by)] };
}

/** Findings before, within and behind a part of the text. */
function split(findings: readonly FormatFinding[], from: number, to: number): readonly [readonly FormatFinding[], readonly FormatFinding[], readonly FormatFinding[]] {
  return [
    findings.filter(({ range }) => range.offset < from),
    findings.filter(({ range }) => range.offset >= from && range.offset < to),
    findings.filter(({ range }) => range.offset >= to),
  ];
}

/** True when the same is wrong with what stands around all connections. */
function isSameFindings(a: readonly FormatFinding[], b: readonly FormatFinding[]): boolean {
  return a.length === b.length && a.every(({ code, message }, index) => code === b[index]?.code && message === b[index].message);
}

function isSame(before: FoundConnection, now: FoundConnection | undefined, by: number): boolean {
  return now !== undefined
    && now.connection.connectionId === before.connection.connectionId
    && now.entry.offset === before.entry.offset + by
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

/** Where two texts differ: from `start` to `end` of the first; the second is longer by `by`. */
function changeBetween(before: string, now: string): { readonly start: number; readonly end: number; readonly by: number } {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === now.charCodeAt(start)) {
    start += 1;
  }
  let same = 0;
  while (same < most - start && before.charCodeAt(before.length - 1 - same) === now.charCodeAt(now.length - 1 - same)) {
    same += 1;
  }
  return { start, end: before.length - same, by: now.length - before.length };
}

function movedConnection(found: FoundConnection, by: number): FoundConnection {
  return by === 0 ? found : new MovedConnection(found instanceof MovedConnection ? found.found : found, by + (found instanceof MovedConnection ? found.by : 0));
}

/** A connection further down. Thousands move with a keystroke, and few are asked where their parts stand. */
class MovedConnection implements FoundConnection {
  readonly found: FoundConnection;
  readonly by: number;

  constructor(found: FoundConnection, by: number) {
    this.found = found;
    this.by = by;
  }

  get connection(): AirflowConnection {
    return this.found.connection;
  }

  get written(): AirflowConnection {
    return this.found.written;
  }

  get entry(): TextRange {
    return { offset: this.found.entry.offset + this.by, length: this.found.entry.length };
  }

  get places(): FoundConnection['places'] {
    return Object.fromEntries(Object.entries(this.found.places).map(([part, { offset, length }]) => [part, { offset: offset + this.by, length }]));
  }
}
