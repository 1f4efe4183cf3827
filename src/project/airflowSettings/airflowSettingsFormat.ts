import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { sameValue } from '../../connection/connectionValues.ts';
import { extraText } from '../../connection/extraText.ts';
import { needsEmptyText, withoutEmptyText } from '../../connection/emptyText.ts';
import { astroProjectFiles } from '../astroProject.ts';
import type { EntryFile } from '../entryFormat.ts';
import { entryFormat } from '../entryFormat.ts';
import type { FormatRefusal, ProjectFormat } from '../projectFormat.ts';
import { inputRefusal } from '../refusal.ts';
import { maskSecrets } from '../secretMask.ts';
import type { TextEdit } from '../textEdit.ts';
import { addNode } from '../yaml/addition.ts';
import { removeNode } from '../yaml/removal.ts';
import type { YamlKind, YamlText } from '../yaml/yamlDocument.ts';
import { readYaml } from '../yaml/yamlDocument.ts';
import type { EntryKey } from './connectionEntry.ts';
import { entriesOf, fieldText, isTemplateEntry } from './connectionEntry.ts';
import type { SettingsEntry } from './entryConnection.ts';
import { settingsEntry } from './entryConnection.ts';
import { editEntry, valueText } from './entryEdits.ts';
import { settingsFindings } from './settingsFindings.ts';

const file: YamlKind = {
  title: astroProjectFiles.settings,
  ignoresCase: true,
  shapeFix: () => l10n.t('Compare the file with the one that astro dev init writes.'),
};

/**
 * `airflow_settings.yaml` of the Astro CLI. `conn_extra` is always written as JSON text: the CLI lower-cases the keys of a
 * map, so that `subscriptionId` would be lost (astronomer/astro-cli#1737).
 */
export function airflowSettingsFormat(): ProjectFormat {
  return entryFormat<SettingsEntry>(
    {
      id: 'airflowSettings',
      title: file.title,
      reach: l10n.t('Read by astro dev start, on this computer only; it is not deployed.'),
      patterns: [astroProjectFiles.settings],
      creates: astroProjectFiles.settings,
    },
    { open: openSettings, fitted, sameId: (a, b) => a === b, duplicates: 'last', mask: maskSecrets },
  );
}

/** The Astro CLI leaves empty fields out, which is null in Airflow. */
function fitted(connection: AirflowConnection): AirflowConnection | FormatRefusal {
  const empty = needsEmptyText(connection);
  if (empty !== undefined) {
    return inputRefusal(
      l10n.t('A connection of type {0} needs {1} to be there and empty, and the Astro CLI leaves empty fields out.', connection.type, empty),
      l10n.t('Write the connection to .env instead.'),
    );
  }
  return withoutEmptyText(connection);
}

function openSettings(text: string): EntryFile<SettingsEntry> | FormatRefusal {
  const settings = readYaml(text, file);
  if (settings.kind === 'refused') {
    return settings;
  }
  const nodes = entriesOf(settings);
  const found = nodes.map((node) => settingsEntry(settings, node));
  return {
    // Without an id the Astro CLI passes an entry over: the template's, above all.
    entries: found.filter(({ connection }) => connection.connectionId !== ''),
    findings: () => settingsFindings(settings, found),
    add: (connection) => {
      const template = nodes.find((node) => isTemplateEntry(settings, node));
      const filled = template && editEntry(settings, template, Object.fromEntries(fieldTexts(connection).filter(([, value]) => value !== '')));
      if (filled !== undefined && !('kind' in filled)) {
        return { action: 'fill', edits: filled };
      }
      const pairs = fieldTexts(connection).filter(([, value]) => value !== '').map(([key, value]) => [key, valueText(key, value)] as const);
      const added = addNode(settings, ['airflow', 'connections'], { kind: 'entry', pairs });
      return 'kind' in added ? added : { action: 'add', edits: added };
    },
    change: (entry, wanted) => changeEntry(settings, entry, wanted),
    remove: ({ node, connection }) => removeNode(settings, node.list, node.index, connection.connectionId),
  };
}

function changeEntry(settings: YamlText, entry: SettingsEntry, wanted: AirflowConnection): readonly TextEdit[] | FormatRefusal {
  const isUri = entry.source === 'uri';
  const sameExtra = !isUri && sameValue(entry.connection.extra, wanted.extra) && sameValue(entry.written.extra, wanted.extra);
  const changed = fieldTexts(wanted).filter(([key, value]) =>
    (key === 'conn_extra' ? !sameExtra : !sameValue(fieldText(settings, entry.node, key), value)));
  return editEntry(settings, entry.node, { ...Object.fromEntries(changed), ...(isUri ? { conn_uri: '' } : {}) });
}

/** The texts of all fields but `conn_uri`; empty where the connection has none. */
function fieldTexts({ connectionId, type, host, schema, login, password, port, extra }: AirflowConnection): readonly (readonly [EntryKey, string])[] {
  return [
    ['conn_id', connectionId],
    ['conn_type', type],
    ['conn_host', host ?? ''],
    ['conn_schema', schema ?? ''],
    ['conn_login', login ?? ''],
    ['conn_password', password ?? ''],
    ['conn_port', port === undefined ? '' : String(port)],
    ['conn_extra', Object.keys(extra).length === 0 ? '' : extraText(extra)],
  ];
}
