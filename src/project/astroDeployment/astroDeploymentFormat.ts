import * as l10n from '@vscode/l10n';
import type { Node } from 'yaml';
import { isMap } from 'yaml';
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
import type { YamlKind, YamlText } from '../yaml/yamlDocument.ts';
import { followed, pairOf, readYaml } from '../yaml/yamlDocument.ts';
import { singleQuoted } from '../yaml/yamlScalar.ts';

const file: YamlKind = {
  title: 'deployment.yaml',
  ignoresCase: false,
  shapeFix: () => l10n.t('Compare the file with what astro deployment inspect --template gives.'),
};

const list = ['deployment', 'environment_variables'] as const;

/**
 * Astro's deployment file, as `astro deployment inspect --template` writes it and `astro deployment update --deployment-file`
 * reads it (astronomer/astro-cli `cloud/deployment/inspect/inspect.go`, `fromfile/fromfile.go`). Connections stand among its
 * `environment_variables`; values of secret ones are not in the file.
 */
export function astroDeploymentFormat(): ProjectFormat {
  return variableFormat(
    {
      id: 'astroDeployment',
      title: l10n.t('Astro deployment file'),
      reach: l10n.t('Environment variables on Astro, once astro deployment update has read them.'),
      patterns: ['**/deployment.{yaml,yml}', '**/*-deployment.{yaml,yml}', '**/deployment-*.{yaml,yml}', '**/deployments/*.{yaml,yml}'],
      creates: undefined,
    },
    { open: openFile, openVariables },
  );
}

function openVariables(text: string): VariableFile | FormatRefusal {
  const document = readYaml(text, file);
  if (document.kind === 'refused') {
    return document;
  }
  return {
    variables: plainVariables(document, listOf(document, deploymentOf(document)), 'key'),
    add: ({ name, value }) => addVariable(document, name, value),
  };
}

function openFile(text: string): EntryFile<ListedVariable> | FormatRefusal {
  const document = readYaml(text, file);
  if (document.kind === 'refused') {
    return document;
  }
  const deployment = deploymentOf(document);
  const entries = listedVariables(document, listOf(document, deployment), 'key');
  return {
    entries,
    findings: () => variableFindings(entries, (entry, value) => mendListed(document, entry, value)),
    add: (connection) => {
      const name = connectionVariable(connection.connectionId);
      const standing = plainVariables(document, listOf(document, deployment), 'key');
      const edits = takenElsewhere(document, standing, name) ?? addVariable(document, name, writtenValue(connection));
      return 'kind' in edits ? edits : { action: 'add', edits };
    },
    change: (entry, wanted) => changeListed(document, entry, wanted),
    remove: (entry) => removeListed(document, entry),
  };
}

function addVariable(document: YamlText, name: string, value: string): readonly TextEdit[] | FormatRefusal {
  // Kubernetes calls its manifests so as well.
  return deploymentOf(document) === undefined
    ? refusal(document.text, 0, l10n.t('The file is no deployment file of Astro: nothing stands under deployment and configuration.'), file.shapeFix())
    : addNode(document, list, { kind: 'entry', pairs: [['is_secret', 'false'], ['key', name], ['value', singleQuoted(value)]] });
}

function listOf(document: YamlText, deployment: ReturnType<typeof deploymentOf>): Node | undefined {
  return deployment === undefined ? undefined : followed(document, pairOf(document, deployment, list[1])?.value);
}

function deploymentOf(document: YamlText): Parameters<typeof pairOf>[1] | undefined {
  const root: unknown = document.yaml.contents;
  const deployment = isMap(root) ? followed(document, pairOf(document, root, list[0])?.value) : undefined;
  return isMap(deployment) && (pairOf(document, deployment, 'configuration') ?? pairOf(document, deployment, list[1])) !== undefined ? deployment : undefined;
}
