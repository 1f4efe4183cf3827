import type { Clock } from '../clock.ts';
import type { RoleAssignmentWrite } from '../identity/accessScope.ts';
import type { RowProgress } from './apply.ts';
import type { AccessRow } from './connectAccess.ts';
import { defaultRetryLimits, pacedWrite } from './pacedWrite.ts';
import type { RetryLimits } from './pacedWrite.ts';

/** The part of Azure that giving roles needs. */
export interface RoleStore {
  /** One try. The name of what it writes is computed, so that giving a role twice is giving it once. */
  assign(write: RoleAssignmentWrite, signal: AbortSignal): Promise<'created' | 'existed'>;
  /** True when the principal holds the role on exactly this scope. */
  holds(write: RoleAssignmentWrite, signal: AbortSignal): Promise<boolean>;
}

/** How a run goes, and whom it tells. */
export interface AccessOptions {
  readonly clock: Clock;
  /** Aborted when the user stops. */
  readonly stop: AbortSignal;
  readonly report: (rowId: string, progress: RowProgress) => void;
  readonly limits?: RetryLimits;
}

/**
 * Gives roles one after another. A role that fails leaves the others as they are; aborting stops before the next one, and
 * the write in flight is always awaited. `already` where a role was held before.
 */
export async function applyAccess(
  rows: readonly AccessRow[],
  principalId: string,
  store: RoleStore,
  { clock, stop, report, limits = defaultRetryLimits }: AccessOptions,
): Promise<void> {
  for (const { id, scope, roleId } of rows) {
    if (stop.aborted) {
      report(id, { state: 'stopped' });
      continue;
    }
    const write = { scope, roleId, principalId };
    const uncut = new AbortController().signal;
    const outcome = await pacedWrite({
      write: () => store.assign(write, uncut),
      stands: () => store.holds(write, uncut),
      clock,
      stop,
      report: (progress) => { report(id, progress); },
      limits,
    });
    switch (outcome.kind) {
      case 'written':
        report(id, { state: 'done', outcome: outcome.value === 'created' ? 'created' : 'already' });
        break;
      case 'stands':
        report(id, { state: 'done', outcome: outcome.ours ? 'created' : 'already' });
        break;
      case 'failed': {
        const { error, attempts, waitedMs, known } = outcome;
        report(id, { state: 'failed', error, attempts, waitedMs, known });
      }
    }
  }
}
