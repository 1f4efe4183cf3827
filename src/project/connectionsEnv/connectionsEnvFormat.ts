import * as l10n from '@vscode/l10n';
import { noConnection } from '../../connection/connectionValues.ts';
import { isConnectionJson } from '../../connection/connectionJson.ts';
import { connectionUri, readConnectionUri } from '../../connection/connectionUri.ts';
import { withoutEmptyText } from '../../connection/emptyText.ts';
import type { EntryFile, FormatEntry } from '../entryFormat.ts';
import { entryFormat } from '../entryFormat.ts';
import { uriPlaces } from '../environment/connectionPlaces.ts';
import { insertLinesAt } from '../insertedLines.ts';
import type { FormatRefusal, ProjectFormat } from '../projectFormat.ts';
import { maskedValue } from '../secretValues.ts';
import { shiftedPlaces } from '../shifted.ts';
import { lineEnd, lineStart } from '../textLines.ts';
import { connectionsEnvFindings } from './connectionsEnvFindings.ts';
import type { UriLine } from './uriLines.ts';
import { uriLines } from './uriLines.ts';

interface UriEntry extends FormatEntry {
  readonly line: UriLine;
}

/**
 * `connections.env` of the local files backend and of `airflow connections import`: `id=uri`, and URIs only. JSON is read as
 * nothing there, without an error (apache-airflow 3.3.2, `secrets/local_filesystem.py`, run).
 */
export function connectionsEnvFormat(): ProjectFormat {
  return entryFormat<UriEntry>(
    {
      id: 'connectionsEnv',
      title: 'connections.env',
      reach: l10n.t('Read by Airflow with the local files backend, and by airflow connections import.'),
      patterns: ['**/connections.env'],
      creates: undefined,
    },
    { open: openFile, fitted: (connection) => connection, sameId: (a, b) => a === b, duplicates: 'refused', refusesMark: true, mask: (lines) => lines.map(maskedValue) },
  );
}

function openFile(text: string): EntryFile<UriEntry> | FormatRefusal {
  const lines = uriLines(text);
  return {
    entries: lines.flatMap((line) => (line.problem === undefined ? [uriEntry(line)] : [])),
    findings: () => connectionsEnvFindings(lines),
    add: (connection) => ({ action: 'add', edits: [insertLinesAt(text, text.length, [`${connection.connectionId}=${connectionUri(connection)}`])] }),
    change: ({ line }, wanted) => [{ ...line.valueRange, text: connectionUri(wanted) }],
    remove: ({ line }) => {
      const from = lineStart(text, line.range.offset);
      return [{ offset: from, length: lineEnd(text, line.range.offset) - from, text: '' }];
    },
  };
}

function uriEntry(line: UriLine): UriEntry {
  const { id, value, range, idRange, valueRange } = line;
  const fields = isConnectionJson(value) ? undefined : readConnectionUri(value);
  const nothing = noConnection(id);
  return {
    connection: { ...nothing, ...fields },
    written: { ...nothing, ...(fields === undefined ? undefined : withoutEmptyText(fields)) },
    isBroken: fields === undefined,
    entry: range,
    places: { ...shiftedPlaces(uriPlaces(value), valueRange.offset), connectionId: idRange },
    line,
  };
}
