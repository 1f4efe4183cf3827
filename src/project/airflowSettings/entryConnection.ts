import { isMap } from 'yaml';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { readConnectionUri } from '../../connection/connectionUri.ts';
import { isRecord, parsedExtra } from '../../connection/extraText.ts';
import type { FormatEntry } from '../entryFormat.ts';
import type { TextRange } from '../projectFormat.ts';
import { extraPlaces, valuePlace } from '../yaml/mapPlaces.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { pairOf } from '../yaml/yamlDocument.ts';
import { contentEnd } from '../yaml/yamlTokens.ts';
import type { ConnectionEntry, EntryKey } from './connectionEntry.ts';
import { entryStart, extraValue, fieldText } from './connectionEntry.ts';

/** An entry of `airflow_settings.yaml` with what Airflow gets of it. */
export interface SettingsEntry extends FormatEntry {
  readonly node: ConnectionEntry;
  /** `uri` when the connection came from `conn_uri`, which the Astro CLI reads only where no `conn_type` stands. */
  readonly source: 'fields' | 'uri';
}

/**
 * What reaches Airflow through the Astro CLI: empty fields are left out, which is null; `conn_extra` as text goes as it is, a
 * map with its keys in lower case (astronomer/astro-cli#1737), so that `subscriptionId` in a map never arrives; `conn_uri`
 * alone is cut into fields, with text in `extra` (astronomer/astro-cli `settings/settings.go`).
 */
export function settingsEntry(settings: YamlText, node: ConnectionEntry): SettingsEntry {
  const text = (key: EntryKey): string | undefined => fieldText(settings, node, key) || undefined;
  const extra = extraValue(settings, node);
  const uri = text('conn_type') === undefined ? text('conn_uri') : undefined;
  const fields = uri === undefined ? undefined : readConnectionUri(uri);
  const raw = typeof extra === 'string' ? (parsedExtra(extra) ?? {}) : isRecord(extra) ? extra : {};
  const port = Number(fieldText(settings, node, 'conn_port'));
  const connection: AirflowConnection = {
    connectionId: fieldText(settings, node, 'conn_id'),
    ...(fields === undefined
      ? {
          type: text('conn_type') ?? '',
          host: text('conn_host'),
          schema: text('conn_schema'),
          login: text('conn_login'),
          password: text('conn_password'),
          port: Number.isInteger(port) && port !== 0 ? port : undefined,
          extra: typeof extra === 'string' ? raw : lowerCased(raw),
        }
      : { ...fields, host: fields.host || undefined, schema: fields.schema || undefined, login: fields.login || undefined, password: fields.password || undefined }),
  };
  return {
    node,
    source: fields === undefined ? 'fields' : 'uri',
    connection,
    written: fields === undefined ? { ...connection, extra: raw } : connection,
    entry: entryRange(node),
    places: entryPlaces(settings, node),
  };
}

/** Keys in lower case, also of maps in lists, as viper leaves them (spf13/viper `util.go`, `insensitiviseMap`). */
export function lowerCased(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key.toLowerCase(), lowerCasedWithin(value)]));
}

function lowerCasedWithin(value: unknown): unknown {
  return Array.isArray(value) ? value.map(lowerCasedWithin) : isRecord(value) ? lowerCased(value) : value;
}

function entryRange(node: ConnectionEntry): TextRange {
  const offset = entryStart(node);
  const token = isMap(node.node) ? node.node.srcToken : undefined;
  const end = token === undefined ? (node.node.range?.[1] ?? offset) : contentEnd(token);
  return { offset, length: Math.max(0, end - offset) };
}

const placeKeys = {
  connectionId: 'conn_id', type: 'conn_type', host: 'conn_host', schema: 'conn_schema', login: 'conn_login', password: 'conn_password', port: 'conn_port', extra: 'conn_extra',
} as const;

/** Places of what stands in the entry itself: what an alias or a merge key brings has none. Keys of a map are read in lower case. */
function entryPlaces(settings: YamlText, { node, map }: ConnectionEntry): Readonly<Record<string, TextRange>> {
  const places: Record<string, TextRange> = {};
  for (const [part, key] of node === map ? Object.entries(placeKeys) : []) {
    const value = pairOf(settings, map, key)?.value;
    const place = valuePlace(settings, value);
    if (part === 'extra') {
      const extra = Object.entries(extraPlaces(settings, value));
      Object.assign(places, Object.fromEntries(isMap(value) ? extra.map(([name, range]) => [name.toLowerCase(), range]) : extra));
    } else if (place !== undefined) {
      places[part] = place;
    }
  }
  return places;
}
