import * as l10n from '@vscode/l10n';
import type { ConnectState } from '../connectState.ts';
import type { ConnectionView, NoticeView } from '../connectView.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The connection's fields and what the chosen file would look like; `undefined` until an identity is chosen. */
export function connectionView(state: ConnectState): ConnectionView | undefined {
  if (state.identity.kind !== 'chosen') {
    return undefined;
  }
  const { identity } = state.identity.value;
  const { connection, connectionPlan: plan } = state;
  const label = state.projects.find((project) => project.uri === connection.target)?.label ?? '';
  const shown = plan?.kind === 'differs' && connection.overwrite ? plan.overwrite : plan;
  const subscriptionProblem =
    connection.subscriptionId === '' || guid.test(connection.subscriptionId) ? undefined : l10n.t('This is no subscription ID, such as 00000000-0000-0000-0000-000000000000.');
  return {
    connectionId: connection.connectionId,
    ...(connection.connectionId === '' ? { connectionIdProblem: l10n.t('Airflow finds the connection by this name. Enter one, such as azure_wi.') } : {}),
    clientId: identity.clientId,
    tenantId: identity.homeTenantId,
    subscriptionId: connection.subscriptionId,
    ...(subscriptionProblem === undefined ? {} : { subscriptionIdProblem: subscriptionProblem }),
    targets: [...state.projects.map(({ uri, label: name }) => ({ uri, label: name })), { uri: '', label: l10n.t('Do not write a connection') }],
    target: connection.target,
    targetHint: targetHint(state),
    notices: connectionNotices(state, label),
    ...(plan?.kind === 'differs'
      ? {
          differs: {
            existing: plan.existing,
            wanted: plan.wanted,
            overwrite: connection.overwrite,
            label: l10n.t('Change the existing connection {0}', connection.connectionId),
          },
        }
      : {}),
    ...(shown?.kind === 'edit'
      ? {
          preview: {
            title: l10n.t('Preview of {0}, lines {1} to {2}', fileName(label), shown.lines.first, shown.lines.last),
            lines: shown.preview.map(({ kind, text }) => ({ kind, text })),
          },
        }
      : {}),
  };
}

function targetHint(state: ConnectState): string {
  if (state.projects.length === 0) {
    return l10n.t('No Astro project is open. Open a folder that astro dev init made, and the connection can be written there.');
  }
  return state.connection.target === ''
    ? l10n.t('The identity will trust the deployment; add the connection yourself.')
    : l10n.t('Used by astro dev start on this computer. The deployment does not read this file.');
}

function connectionNotices(state: ConnectState, label: string): NoticeView[] {
  const notices: NoticeView[] = [];
  const { connectionPlan: plan, provider } = state;
  if (plan?.kind === 'refused') {
    const where = plan.line === undefined ? label : l10n.t('{0}, line {1}', label, plan.line);
    notices.push({
      status: 'conflict',
      text: l10n.t('{0}: {1} {2}', where, plan.message, plan.fix),
      actions: [{ label: l10n.t('Open file'), accessibleName: l10n.t('Open file {0}', label), event: { kind: 'openConnection' }, style: 'link' }],
    });
  }
  if (plan?.kind === 'unchanged') {
    notices.push({ status: 'keep', text: l10n.t('{0} already holds exactly this connection.', label), actions: [] });
  }
  if (plan?.kind === 'differs') {
    notices.push({
      status: 'replace',
      text: l10n.t('{0} already holds a connection {1} with other values. Tick to change it, or choose another connection ID.', label, state.connection.connectionId),
      actions: [],
    });
  }
  if (plan?.kind === 'unchanged' || plan?.kind === 'differs') {
    notices.push(...plan.notes.map((text): NoticeView => ({ status: 'replace', text, actions: [] })));
  }
  if (provider !== undefined) {
    notices.push({
      status: 'replace',
      text: provider.message,
      actions: provider.canAdd
        ? [{ label: l10n.t('Edit requirements.txt'), event: { kind: 'addProvider' }, style: 'link' }]
        : [],
    });
  }
  return notices;
}

function fileName(label: string): string {
  return label.slice(label.lastIndexOf('/') + 1);
}
