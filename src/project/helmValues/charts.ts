import type { YAMLMap } from 'yaml';
import { isMap, isScalar } from 'yaml';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { followed, pairOf } from '../yaml/yamlDocument.ts';

/** Where a chart of Airflow wants things in its `values.yaml`, as paths of keys. */
export interface Chart {
  readonly id: 'official' | 'astronomer' | 'community';
  /** Lists of variables, each a name and a value; a new one goes into the first. */
  readonly variables: readonly (readonly string[])[];
  /** Lists of variables whose values are in Kubernetes secrets, by `envName`. */
  readonly secrets: readonly (readonly string[])[];
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
  return keysOf(root).some((key) => officialKeys.has(key)) ? official(document, root, []) : undefined;
}

function official(document: YamlText, map: YAMLMap, above: readonly string[]): Chart {
  const front = frontOf(document, map);
  return {
    id: above.length === 0 ? 'official' : 'astronomer',
    variables: [[...above, 'env']],
    secrets: [[...above, 'secret']],
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
    secrets: [],
    podLabels: ['scheduler', 'web', 'workers', ...(hasTriggerer ? ['triggerer'] : [])].map((component) => [component, 'podLabels']),
    annotations: [['serviceAccount', 'annotations']],
  };
}

function keysOf(map: YAMLMap): readonly string[] {
  return map.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
}
