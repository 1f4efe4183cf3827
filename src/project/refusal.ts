import * as l10n from '@vscode/l10n';
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

/**
 * A refusal because a parser gave up: on aliases that would grow without end, or out of stack in deep nesting. What
 * `JSON.parse` says is left out, since it quotes the text, which may hold a secret.
 */
export function thrownRefusal(title: string, error: unknown, fix: string): FormatRefusal {
  const message = error instanceof Error && !(error instanceof SyntaxError)
    ? l10n.t('{0} could not be read: {1}', title, error.message)
    : l10n.t('{0} could not be read.', title);
  return { ...inputRefusal(message, fix), code: 'fileUnreadable' };
}
