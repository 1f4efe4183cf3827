import * as vscode from 'vscode';
import { namesIn, releaseProblem, serviceAccountsProblem } from '../../../deployment/kubernetesNames.ts';
import type { Layout } from '../../../deployment/layouts/layouts.ts';
import type { StepAnswer } from '../../connect/stepPick.ts';
import { askText } from '../../inputStep.ts';
import type { LayoutQuestion, LayoutWay } from './layoutWay.ts';

type ChartKind = Extract<Layout, { readonly release: string }>['kind'];

/** The charts that Airflow is installed with, as people know them. */
export function chartNames(): Readonly<Record<ChartKind, { readonly label: string; readonly detail: string }>> {
  return {
    officialChart: { label: vscode.l10n.t('Official chart'), detail: vscode.l10n.t('apache-airflow/airflow: one service account per component, named after the release') },
    astronomerChart: { label: vscode.l10n.t('Astronomer\'s chart'), detail: vscode.l10n.t('astronomer/airflow, Astro Private Cloud: as the official chart, which it holds') },
    communityChart: { label: vscode.l10n.t('Community chart'), detail: vscode.l10n.t('airflow-stable/airflow: one service account for all components') },
  };
}

/** The ways that need nothing but the user: a chart and its release, or the names. */
export function typedWays(): readonly LayoutWay[] {
  const names = chartNames();
  return [
    chartWay('officialChart', names.officialChart),
    chartWay('astronomerChart', names.astronomerChart),
    chartWay('communityChart', names.communityChart),
    {
      label: vscode.l10n.t('Name the service accounts…'),
      detail: vscode.l10n.t('Installed otherwise, or only some of its pods need Azure'),
      icon: 'edit',
      made: ({ kind }) => kind === 'listed',
      ask: askNames,
    },
  ];
}

/** Asks for the name of a Helm release. */
export async function askReleaseName({ title, known }: Pick<LayoutQuestion, 'title' | 'known'>): Promise<StepAnswer<string>> {
  const answer = await askText({
    title,
    prompt: vscode.l10n.t('Name of the Helm release, as "helm list" shows it'),
    value: known !== undefined && 'release' in known ? known.release : 'airflow',
    problem: releaseProblem,
    back: true,
  });
  return answer.kind === 'entered' ? { kind: 'picked', value: answer.text } : answer;
}

function chartWay(kind: ChartKind, { label, detail }: { readonly label: string; readonly detail: string }): LayoutWay {
  return {
    label,
    detail,
    icon: 'package',
    made: (layout) => layout.kind === kind,
    ask: async (question) => {
      const answer = await askReleaseName(question);
      // What values.yaml said of a release stays with it.
      const kept = question.known?.kind === kind && answer.kind === 'picked' && question.known.release === answer.value ? question.known : undefined;
      return answer.kind === 'picked' ? { kind: 'picked', value: { layout: kept ?? { kind, release: answer.value } } } : answer;
    },
  };
}

async function askNames({ title, known }: LayoutQuestion): ReturnType<LayoutWay['ask']> {
  const answer = await askText({
    title,
    prompt: vscode.l10n.t('Service accounts of the pods that need Azure, separated by commas'),
    placeholder: 'airflow-scheduler, airflow-worker',
    value: known?.kind === 'listed' ? known.serviceAccounts.join(', ') : '',
    problem: (text) => serviceAccountsProblem(namesIn(text)),
    back: true,
  });
  return answer.kind === 'entered' ? { kind: 'picked', value: { layout: { kind: 'listed', serviceAccounts: namesIn(answer.text) } } } : answer;
}
