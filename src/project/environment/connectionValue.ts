import * as l10n from '@vscode/l10n';
import type { JsonReading } from '../../connection/connectionJson.ts';
import { connectionJson, isConnectionJson, readConnectionJson, uriMessage } from '../../connection/connectionJson.ts';
import type { ConnectionFields } from '../../connection/connectionUri.ts';
import { readConnectionUri } from '../../connection/connectionUri.ts';
import { withoutEmptyText } from '../../connection/emptyText.ts';
import { uriFindings } from '../../connection/uriFindings.ts';
import { connectionPlaces, uriPlaces } from './connectionPlaces.ts';
import type { TextRange } from '../projectFormat.ts';

/** What Airflow makes of the value of an environment variable `AIRFLOW_CONN_…`. */
export interface ConnectionValue {
  readonly form: 'json' | 'uri';
  readonly reading: JsonReading;
  /** As the connection is written on in JSON: a URI has empty text where nothing stood. */
  readonly written: ConnectionFields | undefined;
  /** Where the parts stand in the value. */
  readonly places: Readonly<Record<string, TextRange>>;
}

/** Reads a value as Airflow does: JSON when it begins with a brace, else a URI. Empty values are no connection. */
export function readConnectionValue(value: string): ConnectionValue {
  if (isConnectionJson(value)) {
    const reading = readConnectionJson(value);
    return { form: 'json', reading, written: reading.kind === 'connection' ? reading.fields : undefined, places: connectionPlaces(value) };
  }
  const fields = readConnectionUri(value);
  return fields === undefined
    ? { form: 'uri', reading: { kind: 'invalid', message: uriMessage(), key: undefined }, written: undefined, places: {} }
    : { form: 'uri', reading: { kind: 'connection', fields }, written: withoutEmptyText(fields), places: uriPlaces(value) };
}

/** What is wrong with a value, wherever it stands, with the value that mends it. */
export interface ValueFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** The part at fault, by its place; the whole value without one. */
  readonly part: string | undefined;
  readonly mended: string | undefined;
}

/** What keeps Airflow from reading a value as it looks. */
export function valueFindings(value: string, { form, reading, written }: ConnectionValue): readonly ValueFinding[] {
  if (form === 'uri') {
    return uriFindings(value).map(({ code, severity, message, mended }) => ({ code, severity, message, part: undefined, mended }));
  }
  if (reading.kind === 'invalid') {
    return [{ code: 'json-unreadable', severity: 'error', message: reading.message, part: reading.key, mended: undefined }];
  }
  const isTyped = written?.type !== '';
  return isTyped ? [] : [{ code: 'type-missing', severity: 'error', message: l10n.t('conn_type is missing: hooks cannot tell what the connection is for.'), part: undefined, mended: undefined }];
}

/** The value in which a connection is written: JSON on one line. */
export function writtenValue(connection: ConnectionFields): string {
  return connectionJson(connection);
}
