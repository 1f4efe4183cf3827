import type { RowView } from '../../../src/trust/connectView.ts';

const namespace = 'weightless-diameter-8927';

/** A row that would be created; `part` says what is different. */
export function rowOf(id: string, title: string, part: Partial<RowView> = {}): RowView {
  return {
    id,
    title,
    status: 'create',
    statusText: 'Create',
    ticked: true,
    locked: false,
    subjectPrefix: `system:serviceaccount:${namespace}:`,
    serviceAccount: `${namespace}-${id}-serviceaccount`,
    serviceAccountEditable: false,
    credentialName: `${namespace}-${id}`,
    nameEditable: true,
    changes: [],
    reasons: [],
    actions: [],
    ...part,
  };
}

function added(id: string, part: Partial<RowView> = {}): RowView {
  return rowOf(id, id, {
    serviceAccount: id,
    serviceAccountEditable: true,
    actions: [{ label: 'Remove', accessibleName: `Remove ${id}`, event: { kind: 'removeRow', rowId: id }, style: 'link' }],
    ...part,
  });
}

/** One row of each kind that a plan knows. */
export const reviewRows: readonly RowView[] = [
  rowOf('scheduler', 'Scheduler', {
    status: 'keep',
    statusText: 'Already trusted',
    locked: true,
    credentialName: 'astro-scheduler',
    nameEditable: false,
  }),
  rowOf('dag-processor', 'DAG processor'),
  rowOf('triggerer', 'Triggerer'),
  rowOf('worker', 'Worker', {
    status: 'replace',
    statusText: 'Replace',
    ticked: false,
    changes: [
      {
        label: 'Issuer',
        before: 'https://westus2.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/91c4d2e3-0f17-4a28-b5c6-2d3e4f506172/',
        after: 'https://westus2.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/5e6f7081-92a3-44b5-86c7-d8e9fa0b1c2d/',
      },
    ],
    reasons: ['This name is taken by a credential for another issuer. Tick to replace it; pods of the old cluster then lose access.'],
  }),
  rowOf('kpo', 'KubernetesPodOperator', { serviceAccount: `${namespace}-kpo` }),
  rowOf('apiserver', 'API server', {
    status: 'unconfirmed',
    statusText: 'Unconfirmed',
    ticked: false,
    serviceAccountEditable: true,
    reasons: ['No source confirms this service account. Compare it with the az command in the Astro UI before you tick it.'],
  }),
  added('dbt-runner'),
  added('spark-driver', {
    credentialName: 'spark driver',
    status: 'conflict',
    statusText: 'Conflict',
    ticked: false,
    locked: true,
    nameProblem: 'Use 3 to 120 letters, digits, - or _, starting with a letter or digit.',
    reasons: ['Use 3 to 120 letters, digits, - or _, starting with a letter or digit.'],
  }),
  added('quality-checks', {
    status: 'conflict',
    statusText: 'Conflict',
    ticked: false,
    locked: true,
    reasons: [
      'Credential ge-2024 already holds this issuer and subject, for the audience api://AzureADTokenExchangeUSGov. An identity can hold each pair only once.',
    ],
    actions: [
      {
        label: 'Replace ge-2024 instead',
        accessibleName: 'Replace ge-2024 instead, for quality-checks',
        event: { kind: 'replaceInstead', rowId: 'quality-checks', name: 'ge-2024' },
        style: 'link',
      },
      { label: 'Remove', accessibleName: 'Remove quality-checks', event: { kind: 'removeRow', rowId: 'quality-checks' }, style: 'link' },
    ],
  }),
];

type Progress = Pick<RowView, 'status' | 'statusText'> & Partial<RowView>;

const leftOut: Progress = { status: 'skipped', statusText: 'Left out' };
const created: Progress = { status: 'done', statusText: 'Created' };
const waiting: Progress = { status: 'waiting', statusText: 'Waiting' };

/** The same rows while or after they are written, by id; what is not named is left out. */
function underway(progress: Readonly<Record<string, Progress>>): readonly RowView[] {
  return reviewRows.map((row): RowView => {
    const { nameProblem: _, ...shown } = row;
    return {
      ...shown,
      locked: true,
      nameEditable: false,
      serviceAccountEditable: false,
      changes: [],
      reasons: [],
      actions: [],
      ...(row.status === 'keep' ? {} : (progress[row.id] ?? leftOut)),
    };
  });
}

/** Two are written, one is being written. */
export const applyingRows = underway({
  'dag-processor': created,
  triggerer: created,
  kpo: { status: 'writing', statusText: 'Creating', reasons: ['Azure asked to slow down (429). Try 2 in 8 s.'] },
  'dbt-runner': waiting,
});

/** One failed. */
export const doneRows = underway({
  'dag-processor': created,
  triggerer: created,
  kpo: created,
  'dbt-runner': {
    status: 'failed',
    statusText: 'Failed',
    reasons: ['Azure asked to slow down (429) five times in 38 s, so this credential was not created. Everything else stands.'],
    actions: [
      { label: 'Retry', accessibleName: 'Retry dbt-runner', event: { kind: 'retryFailed' }, style: 'link' },
      { label: 'Copy details', accessibleName: 'Copy details of dbt-runner', event: { kind: 'copyError', rowId: 'dbt-runner' }, style: 'link' },
    ],
  },
});
