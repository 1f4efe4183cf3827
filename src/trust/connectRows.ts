import * as l10n from '@vscode/l10n';
import type { Deployment } from '../deployment/deployment.ts';
import { workloadsOf } from '../deployment/layouts/layouts.ts';
import { addedWorkload, credentialNameFor } from '../deployment/workload.ts';
import type { ConnectState, RowInput } from './connectState.ts';

/** Changes one row; an unknown id changes nothing. */
export function editRow(state: ConnectState, rowId: string, change: (row: RowInput) => Partial<RowInput>): ConnectState {
  return { ...state, rows: state.rows.map((row) => (row.id === rowId ? { ...row, ...change(row) } : row)) };
}

/** What renaming a service account changes: a name the user never touched follows the service account it was made from. */
export function renamedServiceAccount(state: ConnectState, row: RowInput, serviceAccount: string): Partial<RowInput> {
  const namespace = state.deployment.kind === 'chosen' ? state.deployment.value.namespace : '';
  const followed = row.added && row.credentialName === credentialNameFor(namespace, row.serviceAccount);
  return followed
    ? { serviceAccount, title: serviceAccount, credentialName: credentialNameFor(namespace, serviceAccount) }
    : { serviceAccount };
}

/** Adds a row for a service account that the user named, ticked. */
export function withServiceAccount(state: ConnectState, serviceAccount: string): ConnectState {
  if (state.deployment.kind !== 'chosen') {
    return state;
  }
  const workload = addedWorkload(state.deployment.value.namespace, serviceAccount);
  const id = freeRowId(state.rows, `added:${serviceAccount}`);
  const row: RowInput = { ...workload, id, recovery: false, added: true, ticked: true };
  return { ...state, rows: [...state.rows, row, ...(trustsRecovery(state) ? [recoveryRow(row)] : [])] };
}

/** The rows that a deployment begins with. */
export function rowsOf(deployment: Deployment): readonly RowInput[] {
  return workloadsOf(deployment).map((workload) => ({ ...workload, recovery: false, added: deployment.layout.kind === 'listed', ticked: undefined }));
}

/** True when the cluster that takes over in a disaster is to be trusted as well. */
export function trustsRecovery({ rows }: Pick<ConnectState, 'rows'>): boolean {
  return rows.some(({ recovery }) => recovery);
}

/** Adds a row for the other cluster to each one, or takes them away. Each is a credential of its own and counts against the limit. */
export function withRecovery(state: ConnectState, on: boolean): ConnectState {
  const own = state.rows.filter(({ recovery }) => !recovery);
  const isPossible = state.deployment.kind === 'chosen' && state.deployment.value.drIssuer !== undefined;
  return { ...state, rows: on && isPossible ? [...own, ...own.map(recoveryRow)] : own };
}

/** Whoever trusted the other cluster before wants that whole: what is missing there is planned too. */
export function withHeldRecovery(state: ConnectState): ConnectState {
  const { deployment, identity } = state;
  const drIssuer = deployment.kind === 'chosen' ? deployment.value.drIssuer : undefined;
  const isHeld = drIssuer !== undefined && identity.kind === 'chosen' && identity.value.credentials.some(({ issuer }) => issuer === drIssuer);
  return isHeld && !trustsRecovery(state) ? withRecovery(state, true) : state;
}

function recoveryRow(row: RowInput): RowInput {
  return {
    ...row,
    id: `recovery:${row.id}`,
    title: l10n.t('{0}, disaster recovery', row.title),
    credentialName: `${row.credentialName.slice(0, 117)}-dr`,
    recovery: true,
  };
}

function freeRowId(rows: readonly RowInput[], wish: string): string {
  const taken = new Set(rows.map((row) => row.id));
  let id = wish;
  for (let count = 2; taken.has(id); count++) {
    id = `${wish}:${count}`;
  }
  return id;
}
