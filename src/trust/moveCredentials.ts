import { isCancel, toAirflowIdentityError } from '../errors.ts';
import type { AirflowIdentityError } from '../errors.ts';
import type { FederatedCredential } from '../identity/federatedCredential.ts';
import type { IdentityRef } from '../identity/managedIdentity.ts';
import type { ApplyOptions, ApplyOutcome, CredentialStore } from './apply.ts';
import type { DeleteOutcome, DeletingStore } from './deleteCredentials.ts';
import { stateAfterFailure } from './journal.ts';
import type { Journal, RunningChange } from './journal.ts';
import { applyJournaled } from './journaledApply.ts';
import { deleteJournaled, deletionsOf } from './journaledDelete.ts';
import { trusts } from './plan.ts';
import type { Transfer } from './transferPlan.ts';

/** One side of a move. */
export interface MoveSide<Store> {
  readonly ref: IdentityRef;
  readonly store: Store;
  /** Waits until nobody else writes to this identity, and keeps others out meanwhile. */
  readonly alone: <T>(write: () => Promise<T>) => Promise<T>;
}

/** How a move ended. */
export interface MoveOutcome {
  readonly target: ApplyOutcome;
  /** Absent where nothing was deleted: nothing came to stand on the target, or the source could not be read. */
  readonly source: DeleteOutcome | undefined;
  /** Those that stand on the target and no longer on the source. */
  readonly moved: readonly Transfer[];
  /** Those that stand on both. */
  readonly onBoth: readonly Transfer[];
  /** Why nothing could be deleted on the source. */
  readonly failure: AirflowIdentityError | undefined;
  /** Ends the journal's change; call it when the outcome was told. */
  readonly running: RunningChange;
}

/**
 * Moves credentials to another identity: all of them are written there and read back, then those that stand there are deleted
 * here. Never the other way round, or a workload would be locked out in between. Stopping leaves what is not deleted yet
 * standing on both, which harms nobody.
 *
 * @throws AirflowIdentityError when the target cannot be read, or the change not be noted down: then nothing was written.
 */
export async function moveCredentials(
  transfers: readonly Transfer[],
  source: MoveSide<DeletingStore>,
  target: MoveSide<CredentialStore>,
  journal: Journal,
  options: Pick<ApplyOptions, 'clock' | 'stop' | 'limits'> & { readonly report: (name: string, progress: Parameters<ApplyOptions['report']>[1]) => void },
): Promise<MoveOutcome> {
  const rows = transfers.flatMap(({ row }) => row ?? []);
  const { report, ...limits } = options;
  const { outcome, running } = await target.alone(() =>
    applyJournaled(
      { ref: target.ref, rows, further: deletionsOf(source.ref, transfers.map(({ credential }) => credential)), store: target.store, journal, surface: 'other' },
      { ...limits, report },
    ));
  const standing = transfers.filter(({ wanted }) => outcome.credentials?.some((held) => trusts(held, wanted)) === true);
  if (standing.length === 0 || options.stop.aborted) {
    return { target: outcome, source: undefined, moved: [], onBoth: standing, failure: undefined, running };
  }
  const credentials = standing.map(({ credential }) => credential);
  const stepOf = (credential: FederatedCredential): number => rows.length + transfers.findIndex((transfer) => transfer.credential === credential);
  let deletion: DeleteOutcome;
  try {
    deletion = await source.alone(() =>
      deleteJournaled({ credentials, store: source.store, running, stepOf }, { ...limits, report: (credential, progress) => { report(credential.name, progress); } }));
  } catch (error) {
    const failure = isCancel(error) ? undefined : toAirflowIdentityError(error);
    if (failure !== undefined) {
      credentials.forEach((credential) => { running.settled(stepOf(credential), stateAfterFailure(failure)); });
    }
    return { target: outcome, source: undefined, moved: [], onBoth: standing, failure, running };
  }
  const isGone = ({ credential }: Transfer): boolean => ['deleted', 'already'].includes(deletion.deletions.get(credential)?.state ?? '');
  return { target: outcome, source: deletion, moved: standing.filter(isGone), onBoth: standing.filter((transfer) => !isGone(transfer)), failure: undefined, running };
}
