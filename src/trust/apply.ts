import * as l10n from '@vscode/l10n';
import type { Clock } from '../clock.ts';
import { AirflowIdentityError, isCancel, toAirflowIdentityError } from '../errors.ts';
import type { CredentialWrite, FederatedCredential } from '../identity/federatedCredential.ts';
import { planTrust, sameTrust, trusts } from './plan.ts';
import type { DesiredCredential, PlanRow } from './plan.ts';

/** The part of Azure that applying needs, for one identity. */
export interface CredentialStore {
  list(signal: AbortSignal): Promise<readonly FederatedCredential[]>;
  /** One try. Creates the credential or replaces the one of the same name. */
  write(credential: CredentialWrite, signal: AbortSignal): Promise<FederatedCredential>;
}

/** Where a row stands while and after applying. */
export type RowProgress =
  | { readonly state: 'waiting' }
  | { readonly state: 'writing'; readonly attempt: number }
  /** Another try follows after `waitMs`. */
  | { readonly state: 'pausing'; readonly attempt: number; readonly waitMs: number; readonly reason: string }
  /** `already` when it turned out to stand there, so nothing was written. */
  | { readonly state: 'done'; readonly outcome: 'created' | 'replaced' | 'already' }
  | { readonly state: 'failed'; readonly error: AirflowIdentityError; readonly attempts: number; readonly waitedMs: number }
  /** Not reached, because the user stopped. */
  | { readonly state: 'stopped' };

/** Limits within which a refused write is tried again. */
export interface RetryLimits {
  /** Tries in all. */
  readonly attempts: number;
  /** First pause without `Retry-After`, doubled for each further one. */
  readonly firstPauseMs: number;
  /** Longest single pause; a `Retry-After` above it ends the tries. */
  readonly longestPauseMs: number;
}

/**
 * A FIC write takes about a second, and the service refuses a second one meanwhile (409); its bucket refills one write in
 * 4 s per identity (Entra docs, "request throttling"). Five tries over 1+2+4+8 s outlast both.
 */
const defaultRetryLimits: RetryLimits = { attempts: 5, firstPauseMs: 1_000, longestPauseMs: 60_000 };

/** What stands there after applying. */
export interface ApplyOutcome {
  readonly rows: ReadonlyMap<string, RowProgress>;
  /** Read back from Azure; `undefined` when even reading failed. */
  readonly credentials: readonly FederatedCredential[] | undefined;
  readonly readBackError: AirflowIdentityError | undefined;
}

/**
 * Writes the ticked rows of a plan, strictly one after another: the service refuses concurrent writes under one identity
 * with 409 `ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity`.
 *
 * Reads first, so that what changed since the plan was shown is not overwritten: a credential that stands there now is
 * not written again, and one whose replacement was not shown fails. A failed row leaves the others as they are. Aborting
 * stops before the next write; the write in flight is always awaited, so its outcome is known. Reads back at the end.
 *
 * @throws AirflowIdentityError when the identity cannot be read before the first write: then nothing was written.
 */
export async function applyRows(
  rows: readonly PlanRow[],
  store: CredentialStore,
  options: {
    readonly clock: Clock;
    /** Aborted when the user stops. */
    readonly stop: AbortSignal;
    readonly report: (rowId: string, progress: RowProgress) => void;
    readonly limits?: RetryLimits;
  },
): Promise<ApplyOutcome> {
  const { clock, stop, report, limits = defaultRetryLimits } = options;
  const progress = new Map<string, RowProgress>();
  const say = (rowId: string, value: RowProgress): void => {
    progress.set(rowId, value);
    report(rowId, value);
  };
  for (const row of rows) {
    say(row.rowId, { state: 'waiting' });
  }
  let standing = await store.list(stop);
  for (const row of rows) {
    if (stop.aborted) {
      say(row.rowId, { state: 'stopped' });
      continue;
    }
    const result = await applyRow(row, standing, store, { clock, stop, limits, say: (value) => { say(row.rowId, value); } });
    say(row.rowId, result.progress);
    if (result.written !== undefined) {
      const { written } = result;
      standing = [...standing.filter((held) => held.name.toLowerCase() !== written.name.toLowerCase()), written];
    }
  }
  const written = rows.filter((row) => progress.get(row.rowId)?.state === 'done').map((row) => row.wanted);
  return { rows: progress, ...(await readBack(store, written, clock)) };
}

interface RowContext {
  readonly clock: Clock;
  readonly stop: AbortSignal;
  readonly limits: RetryLimits;
  readonly say: (progress: RowProgress) => void;
}

interface RowResult {
  readonly progress: RowProgress;
  readonly written?: FederatedCredential;
}

async function applyRow(
  row: PlanRow,
  standing: readonly FederatedCredential[],
  store: CredentialStore,
  { clock, stop, limits, say }: RowContext,
): Promise<RowResult> {
  const changed = changedSincePlan(row, standing);
  if (changed !== undefined) {
    return { progress: changed };
  }
  let waitedMs = 0;
  for (let attempt = 1; ; attempt++) {
    say({ state: 'writing', attempt });
    try {
      // Never handed the stop signal: a write that was cut off might have happened, and nobody would know.
      const written = await store.write(row.wanted, new AbortController().signal);
      return { progress: { state: 'done', outcome: row.status === 'replace' ? 'replaced' : 'created' }, written };
    } catch (caught) {
      const error = toAirflowIdentityError(caught);
      const waitMs = error.details.retryAfterMs ?? limits.firstPauseMs * 2 ** (attempt - 1);
      if (!isWorthAnotherTry(error) || attempt >= limits.attempts || waitMs > limits.longestPauseMs) {
        return { progress: { state: 'failed', error, attempts: attempt, waitedMs } };
      }
      say({ state: 'pausing', attempt: attempt + 1, waitMs, reason: error.message });
      try {
        await clock.sleep(waitMs, stop);
      } catch (interruption) {
        if (!isCancel(interruption)) {
          throw interruption;
        }
        return { progress: { state: 'failed', error, attempts: attempt, waitedMs } };
      }
      waitedMs += waitMs;
    }
  }
}

/** What stood there when the user looked may have changed: then the row is done, or was not agreed to. */
function changedSincePlan(row: PlanRow, standing: readonly FederatedCredential[]): RowProgress | undefined {
  const desired: DesiredCredential = { ...row.wanted, rowId: row.rowId, ticked: true, recommended: true };
  const now = planTrust([desired], standing).rows[0];
  if (now === undefined || now.status === 'keep') {
    return { state: 'done', outcome: 'already' };
  }
  const asShown =
    now.status === row.status &&
    (now.status !== 'replace' || (row.status === 'replace' && sameTrust(now.existing, row.existing)));
  if (asShown) {
    return undefined;
  }
  const error = new AirflowIdentityError('conflict', l10n.t('The identity changed meanwhile, so this credential was not written.'), {
    fix: l10n.t('Look at the new plan and connect again.'),
  });
  return { state: 'failed', error, attempts: 0, waitedMs: 0 };
}

/** 409 only for concurrent writes: the other 409 (issuer + subject taken) stays true however often one asks. */
function isWorthAnotherTry(error: AirflowIdentityError): boolean {
  switch (error.code) {
    case 'throttled':
    case 'unavailable':
    case 'network':
      return true;
    case 'conflict':
      return error.details.serviceCode === 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity';
    default:
      return false;
  }
}

/** A GET may still answer without a credential shortly after its PUT (hashicorp/terraform-provider-azurerm#32935). */
async function readBack(
  store: CredentialStore,
  written: readonly CredentialWrite[],
  clock: Clock,
): Promise<Pick<ApplyOutcome, 'credentials' | 'readBackError'>> {
  const signal = new AbortController().signal;
  for (let pauseMs = 500; ; pauseMs *= 2) {
    try {
      const credentials = await store.list(signal);
      const complete = written.every((wanted) => credentials.some((held) => trusts(held, wanted)));
      if (complete || pauseMs > 4_000) {
        return { credentials, readBackError: undefined };
      }
    } catch (error) {
      return { credentials: undefined, readBackError: toAirflowIdentityError(error) };
    }
    await clock.sleep(pauseMs, signal);
  }
}
