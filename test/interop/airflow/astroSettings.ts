import { parse } from 'yaml';
import type { AstroFields } from './astroUri.ts';
import { astroUriFields } from './astroUri.ts';

/** A connection of `airflow_settings.yaml` as the Astro CLI hands it to Airflow. Nothing is the empty text, or port 0. */
interface AstroConnection extends AstroFields {
  readonly conn_id: string;
}

/**
 * Reads `airflow_settings.yaml` by the rules of the Astro CLI and gives the bodies that it sends to Airflow's REST API.
 *
 * - viper lower-cases the keys of all maps, those in lists included (github.com/spf13/viper 1.19, `util.go`, `insensitiviseVal`), so
 *   that a `conn_extra` written as a map loses `subscriptionId`: github.com/astronomer/astro-cli/issues/1737.
 * - mapstructure takes numbers and booleans for text, and null for nothing.
 * - `conn_extra` that is text goes on as it is, a map as JSON with sorted keys (astro-cli `settings/settings.go`, `jsonString`).
 * - Without an id an entry is passed over. `conn_uri` counts only where there is no type, and is then cut into fields (`astroUri.ts`);
 *   without either an entry is passed over as well.
 * - What is empty is left out of the body, so that Airflow holds null.
 */
export function astroRestBodies(text: string): readonly Readonly<Record<string, unknown>>[] {
  const settings = lowerCased(parse(text)) as { readonly airflow?: { readonly connections?: unknown } } | null;
  const entries = settings?.airflow?.connections;
  return (Array.isArray(entries) ? (entries as unknown[]) : [])
    .filter((entry) => isMap(entry))
    .flatMap((entry) => decoded(entry) ?? [])
    .filter(({ conn_id, conn_type }) => conn_id !== '' && conn_type !== '')
    .map((connection) => body(connection));
}

function lowerCased(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => lowerCased(item));
  }
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), lowerCased(inner)])) : value;
}

function decoded(entry: Readonly<Record<string, unknown>>): AstroConnection | undefined {
  const text = (key: string): string => {
    const value = entry[key];
    if (typeof value === 'boolean') {
      return value ? '1' : '0';
    }
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  if (text('conn_type') === '' && text('conn_uri') !== '') {
    const fields = astroUriFields(text('conn_uri'));
    return fields === undefined ? undefined : { conn_id: text('conn_id'), ...fields };
  }
  return {
    conn_id: text('conn_id'),
    conn_type: text('conn_type'),
    conn_host: text('conn_host'),
    conn_schema: text('conn_schema'),
    conn_login: text('conn_login'),
    conn_password: text('conn_password'),
    conn_port: Number(text('conn_port')),
    extra: isMap(entry['conn_extra']) ? JSON.stringify(sorted(entry['conn_extra'])) : text('conn_extra'),
  };
}

function body(connection: AstroConnection): Readonly<Record<string, unknown>> {
  const { conn_id, conn_type, conn_host, conn_schema, conn_login, conn_password, conn_port, extra } = connection;
  const optional = { host: conn_host, schema: conn_schema, login: conn_login, password: conn_password, port: conn_port, extra };
  return {
    connection_id: conn_id,
    conn_type,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== '' && value !== 0)),
  };
}

/** Go's `encoding/json` writes maps by their sorted keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => sorted(item));
  }
  return isMap(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
