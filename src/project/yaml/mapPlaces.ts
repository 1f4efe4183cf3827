import type { YAMLMap } from 'yaml';
import { isMap, isScalar } from 'yaml';
import { partOfKey } from '../environment/connectionPlaces.ts';
import { jsonPlaces } from '../json/jsonPlaces.ts';
import type { TextRange } from '../projectFormat.ts';
import { scalarPlace } from './scalarPlace.ts';
import type { YamlText } from './yamlDocument.ts';
import { contentEnd } from './yamlTokens.ts';

/** Where the parts of a connection stand in a map of its keys. What an alias or a merge key brings has no place of its own. */
export function mapPlaces({ text }: YamlText, map: YAMLMap): Readonly<Record<string, TextRange>> {
  const places: Record<string, TextRange> = {};
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const part = partOfKey[name] ?? name;
    const scalar = isScalar(value) ? scalarPlace(text, value) : undefined;
    if (scalar !== undefined && isScalar(value) && value.value !== null) {
      places[part] = scalar.range;
      for (const [inner, range] of part === 'extra' && typeof value.value === 'string' ? jsonPlaces(value.value) : []) {
        const place = scalar.within(range);
        if (place !== undefined) {
          places[`extra.${inner}`] = place;
        }
      }
    } else if (isMap(value) && part === 'extra') {
      Object.assign(places, extraPlaces(text, value));
    }
  }
  return places;
}

function extraPlaces(text: string, map: YAMLMap): Readonly<Record<string, TextRange>> {
  const [start] = map.range ?? [0];
  const end = map.srcToken === undefined ? start : contentEnd(map.srcToken);
  return {
    extra: { offset: start, length: end - start },
    ...Object.fromEntries(map.items.flatMap(({ key, value }): readonly [string, TextRange][] => {
      const place = isScalar(value) && value.value !== null ? scalarPlace(text, value) : undefined;
      return isScalar(key) && place !== undefined ? [[`extra.${String(key.value)}`, place.range]] : [];
    })),
  };
}
