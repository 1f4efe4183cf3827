import * as l10n from '@vscode/l10n';
import type { Deployment } from './deployment.ts';

/** One service account of a deployment that may need Azure. */
export interface Workload {
  /** Stable within its deployment: `scheduler`, `kpo`, … or the service account's name. */
  readonly id: string;
  readonly title: string;
  readonly serviceAccount: string;
  /** What the credential is called unless the user says otherwise: `<namespace>-<id>`, as the Astro UI does it. */
  readonly credentialName: string;
  /** Whether a primary source names this service account. Unconfirmed workloads are offered unticked. */
  readonly confirmed: boolean;
  /** Whether it is ticked when the form opens. */
  readonly recommended: boolean;
}

/** The subject that Kubernetes writes into a service account's token (Kubernetes docs: service account tokens). */
export function subjectOf(namespace: string, serviceAccount: string): string {
  return `system:serviceaccount:${namespace}:${serviceAccount}`;
}

/** Takes a subject apart again; `undefined` when it is no service account's. */
export function parseSubject(subject: string): { readonly namespace: string; readonly serviceAccount: string } | undefined {
  const match = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(subject);
  const [, namespace, serviceAccount] = match ?? [];
  return namespace === undefined || serviceAccount === undefined ? undefined : { namespace, serviceAccount };
}

/** Airflow 3 came with Astro Runtime 3.x, written `X.Y-Z`; before it, Runtime 4 to 13 (`9.5.0`) held Airflow 2. */
export function isAirflow3(deployment: Pick<Deployment, 'runtimeVersion' | 'airflowVersion'>): boolean {
  if (deployment.airflowVersion !== undefined) {
    return Number.parseInt(deployment.airflowVersion, 10) >= 3;
  }
  return /^\d+\.\d+-\d+/.test(deployment.runtimeVersion ?? '');
}

interface Preset {
  readonly id: string;
  readonly title: string;
  /** `astro` puts `-serviceaccount` behind the component; the KubernetesPodOperator's account has no suffix. */
  readonly suffix: string;
  readonly confirmed: boolean;
  readonly recommended: boolean;
}

const component = (id: string, title: string, options: { confirmed?: boolean; recommended?: boolean } = {}): Preset => ({
  id,
  title,
  suffix: `${id}-serviceaccount`,
  confirmed: options.confirmed ?? true,
  recommended: options.recommended ?? options.confirmed ?? true,
});

/**
 * The workloads of a deployment with their service accounts.
 *
 * Names and subjects come from Astronomer's docs "Authorize Deployments to cloud resources" (astronomer/docs 0fd057ff,
 * which lists kpo, dag-processor, scheduler, triggerer, webserver and worker). The API server of Airflow 3 is named by no
 * source, hence unconfirmed; a remote-execution deployment runs its workers elsewhere and only its API server and
 * scheduler reach Azure ("Remote execution: custom timetables").
 */
export function workloadsOf(deployment: Deployment): readonly Workload[] {
  if (deployment.serviceAccounts !== undefined) {
    return deployment.serviceAccounts.map((serviceAccount) => addedWorkload(deployment.namespace, serviceAccount));
  }
  return presetsOf(deployment).map((preset) => ({
    id: preset.id,
    title: preset.title,
    serviceAccount: `${deployment.namespace}-${preset.suffix}`,
    credentialName: `${deployment.namespace}-${preset.id}`,
    confirmed: preset.confirmed,
    recommended: preset.recommended,
  }));
}

/** A workload for a service account that the user named. */
export function addedWorkload(namespace: string, serviceAccount: string): Workload {
  return {
    id: serviceAccount,
    title: serviceAccount,
    serviceAccount,
    credentialName: credentialNameFor(namespace, serviceAccount),
    confirmed: true,
    recommended: true,
  };
}

/** `<namespace>-<service account>` with what the service refuses replaced by `-`, at most 120 characters. */
export function credentialNameFor(namespace: string, serviceAccount: string): string {
  const tail = serviceAccount.startsWith(`${namespace}-`) ? serviceAccount.slice(namespace.length + 1) : serviceAccount;
  return `${namespace}-${tail}`
    .replaceAll(/[^a-zA-Z0-9-_]/g, '-')
    .replace(/^[^a-zA-Z0-9]+/, '')
    .slice(0, 120);
}

function presetsOf(deployment: Deployment): readonly Preset[] {
  const scheduler = component('scheduler', l10n.t('Scheduler'));
  const triggerer = component('triggerer', l10n.t('Triggerer'));
  const worker = component('worker', l10n.t('Worker'));
  const dagProcessor = component('dag-processor', l10n.t('DAG processor'));
  const apiServer = component('apiserver', l10n.t('API server'), { confirmed: false });
  const kpo: Preset = { id: 'kpo', title: l10n.t('KubernetesPodOperator'), suffix: 'kpo', confirmed: true, recommended: true };
  if (deployment.remoteExecution) {
    return [apiServer, scheduler];
  }
  if (isAirflow3(deployment)) {
    return [scheduler, dagProcessor, triggerer, worker, kpo, apiServer];
  }
  const webserver = component('webserver', l10n.t('Webserver'));
  return [scheduler, triggerer, worker, webserver, kpo, component('dag-processor', l10n.t('DAG processor'), { recommended: false })];
}
