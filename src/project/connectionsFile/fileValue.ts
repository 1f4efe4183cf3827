import * as l10n from '@vscode/l10n';
import { isConnectionJson, readConnectionObject, textKeys, uriMessage } from '../../connection/connectionJson.ts';
import type { ConnectionFields } from '../../connection/connectionUri.ts';
import { connectionTypeIn, readConnectionUri } from '../../connection/connectionUri.ts';
import { withoutEmptyText } from '../../connection/emptyText.ts';
import { isRecord } from '../../connection/extraText.ts';
import { uriFindings } from '../../connection/uriFindings.ts';

/** The keys that Airflow takes in a connections file (apache-airflow 3.3.2, `secrets/local_filesystem.py`). */
const fileKeys: ReadonlySet<string> = new Set([
  'conn_type', 'description', 'host', 'schema', 'login', 'password', 'port', 'extra', 'extra_dejson', 'conn_id', 'uri', 'team_name',
]);

/** What is wrong with a value in a connections file. */
interface FileProblem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** The key at fault; the whole value without one. */
  readonly key: string | undefined;
  /** The value in place of the one at fault. */
  readonly mended: unknown;
}

/** What Airflow makes of a value in a connections file. */
export interface FileReading {
  /** `undefined` where Airflow reads none. */
  readonly fields: ConnectionFields | undefined;
  /** As the connection is written on: a URI has empty text where nothing stood. */
  readonly written: ConnectionFields | undefined;
  readonly problems: readonly FileProblem[];
}

/**
 * Reads the value of an id in a connections file of JSON or YAML, as `airflow connections import` and the local files
 * backend do (apache-airflow 3.3.2, run): an object, a URI, or a list of one of them. One bad entry spoils the whole file.
 */
export function readFileValue(connectionId: string, value: unknown): FileReading {
  const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (Array.isArray(single)) {
    return nothing(spoiling('file-value', l10n.t('An id has one value; here stand {0}.', single.length), undefined));
  }
  if (typeof single === 'string') {
    return readText(single);
  }
  if (!isRecord(single)) {
    return nothing(spoiling('file-value', l10n.t('A connection is an object or a URI.'), undefined));
  }
  const problems = keyProblems(connectionId, single);
  const reading = readConnectionObject({ ...single, extra: single['extra'] ?? single['extra_dejson'] });
  if (reading.kind === 'invalid') {
    const key = reading.key === 'extra' && single['extra'] === undefined ? 'extra_dejson' : reading.key;
    const problem = spoiling('file-value', reading.message, key);
    // The file is read all the same, and the others with it.
    problems.push(textKeys.includes(key ?? '') ? { ...problem, message: reading.message } : problem);
  }
  const type = typeof single['conn_type'] === 'string' ? single['conn_type'] : '';
  if (type.includes('-')) {
    problems.push({ code: 'type-dashes', severity: 'error', key: 'conn_type', mended: connectionTypeIn(type), message: l10n.t('Dashes in conn_type stay as they are in this file, and no hook knows {0}. Write {1}.', type, connectionTypeIn(type)) });
  }
  if (type === '' && single['uri'] === undefined) {
    problems.push(spoiling('type-missing', l10n.t('conn_type is missing.'), undefined));
  }
  const fields = reading.kind === 'connection' && !problems.some(({ code }) => code.startsWith('file-')) ? reading.fields : undefined;
  return { fields, written: fields === undefined || single['uri'] === undefined ? fields : withoutEmptyText(fields), problems };
}

function readText(text: string): FileReading {
  if (isConnectionJson(text)) {
    return nothing({ code: 'file-json-text', severity: 'error', key: undefined, mended: undefined, message: l10n.t('Text is read as a URI here, also where it is JSON: it becomes a connection without a type, and no error says so. Write the object itself.') });
  }
  const fields = readConnectionUri(text);
  const problems = uriFindings(text).map(({ code, severity, message, mended }): FileProblem => ({ code, severity, message, key: undefined, mended }));
  return fields === undefined ? nothing(spoiling('file-value', uriMessage(), undefined)) : { fields, written: withoutEmptyText(fields), problems };
}

function keyProblems(connectionId: string, value: Readonly<Record<string, unknown>>): FileProblem[] {
  const unknown = Object.keys(value).filter((key) => !fileKeys.has(key));
  const problems = unknown.map((key) => spoiling('file-key', l10n.t('Airflow does not know the key {0}.', key), key));
  if (value['extra'] !== undefined && value['extra_dejson'] !== undefined) {
    problems.push(spoiling('file-extra-twice', l10n.t('extra and extra_dejson exclude each other.'), 'extra_dejson'));
  }
  if (value['conn_id'] !== undefined && value['conn_id'] !== connectionId) {
    problems.push({ ...spoiling('file-conn-id', l10n.t('conn_id differs from the key {0} that the connection stands under.', connectionId), 'conn_id'), mended: connectionId });
  }
  if (value['extra_dejson'] !== undefined && !isRecord(value['extra_dejson'])) {
    problems.push(spoiling('file-value', l10n.t('extra_dejson has to be an object.'), 'extra_dejson'));
  }
  return problems;
}

function spoiling(code: string, message: string, key: string | undefined): FileProblem {
  return { code, severity: 'error', key, mended: undefined, message: `${message} ${l10n.t('Airflow then reads no connection of this file.')}` };
}

function nothing(problem: FileProblem): FileReading {
  return { fields: undefined, written: undefined, problems: [problem] };
}
