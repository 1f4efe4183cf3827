import type { Node, Pair } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import { connectionIdOf } from '../../connection/connectionEnvironment.ts';
import { writtenValue } from '../environment/connectionValue.ts';
import type { StandingVariable } from '../environment/planSettings.ts';
import { variableEntry } from '../environment/variableEntry.ts';
import { valueElsewhere } from '../environment/variableList.ts';
import { editMap } from '../yaml/mapEdits.ts';
import { removeItem } from '../yaml/removal.ts';
import { scalarPlace } from '../yaml/scalarPlace.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { followed, pairOf, valueOf } from '../yaml/yamlDocument.ts';
import { nodeAt } from '../yaml/yamlPath.ts';
import { scalarLike, scalarValue, singleQuoted } from '../yaml/yamlScalar.ts';
import { placeOfPair } from '../yaml/yamlTokens.ts';
import type { Chart } from './charts.ts';
import { EmbeddedYaml } from './embeddedYaml.ts';
import type { HelmEntry, HelmPlace, SecretReference } from './helmEntry.ts';
import { joinedEdits } from './helmEntry.ts';
import { templatedJson } from './templateText.ts';
import { placed } from './variablePlaces.ts';

/** A secret that the chart makes. */
export interface MadeSecret {
  /** As it is written there, actions of a template included. */
  readonly name: string;
  /** Its `stringData`, where that is a block of text. */
  readonly plain: EmbeddedYaml | undefined;
  /** Its `data`, whose values are in base64. */
  readonly encoded: EmbeddedYaml | undefined;
}

/** The secrets that the chart makes of the file (apache/airflow `chart/templates/secrets/extra-secrets.yaml`). */
export function madeSecrets(document: YamlText, { madeSecrets: path }: Chart): readonly MadeSecret[] {
  const map = path === undefined ? undefined : nodeAt(document, path);
  return isMap(map) ? map.items.flatMap(({ key, value }) => {
    const secret = followed(document, value);
    const text = (part: string): EmbeddedYaml | undefined => (isMap(secret) ? EmbeddedYaml.read(document, followed(document, pairOf(document, secret, part)?.value)) : undefined);
    return isScalar(key) && typeof key.value === 'string' ? [{ name: key.value, plain: text('stringData'), encoded: text('data') }] : [];
  }) : [];
}

/** The secrets of which every key is a variable, by `extraEnvFrom`. */
export function wholeSecrets(document: YamlText, { environmentFrom: path }: Chart): readonly string[] {
  const text = path === undefined ? undefined : EmbeddedYaml.read(document, nodeAt(document, path));
  const list = text?.root;
  return text !== undefined && isSeq(list) ? list.items.flatMap((item) => {
    const reference = isMap(item) ? followed(text.document, valueOf(text.document, item, 'secretRef')) : undefined;
    const isPrefixed = isMap(item) && pairOf(text.document, item, 'prefix') !== undefined;
    const name = isMap(reference) ? text.written(valueOf(text.document, reference, 'name')) : undefined;
    return name === undefined || isPrefixed ? [] : [name];
  }) : [];
}

/** The connections in secrets that the chart makes and hands to Airflow, key by key or whole. */
export function madeSecretsPlace(document: YamlText, secrets: readonly MadeSecret[], references: readonly SecretReference[], whole: readonly string[]): HelmPlace {
  return {
    references: [],
    entries: secrets.flatMap(({ name, plain }) => (plain === undefined ? [] : pairsOf(plain).flatMap(({ key, pair, index }) => {
      const named = references.filter(({ secretName, secretKey }) => secretName === name && secretKey === key);
      const used = named.length > 0 ? named : whole.includes(name) ? [undefined] : [];
      return used.flatMap((reference) => secretEntry(plain, pair, index, { name, key, variable: reference?.name ?? key, reference }));
    }))),
    variables: secrets.filter(({ name }) => whole.includes(name)).flatMap(({ plain, encoded }) => [
      ...(plain === undefined ? [] : pairsOf(plain).map((found) => plainVariable(plain, found))),
      // Kubernetes decodes `data`: what stands there is not the value.
      ...(encoded === undefined ? [] : pairsOf(encoded).map(({ key, pair }): StandingVariable => {
        const range = encoded.placeOf(rangeOf(pair));
        return { name: key, value: undefined, range, change: () => valueElsewhere(document, range.offset, key) };
      })),
    ]),
  };
}

interface SecretPair {
  readonly key: string;
  readonly pair: Pair<Node, Node | null>;
  readonly index: number;
}

function plainVariable(text: EmbeddedYaml, { key, pair }: SecretPair): StandingVariable {
  const range = rangeOf(pair);
  return {
    name: key,
    value: isScalar(pair.value) && !text.isTemplated(range) ? scalarValue(pair.value) : undefined,
    range: text.placeOf(range),
    change: (wanted) => (isMap(text.root) ? text.edits(editMap(text.document, text.root, text.root, key, [{ key, change: { kind: 'write', text: () => singleQuoted(templatedJson(wanted)) } }])) : []),
  };
}

function pairsOf({ root }: EmbeddedYaml): readonly SecretPair[] {
  return isMap(root) ? root.items.flatMap((pair, index) => (isScalar(pair.key) && typeof pair.key.value === 'string' ? [{ key: pair.key.value, pair: pair as Pair<Node, Node | null>, index }] : [])) : [];
}

/** How a key of a secret becomes a variable. */
interface SecretUse {
  readonly name: string;
  readonly key: string;
  readonly variable: string;
  /** `undefined` where all of the secret's keys do. */
  readonly reference: SecretReference | undefined;
}

function secretEntry(text: EmbeddedYaml, pair: Pair<Node, Node | null>, index: number, { name: secretName, key, variable, reference }: SecretUse): readonly HelmEntry[] {
  const { document, root } = text;
  const connectionId = connectionIdOf(variable);
  const { value } = pair;
  const range = rangeOf(pair);
  if (connectionId === undefined || !isMap(root) || !isScalar(value) || typeof value.value !== 'string' || value.value === '' || text.isTemplated(range)) {
    return [];
  }
  const name = scalarPlace(document.text, pair.key)?.range ?? range;
  const found = variableEntry({
    connectionId, value: value.value, entry: range,
    nameRange: key.endsWith(variable) ? { offset: name.offset + name.length - connectionId.length, length: connectionId.length } : undefined,
    within: scalarPlace(document.text, value)?.within ?? (() => undefined),
  });
  const write = (change: (style: string | undefined) => string): ReturnType<HelmEntry['change']> => text.edits(editMap(document, root, root, connectionId, [{ key, change: { kind: 'write', text: change } }]));
  return [{
    ...placed(text, found),
    value: value.value,
    secret: { name: secretName, key },
    change: (wanted) => write(() => singleQuoted(templatedJson(writtenValue(wanted)))),
    mend: (mended) => write((style) => scalarLike(mended, style)),
    remove: () => joinedEdits([text.edits(removeItem(document, root, index, connectionId)), ...(reference === undefined ? [] : [reference.remove()])]),
  }];
}

function rangeOf(pair: Pair<Node, Node | null>): { readonly offset: number; readonly length: number } {
  const place = placeOfPair(pair);
  const [start = 0, end = start] = pair.key.range ?? [];
  return place === undefined ? { offset: start, length: end - start } : { offset: place.start, length: (place.value?.end ?? place.colonEnd) - place.start };
}
