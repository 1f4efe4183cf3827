import * as l10n from '@vscode/l10n';
import { connectionVariablePrefix } from '../../connection/connectionEnvironment.ts';
import { connectionIdProblem } from '../../connection/connectionId.ts';
import { isConnectionJson, readConnectionJson } from '../../connection/connectionJson.ts';
import { connectionUri } from '../../connection/connectionUri.ts';
import { uriFindings } from '../../connection/uriFindings.ts';
import type { FormatFinding } from '../projectFormat.ts';
import type { UriLine } from './uriLines.ts';

/** What is wrong with a file of `id=uri` lines. */
export function connectionsEnvFindings(lines: readonly UriLine[]): readonly FormatFinding[] {
  return lines.flatMap((line) => (line.problem === undefined ? [...idFindings(line), ...valueFindings(line)] : [lineFinding(line)]));
}

function spoiling(message: string): string {
  return `${message} ${l10n.t('Airflow then reads no connection of this file.')}`;
}

function lineFinding({ problem, range }: UriLine): FormatFinding {
  return problem === 'blank'
    ? { code: 'file-blank-line', severity: 'error', range, message: spoiling(l10n.t('A line of blanks is not an empty line here.')), fixes: [{ title: l10n.t('Remove the blanks'), edits: [{ ...range, text: '' }] }] }
    : { code: 'file-line', severity: 'error', range, message: spoiling(l10n.t('Each line is id=uri.')), fixes: [] };
}

function idFindings({ id, idRange }: UriLine): readonly FormatFinding[] {
  const trimmed = id.trim().replace(/^export\s+/, '');
  const plain = trimmed.startsWith(connectionVariablePrefix) && trimmed.length > connectionVariablePrefix.length ? trimmed.slice(connectionVariablePrefix.length).toLowerCase() : trimmed;
  if (plain !== id) {
    return [{
      code: 'file-id', severity: 'error', range: idRange,
      message: l10n.t('Everything before the equal sign is the connection id, here "{0}".', id),
      fixes: connectionIdProblem(plain) === undefined ? [{ title: l10n.t('Write {0}', plain), edits: [{ ...idRange, text: plain }] }] : [],
    }];
  }
  const problem = connectionIdProblem(id);
  return problem === undefined ? [] : [{ code: 'file-id', severity: 'error', range: idRange, message: problem, fixes: [] }];
}

function valueFindings({ value, valueRange }: UriLine): readonly FormatFinding[] {
  const fix = (text: string): FormatFinding['fixes'] => [{ title: l10n.t('Write it as Airflow reads it'), edits: [{ ...valueRange, text }] }];
  const plain = value.replace(/\s+#.*$/, '').trim().replace(/^(["'])(.*)\1$/, '$2');
  if (isConnectionJson(plain)) {
    const reading = readConnectionJson(plain);
    return [{
      code: 'file-json-text', severity: 'error', range: valueRange, fixes: reading.kind === 'connection' ? fix(connectionUri(reading.fields)) : [],
      message: l10n.t('This file takes URIs only: JSON becomes a connection without a type, and no error says so. Write a URI.'),
    }];
  }
  if (plain !== value) {
    return [{ code: 'file-quoted', severity: 'error', range: valueRange, fixes: fix(plain), message: l10n.t('Quotes, blanks and comments are part of the URI here.') }];
  }
  return uriFindings(value).map(({ code, severity, message, mended }): FormatFinding => ({ code, severity, message, range: valueRange, fixes: mended === undefined ? [] : fix(mended) }));
}
