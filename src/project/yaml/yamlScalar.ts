import type { Scalar } from 'yaml';
import { isRecord, oneLine } from '../../connection/extraText.ts';

// Words that YAML 1.1 or 1.2 readers take for null, a boolean or a merge key when they stand without quotes.
const reservedWords = new Set(['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n']);

// What single quotes cannot hold on one line, or what a YAML 1.1 reader refuses.
// oxlint-disable-next-line eslint/no-control-regex -- control characters are what is looked for
const needsEscapes = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFD-\uFFFF]/;

/** Text in single quotes: nothing in it is an escape but the quote itself, so JSON stays readable. Control characters need double quotes. */
export function singleQuoted(text: string): string {
  return needsEscapes.test(text) ? doubleQuoted(text) : `'${text.replaceAll("'", "''")}'`;
}

/** Text in double quotes, on one line. */
export function doubleQuoted(text: string): string {
  return oneLine(JSON.stringify(text));
}

/** What a scalar says as text: numbers and booleans as they are written there, nothing as empty text. */
export function scalarValue({ value, source = '' }: Scalar): string {
  return typeof value === 'string' ? value : value === null ? '' : source;
}

/** Text as a YAML scalar on one line: plain where every reader takes it for this text, else in single quotes. */
export function scalarText(text: string): string {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text) && !reservedWords.has(text.toLowerCase());
  return isPlain ? text : singleQuoted(text);
}

/** A value of JSON as a flow collection on one line, with the blanks that people put there. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(flowText).join(', ')}]`;
  }
  return isRecord(value)
    ? `{${Object.entries(value).map(([key, inner]) => `${doubleQuoted(key)}: ${flowText(inner)}`).join(', ')}}`
    : typeof value === 'string' ? doubleQuoted(value) : JSON.stringify(value);
}

/** Text in the quotes that stood there, if any: `style` is the type of the scalar before. */
export function scalarLike(text: string, style: string | undefined): string {
  switch (style) {
    case 'QUOTE_DOUBLE':
      return doubleQuoted(text);
    case 'QUOTE_SINGLE':
      return singleQuoted(text);
    default:
      return scalarText(text);
  }
}
