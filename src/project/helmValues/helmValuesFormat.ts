import * as l10n from '@vscode/l10n';
import { isSeq } from 'yaml';
import { connectionVariable } from '../../connection/connectionEnvironment.ts';
import { isConnectionJson } from '../../connection/connectionJson.ts';
import { sameConnection } from '../../connection/connectionValues.ts';
import { needsEmptyText, withoutEmptyText } from '../../connection/emptyText.ts';
import type { EntryFile } from '../entryFormat.ts';
import { entryFormat } from '../entryFormat.ts';
import { writtenValue } from '../environment/connectionValue.ts';
import type { VariableFile } from '../environment/planSettings.ts';
import { withSettings } from '../environment/planSettings.ts';
import { variableFindings } from '../environment/variableFindings.ts';
import { takenElsewhere } from '../environment/variableList.ts';
import type { FormatRefusal, ProjectFormat } from '../projectFormat.ts';
import { inputRefusal } from '../refusal.ts';
import { addNode } from '../yaml/addition.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { readYaml } from '../yaml/yamlDocument.ts';
import { nodeAt } from '../yaml/yamlPath.ts';
import { singleQuoted } from '../yaml/yamlScalar.ts';
import type { Chart } from './charts.ts';
import { chartOf } from './charts.ts';
import { addConnection, hasConnections } from './communityConnections.ts';
import type { Edits, HelmEntry } from './helmEntry.ts';
import { hasActions, templatedJson } from './templateText.ts';
import type { ValuesContent } from './valuesContent.ts';
import { valuesContent } from './valuesContent.ts';
import { noChart, valuesFile } from './valuesFile.ts';
import { maskValues } from './valuesMask.ts';

/**
 * `values.yaml` of a chart of Airflow: connections as environment variables of all its components, in a list or in a text for `tpl`, in a secret that
 * the chart makes, or in the list that the community's chart writes into Airflow's database. A variable that refers to any other Kubernetes
 * secret holds nothing here and is left alone.
 */
export function helmValuesFormat(): ProjectFormat {
  const format = entryFormat<HelmEntry>(
    {
      id: 'helmValues',
      title: valuesFile.title,
      reach: l10n.t('Environment variables of all components of the Helm release, after helm upgrade.'),
      patterns: ['**/values.{yaml,yml}', '**/values-*.{yaml,yml}', '**/values.*.{yaml,yml}', '**/*-values.{yaml,yml}'],
      creates: undefined,
    },
    { open: openFile, fitted: (connection) => connection, sameId: (a, b) => a.toUpperCase() === b.toUpperCase(), duplicates: 'last', mask: maskValues },
  );
  return withSettings(format, { open: openVariables, mask: maskValues });
}

function openVariables(text: string): VariableFile | FormatRefusal {
  const document = readYaml(text, valuesFile);
  if (document.kind === 'refused') {
    return document;
  }
  const chart = chartOf(document);
  const content = valuesContent(document, chart);
  return { variables: content.variables, add: ({ name, value }) => addVariable(document, chart, content, name, value) };
}

function openFile(text: string): EntryFile<HelmEntry> | FormatRefusal {
  const document = readYaml(text, valuesFile);
  if (document.kind === 'refused') {
    return document;
  }
  const chart = chartOf(document);
  const content = valuesContent(document, chart);
  return {
    entries: content.entries,
    findings: () => [
      ...variableFindings(content.entries.flatMap((entry) => (entry.value === undefined ? [] : [{ ...entry, value: entry.value }])), ({ mend }, value) => {
        const edits = mend(value);
        return 'kind' in edits ? undefined : edits;
      }),
      ...content.findings,
    ],
    add: (connection) => {
      const name = connectionVariable(connection.connectionId);
      const isCarried = needsEmptyText(connection) === undefined && sameConnection(connection, withoutEmptyText(connection));
      const edits = takenElsewhere(document, content.variables, name)
        ?? (isCarried && hasConnections(document, chart?.connections) ? addConnection(document, chart.connections, connection) : addVariable(document, chart, content, name, writtenValue(connection)));
      return 'kind' in edits ? edits : { action: 'add', edits };
    },
    change: (entry, wanted) => entry.change(wanted),
    remove: (entry) => entry.remove(),
  };
}

/** Into the list of variables, or into the text where the file has that alone. */
function addVariable(document: YamlText, chart: Chart | undefined, { text }: ValuesContent, name: string, value: string): Edits {
  const [path] = chart?.variables ?? [];
  if (path === undefined) {
    return noChart(document.text);
  }
  const list = nodeAt(document, path);
  if (text === undefined || (isSeq(list) && list.items.length > 0)) {
    return addNode(document, path, { kind: 'entry', pairs: [['name', name], ['value', singleQuoted(value)]] });
  }
  return hasActions(value) && !isConnectionJson(value)
    ? inputRefusal(l10n.t('"{0}" would be taken for a template.', value), l10n.t('Choose other values, or another place.'))
    : text.add({ kind: 'entry', pairs: [['name', name], ['value', singleQuoted(templatedJson(value))]] });
}
