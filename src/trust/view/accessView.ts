import * as l10n from '@vscode/l10n';
import { describeScope, scopeName } from '../../identity/scopeName.ts';
import type { ViewStatus } from '../../page/viewParts.ts';
import type { RowProgress } from '../apply.ts';
import type { AccessRow } from '../connectAccess.ts';
import { accessHelp } from '../connectRequests.ts';
import type { ConnectState } from '../connectState.ts';
import type { AccessRowView, AccessView, ActionView } from '../connectView.ts';

/** The roles that the identity is given; `undefined` once the flow is applied and none were planned. */
export function accessView(state: ConnectState): AccessView | undefined {
  if (state.phase !== 'review' && state.access.length === 0) {
    return undefined;
  }
  const title = l10n.t('Access');
  const add: ActionView = { label: l10n.t('Add access…'), event: { kind: 'addAccess' }, style: 'link' };
  return {
    title,
    actions: state.phase === 'review' && state.identity.kind === 'chosen' ? [add] : [],
    text:
      state.access.length > 0
        ? ''
        : l10n.t('Optional: what the deployment may read and write, such as one container. Without a role its tasks sign in and are refused.'),
    rows: state.access.map((row) => (state.phase === 'review' ? reviewed(state, row) : underway(row, state.run?.access.get(row.id), state.phase))),
  };
}

/** "Storage Blob Data Reader on container raw in stdatalake" */
export function accessTitle({ roleName, scope }: Pick<AccessRow, 'roleName' | 'scope'>): string {
  return l10n.t('{0} on {1}', roleName, placeOf(scope));
}

function placeOf(scope: AccessRow['scope']): string {
  return describeScope(scopeName(scope.id, () => scope.name));
}

function base(row: AccessRow): Pick<AccessRowView, 'id' | 'role' | 'scope' | 'scopeId'> {
  return { id: row.id, role: row.roleName, scope: placeOf(row.scope), scopeId: row.scope.id };
}

function reviewed(state: ConnectState, row: AccessRow): AccessRowView {
  const remove: ActionView = {
    label: l10n.t('Remove'),
    accessibleName: l10n.t('Remove {0}', accessTitle(row)),
    event: { kind: 'removeAccess', rowId: row.id },
    style: 'link',
  };
  const help = accessHelp(state, row);
  if (help !== undefined) {
    const copy: ActionView = {
      label: l10n.t('Copy text for your admin'),
      accessibleName: l10n.t('Copy text for your admin, for {0}', accessTitle(row)),
      event: { kind: 'copyAccessRequest', rowId: row.id },
      style: 'link',
    };
    return { ...base(row), status: 'conflict', statusText: l10n.t('Not allowed'), statusIcon: 'circle-slash', reasons: [`${help.message} ${help.recipient}`], actions: [copy, remove] };
  }
  const { status, text } = checkStatus(row);
  const condition = row.check.kind === 'known' ? row.check.condition : undefined;
  const reasons = condition === undefined ? [] : [l10n.t('It holds under a condition, which giving it again would not lift: {0}', condition)];
  return { ...base(row), status, statusText: text, reasons, actions: [remove] };
}

function checkStatus({ check }: AccessRow): { readonly status: ViewStatus; readonly text: string } {
  switch (check.kind) {
    case 'checking':
      return { status: 'writing', text: l10n.t('Checking') };
    case 'unknown':
      return { status: 'create', text: l10n.t('Give') };
    case 'known':
      return check.held ? { status: 'keep', text: l10n.t('Already has it') } : { status: 'create', text: l10n.t('Give') };
  }
}

function underway(row: AccessRow, progress: RowProgress | undefined, phase: 'applying' | 'done'): AccessRowView {
  const { status, text, reason } = progressStatus(progress);
  const actions: ActionView[] =
    progress?.state === 'failed' && phase === 'done'
      ? [
          { label: l10n.t('Retry'), accessibleName: l10n.t('Retry {0}', accessTitle(row)), event: { kind: 'retryFailed' }, style: 'link' },
          { label: l10n.t('Copy details'), accessibleName: l10n.t('Copy details of the failure of {0}', accessTitle(row)), event: { kind: 'copyError', rowId: row.id }, style: 'link' },
        ]
      : [];
  return { ...base(row), status, statusText: text, reasons: reason === undefined ? [] : [reason], actions };
}

function progressStatus(progress: RowProgress | undefined): { readonly status: ViewStatus; readonly text: string; readonly reason?: string } {
  switch (progress?.state) {
    case undefined:
      return { status: 'keep', text: l10n.t('Already has it') };
    case 'waiting':
      return { status: 'waiting', text: l10n.t('Waiting') };
    case 'writing':
      return { status: 'writing', text: l10n.t('Giving') };
    case 'pausing':
      return { status: 'writing', text: l10n.t('Giving'), reason: l10n.t('{0} Try {1} in {2} s.', progress.reason, progress.attempt, Math.ceil(progress.waitMs / 1000)) };
    case 'done':
      return { status: 'done', text: progress.outcome === 'already' ? l10n.t('Already has it') : l10n.t('Given') };
    case 'stopped':
      return { status: 'skipped', text: l10n.t('Not given'), reason: l10n.t('The run ended before it.') };
    case 'failed':
      return {
        status: 'failed',
        text: l10n.t('Failed'),
        reason: [
          progress.error.message,
          progress.error.fix,
          progress.known ? undefined : l10n.t('Whether the role was given could not be found out; trying again does no harm.'),
        ].filter((part) => part !== undefined).join(' '),
      };
  }
}
