import * as vscode from 'vscode';
import type { Deployment } from '../../../../deployment/deployment.ts';
import { namesIn, namespaceProblem, serviceAccountsProblem } from '../../../../deployment/kubernetesNames.ts';
import { valueProblem } from '../../../../identity/federatedCredential.ts';
import type { InputStep } from '../../../inputStep.ts';
import { askText } from '../../../inputStep.ts';
import type { ManualDeployment } from './manualDeployments.ts';

interface Question {
  readonly key: 'name' | 'issuer' | 'namespace' | 'serviceAccounts';
  readonly step: InputStep;
}

/** Asks for a deployment step by step, with back; `known` gives the answers to start from. `undefined` when cancelled. */
export async function enterDeployment(known?: Deployment): Promise<ManualDeployment | undefined> {
  const answers = {
    name: known?.name ?? '',
    issuer: known?.issuer ?? '',
    namespace: known?.namespace ?? '',
    serviceAccounts: known?.layout.kind === 'listed' ? known.layout.serviceAccounts.join(', ') : '',
  };
  const all = questions(known === undefined ? vscode.l10n.t('Add deployment by hand') : vscode.l10n.t('Edit deployment'));
  for (let index = 0; index < all.length; ) {
    const question = all[index];
    if (question === undefined) {
      break;
    }
    const answer = await askText({ ...question.step, value: answers[question.key], step: index + 1, totalSteps: all.length, back: index > 0 });
    switch (answer.kind) {
      case 'cancelled':
        return undefined;
      case 'back':
        index--;
        break;
      case 'entered':
        answers[question.key] = answer.text;
        index++;
    }
  }
  return { name: answers.name, issuer: answers.issuer, namespace: answers.namespace, serviceAccounts: namesIn(answers.serviceAccounts) };
}

function questions(title: string): readonly Question[] {
  return [
    {
      key: 'name',
      step: {
        title,
        prompt: vscode.l10n.t('Name of the Airflow deployment, as you call it'),
        problem: (text) => (text === '' ? vscode.l10n.t('The name is missing.') : undefined),
      },
    },
    {
      key: 'issuer',
      step: {
        title,
        prompt: vscode.l10n.t('OIDC issuer of its Kubernetes cluster, exactly as it stands in tokens; a trailing slash belongs to it'),
        placeholder: 'https://westeurope.oic.prod-aks.azure.com/…/…/',
        problem: (text) => valueProblem('issuer', text),
      },
    },
    {
      key: 'namespace',
      step: { title, prompt: vscode.l10n.t('Kubernetes namespace of its pods'), problem: namespaceProblem },
    },
    {
      key: 'serviceAccounts',
      step: {
        title,
        prompt: vscode.l10n.t('Service accounts of the pods that need Azure, separated by commas'),
        placeholder: 'airflow-scheduler, airflow-worker',
        problem: (text) => serviceAccountsProblem(namesIn(text)),
      },
    },
  ];
}
