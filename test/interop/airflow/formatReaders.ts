import { readFileSync } from 'node:fs';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import { planSecretReference } from '../../../src/project/helmValues/planSecretReference.ts';
import type { SecretTarget } from '../../../src/project/helmValues/secretTarget.ts';
import type { EditPlan } from '../../../src/project/textEdit.ts';
import { astroRestBodies } from './astroSettings.ts';
import { astroStandalone, dockerCompose, dockerEnvFile } from './envReaders.ts';
import type { EnvReader } from './envReaders.ts';
import { helmStanding } from './helmReader.ts';
import type { Standing } from './questions.ts';
import { composeConnections, deploymentVariables } from './yamlReaders.ts';

type Reader = (text: string) => Standing;

function variables(read: EnvReader): Reader {
  return (text) => ({ place: 'environment', variables: read(text) });
}

/** A file that the unit tests write into as well. */
function corpus(file: string): string {
  return readFileSync(new URL(`../../unit/project/corpus/${file}`, import.meta.url), 'utf8');
}

/** Airflow's own reader of files, in both of its uses. */
function connectionsFile(fileName: string): Readonly<Record<string, Reader>> {
  return {
    'the local files backend': (content) => ({ place: 'localFiles', fileName, content }),
    'airflow connections import': (content) => ({ place: 'import', fileName, content }),
  };
}

/** How a file of a project reaches Airflow. */
export interface FormatReaders {
  /** What the file holds before a connection is written; without it, there is none. */
  readonly before?: string;
  /** How the extension writes a connection, where the file is not simply given one. */
  readonly write?: (text: string, connection: AirflowConnection) => EditPlan;
  /** Types that the file cannot carry, so that the extension refuses to write them. */
  readonly refuses?: readonly string[];
  /** What Airflow holds as host and schema where the connection has none; null unless told otherwise. */
  readonly absent?: string;
  /** One way, or several where several programs read the file. */
  readonly ways: Readonly<Record<string, Reader>>;
}

/** By the format's id. */
export const formatReaders: Readonly<Record<string, FormatReaders>> = {
  airflowSettings: {
    // The Astro CLI leaves out what is empty, and this type needs an empty schema.
    refuses: ['azure_service_bus'],
    ways: { 'astro dev start': (text) => ({ place: 'restApi', bodies: astroRestBodies(text) }) },
  },
  astroDeployment: { before: corpus('astroDeployment/template.yaml'), ways: { 'astro deployment update': variables(deploymentVariables) } },
  // A URI has no null for its host and its path.
  connectionsEnv: { before: 'warehouse=postgres://reader@warehouse.example:5432/dwh\n', absent: '', ways: connectionsFile('connections.env') },
  connectionsJson: { ways: connectionsFile('connections.json') },
  connectionsYaml: { ways: connectionsFile('connections.yaml') },
  dockerCompose: { before: corpus('dockerCompose/airflow.yaml'), ways: { 'docker compose up': variables(composeConnections) } },
  helmValues: { before: corpus('helmValues/official.yaml'), ways: { 'helm upgrade': helmStanding } },
  dotEnv: { ways: { 'Docker Compose': variables(dockerCompose), 'astro dev --standalone': variables(astroStandalone), 'astro dev pytest': variables(dockerEnvFile) } },
};

function keptInSecret(target: SecretTarget): NonNullable<FormatReaders['write']> {
  return (text, connection) => planSecretReference(text, connection, target);
}

const helm = { 'helm upgrade': helmStanding };

/** Further places in files of a format, by what they are: only what the extension writes there is asked about. */
export const furtherPlaces: Readonly<Record<string, Readonly<Record<string, FormatReaders>>>> = {
  helmValues: {
    'extraEnv, a text for tpl': { before: corpus('helmValues/extraEnv.yaml'), ways: helm },
    'extraEnv with Windows line endings': { before: corpus('helmValues/extraEnvWindows.yaml'), ways: helm },
    'a secret that the chart makes': { before: 'executor: LocalExecutor\n', write: keptInSecret({ secretName: 'airflow-connections', secretKey: 'azure_wi', isMade: true }), ways: helm },
    'a secret made already, whole': {
      before: corpus('helmValues/secrets.yaml'), write: keptInSecret({ secretName: '{{ .Release.Name }}-airflow-connections', secretKey: 'AIRFLOW_CONN_AZURE_WI', isMade: true }), ways: helm,
    },
    'a secret made already, by extraEnv': { before: corpus('helmValues/extraEnv.yaml'), write: keptInSecret({ secretName: 'airflow-connections', secretKey: 'azure_wi', isMade: true }), ways: helm },
    'connections of the community chart': { before: corpus('helmValues/communityConnections.yaml'), ways: helm },
  },
};
