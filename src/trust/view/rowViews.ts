import * as l10n from '@vscode/l10n';
import { subjectOf } from '../../deployment/workload.ts';
import type { RowProgress } from '../apply.ts';
import { planOf } from '../connectPlan.ts';
import type { ConnectState, RowInput } from '../connectState.ts';
import type { ViewStatus } from '../../page/viewParts.ts';
import type { ActionView, RowView } from '../connectView.ts';
import { describeNearMiss, describeProblem } from '../plan.ts';
import type { PlanRow } from '../plan.ts';

/** The rows as the surfaces show them: the plan while reviewing, the progress while and after applying. */
export function rowViews(state: ConnectState): RowView[] {
  if (state.deployment.kind !== 'chosen') {
    return [];
  }
  const prefix = subjectOf(state.deployment.value.namespace, '');
  const plan = state.run?.rows ?? planOf(state)?.rows;
  const titleOf = (rowId: string): string => state.rows.find((row) => row.id === rowId)?.title ?? rowId;
  return state.rows.map((input) => {
    const row = plan?.find((candidate) => candidate.rowId === input.id);
    const base = { id: input.id, title: input.title, subjectPrefix: prefix, serviceAccount: input.serviceAccount };
    if (state.phase === 'review') {
      return { ...base, ...reviewed(state, input, row, titleOf) };
    }
    return { ...base, ...underway(input, row, state.run?.progress.get(input.id), state.phase) };
  });
}

type RowBody = Omit<RowView, 'id' | 'title' | 'subjectPrefix' | 'serviceAccount'>;

function reviewed(
  state: ConnectState,
  input: RowInput,
  row: PlanRow | undefined,
  titleOf: (rowId: string) => string,
): RowBody {
  const { status, text } = reviewStatus(input, row);
  const locked = row === undefined || row.status === 'keep' || row.status === 'conflict';
  const problem = row?.status === 'conflict' ? row.problem : undefined;
  const remove: ActionView[] = input.added
    ? [{ label: l10n.t('Remove'), accessibleName: l10n.t('Remove {0}', input.title), event: { kind: 'removeRow', rowId: input.id }, style: 'link' }]
    : [];
  return {
    status,
    statusText: text,
    ticked: row?.ticked ?? false,
    locked,
    serviceAccountEditable: state.editSubjects || input.added || !input.confirmed,
    credentialName: row?.status === 'keep' ? row.existing.name : input.credentialName,
    // A name that is taken stays editable: another name is one way out of replacing.
    nameEditable: row === undefined || row.status !== 'keep',
    ...(problem?.code === 'nameInvalid' || problem?.code === 'nameTwice' || problem?.code === 'nameInUse' ? { nameProblem: describeProblem(problem, titleOf) } : {}),
    changes: row?.status === 'replace' ? changesOf(row) : [],
    reasons: reasonsOf(input, row, titleOf),
    actions: [...wayOut(input, row), ...remove],
  };
}

function reviewStatus(input: RowInput, row: PlanRow | undefined): { readonly status: ViewStatus; readonly text: string } {
  switch (row?.status) {
    case undefined:
      return { status: 'none', text: l10n.t('Not compared yet') };
    case 'keep':
      return { status: 'keep', text: l10n.t('Already trusted') };
    case 'replace':
      return { status: 'replace', text: l10n.t('Replace') };
    case 'conflict':
      return { status: 'conflict', text: l10n.t('Conflict') };
    case 'create':
      return input.confirmed ? { status: 'create', text: l10n.t('Create') } : { status: 'unconfirmed', text: l10n.t('Unconfirmed') };
  }
}

function reasonsOf(input: RowInput, row: PlanRow | undefined, titleOf: (rowId: string) => string): string[] {
  const reasons: string[] = [];
  if (row?.status === 'conflict') {
    reasons.push(describeProblem(row.problem, titleOf));
  }
  if (row?.status === 'replace') {
    reasons.push(
      row.changes.includes('issuer')
        ? l10n.t('This name is taken by a credential for another issuer. Tick to replace it; pods of the old cluster then lose access.')
        : l10n.t('This name is taken by a credential with other values. Tick to replace it; whoever uses the old values then loses access.'),
    );
  }
  if (!input.confirmed && row?.status !== 'keep') {
    reasons.push(l10n.t('No source confirms this service account. Compare it with the az command in the Astro UI before you tick it.'));
  }
  return [...reasons, ...(row?.nearMisses ?? []).map(describeNearMiss)];
}

function wayOut(input: RowInput, row: PlanRow | undefined): ActionView[] {
  if (row?.status !== 'conflict' || row.problem.code !== 'pairTaken') {
    return [];
  }
  const { name } = row.problem.existing;
  return [
    {
      label: l10n.t('Replace {0} instead', name),
      accessibleName: l10n.t('Replace {0} instead, for {1}', name, input.title),
      event: { kind: 'replaceInstead', rowId: input.id, name },
      style: 'link',
    },
  ];
}

function changesOf(row: Extract<PlanRow, { status: 'replace' }>): RowView['changes'] {
  const labels = { issuer: l10n.t('Issuer'), subject: l10n.t('Subject'), audience: l10n.t('Audience') };
  return row.changes.map((what) => ({
    label: labels[what],
    before: what === 'audience' ? row.existing.audiences.join(', ') : (row.existing[what] ?? ''),
    after: row.wanted[what],
  }));
}

function underway(input: RowInput, row: PlanRow | undefined, progress: RowProgress | undefined, phase: 'applying' | 'done'): RowBody {
  const { status, text, reason } = progressStatus(row, progress);
  const failed = progress?.state === 'failed';
  return {
    status,
    statusText: text,
    ticked: row?.ticked ?? false,
    locked: true,
    serviceAccountEditable: false,
    credentialName: row?.status === 'keep' ? row.existing.name : input.credentialName,
    nameEditable: false,
    changes: [],
    reasons: reason === undefined ? [] : [reason],
    actions:
      failed && phase === 'done'
        ? [
            { label: l10n.t('Retry'), accessibleName: l10n.t('Retry {0}', input.title), event: { kind: 'retryFailed' }, style: 'link' },
            { label: l10n.t('Copy details'), accessibleName: l10n.t('Copy details of the failure of {0}', input.title), event: { kind: 'copyError', rowId: input.id }, style: 'link' },
          ]
        : [],
  };
}

function progressStatus(
  row: PlanRow | undefined,
  progress: RowProgress | undefined,
): { readonly status: ViewStatus; readonly text: string; readonly reason?: string } {
  const replaces = row?.status === 'replace';
  if (progress === undefined) {
    return row?.status === 'keep' ? { status: 'keep', text: l10n.t('Already trusted') } : { status: 'skipped', text: l10n.t('Left out') };
  }
  switch (progress.state) {
    case 'waiting':
      return { status: 'waiting', text: l10n.t('Waiting') };
    case 'writing':
      return { status: 'writing', text: replaces ? l10n.t('Replacing') : l10n.t('Creating') };
    case 'pausing':
      return {
        status: 'writing',
        text: replaces ? l10n.t('Replacing') : l10n.t('Creating'),
        reason: l10n.t('{0} Try {1} in {2} s.', progress.reason, progress.attempt, Math.ceil(progress.waitMs / 1000)),
      };
    case 'done':
      return {
        status: 'done',
        text: { created: l10n.t('Created'), replaced: l10n.t('Replaced'), already: l10n.t('Already trusted') }[progress.outcome],
      };
    case 'stopped':
      return { status: 'skipped', text: l10n.t('Stopped'), reason: l10n.t('Not written, because you stopped before it.') };
    case 'failed':
      return { status: 'failed', text: l10n.t('Failed'), reason: failureText(progress) };
  }
}

function failureText({ error, attempts, waitedMs, known }: Extract<RowProgress, { state: 'failed' }>): string {
  const tried = !known
    ? l10n.t('Whether this credential was written could not be found out; look at the identity before you try again.')
    : attempts > 1
      ? l10n.t('Tried {0} times in {1} s, so this credential was not written. Everything else stands.', attempts, Math.round(waitedMs / 1000))
      : l10n.t('This credential was not written. Everything else stands.');
  return [error.message, error.fix, tried].filter((part) => part !== undefined).join(' ');
}
