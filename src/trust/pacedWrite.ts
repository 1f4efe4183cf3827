import type { Clock } from '../clock.ts';
import { isCancel, toAirflowIdentityError } from '../errors.ts';
import type { AirflowIdentityError } from '../errors.ts';

/** Limits within which a refused write is tried again. */
export interface RetryLimits {
  /** Tries in all. */
  readonly attempts: number;
  /** First pause without `Retry-After`, doubled for each further one. */
  readonly firstPauseMs: number;
  /** Longest single pause; a `Retry-After` above it ends the tries. */
  readonly longestPauseMs: number;
  /** How long to wait in all, in pauses of at most ten seconds, while somebody else writes to the same identity. */
  readonly patienceMs: number;
}

const longestTurnMs = 10_000;

/**
 * A FIC write takes about a second, and the service refuses a second one meanwhile (409); its bucket refills one write in
 * 4 s per identity (Entra docs, "request throttling"). Five tries over 1+2+4+8 s outlast both. Another window or a pipeline
 * may write twenty credentials in a row, which takes that bucket over a minute.
 */
export const defaultRetryLimits: RetryLimits = { attempts: 5, firstPauseMs: 1_000, longestPauseMs: 60_000, patienceMs: 180_000 };

/** What a write reports while it is under way. */
export type WriteProgress =
  | { readonly state: 'writing'; readonly attempt: number }
  /** Another try follows after `waitMs`. */
  | { readonly state: 'pausing'; readonly attempt: number; readonly waitMs: number; readonly reason: string };

/** How a write ended. */
export type WriteOutcome<T> =
  | { readonly kind: 'written'; readonly value: T }
  /** No answer told so, but looking did: it stands there. `ours` is false where the service said that it stood there before. */
  | { readonly kind: 'stands'; readonly ours: boolean }
  /** `known` is false where neither an answer nor a look could tell whether it was written. */
  | { readonly kind: 'failed'; readonly error: AirflowIdentityError; readonly attempts: number; readonly waitedMs: number; readonly known: boolean };

/** One write, and how to find out whether it happened. */
export interface PacedWrite<T> {
  /** One try. Called again only when that does no harm. */
  readonly write: () => Promise<T>;
  /** True when what was to be written stands there. Asked after a try whose answer did not come, was not understood, or told of a conflict. */
  readonly stands: () => Promise<boolean>;
  readonly clock: Clock;
  /** Aborted when the user stops: ends pauses, never a try. */
  readonly stop: AbortSignal;
  readonly report: (progress: WriteProgress) => void;
  readonly limits: RetryLimits;
}

/**
 * Tries a write until it is done, is refused for good, or the limits are reached. `Retry-After` is obeyed, other pauses
 * double. After a lost answer it looks before it says or does anything: the write may have happened.
 */
export async function pacedWrite<T>({ write, stands, clock, stop, report, limits }: PacedWrite<T>): Promise<WriteOutcome<T>> {
  let waitedMs = 0;
  // Waiting for one's turn is no failure, so the two are counted apart.
  const counts = { failures: 0, turns: 0 };
  for (let attempt = 1; ; attempt++) {
    report({ state: 'writing', attempt });
    try {
      return { kind: 'written', value: await write() };
    } catch (caught) {
      const error = toAirflowIdentityError(caught);
      const lost = answerWasLost(error);
      const standing = lost || (error.code === 'conflict' && !isWorthAnotherTry(error)) ? await stands().catch(() => undefined) : false;
      if (standing === true) {
        return { kind: 'stands', ours: lost };
      }
      const failed: WriteOutcome<T> = { kind: 'failed', error, attempts: attempt, waitedMs, known: !lost || standing !== undefined };
      const waits = isOccupied(error) ? 'turns' : 'failures';
      counts[waits] += 1;
      const doubledMs = limits.firstPauseMs * 2 ** (counts[waits] - 1);
      const waitMs = error.details.retryAfterMs ?? (waits === 'turns' ? Math.min(doubledMs, longestTurnMs) : doubledMs);
      const isOver = waits === 'turns' ? waitedMs >= limits.patienceMs : counts.failures >= limits.attempts;
      if (!isWorthAnotherTry(error) || isOver || waitMs > limits.longestPauseMs) {
        return failed;
      }
      report({ state: 'pausing', attempt: attempt + 1, waitMs, reason: error.message });
      try {
        await clock.sleep(waitMs, stop);
      } catch (interruption) {
        if (!isCancel(interruption)) {
          throw interruption;
        }
        return failed;
      }
      waitedMs += waitMs;
    }
  }
}

function isOccupied({ details }: AirflowIdentityError): boolean {
  return details.serviceCode === 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity';
}

/** The service may have acted: the connection broke, something else answered, or the service itself failed on the way. */
function answerWasLost({ code }: AirflowIdentityError): boolean {
  return code === 'network' || code === 'badAnswer' || code === 'unavailable';
}

/**
 * 409 only for concurrent writes: the other 409 (issuer + subject taken) stays true however often one asks. 404 only where
 * the parent is not known everywhere yet, which passes after its creation.
 */
function isWorthAnotherTry(error: AirflowIdentityError): boolean {
  switch (error.code) {
    case 'throttled':
    case 'unavailable':
    case 'network':
    case 'badAnswer':
      return true;
    case 'conflict':
      return isOccupied(error);
    case 'notFound':
      return error.details.serviceCode === 'ParentResourceNotFound';
    default:
      return false;
  }
}
