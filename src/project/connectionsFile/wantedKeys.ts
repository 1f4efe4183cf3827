import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { sameValue } from '../../connection/connectionValues.ts';

/** A key of a connection in a file and the value it is to have; `undefined` for none. */
export type WantedKey = readonly [key: string, value: unknown];

/** The keys of a connection but `extra`, with what they are to hold. */
export function wantedKeys({ type, host, schema, login, password, port }: AirflowConnection): readonly WantedKey[] {
  return [['conn_type', type], ['host', host], ['schema', schema], ['login', login], ['password', password], ['port', port]];
}

/** The keys that have to change for an object to hold the wanted values. Null is as good as absent. */
export function changedKeys(present: Readonly<Record<string, unknown>>, wanted: readonly WantedKey[]): readonly WantedKey[] {
  return wanted.filter(([key, value]) => !sameValue(present[key] ?? undefined, value));
}

/** The keys of `extra` that have to change, those that are to go included. */
export function changedExtra(present: Readonly<Record<string, unknown>>, wanted: AirflowConnection['extra']): readonly WantedKey[] {
  const gone = Object.keys(present).filter((key) => wanted[key] === undefined).map((key) => [key, undefined] as const);
  return [...Object.entries(wanted).filter(([key, value]) => !Object.hasOwn(present, key) || !sameValue(present[key], value)), ...gone];
}
