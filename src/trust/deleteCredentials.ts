import * as l10n from '@vscode/l10n';
import type { Clock } from '../clock.ts';
import { AirflowIdentityError } from '../errors.ts';
import type { FederatedCredential } from '../identity/federatedCredential.ts';
import type { CredentialStore } from './apply.ts';
import { defaultRetryLimits, pacedWrite } from './pacedWrite.ts';
import type { RetryLimits, WriteProgress } from './pacedWrite.ts';
import { sameTrust } from './plan.ts';

/** The part of Azure that deleting needs, for one identity. */
export interface DeletingStore extends Pick<CredentialStore, 'list'> {
  /** One try; what is gone already counts as done. */
  delete(name: string, signal: AbortSignal): Promise<void>;
}

/** How the deletion of a credential ended. */
export type Deletion =
  /** `already` when somebody else was faster. */
  | { readonly state: 'deleted' | 'already' }
  /** `known` is false where nothing could tell whether it is gone after all. */
  | { readonly state: 'failed'; readonly error: AirflowIdentityError; readonly known: boolean }
  /** Not reached, because the user stopped. */
  | { readonly state: 'stopped' };

/** What stands there after deleting. */
export interface DeleteOutcome {
  /** By credential, in the order that was asked for. */
  readonly deletions: ReadonlyMap<FederatedCredential, Deletion>;
  /** Read back from Azure; `undefined` when even reading failed. */
  readonly standing: readonly FederatedCredential[] | undefined;
}

/** What deleting needs beside Azure. */
export interface DeleteOptions {
  readonly clock: Clock;
  readonly stop: AbortSignal;
  readonly report: (credential: FederatedCredential, progress: WriteProgress) => void;
  /** Told of each as soon as it has ended. */
  readonly settled?: (credential: FederatedCredential, deletion: Deletion) => void;
  readonly limits?: RetryLimits;
}

/**
 * Deletes credentials of one identity strictly one after another, since the service refuses concurrent writes under it.
 *
 * Reads first: what is gone is passed over, and what changed since it was shown stays, because nobody agreed to losing that.
 * A failure leaves the others as they are. Aborting stops before the next one; the deletion in flight is awaited.
 *
 * @throws AirflowIdentityError when the identity cannot be read before the first deletion: then nothing was deleted.
 */
export async function deleteCredentials(
  chosen: readonly FederatedCredential[],
  store: DeletingStore,
  options: DeleteOptions,
): Promise<DeleteOutcome> {
  const { clock, stop, report, settled = () => undefined, limits = defaultRetryLimits } = options;
  const uncut = new AbortController().signal;
  const before = await store.list(stop);
  const deletions = new Map<FederatedCredential, Deletion>();
  const end = (credential: FederatedCredential, deletion: Deletion): void => {
    deletions.set(credential, deletion);
    settled(credential, deletion);
  };
  let tries = limits.attempts;
  for (const credential of chosen) {
    const now = named(before, credential.name);
    if (now === undefined) {
      end(credential, { state: 'already' });
    } else if (!isSame(now, credential)) {
      end(credential, { state: 'failed', error: changedMeanwhile(credential.name), known: true });
    } else if (stop.aborted) {
      end(credential, { state: 'stopped' });
    } else {
      const outcome = await pacedWrite({
        write: () => store.delete(credential.name, uncut),
        stands: async () => named(await store.list(uncut), credential.name) === undefined,
        clock,
        stop,
        report: (progress) => { report(credential, progress); },
        limits: { ...limits, attempts: tries },
      });
      end(credential, outcome.kind === 'failed' ? { state: 'failed', error: outcome.error, known: outcome.known } : { state: 'deleted' });
      // What outlasted all tries of one would outlast those of the next: one try finds out whether it is over.
      tries = outcome.kind === 'failed' && outcome.attempts >= tries ? 1 : limits.attempts;
    }
  }
  return { deletions, standing: await readBack(deletions, store, clock) };
}

/** Names of those that a look or an answer did not show to be gone. */
export function stillStanding({ deletions }: DeleteOutcome): readonly string[] {
  return [...deletions].filter(([, { state }]) => state === 'failed' || state === 'stopped').map(([{ name }]) => name);
}

/** What went wrong first, or `undefined`. */
export function firstFailure({ deletions }: DeleteOutcome): AirflowIdentityError | undefined {
  for (const deletion of deletions.values()) {
    if (deletion.state === 'failed') {
      return deletion.error;
    }
  }
  return undefined;
}

function named(credentials: readonly FederatedCredential[], name: string): FederatedCredential | undefined {
  return credentials.find((held) => held.name.toLowerCase() === name.toLowerCase());
}

function isSame(a: FederatedCredential, b: FederatedCredential): boolean {
  return sameTrust(a, b) && a.claimsMatchingExpression === b.claimsMatchingExpression;
}

function changedMeanwhile(name: string): AirflowIdentityError {
  return new AirflowIdentityError('conflict', l10n.t('Credential {0} was changed by somebody else meanwhile, so it was not deleted.', name), {
    fix: l10n.t('Look at it as it is now, and delete it again.'),
  });
}

/** A GET may still answer with a credential shortly after its DELETE, as it may without one after its PUT. */
async function readBack(deletions: DeleteOutcome['deletions'], store: DeletingStore, clock: Clock): Promise<readonly FederatedCredential[] | undefined> {
  const { signal } = new AbortController();
  const gone = [...deletions].filter(([, { state }]) => state === 'deleted').map(([{ name }]) => name);
  for (let pauseMs = 500; ; pauseMs *= 2) {
    try {
      const standing = await store.list(signal);
      if (gone.every((name) => named(standing, name) === undefined)) {
        return standing;
      }
      if (pauseMs > 4_000) {
        return standing.filter(({ name }) => !gone.includes(name));
      }
    } catch {
      // What stands there is then read by whoever asks next.
      return undefined;
    }
    await clock.sleep(pauseMs, signal);
  }
}
