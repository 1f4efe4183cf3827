import * as l10n from '@vscode/l10n';
import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { FormatRefusal, TextRange } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';

/** A file of JSON whose root is an object. */
export interface JsonText {
  readonly kind: 'json';
  readonly text: string;
  /** `undefined` for a text of blanks. */
  readonly root: Node | undefined;
  /** Comments, which JSON does not know; Airflow refuses a file with one. */
  readonly comments: readonly TextRange[];
}

/** Parses a file, given without a byte order mark, or says why it must not be edited. */
export function readJson(text: string, title: string): JsonText | FormatRefusal {
  const errors: ParseError[] = [];
  const root = text.trim() === '' ? undefined : parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const error = errors.find(({ error: code }) => printParseErrorCode(code) !== 'InvalidCommentToken');
  if (error !== undefined) {
    return refusal(text, error.offset, l10n.t('{0} does not parse: {1}', title, printParseErrorCode(error.error)), l10n.t('Correct the JSON there, then try again.'));
  }
  if (root !== undefined && root.type !== 'object') {
    return refusal(text, root.offset, l10n.t('{0} does not hold an object.', title), l10n.t('Airflow wants an object there, with connection ids as its keys.'));
  }
  return { kind: 'json', text, root, comments: errors.map(({ offset, length }) => ({ offset, length })) };
}
