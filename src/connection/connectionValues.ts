import type { AirflowConnection } from './airflowConnection.ts';
import { isGuid } from './guid.ts';

/** The fields of a connection that hold text. */
export const textFields = ['host', 'schema', 'login', 'password'] as const;

/** A connection that holds nothing but its id. */
export function noConnection(connectionId: string): AirflowConnection {
  return { connectionId, type: '', host: undefined, schema: undefined, login: undefined, password: undefined, port: undefined, extra: {} };
}

/** True when two values of a connection mean the same: as JSON; GUIDs ignore letter case. */
export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (isGuid(a) && isGuid(b) ? a.toLowerCase() === b.toLowerCase() : canonical(a) === canonical(b));
}

/** True when `stored` says all that `wanted` says: its type, the fields that are set, and its keys of `extra`. What else it says does not matter. */
export function carries(stored: AirflowConnection, wanted: AirflowConnection): boolean {
  return stored.type === wanted.type
    && textFields.every((field) => wanted[field] === undefined || sameValue(stored[field], wanted[field]))
    && (wanted.port === undefined || stored.port === wanted.port)
    && Object.entries(wanted.extra).every(([key, value]) => sameValue(stored.extra[key], value));
}

/** The parts in which two connections differ, as `type`, `host`, `extra.<key>`; their ids do not matter. */
export function differingParts(a: AirflowConnection, b: AirflowConnection): readonly string[] {
  const keys = new Set([...Object.keys(a.extra), ...Object.keys(b.extra)]);
  return [
    ...(['type', ...textFields, 'port'] as const).filter((field) => !sameValue(a[field], b[field])),
    ...Array.from(keys).filter((key) => !sameValue(a.extra[key], b.extra[key])).map((key) => `extra.${key}`),
  ];
}

/** True when nothing tells two connections apart but their ids. */
export function sameConnection(a: AirflowConnection, b: AirflowConnection): boolean {
  return differingParts(a, b).length === 0;
}

/**
 * What `wanted` makes of an existing connection: its own values, then what else was there. A key of `extra` that differs from
 * a wanted one only in letter case is that key, spoilt by the Astro CLI (astronomer/astro-cli#1737), and is left out.
 * @param without fields to be taken away, as `login`, `password` or `extra.<key>`
 */
export function mergedConnection(stored: AirflowConnection, wanted: AirflowConnection, without: readonly string[] = []): AirflowConnection {
  const own = new Set(Object.keys(wanted.extra).map((key) => key.toLowerCase()));
  const others = Object.entries(stored.extra).filter(([key]) => !own.has(key.toLowerCase()) && !without.includes(`extra.${key}`));
  const text = (field: (typeof textFields)[number]): string | undefined => wanted[field] ?? (without.includes(field) ? undefined : stored[field]);
  return {
    connectionId: stored.connectionId,
    type: wanted.type,
    host: text('host'),
    schema: text('schema'),
    login: text('login'),
    password: text('password'),
    port: wanted.port ?? (without.includes('port') ? undefined : stored.port),
    extra: Object.fromEntries([...Object.entries(wanted.extra), ...others]),
  };
}

/** True when a connection holds none of the fields, given as `login`, `password`, `port` or `extra.<key>`. Empty text is none. */
export function lacks(connection: AirflowConnection, fields: readonly string[]): boolean {
  const values: Readonly<Record<string, unknown>> = {
    host: connection.host, schema: connection.schema, login: connection.login, password: connection.password, port: connection.port,
    ...Object.fromEntries(Object.entries(connection.extra).map(([key, value]) => [`extra.${key}`, value])),
  };
  return fields.every((field) => values[field] === undefined || values[field] === '');
}

/** JSON with keys in order, so that maps compare by what they hold. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    (typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner)) ?? '';
}
