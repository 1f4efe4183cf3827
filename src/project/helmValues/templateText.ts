/** An action of Go's `text/template` with what it holds: comments, strings in both quotes, anything else (pkg.go.dev/text/template). */
const action = /\{\{-?\s*\/\*[^]*?\*\/\s*-?\}\}|\{\{(?:"(?:\\.|[^"\\\n])*"|`[^`]*`|[^"`}]|\}(?!\}))*\}\}/g;

/** Stands for a character of an action until its line was seen whole; no text of a YAML file holds it. */
const hidden = '\u0001';

/** True for text that Helm's `tpl` would replace or act upon. */
export function hasActions(text: string): boolean {
  return text.includes('{{');
}

/**
 * A templated text with its actions hidden, so that what is left parses as YAML with every character where it was: a line of actions alone is a
 * comment, an action within a line is letters.
 */
export function withoutActions(text: string): string {
  if (!hasActions(text)) {
    return text;
  }
  return text.replace(action, (found) => found.replace(/[^\n]/g, hidden)).split('\n').map(visibleLine).join('\n');
}

function visibleLine(line: string): string {
  const shown = line.includes(hidden) && line.replaceAll(hidden, '').trim() === '' ? line.replace(hidden, '#') : line;
  return shown.replaceAll(hidden, 'x');
}

/** JSON as `tpl` leaves it alone: two braces open an action, and in JSON they stand only in strings, where an escape says the same. */
export function templatedJson(json: string): string {
  return json.replaceAll('{{', '{\\u007b');
}
