import type { Node, YAMLMap } from 'yaml';
import { isMap, isScalar } from 'yaml';
import type { YamlText } from './yamlDocument.ts';
import { followed, pairOf, valueOf } from './yamlDocument.ts';

/** What stands at the end of a path of keys, aliases followed; `undefined` where the path ends before. */
export function nodeAt(document: YamlText, path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>(
    (node, key) => (isMap(node) ? followed(document, pairOf(document, node, key)?.value) : undefined),
    document.yaml.contents ?? undefined,
  );
}

/** The map at the end of a path of keys. */
export function mapAt(document: YamlText, path: readonly string[]): YAMLMap | undefined {
  const node = nodeAt(document, path);
  return isMap(node) ? node : undefined;
}

/** The text of a scalar in a map; `undefined` where none stands. */
export function textAt(document: YamlText, map: YAMLMap, key: string): string | undefined {
  const value = followed(document, valueOf(document, map, key));
  const content: unknown = isScalar(value) ? value.value : undefined;
  return typeof content === 'string' || typeof content === 'number' || typeof content === 'boolean' ? String(content) : undefined;
}
