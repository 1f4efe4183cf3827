import * as l10n from '@vscode/l10n';
import { extraText, isRecord, parsedExtra } from '../../connection/extraText.ts';
import { uriFindings } from '../../connection/uriFindings.ts';
import type { FormatFinding, TextRange } from '../projectFormat.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { pairOf } from '../yaml/yamlDocument.ts';
import { extraValue, fieldText, isTemplateEntry } from './connectionEntry.ts';
import { editEntry } from './entryEdits.ts';
import type { SettingsEntry } from './entryConnection.ts';
import { lowerCased } from './entryConnection.ts';

/** What is wrong with how `airflow_settings.yaml` says something (astronomer/astro-cli `settings/settings.go`). */
export function settingsFindings(settings: YamlText, entries: readonly SettingsEntry[]): readonly FormatFinding[] {
  return entries.filter(({ node }) => !isTemplateEntry(settings, node)).flatMap((entry) => [
    ...extraFindings(settings, entry), ...addressFindings(settings, entry), ...skippedFindings(settings, entry),
  ]);
}

function extraFindings(settings: YamlText, { node, places, entry }: SettingsEntry): readonly FormatFinding[] {
  const extra = extraValue(settings, node);
  const range = places['extra'] ?? keyRange(settings, node, 'conn_extra') ?? entry;
  if (isRecord(extra)) {
    if (JSON.stringify(lowerCased(extra)) === JSON.stringify(extra)) {
      return [];
    }
    const edits = editEntry(settings, node, { conn_extra: extraText(extra) });
    return [{
      code: 'extra-map', severity: 'error', range,
      message: l10n.t('The Astro CLI writes the keys of this map in lower case, so that keys with capitals never reach Airflow (astronomer/astro-cli#1737).'),
      fixes: 'kind' in edits ? [] : [{ title: l10n.t('Write conn_extra as JSON text'), edits }],
    }];
  }
  const isFine = extra === undefined || extra === null || extra === '' || (typeof extra === 'string' && parsedExtra(extra) !== undefined);
  return isFine
    ? []
    : [{ code: 'extra-unreadable', severity: 'error', range, message: l10n.t('conn_extra has to be a JSON object as text, such as \'{"key": "value"}\'. Airflow reads nothing else.'), fixes: [] }];
}

function addressFindings(settings: YamlText, { node, entry }: SettingsEntry): readonly FormatFinding[] {
  const uri = fieldText(settings, node, 'conn_uri');
  if (uri === '') {
    return [];
  }
  if (fieldText(settings, node, 'conn_type') === '') {
    return uriFindings(uri).map(({ code, severity, message, mended }): FormatFinding => {
      const edits = mended === undefined ? undefined : editEntry(settings, node, { conn_uri: mended });
      return {
        code, severity, message, range: keyRange(settings, node, 'conn_uri') ?? entry,
        fixes: edits === undefined || 'kind' in edits ? [] : [{ title: l10n.t('Write it as Airflow reads it'), edits }],
      };
    });
  }
  const edits = editEntry(settings, node, { conn_uri: '' });
  return [{
    code: 'uri-ignored', severity: 'warning', range: keyRange(settings, node, 'conn_uri') ?? entry,
    message: l10n.t('conn_uri is set as well. The Astro CLI does not read it beside conn_type.'),
    fixes: 'kind' in edits ? [] : [{ title: l10n.t('Remove conn_uri'), edits }],
  }];
}

/** Entries that the Astro CLI passes over. */
function skippedFindings(settings: YamlText, { node, connection, places, entry }: SettingsEntry): readonly FormatFinding[] {
  if (connection.connectionId === '') {
    return [{ code: 'id-missing', severity: 'error', range: entry, message: l10n.t('conn_id is missing: the Astro CLI skips this connection.'), fixes: [] }];
  }
  return connection.type !== '' || fieldText(settings, node, 'conn_uri') !== ''
    ? []
    : [{ code: 'type-missing', severity: 'error', range: places['connectionId'] ?? entry, message: l10n.t('conn_type is missing, and so is conn_uri: the Astro CLI skips this connection.'), fixes: [] }];
}

function keyRange(settings: YamlText, node: SettingsEntry['node'], key: string): TextRange | undefined {
  const [start, end] = pairOf(settings, node.map, key)?.key.range ?? [];
  return start === undefined || end === undefined ? undefined : { offset: start, length: end - start };
}
