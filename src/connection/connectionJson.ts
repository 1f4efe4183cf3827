import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from './airflowConnection.ts';
import type { ConnectionFields } from './connectionUri.ts';
import { connectionTypeIn, readConnectionUri } from './connectionUri.ts';
import { isRecord, oneLine, parsedExtra } from './extraText.ts';

/** The keys of a connection in JSON, in the order they are written (apache-airflow 3.3.2, `Connection.from_json`). */
const jsonKeys = ['conn_type', 'description', 'host', 'schema', 'login', 'password', 'port', 'extra'] as const;

/** The keys whose values have to be text. */
export const textKeys: readonly string[] = ['conn_type', 'host', 'schema', 'login', 'password'];

/** What Airflow makes of JSON: a connection, or none at all, with the reason it logs only for itself. */
export type JsonReading =
  | { readonly kind: 'connection'; readonly fields: ConnectionFields }
  /** `key` is the one at fault. */
  | { readonly kind: 'invalid'; readonly message: string; readonly key: string | undefined };

/**
 * A connection as one line of JSON for an environment variable. Null is left out, the empty text is kept. `$` and `#` are
 * written as escapes: readers of `.env` files and Docker Compose would expand the one and cut at the other.
 */
export function connectionJson(connection: ConnectionFields): string {
  return oneLine(JSON.stringify(connectionObject(connection))).replace(/[$#]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

/** The keys and values of a connection in JSON and YAML files, without its id. */
export function connectionObject({ type, host, schema, login, password, port, extra }: ConnectionFields): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries({
    conn_type: type, host, schema, login, password, port, extra: Object.keys(extra).length === 0 ? undefined : extra,
  }).filter(([, value]) => value !== undefined));
}

/** True for a value that Airflow reads as JSON and not as a URI. A byte order mark is no blank to Python. */
export function isConnectionJson(value: string): boolean {
  return /^[^\S\uFEFF]*\{/.test(value);
}

/**
 * What Airflow reads from JSON in an environment variable. Every mistake has one outcome there: the connection "isn't defined"
 * (apache-airflow 3.3.2, run).
 */
export function readConnectionJson(text: string): JsonReading {
  const value = parsedExtra(text);
  if (value === undefined) {
    return { kind: 'invalid', message: l10n.t('The value is not valid JSON; the error of Airflow says only that the connection is not defined.'), key: undefined };
  }
  const keys: readonly string[] = jsonKeys;
  const unknown = Object.keys(value).find((key) => !keys.includes(key) && !(key === 'uri' && Object.keys(value).length === 1));
  const reading = readConnectionObject(value);
  return unknown === undefined
    ? (reading.kind === 'invalid' ? reading : { ...reading, fields: { ...reading.fields, type: connectionTypeIn(reading.fields.type) } })
    : { kind: 'invalid', message: l10n.t('Airflow does not know the key {0} here; its error says only that the connection is not defined.', unknown), key: unknown };
}

/** What Airflow makes of the keys and values of a connection. Unknown keys are the caller's business: files allow more of them. */
export function readConnectionObject(value: Readonly<Record<string, unknown>>): JsonReading {
  if (typeof value['uri'] === 'string') {
    const fields = readConnectionUri(value['uri']);
    return fields === undefined ? { kind: 'invalid', message: uriMessage(), key: 'uri' } : { kind: 'connection', fields };
  }
  const notText = textKeys.find((key) => typeof (value[key] ?? '') !== 'string');
  if (notText !== undefined) {
    return { kind: 'invalid', message: l10n.t('{0} has to be text; for a number, true or false, the error of Airflow says only that the connection is not defined.', notText), key: notText };
  }
  const extra = extraOf(value['extra']);
  if (extra === undefined) {
    return { kind: 'invalid', message: l10n.t('extra has to be an object, or text that holds one as JSON.'), key: 'extra' };
  }
  const port = portOf(value['port']);
  if (port === 'none') {
    return { kind: 'invalid', message: l10n.t('port has to be a whole number.'), key: 'port' };
  }
  return {
    kind: 'connection',
    fields: {
      type: textOf(value['conn_type']) ?? '',
      host: textOf(value['host']),
      schema: textOf(value['schema']),
      login: textOf(value['login']),
      password: textOf(value['password']),
      port,
      extra,
    },
  };
}

/** Says that Airflow refuses a URI. */
export function uriMessage(): string {
  return l10n.t('Airflow cannot read this URI; its error says only that the connection is not defined.');
}

function extraOf(value: unknown): AirflowConnection['extra'] | undefined {
  if (value === undefined || value === null || value === '') {
    return {};
  }
  return typeof value === 'string' ? parsedExtra(value) : isRecord(value) ? value : undefined;
}

function portOf(value: unknown): number | undefined | 'none' {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  const port = typeof value === 'boolean' || (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) ? Number(value) : value;
  return typeof port === 'number' ? Math.trunc(port) : 'none';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
