import type { TextRange } from '../projectFormat.ts';

/** A variable of a `.env` file. */
export interface EnvLine {
  readonly name: string;
  readonly nameRange: TextRange;
  /** The value as Docker Compose reads it, without its quotes; `$` is not expanded. */
  readonly value: string;
  /** The value without quotes and without what follows it. */
  readonly valueRange: TextRange;
  /** The value with its quotes. */
  readonly rawRange: TextRange;
  readonly quote: '"' | "'" | undefined;
  /** From the first character of the line, `export` included, to the end of the value. */
  readonly range: TextRange;
  readonly hasExport: boolean;
  readonly hasBlanks: boolean;
  /** The comment behind the value, from the blank before it. */
  readonly comment: TextRange | undefined;
}

/**
 * The variables of a `.env` file as Docker Compose reads them (compose-spec/compose-go `dotenv/parser.go`), with which
 * `astro dev start` loads the file: quoted values may span lines, an unquoted one ends before ` #` or with its line.
 * What is no variable is passed over.
 */
export function envLines(text: string): readonly EnvLine[] {
  const lines: EnvLine[] = [];
  const start = /[ \t]*(export[ \t]+)?([\p{L}\p{N}_.[\]-]+)([ \t]*)=([ \t]*)/uy;
  for (let at = 0; at < text.length;) {
    start.lastIndex = at;
    const match = start.exec(text);
    const line = match === null ? undefined : envLine(text, at, match);
    lines.push(...(line === undefined ? [] : [line]));
    const next = text.indexOf('\n', line === undefined ? at : line.rawRange.offset + line.rawRange.length);
    at = next === -1 ? text.length : next + 1;
  }
  return lines;
}

function envLine(text: string, at: number, [whole, exported = '', name = '', before = '', behind = '']: readonly string[]): EnvLine {
  const offset = at + (whole?.length ?? 0);
  const quote = text[offset] === '"' || text[offset] === "'" ? text[offset] : undefined;
  const close = quote === undefined ? -1 : closingQuote(text, offset + 1, quote);
  const lineEnd = endOfLine(text, offset);
  const length = close === -1 ? unquotedLength(text.slice(offset, lineEnd)) : close + 1 - offset;
  const isQuoted = close !== -1;
  const valueRange = isQuoted ? { offset: offset + 1, length: length - 2 } : { offset, length };
  const raw = text.slice(valueRange.offset, valueRange.offset + valueRange.length);
  const rest = text.slice(offset + length, endOfLine(text, offset + length));
  const first = at + (/^[ \t]*/.exec(text.slice(at, offset))?.[0].length ?? 0);
  return {
    name,
    nameRange: { offset: offset - behind.length - 1 - before.length - name.length, length: name.length },
    value: quote === '"' && isQuoted ? unescaped(raw) : raw,
    valueRange,
    rawRange: { offset, length },
    quote: isQuoted ? quote : undefined,
    range: { offset: first, length: offset + length - first },
    hasExport: exported !== '',
    hasBlanks: before !== '' || behind !== '' || first !== at,
    comment: /^\s*#/.test(rest) ? { offset: offset + length, length: rest.trimEnd().length } : undefined,
  };
}

/** Compose-go knows no other escape of a quote than the backslash before it. */
function closingQuote(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (text[at - 1] !== '\\') {
      return at;
    }
  }
  return -1;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

function unquotedLength(text: string): number {
  const comment = text.indexOf(' #');
  return (comment === -1 ? text : text.slice(0, comment)).trimEnd().length;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_whole, character: string) => (character === 'n' ? '\n' : character === 'r' ? '\r' : character === '"' || character === '\\' ? character : `\\${character}`));
}
