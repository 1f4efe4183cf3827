import * as l10n from '@vscode/l10n';
import { connectionIdOf, connectionVariablePrefix } from '../../connection/connectionEnvironment.ts';
import { isConnectionJson } from '../../connection/connectionJson.ts';
import { readConnectionValue, valueFindings, writtenValue } from '../environment/connectionValue.ts';
import type { FormatFinding } from '../projectFormat.ts';
import { lineBreakOf, lineStart } from '../textLines.ts';
import type { EnvLine } from './envLines.ts';

/** What is wrong with the connections of a `.env` file: what one of its three readers takes otherwise, or all of them. */
export function envFindings(text: string, lines: readonly EnvLine[]): readonly FormatFinding[] {
  const named = lines.filter(({ name }) => name.toUpperCase().startsWith(connectionVariablePrefix) && name.length > connectionVariablePrefix.length);
  return named.flatMap((line) => [...nameFindings(line), ...quoteFindings(line), ...spellingFindings(text, line), ...readingFindings(line)]);
}

function nameFindings({ name, nameRange }: EnvLine): readonly FormatFinding[] {
  const wanted = name.toUpperCase();
  return connectionIdOf(name) !== undefined
    ? []
    : [{
        code: 'env-name-case', severity: 'error', range: nameRange,
        message: l10n.t('Airflow looks only for names in capitals, so that this connection is never found.'),
        fixes: [{ title: l10n.t('Rename to {0}', wanted), edits: [{ ...nameRange, text: wanted }] }],
      }];
}

function quoteFindings({ quote, value, rawRange }: EnvLine): readonly FormatFinding[] {
  if (quote === undefined) {
    return /^["']/.test(value)
      ? [{ code: 'env-unterminated', severity: 'error', range: rawRange, fixes: [], message: l10n.t('The quote is never closed: Docker Compose then reads nothing of this file.') }]
      : [];
  }
  const unquoted = unquotedValue(value);
  const fixes = unquoted === undefined ? [] : [{ title: l10n.t('Write the value on one line without quotes'), edits: [{ ...rawRange, text: unquoted }] }];
  return value.includes('\n')
    ? [{ code: 'env-multi-line', severity: 'error', range: rawRange, fixes, message: l10n.t('The value has several lines: only Docker Compose reads that. The standalone mode of the Astro CLI and astro dev pytest read the first line alone.') }]
    : [{ code: 'env-quoted', severity: 'warning', range: rawRange, fixes, message: l10n.t('The value stands in quotes: astro dev parse and astro dev pytest keep them in the value, and Airflow then finds no connection.') }];
}

/** The value as all readers take it: JSON anew, a URI as it is; `undefined` where it cannot stand without quotes. */
function unquotedValue(value: string): string | undefined {
  const { form, written } = readConnectionValue(value);
  if (written === undefined) {
    return undefined;
  }
  return form === 'json' ? writtenValue(written) : /^[^\s#$'"]+$/.test(value) ? value : undefined;
}

/** What Docker Compose puts up with and the others do not. */
function spellingFindings(text: string, { name, nameRange, rawRange, range, hasExport, hasBlanks, comment }: EnvLine): readonly FormatFinding[] {
  const findings: FormatFinding[] = [];
  if (hasExport || hasBlanks) {
    const start = lineStart(text, range.offset);
    findings.push({
      code: hasExport ? 'env-export' : 'env-blanks', severity: 'warning', range: hasExport ? { offset: range.offset, length: 'export'.length } : nameRange,
      message: hasExport
        ? l10n.t('Only Docker Compose knows export in a .env file; for the standalone mode of the Astro CLI it is part of the name.')
        : l10n.t('Blanks around the name are part of it for the standalone mode of the Astro CLI and for docker --env-file.'),
      fixes: [{ title: l10n.t('Write NAME=value'), edits: [{ offset: start, length: rawRange.offset - start, text: `${name}=` }] }],
    });
  }
  if (comment !== undefined) {
    const start = lineStart(text, range.offset);
    const words = text.slice(comment.offset, comment.offset + comment.length).trim();
    findings.push({
      code: 'env-comment', severity: 'error', range: comment,
      message: l10n.t('Only Docker Compose takes this for a comment; for the other readers it is part of the value, which then is not valid.'),
      fixes: [{
        title: l10n.t('Move the comment above'),
        edits: [{ offset: start, length: 0, text: words + lineBreakOf(text) }, { ...comment, text: '' }],
      }],
    });
  }
  return findings;
}

function readingFindings({ name, value, valueRange, rawRange }: EnvLine): readonly FormatFinding[] {
  if (connectionIdOf(name) === undefined || value.trim() === '') {
    return [];
  }
  if (/^["']/.test(value)) {
    return [];
  }
  if (!isConnectionJson(value) && value.includes('{')) {
    return [{ code: 'json-unreadable', severity: 'error', range: valueRange, fixes: [], message: l10n.t('The value is read as a URI, because it does not begin with a brace. Write one line of JSON without quotes.') }];
  }
  const reading = readConnectionValue(value);
  return valueFindings(value, reading).map(({ code, severity, message, part, mended }): FormatFinding => {
    const place = part === undefined || value.length !== valueRange.length ? undefined : reading.places[part];
    return {
      code, severity, message,
      range: place === undefined ? valueRange : { offset: valueRange.offset + place.offset, length: place.length },
      fixes: mended === undefined ? [] : [{ title: l10n.t('Write it as Airflow reads it'), edits: [{ ...rawRange, text: mended }] }],
    };
  });
}
