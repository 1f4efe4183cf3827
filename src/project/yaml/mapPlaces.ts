import type { Node, YAMLMap } from 'yaml';
import { isMap, isScalar } from 'yaml';
import { partOfKey } from '../environment/connectionPlaces.ts';
import { jsonPlaces } from '../json/jsonPlaces.ts';
import type { TextRange } from '../projectFormat.ts';
import { scalarPlace } from './scalarPlace.ts';
import type { YamlText } from './yamlDocument.ts';
import { contentEnd } from './yamlTokens.ts';

type Places = Readonly<Record<string, TextRange>>;

/** Where the parts of a connection stand in a map of its keys. What an alias or a merge key brings has no place of its own. */
export function mapPlaces(document: YamlText, map: YAMLMap): Places {
  const places: Record<string, TextRange> = {};
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const part = partOfKey[name] ?? name;
    const place = valuePlace(document, value as Node | null);
    if (part === 'extra') {
      Object.assign(places, extraPlaces(document, value as Node | null));
    } else if (place !== undefined) {
      places[part] = place;
    }
  }
  return places;
}

/** Where a scalar's value stands; `undefined` for null and for other nodes. */
export function valuePlace({ text }: YamlText, value: Node | null | undefined): TextRange | undefined {
  return isScalar(value) && value.value !== null && value.source !== '' ? scalarPlace(text, value)?.range : undefined;
}

/** Where `extra` and its keys stand: in a map of its own, or in JSON text. */
export function extraPlaces(document: YamlText, value: Node | null | undefined): Places {
  return isMap(value) ? placesInMap(document, value) : placesInText(document, value);
}

function placesInText(document: YamlText, value: Node | null | undefined): Places {
  const extra = valuePlace(document, value);
  if (extra === undefined || !isScalar(value)) {
    return {};
  }
  const within = scalarPlace(document.text, value)?.within;
  const inner = typeof value.value === 'string' ? Array.from(jsonPlaces(value.value)) : [];
  return {
    extra,
    ...Object.fromEntries(inner.flatMap(([key, range]): readonly [string, TextRange][] => {
      const place = within?.(range);
      return place === undefined ? [] : [[`extra.${key}`, place]];
    })),
  };
}

function placesInMap(document: YamlText, map: YAMLMap): Places {
  const [start] = map.range ?? [0];
  const end = map.srcToken === undefined ? start : contentEnd(map.srcToken);
  return {
    extra: { offset: start, length: end - start },
    ...Object.fromEntries(map.items.flatMap(({ key, value }): readonly [string, TextRange][] => {
      const place = valuePlace(document, value as Node | null);
      return isScalar(key) && place !== undefined ? [[`extra.${String(key.value)}`, place]] : [];
    })),
  };
}
