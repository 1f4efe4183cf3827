import { accessAfterRun, accessToWrite } from './connectAccess.ts';
import { canApply, planOf, writesConnection } from './connectPlan.ts';
import type { RowProgress } from './apply.ts';
import type { ConnectionOutcome, ConnectState, WorldEvent } from './connectState.ts';
import { only } from './connectStep.ts';
import type { Step } from './connectStep.ts';
import { replan } from './connectTarget.ts';
import { rowsToWrite } from './plan.ts';

/**
 * Begins to write the plan as it is shown; does nothing where nothing can be written.
 * `connectionBefore` is what an earlier run, whose failed rows are tried again, did about the connection.
 */
export function startApplying(state: ConnectState, connectionBefore?: ConnectionOutcome): Step {
  const plan = planOf(state);
  if (plan === undefined || !canApply(state)) {
    return only(state);
  }
  const rows = rowsToWrite(plan);
  const access = accessToWrite(state);
  return only(
    {
      ...state,
      phase: 'applying',
      applyError: undefined,
      outcome: undefined,
      run: { rows: plan.rows, progress: waiting(rows.map(({ rowId }) => rowId)), access: waiting(access.map(({ id }) => id)), stopping: false, connectionBefore },
    },
    { kind: 'apply', rows, access, writeConnection: writesConnection(state) },
  );
}

function waiting(ids: readonly string[]): ReadonlyMap<string, RowProgress> {
  return new Map(ids.map((id) => [id, { state: 'waiting' }]));
}

/** Ends a run with what now stands there. */
export function applied(state: ConnectState, { apply, connection, at }: Extract<WorldEvent, { kind: 'applied' }>): Step {
  const identity: ConnectState['identity'] =
    state.identity.kind === 'chosen' && apply?.credentials !== undefined
      ? { kind: 'chosen', value: { ...state.identity.value, credentials: apply.credentials } }
      : state.identity;
  const told = connection.kind === 'none' ? (state.run?.connectionBefore ?? connection) : connection;
  return only({ ...state, phase: 'done', identity, outcome: { apply, connection: told, at } });
}

/** After a run: back to a plan that starts from what stands there now, or straight on with the rows that failed. */
export function afterwards(state: ConnectState, kind: 'retryFailed' | 'review'): Step {
  const back: ConnectState = { ...state, phase: 'review', access: accessAfterRun(state), run: undefined, outcome: undefined };
  if (kind === 'review') {
    return replan(back);
  }
  const failed = new Set([...(state.run?.progress ?? [])].filter(([, row]) => row.state === 'failed' || row.state === 'stopped').map(([id]) => id));
  const connection = state.outcome?.connection;
  const stands = connection?.kind === 'written' || connection?.kind === 'unchanged';
  return startApplying(
    {
      ...back,
      rows: state.rows.map((row) => ({ ...row, ticked: failed.has(row.id) })),
      connectionPlan: stands ? undefined : state.connectionPlan,
    },
    stands ? connection : undefined,
  );
}
