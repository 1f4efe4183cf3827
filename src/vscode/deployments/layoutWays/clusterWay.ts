import * as vscode from 'vscode';
import type { KubeContext, KubernetesPort, UsedServiceAccount } from '../../../deployment/kubernetesPort.ts';
import { AirflowIdentityError, isCancel, toAirflowIdentityError } from '../../../errors.ts';
import { pickStep } from '../../connect/stepPick.ts';
import type { StepAnswer, StepItem } from '../../connect/stepPick.ts';
import type { Log } from '../../log.ts';
import type { Messages } from '../../messages.ts';
import { stoppable } from '../../stoppable.ts';
import type { LayoutQuestion, LayoutWay } from './layoutWay.ts';

/**
 * Reads the service accounts from the cluster itself, with the user's kubeconfig and only when asked to. Where that fails,
 * the reason is told and the question before is asked again: what was answered so far is not lost.
 * @param isTrusted whether the workspace is trusted now
 */
export function clusterWay(kubernetes: () => KubernetesPort, { messages, log }: { readonly messages: Messages; readonly log: Log }, isTrusted: () => boolean): LayoutWay {
  return {
    label: vscode.l10n.t('Read from the cluster…'),
    detail: vscode.l10n.t('Service accounts and pods of the namespace, with your kubeconfig; nothing is changed there'),
    icon: 'cloud-download',
    made: () => false,
    ask: async (question) => {
      const context = await askContext(question, kubernetes().contexts());
      if (context.kind !== 'picked') {
        return context;
      }
      if (!(await mayRun(context.value, messages, isTrusted()))) {
        return { kind: 'back' };
      }
      try {
        const found = await stoppable(vscode.l10n.t('Reading {0} in {1}', question.namespace, context.value.name), (stop) =>
          kubernetes().serviceAccounts(context.value.name, question.namespace, stop));
        return await askAccounts(question, found);
      } catch (error) {
        tell(error, messages, log);
        return { kind: 'back' };
      }
    },
  };
}

/** Says why the cluster was not read; whoever cancelled knows. */
function tell(caught: unknown, messages: Messages, log: Log): void {
  if (isCancel(caught)) {
    return;
  }
  const error = toAirflowIdentityError(caught);
  log.failure('read service accounts', error);
  void messages.error([error.message, error.fix].filter((part) => part !== undefined).join(' '));
}

async function askContext({ title, apiServer }: LayoutQuestion, contexts: readonly KubeContext[]): Promise<StepAnswer<KubeContext>> {
  return pickStep<KubeContext>({
    title,
    placeholder: vscode.l10n.t('Which context of your kubeconfig?'),
    back: true,
    active: ({ value }) => value !== undefined && (apiServer === undefined ? value.isCurrent : hostOf(value) === apiServer.toLowerCase()),
    load: async (show) => {
      show(
        contexts.length === 0
          ? [{ label: vscode.l10n.t('Your kubeconfig has no cluster'), detail: vscode.l10n.t('For AKS, "az aks get-credentials" adds one.'), alwaysShow: true }]
          : contexts.map((context): StepItem<KubeContext> => ({
            label: context.name,
            description: [context.server, context.isCurrent ? vscode.l10n.t('current') : ''].filter((part) => part !== '').join(' · '),
            ...(context.command === undefined ? {} : { detail: vscode.l10n.t('Runs {0} to sign in', context.command) }),
            value: context,
          })),
      );
    },
  });
}

/**
 * A program is only run where the workspace is trusted and the user agrees, although their own kubeconfig names it.
 * @throws AirflowIdentityError `forbidden` in a workspace that is not trusted.
 */
async function mayRun({ name, command }: KubeContext, messages: Messages, isTrusted: boolean): Promise<boolean> {
  if (command === undefined) {
    return true;
  }
  if (!isTrusted) {
    throw new AirflowIdentityError('forbidden', vscode.l10n.t('This workspace is not trusted, so the program {0} is not run.', command), {
      fix: vscode.l10n.t('Trust the workspace, or name the service accounts.'),
    });
  }
  return messages.confirm(
    vscode.l10n.t('Run {0}?', command),
    vscode.l10n.t('Your kubeconfig has it run to sign in with the context {0}.', name),
    vscode.l10n.t('Run'),
  );
}

async function askAccounts({ title, namespace }: LayoutQuestion, found: readonly UsedServiceAccount[]): ReturnType<LayoutWay['ask']> {
  const items = found.map((account) => ({
    label: account.name,
    description: account.components.join(', '),
    detail: detailOf(account),
    picked: account.pods > 0 && account.components.every((component) => !helpers.has(component)),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: items.length === 0 ? vscode.l10n.t('The namespace {0} has no service account', namespace) : vscode.l10n.t('Which of them need Azure?'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return picked === undefined || picked.length === 0
    ? { kind: 'back' }
    : { kind: 'picked', value: { layout: { kind: 'listed', serviceAccounts: picked.map(({ label }) => label) } } };
}

/** Components of the charts that never reach Azure. */
const helpers: ReadonlySet<string> = new Set(['redis', 'statsd', 'pgbouncer', 'postgresql', 'flower', 'create-user-job', 'migrate-database-job', 'run-airflow-migrations']);

function detailOf({ pods, clientId, asksForToken }: UsedServiceAccount): string {
  const parts = [pods === 0 ? vscode.l10n.t('no pod runs as it now') : pods === 1 ? vscode.l10n.t('1 pod') : vscode.l10n.t('{0} pods', pods)];
  if (pods > 0) {
    parts.push(asksForToken ? vscode.l10n.t('asks for a token for Azure') : vscode.l10n.t('does not ask for a token for Azure yet'));
  }
  return [...parts, ...(clientId === undefined ? [] : [vscode.l10n.t('client ID {0}', clientId)])].join(' · ');
}

function hostOf({ server }: KubeContext): string {
  return server.replace(/:\d+$/, '').toLowerCase();
}
