import * as l10n from '@vscode/l10n';
import type { FormatFinding } from './projectFormat.ts';

/** Says that a file begins with a byte order mark, where Airflow takes it for text: Python's `json` refuses it, an id before `=` gets it (apache-airflow 3.3.2, run). */
export function byteOrderMarkFinding(): FormatFinding {
  const range = { offset: 0, length: 1 };
  return {
    code: 'byte-order-mark', severity: 'error', range,
    message: l10n.t('The file begins with a byte order mark, which Airflow takes for text. It then reads no connection of this file, or not the first one.'),
    fixes: [{ title: l10n.t('Remove the byte order mark'), edits: [{ ...range, text: '' }] }],
  };
}
