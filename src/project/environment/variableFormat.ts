import type { EntryFile, FormatEntry } from '../entryFormat.ts';
import { entryFormat } from '../entryFormat.ts';
import type { FormatDescription, FormatRefusal, ProjectFormat } from '../projectFormat.ts';
import { maskSecrets } from '../secretMask.ts';
import type { VariableFile, VariableRules } from './planSettings.ts';
import { withSettings } from './planSettings.ts';

/** The rules of a format whose connections are variables `AIRFLOW_CONN_…`. */
export interface VariableFormatRules<Entry extends FormatEntry> {
  /** Reads the connections of a text; may throw what the parser throws for absurd nesting. */
  readonly open: (text: string) => EntryFile<Entry> | FormatRefusal;
  /** Reads all variables of a text, connections or not. */
  readonly openVariables: (text: string) => VariableFile | FormatRefusal;
  readonly problem?: VariableRules['problem'];
  /** Lines of YAML where it is not given. */
  readonly mask?: VariableRules['mask'];
}

/**
 * Makes a format of the rules of a file of environment variables. Airflow looks a connection up under its id in capitals, and
 * of two variables of one name every reader takes the later one.
 */
export function variableFormat<Entry extends FormatEntry>(description: FormatDescription, rules: VariableFormatRules<Entry>): ProjectFormat {
  const { open, openVariables, problem, mask = maskSecrets } = rules;
  const format = entryFormat<Entry>(description, {
    open,
    fitted: (connection) => connection,
    sameId: (a, b) => a.toUpperCase() === b.toUpperCase(),
    duplicates: 'last',
    mask,
  });
  return withSettings(format, { open: openVariables, ...(problem === undefined ? {} : { problem }), mask });
}
