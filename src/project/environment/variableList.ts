import * as l10n from '@vscode/l10n';
import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { connectionIdOf } from '../../connection/connectionEnvironment.ts';
import type { FormatEntry } from '../entryFormat.ts';
import type { FormatRefusal } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import type { TextEdit } from '../textEdit.ts';
import { editMap } from '../yaml/mapEdits.ts';
import { removeNode } from '../yaml/removal.ts';
import { scalarPlace } from '../yaml/scalarPlace.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { followed, valueOf } from '../yaml/yamlDocument.ts';
import { scalarLike, scalarValue, singleQuoted } from '../yaml/yamlScalar.ts';
import { contentEnd } from '../yaml/yamlTokens.ts';
import { writtenValue } from './connectionValue.ts';
import type { StandingVariable } from './planSettings.ts';
import { variableEntry } from './variableEntry.ts';

/** An item of a list of variables, each a map with a name and a value. */
export interface ListedVariable extends FormatEntry {
  readonly list: YAMLSeq;
  readonly index: number;
  readonly node: Node;
  readonly map: YAMLMap;
  /** The value as it stands there. */
  readonly value: string;
}

/** The connections in a list of variables. Items whose value is not in the file, a secret or a reference, are none. */
export function listedVariables(document: YamlText, list: unknown, nameKey: 'key' | 'name'): readonly ListedVariable[] {
  return isSeq(list) ? list.items.flatMap((item, index) => {
    const map = followed(document, item);
    const name = isMap(map) ? followed(document, valueOf(document, map, nameKey)) : undefined;
    const value = isMap(map) ? followed(document, valueOf(document, map, 'value')) : undefined;
    const connectionId = isScalar(name) && typeof name.value === 'string' ? connectionIdOf(name.value) : undefined;
    if (!isMap(map) || connectionId === undefined || !isScalar(value) || typeof value.value !== 'string' || value.value === '') {
      return [];
    }
    const isOwn = item === map;
    const namePlace = scalarPlace(document.text, name)?.range ?? { offset: 0, length: 0 };
    const [start] = (item as Node).range ?? [0];
    const end = isOwn && map.srcToken !== undefined ? contentEnd(map.srcToken) : ((item as Node).range?.[1] ?? start);
    return [{
      list, index, map, node: item as Node, value: value.value,
      ...variableEntry({
        connectionId,
        value: value.value,
        entry: { offset: start, length: end - start },
        nameRange: { offset: namePlace.offset + namePlace.length - connectionId.length, length: connectionId.length },
        within: isOwn ? (scalarPlace(document.text, value)?.within ?? (() => undefined)) : () => undefined,
      }),
    }];
  }) : [];
}

/** Edits that give a listed variable another connection as its value. */
export function changeListed(document: YamlText, { node, map, connection }: ListedVariable, wanted: AirflowConnection): readonly TextEdit[] | FormatRefusal {
  return editMap(document, node, map, connection.connectionId, [{ key: 'value', change: { kind: 'write', text: () => singleQuoted(writtenValue(wanted)) } }]);
}

/** Edits that mend the value of a listed variable and leave its quotes as they are; `undefined` where it cannot be edited. */
export function mendListed(document: YamlText, { node, map, connection }: ListedVariable, value: string): readonly TextEdit[] | undefined {
  const edits = editMap(document, node, map, connection.connectionId, [{ key: 'value', change: { kind: 'write', text: (style) => scalarLike(value, style) } }]);
  return 'kind' in edits ? undefined : edits;
}

/** Edits that take a listed variable out. */
export function removeListed(document: YamlText, { list, index, connection }: ListedVariable): readonly TextEdit[] | FormatRefusal {
  return removeNode(document, list, index, connection.connectionId);
}

/** Every variable of a list, connections or not, with what changes its value. A value that is a reference is none of the file's. */
export function plainVariables(document: YamlText, list: unknown, nameKey: 'key' | 'name' | 'envName'): readonly StandingVariable[] {
  return isSeq(list) ? list.items.flatMap((item) => {
    const map = followed(document, item);
    const name = isMap(map) ? followed(document, valueOf(document, map, nameKey)) : undefined;
    if (!isMap(map) || !isScalar(name) || typeof name.value !== 'string') {
      return [];
    }
    const value = followed(document, valueOf(document, map, 'value'));
    const [start, end] = (item as Node).range ?? [0, 0];
    const what = name.value;
    return [{
      name: what,
      value: isScalar(value) ? scalarValue(value) : undefined,
      range: { offset: start, length: end - start },
      change: (wanted) => (value === undefined
        ? valueElsewhere(document, start, what)
        : editMap(document, item as Node, map, what, [{ key: 'value', change: { kind: 'write', text: () => singleQuoted(wanted) } }])),
    }];
  }) : [];
}

/** Why a connection is not added: its variable is there, with a value that the file does not hold. `undefined` where it is not there. */
export function takenElsewhere(document: YamlText, variables: readonly StandingVariable[], name: string): FormatRefusal | undefined {
  const taken = variables.find((variable) => variable.name === name);
  return taken === undefined ? undefined : valueElsewhere(document, taken.range.offset, name);
}

/** Says that a variable is there, with a value that the file does not hold. */
export function valueElsewhere(document: YamlText, offset: number, name: string): FormatRefusal {
  return refusal(document.text, offset, l10n.t('The value of {0} stands elsewhere, such as in a secret.', name), l10n.t('Change it there, or take the variable out.'));
}
