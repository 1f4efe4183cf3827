import * as l10n from '@vscode/l10n';
import { planOf, writesConnection } from '../connectPlan.ts';
import type { ConnectState } from '../connectState.ts';
import { chosenTarget } from '../connectTarget.ts';
import type { ActionView, ConnectView, NoticeView } from '../connectView.ts';
import { accessView } from './accessView.ts';
import { connectionView } from './connectionViews.ts';
import { errorNotice } from './errorNotice.ts';
import { footerView } from './footerView.ts';
import { outcomeTitle, outcomeView } from './outcomeView.ts';
import { rowViews } from './rowViews.ts';
import { deploymentSection, identitySection } from './sectionViews.ts';

/** Everything a surface shows for a state, in the user's language (the wording follows the project's mock of the form). */
export function connectViewOf(state: ConnectState): ConnectView {
  const outcome = outcomeView(state);
  const access = accessView(state);
  return {
    phase: phaseOf(state),
    ...heading(state),
    notices: topNotices(state),
    ...(outcome === undefined ? {} : { outcome }),
    deployment: deploymentSection(state),
    identity: identitySection(state),
    credentials: credentialsSection(state),
    ...(access === undefined ? {} : { access }),
    connection: connectionSection(state),
    footer: footerView(state),
  };
}

function phaseOf(state: ConnectState): ConnectView['phase'] {
  return state.phase === 'review' && state.deployment.kind === 'none' && state.identity.kind === 'none' ? 'empty' : state.phase;
}

function heading(state: ConnectState): Pick<ConnectView, 'title' | 'subtitle'> {
  switch (state.phase) {
    case 'review':
      return {
        title: l10n.t('Connect deployment to Azure'),
        subtitle:
          phaseOf(state) === 'empty'
            ? l10n.t('An identity trusts a deployment; a connection carries that trust into a project. No secret is created or stored.')
            : l10n.t('An identity trusts a deployment; a connection carries that trust into a project. Nothing is written until you connect.'),
      };
    case 'applying':
      return {
        title: l10n.t('Connecting deployment to Azure'),
        subtitle: l10n.t('You can close this tab: the work goes on, and its progress stays in the Identities view.'),
      };
    case 'done':
      return { title: outcomeTitle(state), subtitle: doneSubtitle(state) };
  }
}

function doneSubtitle(state: ConnectState): string {
  const failed = state.outcome?.connection.kind === 'failed' || [...(state.run?.progress.values() ?? []), ...(state.run?.access.values() ?? [])].some((row) => row.state !== 'done');
  const parts = failed ? [l10n.t('What failed changed nothing and can be tried again.')] : [];
  if (state.outcome?.apply?.credentials !== undefined) {
    const time = new Date(state.outcome.at).toLocaleTimeString([], { timeStyle: 'short' });
    parts.unshift(l10n.t('Read back from Azure at {0}.', time));
  }
  return parts.length === 0 ? l10n.t('Nothing had to be written in Azure.') : parts.join(' ');
}

function topNotices(state: ConnectState): NoticeView[] {
  const again: ActionView = { label: l10n.t('Refresh'), event: { kind: 'reload' }, style: 'link' };
  return state.applyError === undefined ? [] : [errorNotice(state.applyError, again)];
}

function credentialsSection(state: ConnectState): ConnectView['credentials'] {
  const title = l10n.t('Federated credentials');
  const rows = rowViews(state);
  const plan = planOf(state);
  if (state.deployment.kind !== 'chosen') {
    return { title, actions: [], text: l10n.t('Lists, per workload, what would be created, kept or replaced, once both are chosen.'), rows, notices: [] };
  }
  const actions: ActionView[] =
    state.phase === 'review'
      ? [
          { label: state.editSubjects ? l10n.t('Done editing') : l10n.t('Edit subjects'), event: { kind: 'editSubjects', on: !state.editSubjects }, style: 'link' },
          { label: l10n.t('Add service account'), event: { kind: 'addServiceAccount' }, style: 'link' },
        ]
      : [];
  const text =
    state.phase === 'review'
      ? l10n.t('One credential per workload. Each trusts the issuer above for the audience {0}.', state.audience)
      : '';
  return { title, actions, text, ...(text === '' ? {} : { audience: state.audience }), rows, notices: quotaNotices(plan) };
}

function quotaNotices(plan: ReturnType<typeof planOf>): NoticeView[] {
  return plan === undefined || plan.fits
    ? []
    : [
        {
          status: 'conflict',
          text: l10n.t('{0} of {1} needed: untick {2} or choose another identity.', plan.after, plan.limit, plan.after - plan.limit),
          actions: [{ label: l10n.t('Choose another identity'), event: { kind: 'chooseIdentity' }, style: 'link' }],
        },
      ];
}

function connectionSection(state: ConnectState): ConnectView['connection'] {
  const title = l10n.t('Connection');
  const form = state.phase === 'review' ? connectionView(state) : undefined;
  if (form !== undefined) {
    return { title, form };
  }
  const label = chosenTarget(state)?.label;
  if (state.phase !== 'review') {
    return { title, text: underwayText(state, label) };
  }
  return {
    title,
    text:
      label === undefined
        ? l10n.t('Shows the Airflow connection, once an identity is chosen.')
        : l10n.t('Shows the Airflow connection as it would stand in {0}.', label),
  };
}

/** After the plan was taken up, the outcome list says what happened; here stands what was meant. */
function underwayText(state: ConnectState, label: string | undefined): string {
  const kind = state.outcome?.connection.kind;
  const written = state.phase === 'applying' ? writesConnection(state) : kind === 'written' || kind === 'unchanged';
  return written && label !== undefined ? l10n.t('{0} in {1}', state.connection.connectionId, label) : l10n.t('No connection is written.');
}
