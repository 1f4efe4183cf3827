import * as l10n from '@vscode/l10n';
import type { Node } from 'jsonc-parser';
import { getNodeValue } from 'jsonc-parser';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { connectionObject } from '../../connection/connectionJson.ts';
import { noConnection } from '../../connection/connectionValues.ts';
import { isRecord } from '../../connection/extraText.ts';
import { readFileValue } from '../connectionsFile/fileValue.ts';
import type { FileReading } from '../connectionsFile/fileValue.ts';
import { changedExtra, changedKeys, wantedKeys } from '../connectionsFile/wantedKeys.ts';
import type { EntryFile, FormatEntry } from '../entryFormat.ts';
import { entryFormat } from '../entryFormat.ts';
import { objectPlaces, uriPlaces } from '../environment/connectionPlaces.ts';
import { innerRange } from '../json/jsonPlaces.ts';
import type { JsonText } from '../json/jsonText.ts';
import { readJson } from '../json/jsonText.ts';
import { addProperties, changeProperties, propertiesOf, removeProperty } from '../json/objectEdits.ts';
import type { FormatFinding, FormatRefusal, ProjectFormat, TextRange } from '../projectFormat.ts';
import { maskSecrets } from '../secretMask.ts';
import { shiftedPlaces } from '../shifted.ts';
import type { TextEdit } from '../textEdit.ts';
import { lineBreakOf } from '../textLines.ts';

const title = 'connections.json';

interface JsonEntry extends FormatEntry {
  readonly property: Node;
  readonly value: Node;
  readonly reading: FileReading;
}

/** `connections.json` of the local files backend and of `airflow connections import` (apache-airflow 3.3.2, `secrets/local_filesystem.py`). */
export function connectionsJsonFormat(): ProjectFormat {
  return entryFormat<JsonEntry>(
    {
      id: 'connectionsJson',
      title,
      reach: l10n.t('Read by Airflow with the local files backend, and by airflow connections import.'),
      patterns: ['**/connections.json'],
      creates: title,
    },
    { open: openFile, fitted: (connection) => connection, sameId: (a, b) => a === b, duplicates: 'last', refusesMark: true, mask: maskSecrets },
  );
}

function openFile(text: string): EntryFile<JsonEntry> | FormatRefusal {
  const file = readJson(text, title);
  if (file.kind === 'refused') {
    return file;
  }
  const entries = file.root === undefined ? [] : propertiesOf(file.root).flatMap(({ key, node, value }) => (value === undefined ? [] : [jsonEntry(key, node, value)]));
  return {
    entries,
    findings: () => findingsIn(file, entries),
    add: (connection) => ({ action: 'add', edits: [addition(file, connection)] }),
    change: (entry, wanted) => changeEntry(text, entry, wanted),
    remove: ({ property }) => (file.root === undefined ? [] : [removeProperty(text, file.root, property)]),
  };
}

function jsonEntry(connectionId: string, property: Node, value: Node): JsonEntry {
  const reading = readFileValue(connectionId, valueOf(value));
  const nothing = noConnection(connectionId);
  const key = property.children?.[0];
  return {
    connection: { ...nothing, ...reading.fields },
    written: { ...nothing, ...reading.written },
    entry: { offset: property.offset, length: property.length },
    places: { ...placesOf(value), ...(key === undefined ? {} : { connectionId: innerRange(key) }) },
    isBroken: reading.fields === undefined,
    property, value, reading,
  };
}

/** The parser makes objects without a prototype, which equal no others. */
function valueOf(node: Node): unknown {
  return JSON.parse(JSON.stringify(getNodeValue(node))) as unknown;
}

function placesOf(value: Node): Readonly<Record<string, TextRange>> {
  const single = value.type === 'array' ? value.children?.[0] : value;
  if (single?.type !== 'string') {
    return single === undefined ? {} : objectPlaces(single);
  }
  const uri = String(single.value);
  return JSON.stringify(uri).length === single.length ? shiftedPlaces(uriPlaces(uri), single.offset + 1) : {};
}

function addition(file: JsonText, connection: AirflowConnection): TextEdit {
  const { text, root } = file;
  const value = connectionObject(connection);
  if (root === undefined) {
    const object = `${JSON.stringify({ [connection.connectionId]: value }, null, 2)}\n`;
    return { offset: 0, length: text.length, text: object.replaceAll('\n', lineBreakOf(text)) };
  }
  return addProperties(text, root, [[connection.connectionId, value]]);
}

function changeEntry(text: string, { value, property, connection, isBroken }: JsonEntry, wanted: AirflowConnection): readonly TextEdit[] {
  const present = valueOf(value);
  const object = property.parent;
  if (isBroken === true || !isRecord(present) || present['uri'] !== undefined) {
    return object === undefined ? [] : changeProperties(text, object, [[connection.connectionId, connectionObject(wanted)]]);
  }
  const key = present['extra'] === undefined && present['extra_dejson'] !== undefined ? 'extra_dejson' : 'extra';
  const extra = propertiesOf(value).findLast((candidate) => candidate.key === key)?.value;
  const inExtra = isRecord(present[key]) ? changedExtra(present[key], wanted.extra) : [];
  const whole = extra === undefined || !isRecord(present[key]) ? changedKeys({ extra: connection.extra }, [['extra', wanted.extra]]) : [];
  const asText = typeof present[key] === 'string' ? JSON.stringify(wanted.extra) : wanted.extra;
  const changes = [...changedKeys(present, wantedKeys(wanted)), ...(whole.length === 0 ? [] : [[key, asText] as const])]
    // A null that stands there may stay.
    .filter(([name, wantedValue]) => wantedValue !== undefined || present[name] !== undefined);
  return [...changeProperties(text, value, changes), ...(extra === undefined ? [] : changeProperties(text, extra, inExtra))].sort((a, b) => a.offset - b.offset);
}

function findingsIn(file: JsonText, entries: readonly JsonEntry[]): readonly FormatFinding[] {
  return [
    ...file.comments.map((range): FormatFinding => ({
      code: 'file-comment', severity: 'error', range,
      message: l10n.t('JSON knows no comments. Airflow then reads no connection of this file.'),
      fixes: [{ title: l10n.t('Remove the comment'), edits: [{ ...range, text: '' }] }],
    })),
    ...entries.flatMap((entry) => entry.reading.problems.map((problem): FormatFinding => {
      const property = problem.key === undefined || entry.value.type !== 'object' ? undefined : propertiesOf(entry.value).find(({ key }) => key === problem.key);
      const node = property?.value ?? entry.value;
      return {
        code: problem.code, severity: problem.severity, message: problem.message,
        range: property === undefined ? { offset: node.offset, length: node.length } : { offset: property.node.offset, length: property.node.length },
        fixes: problem.mended === undefined ? [] : [{ title: l10n.t('Write it as Airflow reads it'), edits: [{ offset: node.offset, length: node.length, text: JSON.stringify(problem.mended) }] }],
      };
    })),
  ];
}
