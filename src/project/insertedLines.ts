import type { TextEdit } from './textEdit.ts';
import { lineBreakOf, lineStart } from './textLines.ts';

/** Inserts whole lines at the start of a line, or behind a last line that has no line break. */
export function insertLinesAt(text: string, offset: number, lines: readonly string[]): TextEdit {
  const lineBreak = lineBreakOf(text);
  const atLineStart = offset === lineStart(text, offset);
  const inserted = atLineStart
    ? lines.map((line) => line + lineBreak).join('')
    : lines.map((line) => lineBreak + line).join('');
  return { offset, length: 0, text: inserted };
}
