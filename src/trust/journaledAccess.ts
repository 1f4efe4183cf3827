import type { RowProgress } from './apply.ts';
import { applyAccess } from './applyAccess.ts';
import type { AccessOptions, RoleStore } from './applyAccess.ts';
import type { AccessRow } from './connectAccess.ts';
import type { RunningChange } from './journal.ts';
import type { Change } from './journalEntry.ts';
import { stepStateOf } from './journaledApply.ts';

/** Roles that are given as part of a change, and which of its steps they are. */
export interface JournaledAccess {
  readonly rows: readonly AccessRow[];
  readonly principalId: string;
  readonly store: RoleStore;
  readonly running: RunningChange;
  /** The change's step for the first row; the others follow it. */
  readonly firstStep: number;
}

/** Roles as steps of a change in the journal. */
export function roleChangesOf(rows: readonly AccessRow[], principalId: string): readonly Change[] {
  return rows.map(({ scope, roleId, roleName }) => {
    const { account, tenantId, id, kind, name, subscriptionId } = scope;
    return {
      kind: 'role',
      scope: { account: { id: account.id, label: account.label }, tenantId, id, kind, name, subscriptionId },
      roleId,
      roleName,
      principalId,
      action: 'assign',
    };
  });
}

/** `applyAccess` with its journal. The caller ends the change when the outcome was told. */
export async function applyAccessJournaled({ rows, principalId, store, running, firstStep }: JournaledAccess, options: AccessOptions): Promise<void> {
  const stepOf = (isRow: (row: AccessRow) => boolean): number => firstStep + rows.findIndex(isRow);
  const journaled: RoleStore = {
    holds: (write, signal) => store.holds(write, signal),
    assign: async (write, signal) => {
      await running.started(stepOf(({ scope, roleId }) => scope.id === write.scope.id && roleId === write.roleId));
      return store.assign(write, signal);
    },
  };
  await applyAccess(rows, principalId, journaled, {
    ...options,
    report: (rowId: string, progress: RowProgress) => {
      const state = stepStateOf(progress);
      if (state !== undefined) {
        running.settled(stepOf(({ id }) => id === rowId), state);
      }
      options.report(rowId, progress);
    },
  });
}
