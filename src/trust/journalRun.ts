import * as l10n from '@vscode/l10n';
import type { Clock } from '../clock.ts';
import { isCancel, toAirflowIdentityError } from '../errors.ts';
import type { AirflowIdentityError } from '../errors.ts';
import { stateAfterFailure } from './journal.ts';
import type { Journal, RunningChange } from './journal.ts';
import type { Change, JournalEntry, StepState } from './journalEntry.ts';
import { placeOf } from './journalPlaces.ts';
import type { JournalAzure, Place } from './journalPlaces.ts';
import { rememberingCredentials } from './rememberedCredentials.ts';
import { defaultRetryLimits, pacedWrite } from './pacedWrite.ts';
import type { RetryLimits, WriteProgress } from './pacedWrite.ts';

/** What is done about an interrupted change. */
export type Direction = 'goOn' | 'undo';

/** What became of one step. */
export type StepEnd =
  | { readonly change: Change; readonly kind: 'done' }
  /** It stood there as wanted, so nothing was written. */
  | { readonly change: Change; readonly kind: 'already' }
  /** It was not touched; `why` says the reason to the user. */
  | { readonly change: Change; readonly kind: 'leftAlone'; readonly why: string }
  | { readonly change: Change; readonly kind: 'failed'; readonly error: AirflowIdentityError }
  | { readonly change: Change; readonly kind: 'stopped' };

/** What finishing or undoing needs beside Azure. */
export interface FinishOptions {
  readonly clock: Clock;
  /** Aborted when the user stops: ends before the next write; the write in flight is awaited. */
  readonly stop: AbortSignal;
  readonly report: (change: Change, progress: WriteProgress) => void;
  readonly limits?: RetryLimits;
}

/**
 * Goes on with an interrupted change, or takes back what it did: one write at a time, each after a look at what stands
 * there. Going on writes only what stands as it did before the change. Undoing, in reverse order, touches only steps that were
 * begun and places that still hold what the change wrote; anything else belongs to somebody else by now. The journal follows,
 * so that this too can be interrupted.
 *
 * @throws AirflowIdentityError `conflict` when another window took the change over.
 */
export async function finishChange(running: RunningChange, direction: Direction, azure: JournalAzure, options: FinishOptions): Promise<readonly StepEnd[]> {
  const steps = running.entry.steps.map((step, index) => ({ ...step, index }));
  const ordered = direction === 'goOn' ? steps : steps.filter(({ state }) => mayStand(state)).toReversed();
  const ends: StepEnd[] = [];
  const remembering = rememberingCredentials(azure);
  for (const { change, index } of ordered) {
    const end = await finishStep({ change, index, running, direction, azure: remembering, options, ends });
    ends.push(end);
    running.settled(index, stateAfter(end, direction, running.entry.steps[index]?.state));
  }
  return ends;
}

/**
 * A change from start to end: noted down, written step by step with a look before each, paced, and forgotten when it is done. For
 * changes of a single step too: their answer may get lost as well.
 *
 * @throws AirflowIdentityError when it could not be noted down; then nothing was written.
 */
export async function performChange(
  journal: Journal,
  about: Pick<JournalEntry, 'title' | 'surface'>,
  changes: readonly Change[],
  azure: JournalAzure,
  options: FinishOptions,
): Promise<readonly StepEnd[]> {
  const running = await journal.begin(about, changes);
  try {
    return await finishChange(running, 'goOn', azure, options);
  } finally {
    await running.end();
  }
}

interface StepContext {
  readonly change: Change;
  readonly index: number;
  readonly running: RunningChange;
  readonly direction: Direction;
  readonly azure: JournalAzure;
  readonly options: FinishOptions;
  readonly ends: readonly StepEnd[];
}

async function finishStep({ change, index, running, direction, azure, options, ends }: StepContext): Promise<StepEnd> {
  const { clock, stop, report, limits = defaultRetryLimits } = options;
  if (stop.aborted) {
    return { change, kind: 'stopped' };
  }
  const place = placeOf(change, azure);
  if (place === undefined) {
    return { change, kind: 'leftAlone', why: l10n.t('Connections are written by the form, where the change is shown first.') };
  }
  const goal = direction === 'goOn' ? 'after' : 'before';
  try {
    const standing = await place.read(stop);
    if (standing === goal) {
      return { change, kind: 'already' };
    }
    const make = direction === 'goOn' ? place.makeAfter : place.makeBefore;
    const why = standing === 'other' ? changedBySomebody() : obstacle(change, direction, make, ends);
    if (make === undefined || why !== undefined) {
      return { change, kind: 'leftAlone', why: why ?? irrecoverable(change) };
    }
    await running.started(index);
    // Never handed the stop signal: a write that was cut off might have happened, and nobody would know.
    const uncut = new AbortController().signal;
    const outcome = await pacedWrite({
      write: () => make(uncut),
      stands: async () => (await place.read(uncut)) === goal,
      clock,
      stop,
      report: (progress) => { report(change, progress); },
      limits,
    });
    return outcome.kind === 'failed' ? { change, kind: 'failed', error: outcome.error } : { change, kind: 'done' };
  } catch (error) {
    const failure = toAirflowIdentityError(error);
    if (!isCancel(error) && failure.details.serviceCode === lostToAnotherWindow) {
      throw error;
    }
    return isCancel(error) ? { change, kind: 'stopped' } : { change, kind: 'failed', error: failure };
  }
}

/** `serviceCode` of the error that says that another window took the change over. */
export const lostToAnotherWindow = 'ChangeTakenOver';

/** Why a step must not be done although its place is as expected; `undefined` when it may. */
function obstacle(change: Change, direction: Direction, make: Place['makeAfter'], ends: readonly StepEnd[]): string | undefined {
  if (make === undefined) {
    return irrecoverable(change);
  }
  const missed = ends.filter(({ kind }) => kind === 'failed' || kind === 'stopped' || kind === 'leftAlone').map((end) => end.change);
  return isBlocked(change, direction, missed) ? l10n.t('A step that must come before it could not be done.') : undefined;
}

function isBlocked(change: Change, direction: Direction, missed: readonly Change[]): boolean {
  switch (change.kind) {
    case 'identity':
      return removes(change, direction) ? missed.length > 0 : missed.some(({ kind }) => kind === 'resourceGroup');
    case 'credential':
      return removes(change, direction) && missed.some((other) => movesWith(change, other));
    case 'role':
      // A role for an identity that could not be made again would be held by nobody.
      return !removes(change, direction) && missed.some(({ kind }) => kind === 'identity');
    case 'resourceGroup':
    case 'connection':
      return false;
  }
}

/** A credential that moves is only taken away on one side when it stands on the other, or its deployment would be locked out. */
function movesWith(change: Extract<Change, { kind: 'credential' }>, other: Change): boolean {
  const one = change.before ?? change.after;
  const two = other.kind === 'credential' ? (other.before ?? other.after) : undefined;
  return one !== undefined && one.issuer === two?.issuer && one.subject === two.subject;
}

function removes(change: Change, direction: Direction): boolean {
  switch (change.kind) {
    case 'credential':
      return change[direction === 'goOn' ? 'after' : 'before'] === undefined;
    case 'role':
      return (change.action === 'remove') === (direction === 'goOn');
    case 'identity':
      return (change.action === 'delete') === (direction === 'goOn');
    case 'resourceGroup':
      return direction === 'undo';
    case 'connection':
      return false;
  }
}

/** Steps that this change may have written: `already` stood there before it, `refused` and `planned` never came to be. */
function mayStand(state: StepState): boolean {
  return state === 'started' || state === 'done' || state === 'interrupted';
}

function stateAfter(end: StepEnd, direction: Direction, before: StepState | undefined): StepState {
  switch (end.kind) {
    case 'done':
      return direction === 'goOn' ? 'done' : 'planned';
    case 'already':
      return direction === 'undo' ? 'planned' : before === 'planned' ? 'already' : 'done';
    case 'leftAlone':
      return 'refused';
    case 'failed':
      return stateAfterFailure(end.error);
    case 'stopped':
      return before ?? 'planned';
  }
}

function changedBySomebody(): string {
  return l10n.t('Somebody changed it meanwhile, so it was left as it is.');
}

function irrecoverable(change: Change): string {
  return change.kind === 'resourceGroup'
    ? l10n.t('It was left, since deleting it would delete what others may have put there meanwhile. Delete it in the portal if nobody needs it.')
    : l10n.t('What stood there before cannot be made again.');
}
