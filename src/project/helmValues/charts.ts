import type { YAMLMap } from 'yaml';
import { isMap, isScalar } from 'yaml';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { followed, pairOf } from '../yaml/yamlDocument.ts';

/** Where a chart of Airflow wants things in its `values.yaml`, as paths of keys. */
export interface Chart {
  readonly id: 'official' | 'astronomer' | 'community';
  /** Lists of variables, each a name and a value; a new one goes into the first. */
  readonly variables: readonly (readonly string[])[];
  /** Texts for `tpl` that hold such a list (apache/airflow `chart/templates/_helpers.yaml`, `custom_airflow_environment`). */
  readonly variableTexts: readonly (readonly string[])[];
  /** Lists of variables whose values are in Kubernetes secrets, by `envName`. */
  readonly secrets: readonly (readonly string[])[];
  /** A text for `tpl` that lists secrets and config maps whose every key is a variable. */
  readonly environmentFrom: readonly string[] | undefined;
  /** The map of secrets that the chart makes, by name (apache/airflow `chart/templates/secrets/extra-secrets.yaml`). */
  readonly madeSecrets: readonly string[] | undefined;
  /** The list of connections that the chart writes into Airflow's database. */
  readonly connections: readonly string[] | undefined;
  /** Maps of labels of the pods; the webhook looks only at those. */
  readonly podLabels: readonly (readonly string[])[];
  /** Maps of annotations of the service accounts. */
  readonly annotations: readonly (readonly string[])[];
}

/** Components of the official chart whose pods run tasks, defer them or read their logs. */
const components = ['scheduler', 'workers', 'triggerer', 'dagProcessor'] as const;

const officialKeys: ReadonlySet<string> = new Set([
  ...components, 'webserver', 'apiServer', 'executor', 'airflowVersion', 'defaultAirflowTag', 'defaultAirflowRepository', 'useStandardNaming', 'fernetKeySecretName', 'migrateDatabaseJob',
]);
/** Keys of the official chart that other charts have as well: they tell something only where variables of Airflow are set. */
const sharedKeys: ReadonlySet<string> = new Set(['env', 'secret', 'extraEnv', 'extraEnvFrom', 'extraSecrets']);
const communityKeys: ReadonlySet<string> = new Set(['extraEnv', 'connections', 'users', 'extraPipPackages', 'kubernetesPodTemplate', 'legacyCommands', 'executor']);

/**
 * The chart that a `values.yaml` is for, by its keys: the official one (apache/airflow `chart/values.yaml`), Astronomer's,
 * which holds it under `airflow` (astronomer/airflow-chart), or the community's (airflow-helm/charts). `undefined` for others.
 */
export function chartOf(document: YamlText): Chart | undefined {
  const root: unknown = document.yaml.contents;
  if (!isMap(root)) {
    return undefined;
  }
  const airflow = followed(document, pairOf(document, root, 'airflow')?.value);
  if (isMap(airflow)) {
    const isHeld = keysOf(airflow).some((key) => officialKeys.has(key) && key !== 'executor');
    return isHeld ? official(document, airflow, ['airflow']) : keysOf(airflow).some((key) => communityKeys.has(key)) ? community(document, root) : undefined;
  }
  const isOfficial = keysOf(root).some((key) => officialKeys.has(key) || (sharedKeys.has(key) && /\bAIRFLOW_(?:_|CONN_|VAR_)/.test(document.text)));
  return isOfficial ? official(document, root, []) : undefined;
}

function official(document: YamlText, map: YAMLMap, above: readonly string[]): Chart {
  const front = frontOf(document, map);
  return {
    id: above.length === 0 ? 'official' : 'astronomer',
    variables: [[...above, 'env']],
    variableTexts: [[...above, 'extraEnv']],
    secrets: [[...above, 'secret']],
    environmentFrom: [...above, 'extraEnvFrom'],
    madeSecrets: [...above, 'extraSecrets'],
    connections: undefined,
    podLabels: [[...above, 'labels']],
    annotations: [...components, ...front].map((component) => [...above, component, 'serviceAccount', 'annotations']),
  };
}

/** The component in front: Airflow 3 has an API server, Airflow 2 a webserver. Both where the file does not tell. */
function frontOf(document: YamlText, map: YAMLMap): readonly string[] {
  const version = pairOf(document, map, 'airflowVersion')?.value;
  const major = isScalar(version) ? /^\d+/.exec(String(version.value))?.[0] : undefined;
  const keys = keysOf(map);
  const named = ['apiServer', 'webserver'].filter((key) => keys.includes(key));
  return major === undefined ? (named.length === 0 ? ['apiServer', 'webserver'] : named) : major === '2' ? ['webserver'] : ['apiServer'];
}

function community(document: YamlText, root: YAMLMap): Chart {
  const hasTriggerer = pairOf(document, root, 'triggerer') !== undefined;
  return {
    id: 'community',
    variables: [['airflow', 'extraEnv']],
    variableTexts: [],
    secrets: [],
    environmentFrom: undefined,
    madeSecrets: undefined,
    connections: ['airflow', 'connections'],
    podLabels: ['scheduler', 'web', 'workers', ...(hasTriggerer ? ['triggerer'] : [])].map((component) => [component, 'podLabels']),
    annotations: [['serviceAccount', 'annotations']],
  };
}

function keysOf(map: YAMLMap): readonly string[] {
  return map.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
}
