import * as vscode from 'vscode';
import type { DeploymentTarget, IdentityTarget } from '../../contributions.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { compareTrust } from '../../trust/compareTrust.ts';
import type { ComparedWorkload, Comparison } from '../../trust/compareTrust.ts';
import { pickDeployment } from '../connect/pickDeployment.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepItem } from '../connect/stepPick.ts';
import type { Services } from '../services.ts';
import { pickedIdentity } from './chosenCredentials.ts';

/** Shows, workload by workload, how far an identity trusts a deployment, and offers to connect what is missing. */
export async function compareChosen(services: Services, target: IdentityTarget | DeploymentTarget | undefined): Promise<void> {
  const title = vscode.l10n.t('Compare with deployment');
  const identity = target !== undefined && 'identity' in target ? target.identity : await pickedIdentity(services, title);
  if (identity === undefined) {
    return;
  }
  const deployment = target !== undefined && 'deployment' in target ? target.deployment : await pickedDeployment(services, title);
  if (deployment === undefined) {
    return;
  }
  const held = await services.commands.resuming('credentials: list', () => services.azure().credentials(identity, new AbortController().signal));
  services.identities.updateCredentials(identity, held);
  const comparison = compareTrust(deployment, held, services.clouds.audience);
  const answer = await pickStep<'connect'>({
    title: vscode.l10n.t('{0} and {1}', identity.name, deployment.name),
    placeholder: headline(deployment, comparison),
    load: async (show) => { show(comparedItems(identity, deployment, comparison)); },
  });
  if (answer.kind === 'picked') {
    await services.commands.execute('airflowIdentity.connect', { identity, deployment });
  }
}

async function pickedDeployment(services: Services, title: string): Promise<Deployment | undefined> {
  const answer = await pickDeployment(services, { title, placeholder: vscode.l10n.t('With which Airflow deployment?'), byHand: false });
  return answer.kind === 'picked' && answer.value !== 'byHand' ? answer.value : undefined;
}

function headline(deployment: Deployment, { trusted, recommended }: Comparison): string {
  return deployment.issuer === undefined
    ? vscode.l10n.t('This deployment has no issuer yet, so nothing can trust it.')
    : vscode.l10n.t('{0} of {1} workloads are trusted.', trusted, recommended);
}

function comparedItems(identity: ManagedIdentity, deployment: Deployment, { workloads, further, trusted, recommended }: Comparison): readonly StepItem<'connect'>[] {
  const connect: StepItem<'connect'>[] =
    deployment.issuer === undefined
      ? []
      : [{ label: `$(plug) ${trusted < recommended ? vscode.l10n.t('Connect what is missing…') : vscode.l10n.t('Open the connection form…')}`, description: `${deployment.name} → ${identity.name}`, value: 'connect' }];
  return [
    ...connect,
    ...workloads.map(workloadItem),
    ...(further.length === 0 ? [] : [{ label: vscode.l10n.t('Other credentials for this namespace'), kind: vscode.QuickPickItemKind.Separator }]),
    ...further.map(({ name, subject = '', issuer }) => ({ label: `$(question) ${name}`, description: subject, detail: issuer === deployment.issuer ? '' : vscode.l10n.t('Other issuer: {0}', issuer) })),
  ];
}

function workloadItem({ workload: { title, serviceAccount, recommended }, status, credential, notes }: ComparedWorkload): StepItem<never> {
  switch (status) {
    case 'trusted':
      return { label: `$(pass) ${title}`, description: vscode.l10n.t('trusted by {0}', credential ?? ''), detail: serviceAccount };
    case 'missing':
      return { label: `$(circle-slash) ${title}`, description: recommended ? vscode.l10n.t('missing') : vscode.l10n.t('not trusted, seldom needed'), detail: serviceAccount };
    case 'other':
      return { label: `$(warning) ${title}`, description: vscode.l10n.t('something else stands there'), detail: notes.join(' ') };
  }
}
