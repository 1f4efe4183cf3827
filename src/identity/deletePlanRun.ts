import * as l10n from '@vscode/l10n';
import type { AirflowIdentityError, ErrorCode } from '../errors.ts';
import { isCancel, toAirflowIdentityError } from '../errors.ts';
import type { DeleteStep } from './deletePlan.ts';

/** What a deletion writes with, and reads with where a write came back without an answer. */
export interface DeletePort {
  write(step: DeleteStep): Promise<void>;
  /** Whether what the step takes away is there now. */
  stands(step: DeleteStep): Promise<boolean>;
}

/** How a deletion ended. What was written stays written. */
export interface DeleteOutcome {
  /** Steps that are done, in their order. */
  readonly done: readonly DeleteStep[];
  /** Steps that were not begun, after the one that failed. */
  readonly left: readonly DeleteStep[];
  /** Why it ended early; absent when the user stopped it. */
  readonly error: AirflowIdentityError | undefined;
  /** True when nobody could find out whether the first of `left` was done all the same. */
  readonly isUnknown: boolean;
}

/** Failures after which the service may have acted all the same. */
const unclear: ReadonlySet<ErrorCode> = new Set(['network', 'unavailable', 'badAnswer']);

/**
 * Runs the steps one after another and ends at the first that fails: an identity must not go while an assignment that the
 * user wanted removed still stands. Aborting `stop` ends it before the next step; a write in flight is never cut off,
 * because its outcome would be unknown. Never rejects.
 */
export async function runDelete(
  steps: readonly DeleteStep[],
  port: DeletePort,
  options: { readonly stop: AbortSignal; readonly report: (step: DeleteStep, index: number) => void },
): Promise<DeleteOutcome> {
  for (const [index, step] of steps.entries()) {
    const ended = (error: AirflowIdentityError | undefined, isUnknown = false): DeleteOutcome =>
      ({ done: steps.slice(0, index), left: steps.slice(index), error, isUnknown });
    if (options.stop.aborted) {
      return ended(undefined);
    }
    options.report(step, index);
    try {
      await port.write(step);
    } catch (caught) {
      if (isCancel(caught)) {
        return ended(undefined);
      }
      const error = toAirflowIdentityError(caught);
      const stands = unclear.has(error.code) ? await port.stands(step).catch(() => undefined) : true;
      if (stands !== false) {
        return ended(error, stands === undefined);
      }
    }
  }
  return { done: steps, left: [], error: undefined, isUnknown: false };
}

/** Says what a deletion that ended early has done and what stands. Empty when it went through. */
export function describeRest({ done, left, isUnknown }: DeleteOutcome, name: string): string {
  const [first] = left;
  if (first === undefined) {
    return '';
  }
  if (isUnknown && first.kind === 'identity') {
    return l10n.t('Whether {0} was deleted could not be found out.', name);
  }
  const assignmentsLeft = left.filter(({ kind }) => kind === 'assignment').length;
  const parts = [
    done.length === 0 ? '' : done.length === 1 ? l10n.t('1 role assignment was removed.') : l10n.t('{0} role assignments were removed.', done.length),
    assignmentsLeft === 0 ? '' : assignmentsLeft === 1 ? l10n.t('1 role assignment was not removed.') : l10n.t('{0} role assignments were not removed.', assignmentsLeft),
    l10n.t('{0} and its credentials stand as before.', name),
  ];
  return parts.filter((part) => part !== '').join(' ');
}
