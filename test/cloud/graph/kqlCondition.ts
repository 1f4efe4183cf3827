import { isRecord } from '../exchange.ts';
import { asText } from './graphRow.ts';
import type { GraphRow } from './graphRow.ts';
import type { KqlReader } from './kqlReader.ts';

/** What a `where` asks of a row. */
export type Condition = (row: GraphRow) => boolean;

/** What an expression takes from a row. */
export type Value = (row: GraphRow) => unknown;

/** True where the term stands in the text as a whole word, letter case ignored: KQL's `has`. */
function hasTerm(text: string, term: string): boolean {
  const within = text.toLowerCase();
  const wanted = term.toLowerCase();
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + 1)) {
    if (!/[a-z0-9]/u.test(within.charAt(at - 1)) && !/[a-z0-9]/u.test(within.charAt(at + wanted.length))) {
      return true;
    }
  }
  return false;
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const within = (text: string, piece: string): boolean => text.toLowerCase().includes(piece.toLowerCase());

/** https://learn.microsoft.com/kusto/query/datatypes-string-operators */
const textOperators: Readonly<Record<string, (text: string, other: string) => boolean>> = {
  '==': (text, other) => text === other,
  '!=': (text, other) => text !== other,
  '=~': same,
  '!~': (text, other) => !same(text, other),
  contains: within,
  '!contains': (text, other) => !within(text, other),
  has: hasTerm,
  '!has': (text, other) => !hasTerm(text, other),
  startswith: (text, other) => text.toLowerCase().startsWith(other.toLowerCase()),
  endswith: (text, other) => text.toLowerCase().endsWith(other.toLowerCase()),
};

const listOperators: Readonly<Record<string, (text: string, list: ReadonlySet<string>, lower: ReadonlySet<string>) => boolean>> = {
  in: (text, list) => list.has(text),
  '!in': (text, list) => !list.has(text),
  'in~': (text, _list, lower) => lower.has(text.toLowerCase()),
  '!in~': (text, _list, lower) => !lower.has(text.toLowerCase()),
};

const tests: Readonly<Record<string, (value: unknown) => boolean>> = {
  isnotempty: (value) => asText(value) !== '',
  isempty: (value) => asText(value) === '',
  isnotnull: (value) => value !== undefined && value !== null,
  isnull: (value) => value === undefined || value === null,
};

/** Reads a column with its members, `tags['team']` or `identity.type`, or a text; `tostring(…)`, `tolower(…)` and `iff(…)` around it. */
export function readValue(reader: KqlReader): Value {
  const literal = reader.takeText();
  if (literal !== undefined) {
    return () => literal;
  }
  if (reader.takeWord('iff') !== undefined) {
    reader.expectSign('(');
    const condition = readCondition(reader);
    reader.expectSign(',');
    const then = readValue(reader);
    reader.expectSign(',');
    const otherwise = readValue(reader);
    reader.expectSign(')');
    return (row) => (condition(row) ? then(row) : otherwise(row));
  }
  if (reader.takeWord('tostring') !== undefined || reader.takeWord('tolower') !== undefined) {
    const lower = reader.previous.text === 'tolower';
    reader.expectSign('(');
    const inner = readValue(reader);
    reader.expectSign(')');
    return (row) => (lower ? asText(inner(row)).toLowerCase() : asText(inner(row)));
  }
  const path = [reader.expectColumn()];
  for (;;) {
    if (reader.takeSign('.')) {
      path.push(reader.expectWord().text);
    } else if (reader.takeSign('[')) {
      path.push(reader.expectText());
      reader.expectSign(']');
    } else {
      const [column = '', ...members] = path;
      return (row) => members.reduce<unknown>((value, member) => (isRecord(value) ? value[member] : undefined), row[column]);
    }
  }
}

function readComparison(reader: KqlReader): Condition {
  const value = readValue(reader);
  const operator = reader.expectAny();
  const compareText = textOperators[operator.text];
  if (compareText !== undefined) {
    const other = reader.expectText();
    return (row) => compareText(asText(value(row)), other);
  }
  const compareList = listOperators[operator.text];
  if (compareList === undefined) {
    return reader.fail(operator);
  }
  reader.expectSign('(');
  const texts = [reader.expectText()];
  while (reader.takeSign(',')) {
    texts.push(reader.expectText());
  }
  reader.expectSign(')');
  const list = new Set(texts);
  const lower = new Set(texts.map((text) => text.toLowerCase()));
  return (row) => compareList(asText(value(row)), list, lower);
}

function readSingle(reader: KqlReader): Condition {
  if (reader.takeSign('(')) {
    const inner = readCondition(reader);
    reader.expectSign(')');
    return inner;
  }
  const name = Object.keys(tests).find((known) => reader.takeWord(known) !== undefined);
  const test = tests[name ?? ''];
  if (test !== undefined) {
    reader.expectSign('(');
    const value = readValue(reader);
    reader.expectSign(')');
    return (row) => test(value(row));
  }
  if (reader.takeWord('not') !== undefined) {
    reader.expectSign('(');
    const inner = readCondition(reader);
    reader.expectSign(')');
    return (row) => !inner(row);
  }
  return readComparison(reader);
}

function readAll(reader: KqlReader): Condition {
  const conditions = [readSingle(reader)];
  while (reader.takeWord('and') !== undefined) {
    conditions.push(readSingle(reader));
  }
  return conditions.length === 1 && conditions[0] !== undefined ? conditions[0] : (row) => conditions.every((condition) => condition(row));
}

/** Reads what stands after `where`: comparisons with `and`, `or` and parentheses. @throws KqlFailure */
export function readCondition(reader: KqlReader): Condition {
  const conditions = [readAll(reader)];
  while (reader.takeWord('or') !== undefined) {
    conditions.push(readAll(reader));
  }
  return conditions.length === 1 && conditions[0] !== undefined ? conditions[0] : (row) => conditions.some((condition) => condition(row));
}
