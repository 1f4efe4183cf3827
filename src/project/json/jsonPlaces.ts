import type { Node } from 'jsonc-parser';
import { parseTree } from 'jsonc-parser';
import type { TextRange } from '../projectFormat.ts';

/** Where the values of an object's keys stand in its JSON text, without quotes; of a key that stands twice, the last. */
export function jsonPlaces(json: string): ReadonlyMap<string, TextRange> {
  const root = parseTree(json);
  return root === undefined ? new Map() : valuePlaces(root);
}

/** Where the values of an object's keys stand, without quotes. */
export function valuePlaces(object: Node): ReadonlyMap<string, TextRange> {
  return new Map((object.type === 'object' ? (object.children ?? []) : []).flatMap((property): readonly [string, TextRange][] => {
    const [key, value] = property.children ?? [];
    return key === undefined || value === undefined ? [] : [[String(key.value), innerRange(value)]];
  }));
}

/** A value without its quotes. */
export function innerRange({ type, offset, length }: Node): TextRange {
  return type === 'string' ? { offset: offset + 1, length: Math.max(0, length - 2) } : { offset, length };
}
