import { mask, maskedValue, secretName } from './secretValues.ts';
import { closingQuote } from './yaml/closingQuote.ts';

/** Keys that hold secrets by their names: a URI names user and password as well (Astro CLI, `airflow_settings.yaml`). */
const secretKey = new RegExp(`^(.*?)(?<=^|[\\s{,"'])(?:conn_uri|uri|${secretName})["']?\\s*:\\s*`, 'i');

/** The name of a variable that holds a secret, whose value stands on the next line: `- name: DB_PASSWORD`. */
const secretVariable = new RegExp(`^[\\s-]*["']?(?:name|key)["']?\\s*:\\s*["']?${secretName}["']?\\s*(?:#.*)?$`, 'i');

/** What goes on over the end of a line. */
type Open =
  /** Whatever is indented deeper than the key's entry. */
  | { readonly kind: 'deeper'; readonly column: number }
  /** A quoted value, up to its closing quote. */
  | { readonly kind: 'quoted'; readonly quote: '"' | "'"; readonly inFlow: boolean; readonly column: number }
  /** An unquoted value between braces, up to what ends it. */
  | { readonly kind: 'flow' };

/**
 * Hides secrets in lines of YAML or JSON: values of keys that are named like secrets, and what `maskedValue` finds in the others.
 * Previews are shown, shared and photographed. Give it the text from its start, since a value may have begun many lines
 * before. In doubt it hides more.
 */
export function maskSecrets(lines: readonly string[]): readonly string[] {
  let open: Open | undefined;
  return lines.map((line, index) => {
    const column = line.search(/\S/);
    if (column === -1) {
      return line;
    }
    if (open !== undefined) {
      const next = stillOpen(open, line, column);
      if (next !== 'over') {
        open = next;
        return ' '.repeat(column) + mask;
      }
    }
    if (secretVariable.test(lines[index - 1] ?? '') && /^\s*["']?value["']?\s*:/.test(line)) {
      open = { kind: 'deeper', column };
      return `${line.slice(0, line.indexOf(':'))}: ${mask}`;
    }
    const masked = maskLine(line, line.search(/[^\s-]/));
    open = masked.open;
    return masked.text;
  });
}

/** `over` when this line no longer belongs to the value; `undefined` when it is the last that does. */
function stillOpen(open: Open, line: string, column: number): Open | undefined | 'over' {
  switch (open.kind) {
    case 'deeper':
      return column > open.column ? open : 'over';
    case 'quoted':
      if (closingQuote(line, open.quote, 0) === -1) {
        return open;
      }
      return open.inFlow ? undefined : { kind: 'deeper', column: open.column };
    case 'flow':
      return /[,}]/.test(line) ? undefined : open;
  }
}

function maskLine(line: string, column: number): { readonly text: string; readonly open: Open | undefined } {
  const key = secretKey.exec(line)?.[0];
  if (key === undefined) {
    return { text: maskedValue(line), open: undefined };
  }
  const value = line.slice(key.length);
  const inFlow = isInFlow(key);
  const deeper = (): Open => (inFlow ? { kind: 'flow' } : { kind: 'deeper', column });
  const quote = value[0];
  if (quote === '"' || quote === "'") {
    const end = closingQuote(value, quote, 1);
    if (end === -1) {
      return { text: key + mask, open: { kind: 'quoted', quote, inFlow, column } };
    }
    const rest = maskLine(value.slice(end + 1), column);
    return { text: key + (end === 1 ? quote + quote : mask) + rest.text, open: rest.open ?? (inFlow ? undefined : deeper()) };
  }
  const length = inFlow ? value.search(/[,}]/) : value.length;
  if (length === -1) {
    return { text: key + masked(value), open: { kind: 'flow' } };
  }
  const rest = maskLine(value.slice(length), column);
  return { text: key + masked(value.slice(0, length)) + rest.text, open: inFlow ? rest.open : deeper() };
}

/** An unquoted value; nothing, `null` and a comment alone hide nothing. */
function masked(value: string): string {
  return /^(?:#.*|null\s*(?:\s#.*)?|~\s*(?:\s#.*)?|)$/.test(value) ? value : mask;
}

function isInFlow(before: string): boolean {
  return /[{,]/.test(before);
}
