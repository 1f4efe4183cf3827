import * as l10n from '@vscode/l10n';
import { isMap } from 'yaml';
import { connectionVariable } from '../../connection/connectionEnvironment.ts';
import { sameConnection } from '../../connection/connectionValues.ts';
import type { EntryFile } from '../entryFormat.ts';
import { writtenValue } from '../environment/connectionValue.ts';
import type { VariableFile } from '../environment/planSettings.ts';
import { variableFindings } from '../environment/variableFindings.ts';
import { variableFormat } from '../environment/variableFormat.ts';
import type { FormatFinding, FormatRefusal, ProjectFormat } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import type { TextEdit } from '../textEdit.ts';
import { addToCollection, addUnder } from '../yaml/addition.ts';
import { editOwnKeys } from '../yaml/mapEdits.ts';
import { removeItem } from '../yaml/removal.ts';
import type { YamlKind, YamlText } from '../yaml/yamlDocument.ts';
import { readYaml } from '../yaml/yamlDocument.ts';
import { singleQuoted } from '../yaml/yamlScalar.ts';
import type { AirflowService, Environment } from './composeServices.ts';
import { airflowServices } from './composeServices.ts';
import type { ComposeVariable } from './composeVariables.ts';
import { composeVariables, plainComposeVariables } from './composeVariables.ts';

const file: YamlKind = {
  title: 'docker-compose.yaml',
  ignoresCase: false,
  shapeFix: () => l10n.t('Compare the file with the one in the documentation of Airflow.'),
};

/** A connection of a compose file: the same variable wherever services of Airflow have it. */
interface ComposeEntry extends ComposeVariable {
  readonly variables: readonly ComposeVariable[];
}

/**
 * `docker-compose.yaml`: variables of the services that run Airflow. A connection goes where all of them get it, which in
 * Airflow's own file is the map behind `&airflow-common-env` (airflow.apache.org, "Running Airflow in Docker").
 */
export function dockerComposeFormat(): ProjectFormat {
  return variableFormat(
    {
      id: 'dockerCompose',
      title: file.title,
      reach: l10n.t('Environment variables of the containers that docker compose starts.'),
      patterns: ['**/{docker-compose,compose,docker-compose.override,compose.override}.{yaml,yml}'],
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
  const services = airflowServices(document);
  return {
    variables: environmentsOf(services).flatMap((environment) => plainComposeVariables(document, environment)),
    add: ({ name, value }) => addVariable(document, services, name, value),
  };
}

function environmentsOf(services: readonly AirflowService[]): readonly Environment[] {
  return Array.from(new Set(services.flatMap((service) => service.environments)));
}

function openFile(text: string): EntryFile<ComposeEntry> | FormatRefusal {
  const document = readYaml(text, file);
  if (document.kind === 'refused') {
    return document;
  }
  const services = airflowServices(document);
  const variables = environmentsOf(services).flatMap((environment) => composeVariables(document, environment)).sort((a, b) => a.entry.offset - b.entry.offset);
  const entries = Array.from(Map.groupBy(variables, ({ name }) => name).values()).flatMap((group): readonly ComposeEntry[] => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, variables: group, others: group.slice(1).map(({ connection }) => connection) }];
  });
  return {
    entries,
    findings: () => [...variableFindings(variables, (variable, value) => mended(document, variable, value)), ...differing(entries)],
    add: (connection) => {
      const edits = addVariable(document, services, connectionVariable(connection.connectionId), writtenValue(connection));
      return 'kind' in edits ? edits : { action: 'add', edits };
    },
    change: (entry, wanted) => joined(entry.variables.map((variable) => writeVariable(document, variable, writtenValue(wanted)))),
    remove: (entry) => joined(entry.variables.map(({ environment, index, name }) => removeItem(document, environment, index, name))),
  };
}

function addVariable(document: YamlText, services: readonly AirflowService[], name: string, value: string): readonly TextEdit[] | FormatRefusal {
  if (services.length === 0) {
    return refusal(document.text, 0, l10n.t('{0} has no service that runs Airflow, by its image or its name.', file.title), file.shapeFix());
  }
  const [first] = services;
  const common = first?.environments.findLast((environment) => services.every(({ environments }) => environments.includes(environment)));
  const own = Array.from(new Set(services.flatMap(({ environments }) => environments.slice(0, 1))));
  const bare = services.filter(({ environments }) => environments.length === 0);
  return joined(common === undefined
    ? [
        ...own.map((environment) => addToCollection(document, environment, newVariable(environment, name, value))),
        ...bare.map(({ map }) => addUnder(document, map, ['environment'], newVariable(undefined, name, value))),
      ]
    : [addToCollection(document, common, newVariable(common, name, value))]);
}

function newVariable(environment: Environment | undefined, name: string, plain: string): Parameters<typeof addToCollection>[2] {
  const value = plain.replaceAll('$', '$$$$');
  return environment === undefined || isMap(environment)
    ? { kind: 'pair', key: name, value: singleQuoted(value) }
    : { kind: 'item', text: singleQuoted(`${name}=${value}`) };
}

function writeVariable(document: YamlText, { environment, index, name, entry }: ComposeVariable, value: string): readonly TextEdit[] | FormatRefusal {
  return isMap(environment)
    ? editOwnKeys(document, environment, [{ key: name, change: { kind: 'write', text: () => singleQuoted(value) } }])
    : environment.items[index] === undefined ? [] : [{ offset: entry.offset, length: entry.length, text: singleQuoted(`${name}=${value}`) }];
}

function mended(document: YamlText, variable: ComposeVariable, value: string): readonly TextEdit[] | undefined {
  const edits = writeVariable(document, variable, value.replaceAll('$', '$$$$'));
  return 'kind' in edits ? undefined : edits;
}

function differing(entries: readonly ComposeEntry[]): readonly FormatFinding[] {
  return entries.filter(({ variables, connection }) => variables.some((other) => !sameConnection(other.connection, connection))).flatMap(({ variables, connection }) =>
    variables.map(({ places, entry }): FormatFinding => ({
      code: 'services-differ', severity: 'warning', range: places['connectionId'] ?? entry, fixes: [],
      message: l10n.t('The connection {0} has other values in another service of this file. Tasks get one or the other, depending on where they run.', connection.connectionId),
    })));
}

/** Edits of several places as one plan, in their order; the first refusal, if any. */
function joined(parts: readonly (readonly TextEdit[] | FormatRefusal)[]): readonly TextEdit[] | FormatRefusal {
  const refused = parts.find((part) => 'kind' in part);
  return refused !== undefined && 'kind' in refused ? refused : parts.flatMap((part) => ('kind' in part ? [] : part)).sort((a, b) => a.offset - b.offset);
}
