import * as l10n from '@vscode/l10n';
import type { RowProgress } from '../apply.ts';
import { canApply, planOf, writesConnection } from '../connectPlan.ts';
import type { ConnectState } from '../connectState.ts';
import type { ActionView, ConnectView } from '../connectView.ts';
import { rowsToWrite } from '../plan.ts';
import type { TrustPlan } from '../plan.ts';
import { accessToWrite } from '../connectAccess.ts';
import { credentialCount, roleCount, sentence } from './sentences.ts';

type FooterView = ConnectView['footer'];

/** The plan in one sentence beside its button; the page announces it, so it holds the whole news. */
export function footerView(state: ConnectState): FooterView {
  switch (state.phase) {
    case 'review':
      return reviewFooter(state);
    case 'applying':
      return applyingFooter(state);
    case 'done':
      return doneFooter(state);
  }
}

/** What applying would do: "Creates 5 federated credentials, adds 1 connection." */
function planSentence(state: ConnectState, plan: TrustPlan): string {
  const rows = rowsToWrite(plan);
  const creates = rows.filter((row) => row.status === 'create').length;
  const replaces = rows.length - creates;
  const parts: string[] = [];
  if (creates > 0) {
    parts.push(l10n.t('creates {0}', credentialCount(creates)));
  }
  if (replaces > 0) {
    parts.push(l10n.t('replaces {0}', credentialCount(replaces)));
  }
  const roles = accessToWrite(state).length;
  if (roles > 0) {
    parts.push(l10n.t('gives {0}', roleCount(roles)));
  }
  if (writesConnection(state)) {
    parts.push(isChange(state) ? l10n.t('changes 1 connection') : l10n.t('adds 1 connection'));
  }
  return sentence(parts);
}

function isChange({ connectionPlan: plan }: ConnectState): boolean {
  return plan?.kind === 'differs' || (plan?.kind === 'edit' && plan.action === 'update');
}

function reviewFooter(state: ConnectState): FooterView {
  const plan = planOf(state);
  const actions: ActionView[] = [
    { label: l10n.t('Connect deployment'), event: { kind: 'apply' }, style: 'primary', disabled: !canApply(state) },
    {
      label: l10n.t('Copy as az commands'),
      event: { kind: 'copyScript' },
      style: 'secondary',
      disabled: plan === undefined || rowsToWrite(plan).length + accessToWrite(state).length === 0,
    },
  ];
  if (plan === undefined) {
    return { headline: l10n.t('Nothing planned yet.'), detail: missing(state), actions };
  }
  if (!plan.fits) {
    return { headline: tooManySentence(plan), detail: spaceAdvice(plan), actions };
  }
  const headline = planSentence(state, plan);
  return headline === ''
    ? { headline: nothingToDo(plan), detail: leftOut(state, plan), actions }
    : { headline, detail: leftOut(state, plan), actions };
}

function missing(state: ConnectState): string {
  if (state.deployment.kind === 'chosen') {
    return l10n.t('Choose an identity to see what will be created.');
  }
  return state.identity.kind === 'chosen'
    ? l10n.t('Choose a deployment to see what will be created.')
    : l10n.t('Choose a deployment and an identity to see what will be created.');
}

function tooManySentence(plan: TrustPlan): string {
  return l10n.t('{0} of {1} needed: untick {2} or choose another identity.', plan.after, plan.limit, plan.after - plan.limit);
}

function spaceAdvice(plan: TrustPlan): string {
  if (plan.unused.length === 0) {
    return l10n.t('An identity holds at most {0} federated credentials, and {1} stand there now.', plan.limit, plan.used);
  }
  const names = plan.unused.slice(0, 3).map((held) => held.name);
  const more = plan.unused.length - names.length;
  const listed = more > 0 ? l10n.t('{0} and {1} more', names.join(', '), more) : names.join(', ');
  return l10n.t('No known deployment has the issuer of {0}: perhaps unused. Check before you delete them in the Identities view.', listed);
}

function nothingToDo(plan: TrustPlan): string {
  return plan.rows.length > 0 && plan.rows.every((row) => row.status === 'keep')
    ? l10n.t('Nothing to do: the identity already trusts every workload.')
    : l10n.t('Nothing to do: no workload is ticked that is not trusted already.');
}

function leftOut(state: ConnectState, plan: TrustPlan): string {
  const parts = plan.rows.flatMap((row) => {
    const input = state.rows.find((candidate) => candidate.id === row.rowId);
    if (input === undefined || row.ticked) {
      return [];
    }
    switch (row.status) {
      case 'keep':
        return [];
      case 'replace':
        return [l10n.t('{0} (replacement)', input.title)];
      case 'conflict':
        return [l10n.t('{0} (conflict)', input.title)];
      case 'create':
        return [input.confirmed ? input.title : l10n.t('{0} (unconfirmed)', input.title)];
    }
  });
  if (state.connectionPlan?.kind === 'differs' && !state.connection.overwrite) {
    parts.push(l10n.t('the connection (other values)'));
  }
  if (state.connectionPlan?.kind === 'refused') {
    parts.push(state.connectionPlan.code === 'invalidInput' ? l10n.t('the connection (not filled in)') : l10n.t('the connection (cannot be written there)'));
  }
  return parts.length === 0 ? '' : l10n.t('Leaves out {0}.', parts.join(', '));
}

function applyingFooter(state: ConnectState): FooterView {
  const credentials = [...(state.run?.progress.values() ?? [])];
  const roles = [...(state.run?.access.values() ?? [])];
  const all = [...credentials, ...roles];
  const ended = (rows: readonly RowProgress[]): number => rows.filter((row) => row.state === 'done' || row.state === 'failed').length;
  const pausing = all.find((row) => row.state === 'pausing');
  const stopping = state.run?.stopping === true;
  const isGiving = roles.some((row) => row.state === 'writing' || row.state === 'pausing');
  if (ended(all) === all.length && writesConnection(state)) {
    return { headline: l10n.t('Writing the connection.'), detail: '', progress: { done: all.length, total: all.length + 1 }, actions: [stopAction(stopping)] };
  }
  return {
    headline: stopping ? stoppingHeadline(isGiving) : applyingHeadline(credentials.length, ended(credentials), roles.length, ended(roles)),
    detail:
      pausing?.state === 'pausing'
        ? l10n.t('{0} Next try in {1} s.', pausing.reason, Math.ceil(pausing.waitMs / 1000))
        : l10n.t('Azure accepts one credential at a time per identity.'),
    progress: { done: ended(all), total: Math.max(all.length, 1) },
    actions: [stopAction(stopping)],
  };
}

function stopAction(stopping: boolean): ActionView {
  return { label: l10n.t('Stop'), event: { kind: 'stop' }, style: 'secondary', disabled: stopping };
}

/** A right is missing: trying again will not help, a colleague who has it will. */
function isForbidden(state: ConnectState): boolean {
  return [...(state.run?.progress.values() ?? []), ...(state.run?.access.values() ?? [])].some((row) => row.state === 'failed' && row.error.code === 'forbidden');
}

function stoppingHeadline(isGiving: boolean): string {
  return isGiving ? l10n.t('Stopping after the role that is being given.') : l10n.t('Stopping after the credential that is being written.');
}

function applyingHeadline(credentials: number, written: number, roles: number, given: number): string {
  if (written < credentials || (credentials > 0 && roles === 0)) {
    return l10n.t('{0} of {1} written.', written, credentialCount(credentials));
  }
  return roles > 0 ? l10n.t('{0} of {1} given.', given, roleCount(roles)) : l10n.t('Writing the connection.');
}

/** What a run did not write. */
interface Missed {
  readonly credentials: number;
  readonly roles: number;
  /** Id of the connection, where that could not be written. */
  readonly connectionId: string | undefined;
}

function missedBy({ run, outcome, connection }: ConnectState): Missed {
  const count = (rows: ReadonlyMap<string, RowProgress> | undefined): number =>
    [...(rows?.values() ?? [])].filter((row) => row.state === 'failed' || row.state === 'stopped').length;
  return { credentials: count(run?.progress), roles: count(run?.access), connectionId: outcome?.connection.kind === 'failed' ? connection.connectionId : undefined };
}

function doneFooter(state: ConnectState): FooterView {
  const missed = missedBy(state);
  const connection = state.outcome?.connection;
  const failed = missed.credentials + missed.roles;
  // What was shown is not what stands there any more: the plan has to be looked at first.
  const mayRetry = failed > 0 || (connection?.kind === 'failed' && connection.error.code !== 'fileChanged' && connection.error.code !== 'conflict');
  const actions: ActionView[] = [];
  if (mayRetry) {
    actions.push({ label: retryLabel(missed), event: { kind: 'retryFailed' }, style: 'primary' });
  }
  if (connection?.kind === 'written' || connection?.kind === 'unchanged') {
    actions.push({ label: l10n.t('Open connection'), event: { kind: 'openConnection' }, style: failed > 0 ? 'secondary' : 'primary' });
  }
  if (isForbidden(state)) {
    actions.push({ label: l10n.t('Copy as az commands'), event: { kind: 'copyScript' }, style: 'secondary' });
  }
  actions.push({ label: l10n.t('Back to the plan'), event: { kind: 'review' }, style: connection?.kind === 'failed' && !mayRetry ? 'primary' : 'secondary' });
  return { ...doneText(state, missed), actions };
}

function doneText(state: ConnectState, missed: Missed): Pick<FooterView, 'headline' | 'detail'> {
  const failed = missed.credentials + missed.roles;
  if (failed === 0 && missed.connectionId === undefined) {
    return { headline: l10n.t('Connected.'), detail: l10n.t('Azure needs a few minutes to accept new credentials.') };
  }
  return {
    headline: missedHeadline(missed),
    detail: isForbidden(state)
      ? l10n.t('A right is missing. Copy the commands and send them to somebody who has it.')
      : failed > 0
        ? l10n.t('What failed changed nothing and can be tried again.')
        : l10n.t('The identity trusts the deployment; only the connection is missing.'),
  };
}

function retryLabel({ credentials, roles, connectionId }: Missed): string {
  if (connectionId !== undefined) {
    return credentials + roles > 0 ? l10n.t('Retry what is missing') : l10n.t('Retry the connection');
  }
  if (roles > 0) {
    return credentials > 0 ? l10n.t('Retry what is missing') : l10n.t('Retry {0}', roleCount(roles));
  }
  return credentials === 1 ? l10n.t('Retry 1 credential') : l10n.t('Retry {0} credentials', credentials);
}

function missedHeadline({ credentials, roles, connectionId }: Missed): string {
  return [
    ...(credentials > 0 ? [l10n.t('{0} not written.', credentialCount(credentials))] : []),
    ...(roles > 0 ? [l10n.t('{0} not given.', roleCount(roles))] : []),
    ...(connectionId === undefined ? [] : [l10n.t('Connection {0} not written.', connectionId)]),
  ].join(' ');
}
