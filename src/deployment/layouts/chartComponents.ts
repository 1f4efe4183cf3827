import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { isAirflow3 } from '../airflowVersion.ts';
import type { DeploymentFacts } from '../deployment.ts';
import type { Workload } from '../workload.ts';
import { credentialNameFor } from '../workload.ts';

const text = v.pipe(v.string(), v.maxLength(300));

/**
 * A release of the official chart, or of one that holds it. What `values.yaml` leaves alone is absent.
 */
export const chartEntries = {
  release: text,
  nameOverride: v.exactOptional(text),
  fullnameOverride: v.exactOptional(text),
  /** Names that `values.yaml` gives, by component (`worker`, `api-server`). */
  serviceAccounts: v.exactOptional(v.pipe(v.record(text, text), v.readonly())),
  /** Components that `values.yaml` switches off. */
  disabled: v.exactOptional(v.pipe(v.array(text), v.readonly())),
  /** `workers.useWorkerDedicatedServiceAccounts`: Celery workers and pods of the KubernetesExecutor have one each. */
  dedicatedWorkers: v.exactOptional(v.boolean()),
};

const releaseSchema = v.object(chartEntries);

/** A release with its overrides. */
export type ChartRelease = v.InferOutput<typeof releaseSchema>;

interface Component {
  /** Ends the name of its service account. */
  readonly id: string;
  readonly title: string;
  readonly recommended: boolean;
}

/**
 * What the chart calls everything of a release (apache/airflow chart/templates/_helpers.yaml, `airflow.fullname`): the
 * override, or the release where its name holds the chart's, or both joined. Kubernetes takes 63 characters.
 */
function fullnameOf({ release, nameOverride, fullnameOverride }: ChartRelease): string {
  const name = nameOverride || 'airflow';
  const whole = fullnameOverride || (release.includes(name) ? release : `${release}-${name}`);
  return whole.slice(0, 63).replace(/-$/, '');
}

/** The workloads of a release: `<fullname>-<component>`, where `values.yaml` names no other account. */
export function chartWorkloads(deployment: DeploymentFacts, chart: ChartRelease): readonly Workload[] {
  const { namespace } = deployment;
  const workloads = componentsOf(deployment, chart).map(({ id, title, recommended }): Workload => {
    const serviceAccount = chart.serviceAccounts?.[id] ?? `${fullnameOf(chart)}-${id}`;
    return {
      id,
      title,
      serviceAccount,
      credentialName: credentialNameFor(namespace, serviceAccount),
      confirmed: true,
      recommended: recommended && !(chart.disabled ?? []).includes(id),
    };
  });
  return mergedByServiceAccount([...workloads, podOperator(namespace)]);
}

/** KubernetesPodOperator starts its pods with the namespace's own account unless the task names another one. */
export function podOperator(namespace: string): Workload {
  const serviceAccount = 'default';
  return { id: 'kpo', title: l10n.t('KubernetesPodOperator'), serviceAccount, credentialName: credentialNameFor(namespace, serviceAccount), confirmed: true, recommended: false };
}

/** Components with one service account between them need one credential: an identity holds issuer and subject only once. */
export function mergedByServiceAccount(workloads: readonly Workload[]): readonly Workload[] {
  const merged = new Map<string, Workload>();
  for (const workload of workloads) {
    const known = merged.get(workload.serviceAccount);
    merged.set(workload.serviceAccount, known === undefined ? workload : { ...known, title: `${known.title}, ${workload.title}`, recommended: known.recommended || workload.recommended });
  }
  return [...merged.values()];
}

/**
 * The components that may need Azure (same file, `*.serviceAccountName`; the worker's two in
 * helm-tests/tests/helm_tests/airflow_aux/test_basic_helm_chart.py). Where the version is not known, neither the API server of Airflow 3 nor the
 * webserver of Airflow 2 is ticked.
 */
function componentsOf(deployment: DeploymentFacts, { dedicatedWorkers = false }: ChartRelease): readonly Component[] {
  const isKnown = deployment.airflowVersion !== undefined;
  const is3 = isAirflow3(deployment);
  const workers: readonly Component[] = dedicatedWorkers
    ? [
        { id: 'worker-celery', title: l10n.t('Celery worker'), recommended: true },
        { id: 'worker-kubernetes', title: l10n.t('KubernetesExecutor worker'), recommended: true },
      ]
    : [{ id: 'worker', title: l10n.t('Worker'), recommended: true }];
  return [
    { id: 'scheduler', title: l10n.t('Scheduler'), recommended: true },
    { id: 'dag-processor', title: l10n.t('DAG processor'), recommended: is3 || !isKnown },
    { id: 'triggerer', title: l10n.t('Triggerer'), recommended: true },
    ...workers,
    ...(isKnown && !is3 ? [] : [{ id: 'api-server', title: l10n.t('API server'), recommended: is3 }]),
    ...(is3 ? [] : [{ id: 'webserver', title: l10n.t('Webserver'), recommended: isKnown }]),
  ];
}
