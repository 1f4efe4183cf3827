import * as l10n from '@vscode/l10n';
import type { RowProgress } from '../apply.ts';
import type { ConnectState } from '../connectState.ts';
import { chosenTarget } from '../connectTarget.ts';
import type { ActionView, ConnectView, OutcomeLineView } from '../connectView.ts';
import { accessTitle } from './accessView.ts';
import { credentialCount } from './sentences.ts';

/** "What was done", line by line, and what comes next; `undefined` before anything was done. */
export function outcomeView(state: ConnectState): ConnectView['outcome'] {
  if (state.phase !== 'done' || state.outcome === undefined) {
    return undefined;
  }
  const lines = [...failures(state), ...successes(state), ...accessLines(state), ...connectionLines(state)];
  return {
    title: l10n.t('What was done'),
    lines,
    nextTitle: l10n.t('Next'),
    next: [
      l10n.t('Wait a few minutes before the first run: until Azure has spread the new credentials, tasks may fail with AADSTS70021 or AADSTS700213.'),
      ...(hasAccess(state) ? [] : [l10n.t('Give the identity a role on what your tasks read and write. Without one they sign in and are refused.')]),
      ...(state.outcome.connection.kind === 'written' ? [afterWriting(state)] : []),
    ],
  };
}

/** The title of the page after applying: the result in a few words. */
export function outcomeTitle(state: ConnectState): string {
  const missing = unwritten(state);
  const attempted = state.run?.progress.size ?? 0;
  if (attempted > 0 && missing.length === attempted) {
    return l10n.t('Not connected');
  }
  if (missing.length > 0) {
    return l10n.t('Connected, except for {0}', missing.map(({ title }) => title).join(', '));
  }
  const notGiven = state.access.filter(({ id }) => isMissed(state.run?.access.get(id)));
  if (notGiven.length > 0) {
    return l10n.t('Connected, except for {0}', notGiven.map(({ roleName }) => roleName).join(', '));
  }
  return state.outcome?.connection.kind === 'failed'
    ? l10n.t('Connected, except for {0}', l10n.t('connection {0}', state.connection.connectionId))
    : l10n.t('Connected');
}

function unwritten(state: ConnectState): { readonly id: string; readonly title: string }[] {
  return state.rows.filter((row) => {
    return isMissed(state.run?.progress.get(row.id));
  });
}

function isMissed(progress: RowProgress | undefined): boolean {
  return progress?.state === 'failed' || progress?.state === 'stopped';
}

/** True when the identity holds a planned role now. */
function hasAccess(state: ConnectState): boolean {
  return state.access.some(({ id }) => !isMissed(state.run?.access.get(id)));
}

function accessLines(state: ConnectState): OutcomeLineView[] {
  return state.access.flatMap((row): OutcomeLineView[] => {
    const progress = state.run?.access.get(row.id);
    switch (progress?.state) {
      case 'done':
        return progress.outcome === 'already'
          ? [{ status: 'keep', text: l10n.t('Found the role {0} already there', accessTitle(row)) }]
          : [{ status: 'done', text: l10n.t('Gave the role {0}', accessTitle(row)) }];
      case 'failed':
        return [{ status: 'failed', text: l10n.t('Could not give the role {0}', accessTitle(row)) }];
      case 'stopped':
        return [{ status: 'skipped', text: l10n.t('Ended before the role {0}', accessTitle(row)) }];
      case undefined:
      case 'waiting':
      case 'writing':
      case 'pausing':
        return [];
    }
  });
}

function failures(state: ConnectState): OutcomeLineView[] {
  const lines = unwritten(state).map(
    ({ id, title }): OutcomeLineView =>
      state.run?.progress.get(id)?.state === 'stopped'
        ? { status: 'skipped', text: l10n.t('Stopped before the credential for {0}', title), rowId: id }
        : { status: 'failed', text: l10n.t('Could not write the credential for {0}', title), rowId: id },
  );
  const error = state.outcome?.apply?.readBackError;
  return error === undefined
    ? lines
    : [...lines, { status: 'failed', text: l10n.t('Could not read the credentials back: {0}', error.message) }];
}

function successes(state: ConnectState): OutcomeLineView[] {
  const outcomes = [...(state.run?.progress.values() ?? [])].flatMap((row) => (row.state === 'done' ? [row.outcome] : []));
  const count = (outcome: (typeof outcomes)[number]): number => outcomes.filter((one) => one === outcome).length;
  const line = (text: string): OutcomeLineView => ({ status: 'done', text });
  return [
    ...(count('created') > 0 ? [line(l10n.t('Created {0}', credentialCount(count('created'))))] : []),
    ...(count('replaced') > 0 ? [line(l10n.t('Replaced {0}', credentialCount(count('replaced'))))] : []),
    ...(count('already') > 0 ? [line(l10n.t('Found {0} already there', credentialCount(count('already'))))] : []),
  ];
}

/** What a written connection leaves to be done or to be known. */
function afterWriting(state: ConnectState): string {
  const { label = '', reach = '', shared } = chosenTarget(state) ?? {};
  return shared === undefined
    ? l10n.t('Add the same connection to the deployment, unless that reads {0}. {1}', label, reach)
    : l10n.t('Deployments read the Environment Manager before their environment variables and their metadata database: the same connection there does not count any more.');
}

function connectionLines(state: ConnectState): OutcomeLineView[] {
  const outcome = state.outcome?.connection;
  const place = chosenTarget(state)?.label ?? '';
  const id = state.connection.connectionId;
  switch (outcome?.kind) {
    case undefined:
    case 'none':
      return [];
    case 'written':
      return [
        {
          status: 'done',
          text: outcome.updated ? l10n.t('Changed connection {0} in {1}', id, placeText(place, outcome.line)) : l10n.t('Added connection {0} to {1}', id, placeText(place, outcome.line)),
          action: openAt(placeText(place, outcome.line)),
        },
      ];
    case 'unchanged':
      return [{ status: 'keep', text: l10n.t('Connection {0} already stands in {1}', id, placeText(place, outcome.line)), action: openAt(placeText(place, outcome.line)) }];
    case 'skipped':
      return [{ status: 'skipped', text: outcome.why }];
    case 'failed':
      return [
        {
          status: 'failed',
          text: [l10n.t('Could not write connection {0}: {1}', id, outcome.error.message), outcome.error.fix].filter((part) => part !== undefined).join(' '),
        },
      ];
  }
}

function placeText(label: string, line: number | undefined): string {
  return line === undefined ? label : l10n.t('{0}, line {1}', label, line);
}

function openAt(label: string): ActionView {
  return { label, event: { kind: 'openConnection' }, style: 'link' };
}
