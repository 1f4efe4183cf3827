import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { textFields } from '../../connection/connectionValues.ts';
import type { ReadFile } from '../acrossFiles.ts';
import { acrossFiles } from '../acrossFiles.ts';
import type { Diagnosis } from './diagnosis.ts';

/** What is wrong in one file because other files of the project say something else, with the fix to take what one of them says. */
export function acrossDiagnoses(uri: string, files: readonly ReadFile[]): readonly Diagnosis[] {
  return acrossFiles(files).filter(({ place }) => place.file.uri === uri).map(({ code, severity, message, others, place: { found } }) => ({
    code, severity, message,
    range: found.places['connectionId'] ?? found.entry,
    connectionId: found.connection.connectionId,
    fixes: others.map((other) => ({
      kind: 'connection', isSafe: false,
      title: l10n.t('Take the values from {0}', other.file.label),
      wanted: { ...other.found.written, connectionId: found.connection.connectionId },
      without: partsOnlyIn(found.connection, other.found.connection),
    })),
  }));
}

/** What a connection holds and another does not. */
function partsOnlyIn(connection: AirflowConnection, other: AirflowConnection): readonly string[] {
  const fields = [...textFields, 'port' as const].filter((field) => connection[field] !== undefined && other[field] === undefined);
  return [...fields, ...Object.keys(connection.extra).filter((key) => !(key in other.extra)).map((key) => `extra.${key}`)];
}
