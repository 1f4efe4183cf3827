import * as l10n from '@vscode/l10n';
import { connectionVariable } from '../../connection/connectionEnvironment.ts';
import type { EntryFile } from '../entryFormat.ts';
import { writtenValue } from '../environment/connectionValue.ts';
import type { VariableFile } from '../environment/planSettings.ts';
import { variableFindings } from '../environment/variableFindings.ts';
import { variableFormat } from '../environment/variableFormat.ts';
import type { ListedVariable } from '../environment/variableList.ts';
import { changeListed, listedVariables, mendListed, plainVariables, removeListed, takenElsewhere } from '../environment/variableList.ts';
import type { FormatRefusal, ProjectFormat } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import type { TextEdit } from '../textEdit.ts';
import { addNode } from '../yaml/addition.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { readYaml } from '../yaml/yamlDocument.ts';
import { nodeAt } from '../yaml/yamlPath.ts';
import { singleQuoted } from '../yaml/yamlScalar.ts';
import type { Chart } from './charts.ts';
import { chartOf } from './charts.ts';
import { valuesFile } from './valuesFile.ts';

/**
 * `values.yaml` of a chart of Airflow: connections as environment variables of all its components. A variable that refers to
 * a Kubernetes secret holds nothing here and is left alone.
 */
export function helmValuesFormat(): ProjectFormat {
  return variableFormat(
    {
      id: 'helmValues',
      title: valuesFile.title,
      reach: l10n.t('Environment variables of all components of the Helm release, after helm upgrade.'),
      patterns: ['**/values.{yaml,yml}', '**/values-*.{yaml,yml}', '**/values.*.{yaml,yml}', '**/*-values.{yaml,yml}'],
      creates: undefined,
    },
    { open: openFile, openVariables },
  );
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
    findings: () => variableFindings(entries, (entry, value) => mendListed(document, entry, value)),
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
