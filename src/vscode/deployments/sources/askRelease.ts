import * as vscode from 'vscode';
import type { Deployment } from '../../../deployment/deployment.ts';
import { namespaceProblem } from '../../../deployment/kubernetesNames.ts';
import { goThrough, taken } from '../../connect/goThrough.ts';
import { pickStep } from '../../connect/stepPick.ts';
import type { StepAnswer, StepItem, Turn } from '../../connect/stepPick.ts';
import { askText } from '../../inputStep.ts';
import type { InputStep } from '../../inputStep.ts';
import type { FoundLayout, LayoutWay } from '../layoutWays/layoutWay.ts';

/** What the user says of an Airflow in a cluster. */
export interface Release extends FoundLayout {
  readonly name: string;
  readonly namespace: string;
}

/** What the questions begin with. */
interface ReleaseQuestion {
  readonly title: string;
  readonly ways: readonly LayoutWay[];
  readonly known: Deployment | undefined;
  /** Host of the API server of the cluster that was chosen meanwhile. */
  readonly apiServer?: () => string | undefined;
}

/**
 * Asks where in a cluster Airflow runs and how its service accounts are named, with back. `undefined` when cancelled.
 * @param begin asks for the cluster first
 */
export async function askRelease(
  { title, ways, known, apiServer }: ReleaseQuestion,
  begin?: () => Promise<Turn>,
): Promise<Release | undefined> {
  let namespace = known?.namespace ?? 'airflow';
  let name = known?.name ?? '';
  let found: FoundLayout | undefined;
  const text = async (step: Omit<InputStep, 'title'>, take: (value: string) => void): Promise<Turn> => {
    const answer = await askText({ title, back: true, ...step });
    return taken(answer.kind === 'entered' ? { kind: 'picked', value: answer.text } : answer, take);
  };
  const end = await goThrough([
    ...(begin === undefined ? [] : [begin]),
    () => text({ prompt: vscode.l10n.t('Kubernetes namespace of its pods'), value: namespace, problem: namespaceProblem }, (value) => { namespace = value; }),
    async () => {
      const way = await askWay(title, ways, found?.layout ?? known?.layout);
      if (way.kind !== 'picked') {
        return way.kind;
      }
      return taken(await way.value.ask({ title, namespace, apiServer: apiServer?.(), known: found?.layout ?? known?.layout }), (value) => { found = value; });
    },
    () => text(
      {
        prompt: vscode.l10n.t('Name of the Airflow deployment, as you call it'),
        value: name === '' ? namespace : name,
        problem: (value) => (value === '' ? vscode.l10n.t('The name is missing.') : undefined),
      },
      (value) => { name = value; },
    ),
  ]);
  return end === 'cancelled' || found === undefined ? undefined : { name, namespace, ...found };
}

async function askWay(title: string, ways: readonly LayoutWay[], known: FoundLayout['layout'] | undefined): Promise<StepAnswer<LayoutWay>> {
  return pickStep<LayoutWay>({
    title,
    placeholder: vscode.l10n.t('How was Airflow installed? That decides how its service accounts are named.'),
    back: true,
    active: (item) => known !== undefined && item.value?.made(known) === true,
    load: async (show) => {
      show(ways.map((way): StepItem<LayoutWay> => ({ label: `$(${way.icon}) ${way.label}`, detail: way.detail, value: way })));
    },
  });
}
