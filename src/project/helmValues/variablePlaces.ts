import type { Node, YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import { changeListed, listedVariables, plainVariables, removeListed } from '../environment/variableList.ts';
import { writtenValue } from '../environment/connectionValue.ts';
import type { TextRange } from '../projectFormat.ts';
import { editMap } from '../yaml/mapEdits.ts';
import { removeNode } from '../yaml/removal.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { followed, valueOf } from '../yaml/yamlDocument.ts';
import { nodeAt } from '../yaml/yamlPath.ts';
import { scalarLike, singleQuoted } from '../yaml/yamlScalar.ts';
import type { EmbeddedYaml } from './embeddedYaml.ts';
import type { HelmPlace, SecretReference } from './helmEntry.ts';
import { templatedJson } from './templateText.ts';

/** A list of variables of a container, as Kubernetes has it: each a name with a value, or with a reference in `valueFrom`. */
export function listPlace(document: YamlText, path: readonly string[]): HelmPlace {
  const list = nodeAt(document, path);
  return {
    entries: listedVariables(document, list, 'name').map((entry) => ({
      ...entry,
      change: (wanted) => changeListed(document, entry, wanted),
      mend: (value) => editMap(document, entry.node, entry.map, entry.connection.connectionId, [{ key: 'value', change: { kind: 'write', text: (style) => scalarLike(value, style) } }]),
      remove: () => removeListed(document, entry),
    })),
    variables: plainVariables(document, list, 'name'),
    references: items(document, list).flatMap(({ map, index, range }) => referenceOf(document, map, ['name'], ['valueFrom', 'secretKeyRef'], ['name', 'key'], textOf).map((found) => ({
      ...found, range, remove: () => (list === undefined ? [] : removeNode(document, list, index, found.name)),
    }))),
  };
}

/** The same list as a text for `tpl`. What holds an action has no value that could be told from the file. */
export function textPlace(text: EmbeddedYaml): HelmPlace {
  const { document, root } = text;
  const isPlain = ({ entry }: { readonly entry: TextRange }): boolean => !text.isTemplated(entry);
  return {
    entries: listedVariables(document, root, 'name').filter(isPlain).map((found) => ({
      ...placed(text, found),
      value: found.value,
      change: (wanted) => text.edits(editMap(document, found.node, found.map, found.connection.connectionId, [{ key: 'value', change: { kind: 'write', text: () => singleQuoted(templatedJson(writtenValue(wanted))) } }])),
      mend: (value) => text.edits(editMap(document, found.node, found.map, found.connection.connectionId, [{ key: 'value', change: { kind: 'write', text: (style) => scalarLike(value, style) } }])),
      remove: () => text.edits(removeListed(document, found)),
    })),
    variables: plainVariables(document, root, 'name').map(({ name, value, range, change }) => ({
      name,
      value: text.isTemplated(range) ? undefined : value,
      range: text.placeOf(range),
      change: (wanted) => text.edits(change(wanted)),
    })),
    references: items(document, root).flatMap(({ map, index, range }) => referenceOf(document, map, ['name'], ['valueFrom', 'secretKeyRef'], ['name', 'key'], (node) => text.written(node)).map((found) => ({
      ...found, range: text.placeOf(range), remove: () => (root === undefined ? [] : text.edits(removeNode(document, root, index, found.name))),
    }))),
  };
}

/** The official chart's `secret`: variables with the secret and the key that they come from, `value` unless another is named. */
export function secretListPlace(document: YamlText, path: readonly string[]): HelmPlace {
  const list = nodeAt(document, path);
  return {
    entries: [],
    variables: plainVariables(document, list, 'envName'),
    references: items(document, list).flatMap(({ map, index, range }) => referenceOf(document, map, ['envName'], [], ['secretName', 'secretKey'], textOf).map((found) => ({
      ...found, range, remove: () => (list === undefined ? [] : removeNode(document, list, index, found.name)),
    }))),
  };
}

/** An entry of an embedded text with its places in the file. */
export function placed<Entry extends Pick<HelmPlace['entries'][number], 'entry' | 'places' | 'connection' | 'written' | 'isBroken'>>(text: EmbeddedYaml, { entry, places, connection, written, isBroken }: Entry): Pick<Entry, 'entry' | 'places' | 'connection' | 'written' | 'isBroken'> {
  return {
    connection, written,
    ...(isBroken === undefined ? {} : { isBroken }),
    entry: text.placeOf(entry),
    places: Object.fromEntries(Object.entries(places).map(([part, range]) => [part, text.placeOf(range)])),
  };
}

function items(document: YamlText, list: Node | undefined): readonly { readonly map: YAMLMap; readonly index: number; readonly range: TextRange }[] {
  return isSeq(list) ? list.items.flatMap((item, index) => {
    const map = followed(document, item);
    const [start, end] = (item as Node).range ?? [0, 0];
    return isMap(map) ? [{ map, index, range: { offset: start, length: end - start } }] : [];
  }) : [];
}

function referenceOf(
  document: YamlText, map: YAMLMap, [nameKey]: readonly [string], path: readonly string[], [secretKey, keyKey]: readonly [string, string], read: (node: unknown) => string | undefined,
): readonly Pick<SecretReference, 'name' | 'secretName' | 'secretKey'>[] {
  const source = path.reduce<Node | undefined>((node, key) => (isMap(node) ? followed(document, valueOf(document, node, key)) : undefined), map);
  const text = (from: unknown, key: string): string | undefined => (isMap(from) ? read(followed(document, valueOf(document, from, key))) : undefined);
  const name = text(map, nameKey);
  const secretName = text(source, secretKey);
  return name === undefined || secretName === undefined ? [] : [{ name, secretName, secretKey: text(source, keyKey) ?? 'value' }];
}

function textOf(node: unknown): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}
