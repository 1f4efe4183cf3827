import type { Pair } from 'yaml';
import { isMap, isScalar } from 'yaml';
import { connectionIdOf } from '../../connection/connectionEnvironment.ts';
import type { FormatEntry } from '../entryFormat.ts';
import type { StandingVariable } from '../environment/planSettings.ts';
import { variableEntry } from '../environment/variableEntry.ts';
import type { TextRange } from '../projectFormat.ts';
import { editOwnKeys } from '../yaml/mapEdits.ts';
import { scalarPlace } from '../yaml/scalarPlace.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { scalarValue, singleQuoted } from '../yaml/yamlScalar.ts';
import { contentEnd, placeOfPair } from '../yaml/yamlTokens.ts';
import type { Environment } from './composeServices.ts';

/** A connection in one map or list of variables. */
export interface ComposeVariable extends FormatEntry {
  readonly environment: Environment;
  readonly index: number;
  /** The name of the variable, and what separates it from its value in a list: `NAME=value`. */
  readonly name: string;
  readonly value: string;
}

/** The connections in a map or list of variables. `$$` stands for `$` (docs.docker.com, "Interpolation"). */
export function composeVariables(document: YamlText, environment: Environment): readonly ComposeVariable[] {
  return isMap(environment)
    ? environment.items.flatMap((pair, index) => mapVariable(document, environment, pair, index))
    : environment.items.flatMap((item, index) => (isScalar(item) && typeof item.value === 'string' ? listVariable(document, environment, item, index) : []));
}

function mapVariable(document: YamlText, environment: Environment, pair: Pair, index: number): readonly ComposeVariable[] {
  const { key, value } = pair;
  const name = isScalar(key) && typeof key.value === 'string' ? key.value : '';
  const connectionId = connectionIdOf(name);
  const place = placeOfPair(pair);
  if (connectionId === undefined || place === undefined || !isScalar(value) || typeof value.value !== 'string' || value.value === '') {
    return [];
  }
  const end = place.valueToken === undefined ? place.colonEnd : contentEnd(place.valueToken);
  const nameEnd = (isScalar(key) ? scalarPlace(document.text, key)?.range : undefined) ?? { offset: place.start, length: name.length };
  return [variable({ environment, index, name, value: value.value }, connectionId, {
    entry: { offset: place.start, length: end - place.start },
    nameRange: { offset: nameEnd.offset + nameEnd.length - connectionId.length, length: connectionId.length },
    within: scalarPlace(document.text, value)?.within ?? (() => undefined),
  })];
}

function listVariable(document: YamlText, environment: Environment, item: Parameters<typeof scalarPlace>[1], index: number): readonly ComposeVariable[] {
  const text = isScalar(item) ? String(item.value) : '';
  const equal = text.indexOf('=');
  const name = text.slice(0, Math.max(0, equal));
  const connectionId = connectionIdOf(name);
  const place = scalarPlace(document.text, item);
  if (connectionId === undefined || place === undefined || equal === text.length - 1) {
    return [];
  }
  const [start, end] = item?.range ?? [0, 0];
  return [variable({ environment, index, name, value: text.slice(equal + 1) }, connectionId, {
    entry: { offset: start, length: end - start },
    nameRange: place.within({ offset: equal - connectionId.length, length: connectionId.length }) ?? { offset: start, length: 0 },
    within: ({ offset, length }) => place.within({ offset: offset + equal + 1, length }),
  })];
}

function variable(
  { environment, index, name, value }: Pick<ComposeVariable, 'environment' | 'index' | 'name' | 'value'>,
  connectionId: string,
  { entry, nameRange, within }: { readonly entry: TextRange; readonly nameRange: TextRange; readonly within: (part: TextRange) => TextRange | undefined },
): ComposeVariable {
  const plain = value.replaceAll('$$', '$');
  const isAsWritten = plain === value;
  return { environment, index, name, value: plain, ...variableEntry({ connectionId, value: plain, entry, nameRange, within: isAsWritten ? within : () => undefined }) };
}

/** Every variable of a map or list, connections or not. One without a value of its own is the environment's of whoever starts the containers. */
export function plainComposeVariables(document: YamlText, environment: Environment): readonly StandingVariable[] {
  return isMap(environment)
    ? environment.items.flatMap((pair): readonly StandingVariable[] => {
        const place = placeOfPair(pair);
        const name = isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value : undefined;
        if (name === undefined || name === '<<' || place === undefined) {
          return [];
        }
        const end = place.valueToken === undefined ? place.colonEnd : contentEnd(place.valueToken);
        return [{
          name,
          value: isScalar(pair.value) && pair.value.value !== null ? scalarValue(pair.value).replaceAll('$$', '$') : undefined,
          range: { offset: place.start, length: end - place.start },
          change: (value) => editOwnKeys(document, environment, [{ key: name, change: { kind: 'write', text: () => singleQuoted(value.replaceAll('$', '$$$$')) } }]),
        }];
      })
    : environment.items.flatMap((item): readonly StandingVariable[] => {
        const [name = '', ...value] = isScalar(item) ? scalarValue(item).split('=') : [];
        const [start, end] = isScalar(item) && item.range ? item.range : [0, 0];
        return name === '' ? [] : [{
          name,
          value: value.length === 0 ? undefined : value.join('=').replaceAll('$$', '$'),
          range: { offset: start, length: end - start },
          change: (wanted) => [{ offset: start, length: end - start, text: singleQuoted(`${name}=${wanted.replaceAll('$', '$$$$')}`) }],
        }];
      });
}
