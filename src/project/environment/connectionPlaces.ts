import type { Node } from 'jsonc-parser';
import { parseTree } from 'jsonc-parser';
import { unquoted } from '../../connection/uriParts.ts';
import { innerRange, valuePlaces } from '../json/jsonPlaces.ts';
import type { TextRange } from '../projectFormat.ts';

/** The part of a connection that a key of JSON or YAML holds. */
export const partOfKey: Readonly<Record<string, string>> = {
  conn_type: 'type', host: 'host', schema: 'schema', login: 'login', password: 'password', port: 'port', extra: 'extra', extra_dejson: 'extra',
};

/** Where the parts of a connection stand in its JSON text; keys that Airflow does not know are there under their names. */
export function connectionPlaces(json: string): Readonly<Record<string, TextRange>> {
  const root = parseTree(json);
  return root === undefined ? {} : objectPlaces(root);
}

/** Where the parts of a connection stand in a JSON object. */
export function objectPlaces(object: Node): Readonly<Record<string, TextRange>> {
  const places: Record<string, TextRange> = {};
  for (const { children } of object.type === 'object' ? (object.children ?? []) : []) {
    const [key, value] = children ?? [];
    const name = String(key?.value ?? '');
    if (value === undefined) {
      continue;
    }
    const part = partOfKey[name] ?? name;
    places[part] = innerRange(value);
    if (part === 'extra') {
      for (const [inner, range] of extraPlaces(value)) {
        places[`extra.${inner}`] = range;
      }
    }
  }
  return places;
}

/** `extra` as an object, or as text without escapes, which JSON in JSON always has: there only the whole has a place. */
function extraPlaces(value: Node): ReadonlyMap<string, TextRange> {
  return value.type === 'object' ? valuePlaces(value) : new Map();
}

/** Where the parts of a connection stand in its URI. */
export function uriPlaces(uri: string): Readonly<Record<string, TextRange>> {
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(uri)?.[0];
  const places: Record<string, TextRange> = scheme === undefined ? {} : { type: { offset: 0, length: scheme.length } };
  const mark = uri.indexOf('?');
  for (const match of mark === -1 ? [] : uri.slice(mark).matchAll(/[?&]([^=&#]+)=([^&#]*)/g)) {
    const [whole, name = '', value = ''] = match;
    places[`extra.${unquoted(name.replaceAll('+', ' '))}`] = { offset: mark + match.index + whole.length - value.length, length: value.length };
  }
  return places;
}
