// Words that YAML 1.1 or 1.2 readers take for null, a boolean or a merge key when they stand without quotes.
const reservedWords = new Set(['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n']);

/** Text in single quotes: nothing in it is an escape but the quote itself, so JSON stays readable. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Text as a YAML scalar on one line: plain where every reader takes it for this text, else in single quotes. */
export function scalarText(text: string): string {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text) && !reservedWords.has(text.toLowerCase());
  return isPlain ? text : singleQuoted(text);
}
