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
  return { ...state, rows: [...state.rows, { ...workload, id, added: true, ticked: true }] };
}

function freeRowId(rows: readonly RowInput[], wish: string): string {
  const taken = new Set(rows.map((row) => row.id));
  let id = wish;
  for (let count = 2; taken.has(id); count++) {
    id = `${wish}:${count}`;
  }
  return id;
}
