import * as l10n from '@vscode/l10n';
import type { Node, YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { sameValue } from '../../connection/connectionValues.ts';
import { extraText, isRecord, parsedExtra } from '../../connection/extraText.ts';
import type { FormatFinding, FormatRefusal, TextRange } from '../projectFormat.ts';
import { addNode } from '../yaml/addition.ts';
import type { KeyChange } from '../yaml/mapEdits.ts';
import { editMap } from '../yaml/mapEdits.ts';
import { extraPlaces, valuePlace } from '../yaml/mapPlaces.ts';
import { removeNode } from '../yaml/removal.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { followed, pairOf, valueOf } from '../yaml/yamlDocument.ts';
import { nodeAt } from '../yaml/yamlPath.ts';
import { scalarText, scalarValue, singleQuoted } from '../yaml/yamlScalar.ts';
import { contentEnd } from '../yaml/yamlTokens.ts';
import type { Edits, HelmEntry, HelmPlace } from './helmEntry.ts';

/** The keys of an entry, by the parts of a connection. */
const keys = { connectionId: 'id', type: 'type', host: 'host', schema: 'schema', login: 'login', password: 'password', port: 'port', extra: 'extra' } as const;

type Part = keyof typeof keys;

/** An entry of the list, with or without an id. */
interface CommunityEntry extends HelmEntry {
  readonly findings: readonly FormatFinding[];
}

/**
 * `airflow.connections` of the community's chart, which a job of the release writes into Airflow's database (airflow-helm/charts
 * `templates/sync/_helpers/sync_connections.tpl`): what is empty is left out, `extra` has to be text, and the release is refused
 * without id or type.
 */
export function connectionsPlace(document: YamlText, path: readonly string[]): HelmPlace & { readonly findings: readonly FormatFinding[] } {
  const list = nodeAt(document, path);
  const all = isSeq(list) ? list.items.flatMap((item, index) => {
    const map = followed(document, item);
    return isMap(map) ? [communityEntry(document, list, index, item as Node, map)] : [];
  }) : [];
  return { entries: all.filter(({ connection }) => connection.connectionId !== ''), variables: [], references: [], findings: all.flatMap(({ findings }) => findings) };
}

/** True where the file lists its connections. */
export function hasConnections(document: YamlText, path: readonly string[] | undefined): path is readonly string[] {
  return path !== undefined && isSeq(nodeAt(document, path));
}

/** Edits that add a connection to the list. `$` is written as an escape: the chart replaces names behind it by what secrets hold. */
export function addConnection(document: YamlText, path: readonly string[], connection: AirflowConnection): Edits {
  const pairs = partTexts(connection).filter(([, text]) => text !== '').map(([part, text]) => [keys[part], writtenText(part, part === 'extra' ? text.replaceAll('$', '\\u0024') : text)] as const);
  return addNode(document, path, { kind: 'entry', pairs });
}

function communityEntry(document: YamlText, list: Node, index: number, node: Node, map: YAMLMap): CommunityEntry {
  const text = (part: Part): string | undefined => textAt(document, map, keys[part]);
  const extra = valueOf(document, map, keys.extra)?.toJS(document.yaml) as unknown;
  const parsed = typeof extra === 'string' ? parsedExtra(extra) : undefined;
  const port = Number(text('port') ?? '');
  const connection: AirflowConnection = {
    connectionId: text('connectionId') ?? '',
    type: text('type') ?? '',
    host: text('host'), schema: text('schema'), login: text('login'), password: text('password'),
    port: Number.isInteger(port) && port !== 0 ? port : undefined,
    extra: parsed ?? {},
  };
  const places = node === map ? placesOf(document, map) : {};
  const [start] = node.range ?? [0];
  const end = node === map && map.srcToken !== undefined ? contentEnd(map.srcToken) : (node.range?.[1] ?? start);
  const entry = { offset: start, length: end - start };
  const edit = (changes: readonly KeyChange[]): Edits => editMap(document, node, map, connection.connectionId, changes);
  return {
    connection,
    written: isRecord(extra) ? { ...connection, extra } : connection,
    entry, places,
    value: undefined,
    change: (wanted) => edit(changesTo(wanted, connection, isRecord(extra), text)),
    mend: () => [],
    remove: () => removeNode(document, list, index, connection.connectionId),
    findings: findingsOf({ connection, extra, places, entry, portText: text('port'), isPortText: isText(followed(document, valueOf(document, map, keys.port))) }, edit),
  };
}

/** Sprig's `quote` writes numbers and booleans as text; what Go counts as empty is left out. */
function textAt(document: YamlText, map: YAMLMap, key: string): string | undefined {
  const value = followed(document, valueOf(document, map, key));
  return isScalar(value) && !(value.value === 0 || value.value === false) ? scalarValue(value) || undefined : undefined;
}

function isText(value: unknown): boolean {
  return isScalar(value) && typeof value.value === 'string';
}

function placesOf(document: YamlText, map: YAMLMap): Readonly<Record<string, TextRange>> {
  return Object.fromEntries(Object.entries(keys).flatMap(([part, key]): readonly (readonly [string, TextRange])[] => {
    const value = pairOf(document, map, key)?.value;
    const place = part === 'extra' ? undefined : valuePlace(document, value);
    return part === 'extra' ? Object.entries(extraPlaces(document, value)) : place === undefined ? [] : [[part, place]];
  }));
}

/** The texts of all parts; empty where the connection has none. */
function partTexts({ connectionId, type, host, schema, login, password, port, extra }: AirflowConnection): readonly (readonly [Part, string])[] {
  return [
    ['connectionId', connectionId], ['type', type], ['host', host ?? ''], ['schema', schema ?? ''], ['login', login ?? ''], ['password', password ?? ''],
    ['port', port === undefined ? '' : String(port)], ['extra', Object.keys(extra).length === 0 ? '' : extraText(extra)],
  ];
}

function writtenText(part: Part, text: string): string {
  return part === 'extra' ? singleQuoted(text) : part === 'port' ? text : scalarText(text);
}

function changesTo(wanted: AirflowConnection, present: AirflowConnection, isMapped: boolean, text: (part: Part) => string | undefined): readonly KeyChange[] {
  return partTexts(wanted)
    .filter(([part, value]) => (part === 'extra' ? isMapped || !sameValue(present.extra, wanted.extra) : part !== 'connectionId' && (text(part) ?? '') !== value))
    .map(([part, value]) => ({ key: keys[part], change: value === '' ? { kind: 'remove' } : { kind: 'write', text: () => writtenText(part, value) } }));
}

interface Judged {
  readonly connection: AirflowConnection;
  readonly extra: unknown;
  readonly places: Readonly<Record<string, TextRange>>;
  readonly entry: TextRange;
  readonly portText: string | undefined;
  readonly isPortText: boolean;
}

function findingsOf({ connection, extra, places, entry, portText, isPortText }: Judged, edit: (changes: readonly KeyChange[]) => Edits): readonly FormatFinding[] {
  const findings: FormatFinding[] = [];
  const add = (code: string, part: Part, message: string, title = '', edits?: Edits): void => {
    findings.push({ code, severity: 'error', range: places[part] ?? places['connectionId'] ?? entry, message, fixes: edits === undefined || isRefusal(edits) ? [] : [{ title, edits }] });
  };
  if (connection.connectionId === '') {
    add('id-missing', 'connectionId', l10n.t('id is missing: helm refuses the whole release.'));
  }
  if (connection.type === '') {
    add('type-missing', 'type', l10n.t('type is missing: helm refuses the whole release.'));
  }
  if (isPortText) {
    const edits = /^\d{1,5}$/.test(portText ?? '') ? edit([{ key: keys.port, change: { kind: 'write', text: () => String(Number(portText)) } }]) : undefined;
    add('chart-value', 'port', l10n.t('port is text: the chart takes only numbers, and helm refuses the whole release.'), l10n.t('Write it as a number'), edits);
  }
  if (isRecord(extra)) {
    const edits = edit([{ key: keys.extra, change: { kind: 'write', text: () => singleQuoted(extraText(extra)) } }]);
    add('extra-map', 'extra', l10n.t('The chart takes extra as text. A map arrives as Go prints it, which Airflow cannot read.'), l10n.t('Write extra as JSON text'), edits);
  } else if (extra !== undefined && extra !== null && extra !== '' && (typeof extra !== 'string' || parsedExtra(extra) === undefined)) {
    add('extra-unreadable', 'extra', l10n.t('extra has to be a JSON object as text, such as \'{"key": "value"}\'. Airflow reads nothing else.'));
  }
  return findings;
}

function isRefusal(edits: Edits): edits is FormatRefusal {
  return 'kind' in edits;
}
