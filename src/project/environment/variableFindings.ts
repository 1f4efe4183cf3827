import * as l10n from '@vscode/l10n';
import type { FormatEntry } from '../entryFormat.ts';
import type { FormatFinding, TextRange } from '../projectFormat.ts';
import type { TextEdit } from '../textEdit.ts';
import { readConnectionValue, valueFindings } from './connectionValue.ts';

/** A variable of a file whose other rules are its own. */
export interface CheckedVariable extends FormatEntry {
  readonly value: string;
}

/** What keeps Airflow from reading the values of variables as they look. */
export function variableFindings<Variable extends CheckedVariable>(
  variables: readonly Variable[],
  mend: (variable: Variable, value: string) => readonly TextEdit[] | undefined,
): readonly FormatFinding[] {
  return variables.flatMap((variable) => valueFindings(variable.value, readConnectionValue(variable.value)).map(({ code, severity, message, part, mended }): FormatFinding => {
    const range: TextRange = (part === undefined ? undefined : variable.places[part]) ?? variable.places['connectionId'] ?? variable.entry;
    const edits = mended === undefined ? undefined : mend(variable, mended);
    return { code, severity, message, range, fixes: edits === undefined ? [] : [{ title: l10n.t('Write it as Airflow reads it'), edits }] };
  }));
}
