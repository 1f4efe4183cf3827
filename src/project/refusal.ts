import type { FormatRefusal } from './projectFormat.ts';
import { lineNumber } from './textLines.ts';

/** A refusal that names the line of `offset`. */
export function refusal(text: string, offset: number, message: string, fix: string): FormatRefusal {
  return { kind: 'refused', code: 'fileUnreadable', message, fix, line: lineNumber(text, offset) };
}

/** A refusal of the connection itself, whatever the file. */
export function inputRefusal(message: string, fix: string): FormatRefusal {
  return { kind: 'refused', code: 'invalidInput', message, fix, line: undefined };
}
