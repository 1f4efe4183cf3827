import type { AzureConnection } from './connection.ts';
import { extraPairs } from './connectionExtra.ts';

/** The `extra` of a connection as a file holds it. */
export type StoredExtra =
  | { readonly kind: 'absent' }
  /** `form` tells whether it stood there as JSON text or as a YAML map, whose keys the Astro CLI lower-cases. */
  | { readonly kind: 'object'; readonly form: 'text' | 'map'; readonly values: Readonly<Record<string, unknown>> }
  /** Text that is not a JSON object, a list, a number: Airflow refuses it or drops it. */
  | { readonly kind: 'unreadable' };

/** Reads the value of `conn_extra`, as YAML gave it. */
export function readExtra(value: unknown): StoredExtra {
  if (value === undefined || value === null || value === '') {
    return { kind: 'absent' };
  }
  if (typeof value === 'string') {
    const parsed = parseJson(value);
    return isRecord(parsed) ? { kind: 'object', form: 'text', values: parsed } : { kind: 'unreadable' };
  }
  return isRecord(value) ? { kind: 'object', form: 'map', values: value } : { kind: 'unreadable' };
}

/**
 * The values that reach Airflow through the Astro CLI: text as it is, a map with its keys in lower case
 * (astronomer/astro-cli#1737), so that `subscriptionId` in a map never arrives.
 */
export function valuesAsRead(extra: StoredExtra): Readonly<Record<string, unknown>> {
  if (extra.kind !== 'object') {
    return {};
  }
  return extra.form === 'text'
    ? extra.values
    : Object.fromEntries(Object.entries(extra.values).map(([key, value]) => [key.toLowerCase(), value]));
}

/** True when Airflow reads the same identity and subscription from `extra` as from `connection`. GUIDs ignore letter case. */
export function carriesConnection(extra: StoredExtra, connection: AzureConnection): boolean {
  const values = valuesAsRead(extra);
  return extraPairs(connection).every(([key, wanted]) => {
    const stored = values[key];
    return typeof stored === 'string' && stored.toLowerCase() === wanted.toLowerCase();
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
