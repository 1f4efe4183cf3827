import * as v from 'valibot';
import type { ChartRelease } from './chartComponents.ts';
import type { Layout } from './layouts.ts';

/** What `values.yaml` says of the service accounts of a release. */
export interface ValuesLayout {
  readonly layout: Layout;
  /** As the file names it, such as `3.1.3`; absent where it does not. */
  readonly airflowVersion: string | undefined;
}

type Mapping = Readonly<Record<string, unknown>>;

/** Components of the official chart by their keys in `values.yaml`; what the chart calls their service accounts ends so. */
const components: Readonly<Record<string, string>> = {
  scheduler: 'scheduler',
  dagProcessor: 'dag-processor',
  triggerer: 'triggerer',
  workers: 'worker',
  apiServer: 'api-server',
  webserver: 'webserver',
};

/**
 * The layout of a release by its `values.yaml`, and by that the chart it is for: the community chart has one
 * `serviceAccount` and its settings below `airflow.image` and `airflow.config`; Astronomer's holds the official chart's
 * values below `airflow` (astronomer/airflow-chart values.yaml); the official chart has them at the top.
 *
 * @param values the parsed file, of whatever kind
 * @returns `undefined` where nothing in it belongs to a chart of Airflow
 */
export function layoutOfValues(values: unknown, release: string): ValuesLayout | undefined {
  const top = mapping(values);
  const airflow = mapping(top['airflow']);
  if (Object.keys(airflow).some((key) => key in components || key === 'executor' && 'airflowVersion' in airflow)) {
    return { layout: { kind: 'astronomerChart', ...releaseOf(airflow, release) }, airflowVersion: versionOf(airflow) };
  }
  if ('image' in airflow || 'config' in airflow || 'legacyCommands' in airflow || (Object.keys(airflow).length > 0 && 'serviceAccount' in top)) {
    return { layout: { kind: 'communityChart', release, ...communityAccount(top) }, airflowVersion: imageVersion(mapping(airflow['image'])) };
  }
  const isOfficial = Object.keys(components).some((key) => key in top) || ['airflowVersion', 'executor', 'defaultAirflowTag', 'images'].some((key) => key in top);
  return isOfficial ? { layout: { kind: 'officialChart', ...releaseOf(top, release) }, airflowVersion: versionOf(top) } : undefined;
}

/** The overrides of a release, as far as they decide about service accounts (apache/airflow chart/templates/_helpers.yaml). */
function releaseOf(values: Mapping, release: string): ChartRelease {
  const workers = mapping(values['workers']);
  const isDedicated = workers['useWorkerDedicatedServiceAccounts'] === true;
  const named = Object.entries(components).flatMap(([key, id]) => accountOf(mapping(values[key]), id));
  const dedicated = isDedicated
    ? [...accountOf(mapping(workers['celery']), 'worker-celery'), ...accountOf(mapping(workers['kubernetes']), 'worker-kubernetes')]
    : [];
  const serviceAccounts = Object.fromEntries([...named, ...dedicated]);
  const disabled = Object.entries(components).flatMap(([key, id]) => (mapping(values[key])['enabled'] === false ? [id] : []));
  return {
    release,
    ...override('nameOverride', values),
    ...override('fullnameOverride', values),
    ...(Object.keys(serviceAccounts).length === 0 ? {} : { serviceAccounts }),
    ...(disabled.length === 0 ? {} : { disabled }),
    ...(isDedicated ? { dedicatedWorkers: true } : {}),
  };
}

/** `create: false` without a name is the namespace's own account. */
function accountOf(component: Mapping, id: string): readonly (readonly [string, string])[] {
  const { name, create } = mapping(component['serviceAccount']);
  const given = text(name);
  return given === undefined ? (create === false ? [[id, 'default']] : []) : [[id, given]];
}

function communityAccount(values: Mapping): { readonly serviceAccount?: string } {
  const [account] = accountOf(values, '');
  return account === undefined ? {} : { serviceAccount: account[1] };
}

function override<Key extends 'nameOverride' | 'fullnameOverride'>(key: Key, values: Mapping): { readonly [name in Key]?: string } {
  const value = text(values[key]);
  return value === undefined ? {} : ({ [key]: value } as { readonly [name in Key]: string });
}

function versionOf(values: Mapping): string | undefined {
  return versionIn(text(values['airflowVersion'])) ?? imageVersion(mapping(mapping(values['images'])['airflow'])) ?? versionIn(text(values['defaultAirflowTag']));
}

function imageVersion(image: Mapping): string | undefined {
  return versionIn(text(image['tag']));
}

function versionIn(tag: string | undefined): string | undefined {
  return /^\d+\.\d+\.\d+/.exec(tag ?? '')?.[0];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 300 ? value : undefined;
}

function mapping(value: unknown): Mapping {
  const parsed = v.safeParse(v.record(v.string(), v.unknown()), value);
  return parsed.success ? parsed.output : {};
}
