import * as l10n from '@vscode/l10n';
import { isAirflow3 } from '../airflowVersion.ts';
import type { DeploymentFacts } from '../deployment.ts';
import { layoutKind } from './layoutKind.ts';

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
 * Astro Hosted: everything is named after the namespace.
 *
 * Names and subjects come from Astronomer's docs "Authorize Deployments to cloud resources" (astronomer/docs 0fd057ff,
 * which lists kpo, dag-processor, scheduler, triggerer, webserver and worker). The API server of Airflow 3 is named by no
 * source, hence unconfirmed; a remote-execution deployment runs its workers elsewhere and only its API server and
 * scheduler reach Azure ("Remote execution: custom timetables").
 */
export const astroLayout = layoutKind('astro', {}, (deployment) =>
  presetsOf(deployment).map((preset) => ({
    id: preset.id,
    title: preset.title,
    serviceAccount: `${deployment.namespace}-${preset.suffix}`,
    credentialName: `${deployment.namespace}-${preset.id}`,
    confirmed: preset.confirmed,
    recommended: preset.recommended,
  })),
);

function presetsOf(deployment: DeploymentFacts): readonly Preset[] {
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
