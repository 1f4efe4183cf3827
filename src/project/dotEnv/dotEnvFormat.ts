import * as l10n from '@vscode/l10n';
import { connectionIdOf, connectionVariable } from '../../connection/connectionEnvironment.ts';
import type { EntryFile, FormatEntry } from '../entryFormat.ts';
import { writtenValue } from '../environment/connectionValue.ts';
import type { VariableFile } from '../environment/planSettings.ts';
import { asWritten, variableEntry } from '../environment/variableEntry.ts';
import { variableFormat } from '../environment/variableFormat.ts';
import type { FormatRefusal, ProjectFormat } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import { maskedValue } from '../secretValues.ts';
import { lineEnd, lineStart } from '../textLines.ts';
import { insertLinesAt } from '../insertedLines.ts';
import { envFindings } from './envFindings.ts';
import type { EnvLine } from './envLines.ts';
import { envLines } from './envLines.ts';

/** A variable `AIRFLOW_CONN_…` with what Airflow reads from it. */
interface EnvEntry extends FormatEntry {
  readonly line: EnvLine;
}

/**
 * `.env` of a project. Values are written as one line of JSON without quotes: Docker Compose (`astro dev start`), the
 * standalone mode of the Astro CLI and `docker create --env-file` (`astro dev pytest`) all read that the same way, and
 * nothing else (compose-spec/compose-go `dotenv/parser.go`, astronomer/astro-cli `pkg/airflowrt/env.go`).
 */
export function dotEnvFormat(): ProjectFormat {
  return variableFormat(
    {
      id: 'dotEnv',
      title: '.env',
      reach: l10n.t('Read by astro dev start and by Docker Compose, on this computer only.'),
      patterns: ['.env'],
      creates: '.env',
    },
    { open: openEnv, openVariables, problem: unquotedProblem, mask: (lines) => lines.map(maskedValue) },
  );
}

function openVariables(text: string): VariableFile | FormatRefusal {
  const strange = notText(text);
  return strange ?? {
    variables: envLines(text).map(({ name, value, range, rawRange }) => ({ name, value, range, change: (wanted) => [{ ...rawRange, text: wanted }] })),
    add: ({ name, value }) => [insertLinesAt(text, text.length, [`${name}=${value}`])],
  };
}

/** Docker Compose expands `$` and ends a value at ` #`, and takes quotes away; the other readers do none of it. */
function unquotedProblem(value: string): string | undefined {
  return /\$| #|^["']|^\s|\s$/.test(value) ? l10n.t('"{0}" is read in different ways from a .env file.', value) : undefined;
}

function openEnv(text: string): EntryFile<EnvEntry> | FormatRefusal {
  const strange = notText(text);
  if (strange !== undefined) {
    return strange;
  }
  const lines = envLines(text);
  const entries = lines.flatMap(envEntry);
  return {
    entries,
    findings: () => envFindings(text, lines),
    add: (connection) => ({
      action: 'add',
      edits: [insertLinesAt(text, text.length, [`${connectionVariable(connection.connectionId)}=${writtenValue(connection)}`])],
    }),
    change: ({ line }, wanted) => [{ ...line.rawRange, text: writtenValue(wanted) }],
    remove: ({ line }) => {
      const from = lineStart(text, line.range.offset);
      return [{ offset: from, length: lineEnd(text, line.range.offset + line.range.length) - from, text: '' }];
    },
  };
}

function notText(text: string): FormatRefusal | undefined {
  const strange = text.indexOf('\u0000');
  return strange === -1 ? undefined : refusal(text, strange, l10n.t('.env is not a text file.'), l10n.t('Check the file.'));
}

function envEntry(line: EnvLine): readonly EnvEntry[] {
  const connectionId = connectionIdOf(line.name);
  const offset = line.nameRange.offset + line.name.length - (connectionId?.length ?? 0);
  const isLiteral = line.quote !== '"' || !line.value.includes('\\');
  return connectionId === undefined
    ? []
    : [{
        line,
        ...variableEntry({
          connectionId,
          value: line.value,
          entry: line.range,
          nameRange: { offset, length: connectionId.length },
          within: isLiteral && line.value.length === line.valueRange.length ? asWritten(line.valueRange) : () => undefined,
        }),
      }];
}
