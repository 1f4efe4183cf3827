import * as l10n from '@vscode/l10n';
import type { Clock } from '../clock.ts';
import { AirflowIdentityError, toAirflowIdentityError } from '../errors.ts';
import type { CredentialWrite, FederatedCredential } from '../identity/federatedCredential.ts';
import { defaultRetryLimits, pacedWrite } from './pacedWrite.ts';
import type { RetryLimits, WriteProgress } from './pacedWrite.ts';
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
  | WriteProgress
  /** `already` when it turned out to stand there, so nothing was written. */
  | { readonly state: 'done'; readonly outcome: 'created' | 'replaced' | 'already' }
  /** `known` is false where nothing could tell whether it was written after all. */
  | { readonly state: 'failed'; readonly error: AirflowIdentityError; readonly attempts: number; readonly waitedMs: number; readonly known: boolean }
  /** Not reached, because the user stopped. */
  | { readonly state: 'stopped' };

/** What applying needs beside Azure. */
export interface ApplyOptions {
  readonly clock: Clock;
  /** Aborted when the user stops. */
  readonly stop: AbortSignal;
  readonly report: (rowId: string, progress: RowProgress) => void;
  readonly limits?: RetryLimits;
}

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
  options: ApplyOptions,
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
  let tries = limits.attempts;
  for (const row of rows) {
    if (stop.aborted) {
      say(row.rowId, { state: 'stopped' });
      continue;
    }
    const result = await applyRow(row, standing, store, { clock, stop, limits: { ...limits, attempts: tries }, say: (value) => { say(row.rowId, value); } });
    say(row.rowId, result.progress);
    // What outlasted all tries of one row would outlast those of the next: one try finds out whether it is over.
    tries = result.progress.state === 'failed' && result.progress.attempts >= tries ? 1 : limits.attempts;
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
  // Never handed the stop signal: a write that was cut off might have happened, and nobody would know.
  const uncut = new AbortController().signal;
  const outcome = await pacedWrite({
    write: () => store.write(row.wanted, uncut),
    stands: async () => (await store.list(uncut)).some((held) => trusts(held, row.wanted)),
    clock,
    stop,
    report: say,
    limits,
  });
  const done: RowProgress = { state: 'done', outcome: row.status === 'replace' ? 'replaced' : 'created' };
  switch (outcome.kind) {
    case 'written':
      return { progress: done, written: outcome.value };
    case 'stands':
      return { progress: outcome.ours ? done : { state: 'done', outcome: 'already' }, written: standingAs(row.wanted) };
    case 'failed': {
      const { error, attempts, waitedMs, known } = outcome;
      return { progress: { state: 'failed', error, attempts, waitedMs, known } };
    }
  }
}

function standingAs({ audience, ...rest }: CredentialWrite): FederatedCredential {
  return { ...rest, audiences: [audience] };
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
  return { state: 'failed', error, attempts: 0, waitedMs: 0, known: true };
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
