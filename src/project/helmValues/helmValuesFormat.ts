import * as l10n from '@vscode/l10n';
import { connectionVariable } from '../../connection/connectionEnvironment.ts';
import type { EntryFile } from '../entryFormat.ts';
import { entryFormat } from '../entryFormat.ts';
import { writtenValue } from '../environment/connectionValue.ts';
import type { VariableFile } from '../environment/planSettings.ts';
import { withSettings } from '../environment/planSettings.ts';
import { variableFindings } from '../environment/variableFindings.ts';
import type { ListedVariable } from '../environment/variableList.ts';
import { changeListed, listedVariables, plainVariables, removeListed, takenElsewhere } from '../environment/variableList.ts';
import type { FormatRefusal, ProjectFormat } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import { maskSecrets } from '../secretMask.ts';
import type { TextEdit } from '../textEdit.ts';
import { addNode } from '../yaml/addition.ts';
import { editMap } from '../yaml/mapEdits.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { readYaml } from '../yaml/yamlDocument.ts';
import { nodeAt } from '../yaml/yamlPath.ts';
import { scalarLike, singleQuoted } from '../yaml/yamlScalar.ts';
import type { Chart } from './charts.ts';
import { chartOf } from './charts.ts';
import { valuesFile } from './valuesFile.ts';

/**
 * `values.yaml` of a chart of Airflow: connections as environment variables of all its components. A variable that refers to
 * a Kubernetes secret holds nothing here and is left alone.
 */
export function helmValuesFormat(): ProjectFormat {
  const format = entryFormat<ListedVariable>(
    {
      id: 'helmValues',
      title: valuesFile.title,
      reach: l10n.t('Environment variables of all components of the Helm release, after helm upgrade.'),
      patterns: ['**/values.{yaml,yml}', '**/values-*.{yaml,yml}', '**/values.*.{yaml,yml}', '**/*-values.{yaml,yml}'],
      creates: undefined,
    },
    { open: openFile, fitted: (connection) => connection, sameId: (a, b) => a.toUpperCase() === b.toUpperCase(), duplicates: 'last', mask: maskSecrets },
  );
  return withSettings(format, { open: openVariables, mask: maskSecrets });
}

function openVariables(text: string): VariableFile | FormatRefusal {
  const document = readYaml(text, valuesFile);
  if (document.kind === 'refused') {
    return document;
  }
  const chart = chartOf(document);
  return {
    variables: (chart?.variables ?? []).flatMap((path) => plainVariables(document, nodeAt(document, path), 'name')),
    add: ({ name, value }) => addVariable(document, chart, name, value),
  };
}

function openFile(text: string): EntryFile<ListedVariable> | FormatRefusal {
  const document = readYaml(text, valuesFile);
  if (document.kind === 'refused') {
    return document;
  }
  const chart = chartOf(document);
  const entries = (chart?.variables ?? []).flatMap((path) => listedVariables(document, nodeAt(document, path), 'name'));
  return {
    entries,
    findings: () => [
      ...variableFindings(entries, ({ node, map, connection }, value) => {
        const edits = editMap(document, node, map, connection.connectionId, [{ key: 'value', change: { kind: 'write', text: (style) => scalarLike(value, style) } }]);
        return 'kind' in edits ? undefined : edits;
      }),
    ],
    add: (connection) => {
      const name = connectionVariable(connection.connectionId);
      const standing = [
        ...(chart?.variables ?? []).flatMap((path) => plainVariables(document, nodeAt(document, path), 'name')),
        ...(chart?.secrets ?? []).flatMap((path) => plainVariables(document, nodeAt(document, path), 'envName')),
      ];
      const edits = takenElsewhere(document, standing, name) ?? addVariable(document, chart, name, writtenValue(connection));
      return 'kind' in edits ? edits : { action: 'add', edits };
    },
    change: (entry, wanted) => changeListed(document, entry, wanted),
    remove: (entry) => removeListed(document, entry),
  };
}

function addVariable(document: YamlText, chart: Chart | undefined, name: string, value: string): readonly TextEdit[] | FormatRefusal {
  const [path] = chart?.variables ?? [];
  return path === undefined
    ? refusal(document.text, 0, l10n.t('{0} is not for a chart of Airflow: none of the keys that its charts know stands there.', valuesFile.title), valuesFile.shapeFix())
    : addNode(document, path, { kind: 'entry', pairs: [['name', name], ['value', singleQuoted(value)]] });
}
