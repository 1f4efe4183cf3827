import type { Node, Pair, YAMLMap } from 'yaml';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { StoredConnection } from '../../connection/connectionNotes.ts';
import { readExtra } from '../../connection/storedExtra.ts';
import type { SettingsDocument } from './settingsDocument.ts';
import { followed, pairOf } from './settingsDocument.ts';

/** The keys that the Astro CLI reads in an entry, in the order its template has them (astronomer/astro-cli `settings/types.go`). */
export const entryKeys = [
  'conn_id', 'conn_type', 'conn_host', 'conn_schema', 'conn_login', 'conn_password', 'conn_port', 'conn_uri', 'conn_extra',
] as const;

/** A key of an entry. */
export type EntryKey = (typeof entryKeys)[number];

/** One item of `airflow.connections`. */
export interface ConnectionEntry {
  /** The item as it stands in the list, possibly an alias. */
  readonly node: Node;
  /** The map behind it. */
  readonly map: YAMLMap;
}

/** Gives what stands in the list `airflow.connections`. */
export function connectionItems(settings: SettingsDocument): readonly unknown[] {
  const root: unknown = settings.yaml.contents;
  const airflow = isMap(root) ? followed(settings, pairOf(root, 'airflow')?.value) : undefined;
  const connections = isMap(airflow) ? followed(settings, pairOf(airflow, 'connections')?.value) : undefined;
  return isSeq(connections) ? connections.items : [];
}

/** Gives the items of the list that are maps; what else stands there is no connection to the Astro CLI either. */
export function entriesOf(settings: SettingsDocument, items: readonly unknown[]): readonly ConnectionEntry[] {
  return items.flatMap((item) => {
    const map = followed(settings, item);
    return isMap(map) ? [{ node: item as Node, map }] : [];
  });
}

/** The text of a scalar field as the Astro CLI reads it; empty when the key is absent, null or no scalar. */
export function fieldText(settings: SettingsDocument, entry: ConnectionEntry, key: EntryKey): string {
  const value = followed(settings, valueOf(settings, entry.map, key));
  const content: unknown = isScalar(value) ? value.value : undefined;
  return typeof content === 'string' || typeof content === 'number' || typeof content === 'boolean' ? String(content) : '';
}

/** Everything of an entry that decides how Airflow signs in. */
export function storedConnection(settings: SettingsDocument, entry: ConnectionEntry): StoredConnection {
  const extra = valueOf(settings, entry.map, 'conn_extra');
  return {
    type: fieldText(settings, entry, 'conn_type'),
    login: fieldText(settings, entry, 'conn_login'),
    password: fieldText(settings, entry, 'conn_password'),
    uri: fieldText(settings, entry, 'conn_uri'),
    extra: readExtra(extra === undefined ? undefined : (extra.toJS(settings.yaml) as unknown)),
  };
}

/**
 * True for the entry that `astro dev init` leaves to be filled in: a map that has `conn_id`, in which nothing has a value
 * but the example in `conn_extra`. A comment inside a value makes it somebody's own.
 */
export function isTemplateEntry(settings: SettingsDocument, entry: ConnectionEntry): boolean {
  const known = new Set<string>(entryKeys);
  return entry.node === entry.map && pairOf(entry.map, 'conn_id') !== undefined && entry.map.items.every((pair) => {
    const key = isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value.toLowerCase() : '';
    return known.has(key) && (isEmpty(pair.value) || (key === 'conn_extra' && isExample(settings, pair as Pair<Node, Node>)));
  });
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (isScalar(value) && (value.value === null || value.value === ''))
    || (isMap(value) && value.items.length === 0);
}

function isExample(settings: SettingsDocument, pair: Pair<Node, Node>): boolean {
  const { value } = pair;
  const example = isMap(value) && value.items.length === 1 && value.get('example_extra_field') === 'example-value';
  return example && !settings.text.slice(pair.key.range?.[0], value.range?.[1]).includes('#');
}

/** The value of a key, looked for in the map itself, then in what `<<` brings. */
function valueOf(settings: SettingsDocument, map: YAMLMap, key: EntryKey): Node | undefined {
  const own = pairOf(map, key);
  if (own !== undefined) {
    return own.value ?? undefined;
  }
  const merge = pairOf(map, '<<')?.value;
  const sources = isSeq(merge) ? merge.items : [merge];
  for (const source of sources) {
    const merged = isAlias(source) ? source.resolve(settings.yaml) : source;
    const pair = isMap(merged) ? pairOf(merged, key) : undefined;
    if (pair !== undefined) {
      return pair.value ?? undefined;
    }
  }
  return undefined;
}
