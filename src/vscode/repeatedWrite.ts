import { defaultRetryLimits, pacedWrite } from '../trust/pacedWrite.ts';
import type { Actions } from './actions.ts';
import type { Services } from './services.ts';

/** What repeating a write needs. */
export interface WriteServices extends Pick<Services, 'clock'> {
  readonly commands: Pick<Actions, 'resuming'>;
  readonly log: Pick<Services['log'], 'info'>;
}

/**
 * A write that does no harm when it is sent twice, since it looks first or what it takes away may be gone already: tried as
 * long as that may help, with the pauses that the service asks for, and resumed after a sign-in. Never cut off, because its
 * outcome would be unknown. `repeated` says whether an earlier try may have done it.
 *
 * @throws AirflowIdentityError the failure of the last try.
 */
export async function repeatedWrite<T>(
  { clock, commands, log }: WriteServices,
  name: string,
  write: (signal: AbortSignal) => Promise<T>,
): Promise<{ readonly value: T; readonly repeated: boolean }> {
  const { signal } = new AbortController();
  let tries = 0;
  const outcome = await pacedWrite({
    write: () => {
      tries += 1;
      return commands.resuming(name, () => write(signal));
    },
    // Sending it again is how it looks.
    stands: async () => false,
    clock,
    stop: signal,
    report: (progress) => {
      if (progress.state === 'pausing') {
        log.info(`${name} waits ${progress.waitMs} ms before try ${progress.attempt}: ${progress.reason}`);
      }
    },
    limits: defaultRetryLimits,
  });
  if (outcome.kind === 'written') {
    return { value: outcome.value, repeated: tries > 1 };
  }
  throw outcome.kind === 'failed' ? outcome.error : new Error(`${name} was never sent.`);
}
