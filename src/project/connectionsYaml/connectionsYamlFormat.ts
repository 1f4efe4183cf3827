import * as l10n from '@vscode/l10n';
import type { Pair } from 'yaml';
import { isMap, isScalar } from 'yaml';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { connectionObject } from '../../connection/connectionJson.ts';
import { noConnection } from '../../connection/connectionValues.ts';
import { isRecord } from '../../connection/extraText.ts';
import type { FileReading } from '../connectionsFile/fileValue.ts';
import { readFileValue } from '../connectionsFile/fileValue.ts';
import { changedExtra, changedKeys, wantedKeys } from '../connectionsFile/wantedKeys.ts';
import type { EntryFile, FormatEntry } from '../entryFormat.ts';
import { entryFormat } from '../entryFormat.ts';
import type { FormatFinding, FormatRefusal, ProjectFormat, TextRange } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import { maskSecrets } from '../secretMask.ts';
import type { TextEdit } from '../textEdit.ts';
import { addNode } from '../yaml/addition.ts';
import type { KeyChange } from '../yaml/mapEdits.ts';
import { editMap } from '../yaml/mapEdits.ts';
import { mapPlaces } from '../yaml/mapPlaces.ts';
import { removeNode } from '../yaml/removal.ts';
import { scalarPlace } from '../yaml/scalarPlace.ts';
import type { YamlKind, YamlText } from '../yaml/yamlDocument.ts';
import { followed, pairOf, readYaml, valueOf, valuesOf } from '../yaml/yamlDocument.ts';
import { flowText, scalarLike, scalarText } from '../yaml/yamlScalar.ts';
import { contentEnd, placeOfPair } from '../yaml/yamlTokens.ts';

const title = 'connections.yaml';

const file: YamlKind = {
  title,
  ignoresCase: false,
  // PyYAML lets the last one win.
  allowsDuplicates: true,
  shapeFix: () => l10n.t('Airflow wants a map there, with connection ids as its keys.'),
};

interface YamlEntry extends FormatEntry {
  readonly index: number;
  readonly pair: Pair;
  readonly reading: FileReading;
}

/** `connections.yaml` of the local files backend and of `airflow connections import` (apache-airflow 3.3.2, `secrets/local_filesystem.py`). */
export function connectionsYamlFormat(): ProjectFormat {
  return entryFormat<YamlEntry>(
    {
      id: 'connectionsYaml',
      title,
      reach: l10n.t('Read by Airflow with the local files backend, and by airflow connections import.'),
      patterns: ['**/connections.{yaml,yml}'],
      creates: title,
    },
    { open: openFile, fitted: (connection) => connection, sameId: (a, b) => a === b, duplicates: 'last', mask: maskSecrets },
  );
}

function openFile(text: string): EntryFile<YamlEntry> | FormatRefusal {
  const document = readYaml(text, file);
  if (document.kind === 'refused') {
    return document;
  }
  const root: unknown = document.yaml.contents;
  if (root !== null && !isMap(root) && !(isScalar(root) && root.value === null)) {
    return refusal(text, document.yaml.contents?.range[0] ?? 0, l10n.t('{0} does not hold a map.', title), file.shapeFix());
  }
  const pairs = isMap(root) ? root.items : [];
  const values = valuesOf(document, pairs.map(({ value }) => followed(document, value)));
  const entries = pairs.flatMap((pair, index) => yamlEntry(document, pair, index, values[index]));
  return {
    entries,
    findings: () => findingsIn(document, entries),
    add: (connection) => {
      const added = addNode(document, [], { kind: 'pair', key: scalarText(connection.connectionId), value: texts(connection) });
      return 'kind' in added ? added : { action: 'add', edits: added };
    },
    change: (entry, wanted) => changeEntry(document, entry, wanted),
    remove: ({ index, connection }) => (isMap(root) ? removeNode(document, root, index, connection.connectionId) : []),
  };
}

function yamlEntry(document: YamlText, pair: Pair, index: number, value: unknown): readonly YamlEntry[] {
  const { key } = pair;
  if (!isScalar(key) || typeof key.value !== 'string') {
    return [];
  }
  const reading = readFileValue(key.value, value);
  const nothing = noConnection(key.value);
  const place = scalarPlace(document.text, key);
  return [{
    connection: { ...nothing, ...reading.fields },
    written: { ...nothing, ...reading.written },
    isBroken: reading.fields === undefined,
    entry: entryRange(pair),
    places: { ...(isMap(pair.value) ? mapPlaces(document, pair.value) : {}), ...(place === undefined ? {} : { connectionId: place.range }) },
    index, pair, reading,
  }];
}

function entryRange(pair: Pair): TextRange {
  const place = placeOfPair(pair);
  if (place === undefined) {
    const [start = 0, behind = start] = isScalar(pair.key) ? (pair.key.range ?? []) : [];
    return { offset: start, length: behind - start };
  }
  const offset = place.start;
  const end = place.valueToken === undefined ? (place.value?.end ?? place.colonEnd) : contentEnd(place.valueToken);
  return { offset, length: end - offset };
}

function texts(connection: AirflowConnection): readonly (readonly [string, string])[] {
  return Object.entries(connectionObject(connection)).map(([key, value]) => [key, valueText(value)] as const);
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? scalarText(value) : flowText(value);
}

function changeEntry(document: YamlText, entry: YamlEntry, wanted: AirflowConnection): readonly TextEdit[] | FormatRefusal {
  const root = document.yaml.contents;
  const { value } = entry.pair;
  const present: unknown = isMap(value) ? value.toJS(document.yaml) : undefined;
  if (!isMap(root)) {
    return [];
  }
  if (!isMap(value) || !isRecord(present) || entry.isBroken === true || present['uri'] !== undefined) {
    return editMap(document, root, root, entry.connection.connectionId, [{ key: entry.connection.connectionId, change: { kind: 'write', text: () => flowText(connectionObject(wanted)) } }]);
  }
  const key = present['extra'] === undefined && present['extra_dejson'] !== undefined ? 'extra_dejson' : 'extra';
  const extra = valueOf(document, value, key);
  const inExtra = isMap(extra) && isRecord(present[key]) ? changedExtra(present[key], wanted.extra) : [];
  const whole = isMap(extra) ? [] : changedKeys({ extra: entry.connection.extra }, [['extra', wanted.extra]]);
  const text = typeof present[key] === 'string' ? JSON.stringify(wanted.extra) : wanted.extra;
  const changes = [...changedKeys(present, wantedKeys(wanted)), ...(whole.length === 0 ? [] : [[key, text] as const])];
  const edits = editMap(document, value, value, entry.connection.connectionId, changes.map(keyChange));
  const extraEdits = inExtra.length === 0 || !isMap(extra) ? [] : editMap(document, pairOf(document, value, key)?.value ?? extra, extra, key, inExtra.map(keyChange));
  return 'kind' in edits ? edits : 'kind' in extraEdits ? extraEdits : [...edits, ...extraEdits].sort((a, b) => a.offset - b.offset);
}

function keyChange([key, value]: readonly [string, unknown]): KeyChange {
  return {
    key,
    change: value === undefined ? { kind: 'remove' } : { kind: 'write', text: (style) => (typeof value === 'string' ? scalarLike(value, style) : flowText(value)) },
  };
}

function findingsIn(document: YamlText, entries: readonly YamlEntry[]): readonly FormatFinding[] {
  return entries.flatMap((entry) => entry.reading.problems.map((problem): FormatFinding => {
    const { value } = entry.pair;
    const inner = problem.key === undefined || !isMap(value) ? undefined : pairOf(document, value, problem.key);
    const scalar = scalarPlace(document.text, inner === undefined ? (value as Parameters<typeof scalarPlace>[1]) : inner.value);
    const { mended } = problem;
    const edits = typeof mended !== 'string' || !isMap(document.yaml.contents) ? undefined
      : inner === undefined || !isMap(value)
        ? editMap(document, document.yaml.contents, document.yaml.contents, entry.connection.connectionId, [keyChange([entry.connection.connectionId, mended])])
        : editMap(document, value, value, entry.connection.connectionId, [keyChange([problem.key ?? '', mended])]);
    return {
      code: problem.code, severity: problem.severity, message: problem.message,
      range: inner === undefined ? (scalar?.range ?? entry.places['connectionId'] ?? entry.entry) : entryRange(inner),
      fixes: edits === undefined || 'kind' in edits ? [] : [{ title: l10n.t('Write it as Airflow reads it'), edits }],
    };
  }));
}
