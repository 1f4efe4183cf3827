/** Within single quotes a POSIX shell takes every character as itself but the single quote. */
export function shellQuoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** A text for a comment: a line break in a name would end the comment and run what follows. */
export function shellComment(value: string): string {
  return value.replaceAll(/[^\x20-\x7e]/g, '?');
}
