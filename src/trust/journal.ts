import type { Clock } from '../clock.ts';
import { isCancel, toAirflowIdentityError } from '../errors.ts';
import type { AirflowIdentityError } from '../errors.ts';
import { formatIdentityId, sameArmId } from '../identity/armId.ts';
import type { Change, JournalEntry, StepState } from './journalEntry.ts';

/** An entry that belongs to this window until it lets go; no other window touches it meanwhile. */
export interface JournalClaim {
  /** @throws AirflowIdentityError `conflict` when another window took it over, because this one was silent for too long. */
  write(entry: JournalEntry): Promise<void>;
  remove(): Promise<void>;
  /** Lets another window, or a later one, take it. */
  release(): Promise<void>;
}

/** Where entries are kept, for all windows. */
export interface JournalStorage {
  /** Keeps a new entry, which belongs to this window. @throws AirflowIdentityError when it cannot be kept. */
  create(entry: JournalEntry): Promise<JournalClaim>;
  /** Entries that no living window holds, oldest first. What is not understood is left out. */
  abandoned(): Promise<readonly JournalEntry[]>;
  /** Takes an entry over; `undefined` when it is gone or another window was faster. */
  claim(id: string): Promise<{ readonly claim: JournalClaim; readonly entry: JournalEntry } | undefined>;
}

/**
 * Keeps every change of several steps from before its first write until all of it was done and told, so that it can be
 * finished or undone after a reload, a crash or a lost network.
 */
export class Journal {
  readonly #storage: JournalStorage;
  readonly #clock: Clock;

  constructor(storage: JournalStorage, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /**
   * Writes a change down; call it before its first write. What `earlier` did becomes part of it, so that both are undone as one.
   * @throws AirflowIdentityError when it cannot be written down; then nothing may be written to Azure either.
   */
  async begin(about: Pick<JournalEntry, 'title' | 'surface'>, changes: readonly Change[], earlier?: RunningChange): Promise<RunningChange> {
    const carried = earlier?.entry.steps.filter(({ change, state }) => state === 'done' && !changes.some((other) => samePlace(change, other))) ?? [];
    const entry: JournalEntry = {
      version: 1,
      id: crypto.randomUUID(),
      startedAt: this.#clock.now(),
      ...about,
      steps: [...changes.map((change): JournalEntry['steps'][number] => ({ change, state: 'planned' })), ...carried],
    };
    const running = new RunningChange(entry, await this.#storage.create(entry));
    await earlier?.dismiss();
    return running;
  }

  /** Changes that were interrupted and that no window works on. */
  async unfinished(): Promise<readonly JournalEntry[]> {
    return this.#storage.abandoned();
  }

  /** Takes a change over to finish, undo or dismiss it; `undefined` when it is gone or another window was faster. */
  async takeOver(id: string): Promise<RunningChange | undefined> {
    const taken = await this.#storage.claim(id);
    return taken === undefined ? undefined : new RunningChange(taken.entry, taken.claim);
  }
}

/** A change under way, with its entry kept up to date. Steps are named by their place in it. */
export class RunningChange {
  readonly #claim: JournalClaim;
  #entry: JournalEntry;

  constructor(entry: JournalEntry, claim: JournalClaim) {
    this.#entry = entry;
    this.#claim = claim;
  }

  get entry(): JournalEntry {
    return this.#entry;
  }

  /**
   * Call it before each write: what comes after it may or may not have happened.
   * @throws AirflowIdentityError `conflict` when another window took the change over; then nothing may be written here.
   */
  async started(index: number): Promise<void> {
    if (this.#entry.steps[index]?.state !== 'started') {
      this.settled(index, 'started');
      await this.#claim.write(this.#entry);
    }
  }

  /** How a step ended. Kept with the next step's start; lost before that, the step counts as started and is looked at. */
  settled(index: number, state: StepState): void {
    this.#entry = { ...this.#entry, steps: this.#entry.steps.map((step, at) => (at === index ? { ...step, state } : step)) };
  }

  /** One step from start to end; a failure is written down and thrown on. */
  async step<T>(index: number, write: () => Promise<T>): Promise<T> {
    await this.started(index);
    try {
      const value = await write();
      this.settled(index, 'done');
      return value;
    } catch (error) {
      this.settled(index, isCancel(error) ? 'interrupted' : stateAfterFailure(toAirflowIdentityError(error)));
      throw error;
    }
  }

  /** Call it when the outcome was told. Kept is only what was interrupted by something that passes. */
  async end(): Promise<void> {
    if (this.#entry.steps.some(({ state }) => state === 'started' || state === 'interrupted')) {
      await this.#claim.write(this.#entry);
      await this.#claim.release();
    } else {
      await this.dismiss();
    }
  }

  /** Forgets the change; what stands in Azure stays as it is. */
  async dismiss(): Promise<void> {
    await this.#claim.remove();
  }

  /** Leaves the change to whoever takes it next. */
  async release(): Promise<void> {
    await this.#claim.release();
  }
}

function samePlace(one: Change, two: Change): boolean {
  if (one.kind === 'role' && two.kind === 'role') {
    return one.roleId === two.roleId && one.principalId === two.principalId && sameArmId(one.scope.id, two.scope.id);
  }
  return one.kind === 'credential' && two.kind === 'credential' && sameArmId(one.name, two.name) && sameArmId(formatIdentityId(one.identity), formatIdentityId(two.identity));
}

/** Whether a failed step may succeed later or was refused for good. `known` as in `WriteOutcome`. */
export function stateAfterFailure({ code }: AirflowIdentityError, known = true): StepState {
  const passes = ['network', 'unavailable', 'throttled', 'badAnswer', 'signedOut', 'interactionRequired'].includes(code);
  return passes || !known ? 'interrupted' : 'refused';
}
