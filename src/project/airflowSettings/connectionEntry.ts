import type { Node, Pair, YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { followed, pairOf, valueOf } from '../yaml/yamlDocument.ts';
import { placeOfPair } from '../yaml/yamlTokens.ts';

/** The keys that the Astro CLI reads in an entry, in the order its template has them (astronomer/astro-cli `settings/types.go`). */
export const entryKeys = [
  'conn_id', 'conn_type', 'conn_host', 'conn_schema', 'conn_login', 'conn_password', 'conn_port', 'conn_uri', 'conn_extra',
] as const;

/** A key of an entry. */
export type EntryKey = (typeof entryKeys)[number];

/** One item of `airflow.connections`. */
export interface ConnectionEntry {
  /** The list it stands in. */
  readonly list: Node;
  readonly index: number;
  /** The item as it stands in the list, possibly an alias. */
  readonly node: Node;
  /** The map behind it. */
  readonly map: YAMLMap;
}

/** Gives the items of `airflow.connections` that are maps; what else stands there is no connection to the Astro CLI either. */
export function entriesOf(settings: YamlText): readonly ConnectionEntry[] {
  const root: unknown = settings.yaml.contents;
  const airflow = isMap(root) ? followed(settings, pairOf(settings, root, 'airflow')?.value) : undefined;
  const list = isMap(airflow) ? followed(settings, pairOf(settings, airflow, 'connections')?.value) : undefined;
  return isSeq(list)
    ? list.items.flatMap((item, index) => {
        const map = followed(settings, item);
        return isMap(map) ? [{ list, index, node: item as Node, map }] : [];
      })
    : [];
}

/** The text of a scalar field as the Astro CLI reads it; empty when the key is absent, null or no scalar. */
export function fieldText(settings: YamlText, entry: ConnectionEntry, key: EntryKey): string {
  const value = followed(settings, valueOf(settings, entry.map, key));
  const content: unknown = isScalar(value) ? value.value : undefined;
  return typeof content === 'string' || typeof content === 'number' || typeof content === 'boolean' ? String(content) : '';
}

/** What stands behind `conn_extra`: text, a map or anything else. */
export function extraValue(settings: YamlText, entry: ConnectionEntry): unknown {
  return followed(settings, valueOf(settings, entry.map, 'conn_extra'))?.toJS(settings.yaml) as unknown;
}

/** The start of the first key of an entry, which is where a cursor belongs. */
export function entryStart(entry: ConnectionEntry): number {
  const pair = entry.map.items[0];
  const place = pair === undefined || !isMap(entry.node) ? undefined : placeOfPair(pair);
  return place?.start ?? entry.node.range?.[0] ?? 0;
}

/**
 * True for the entry that `astro dev init` leaves to be filled in: a map that has `conn_id`, in which nothing has a value
 * but the example in `conn_extra`. A comment inside a value makes it somebody's own.
 */
export function isTemplateEntry(settings: YamlText, entry: ConnectionEntry): boolean {
  const known = new Set<string>(entryKeys);
  return entry.node === entry.map && pairOf(settings, entry.map, 'conn_id') !== undefined && entry.map.items.every((pair) => {
    const key = isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value.toLowerCase() : '';
    return known.has(key) && (isEmpty(pair.value) || (key === 'conn_extra' && isExample(settings, pair as Pair<Node, Node>)));
  });
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (isScalar(value) && (value.value === null || value.value === ''))
    || (isMap(value) && value.items.length === 0);
}

function isExample(settings: YamlText, pair: Pair<Node, Node>): boolean {
  const { value } = pair;
  const example = isMap(value) && value.items.length === 1 && value.get('example_extra_field') === 'example-value';
  return example && !settings.text.slice(pair.key.range?.[0], value.range?.[1]).includes('#');
}
