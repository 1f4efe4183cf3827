/** The line break a text uses: that of its first line, or `\n` for a text of one line. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** Length of the byte order mark at the start of a text, or 0: parsers count it as a column, readers of the files do not. */
export function markLength(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}

/** Offset where the line that holds `offset` starts; a byte order mark belongs to no line. */
export function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 ? markLength(text) : start;
}

/** Offset just behind the line that holds `offset`: behind its line break, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** Number of the line that holds `offset`, counted from 1. */
export function lineNumber(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}

/** Characters between the start of the line and `offset`. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
