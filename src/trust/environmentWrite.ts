import * as l10n from '@vscode/l10n';
import type { Clock } from '../clock.ts';
import type { AirflowConnection } from '../connection/airflowConnection.ts';
import { carries, lacks } from '../connection/connectionValues.ts';
import { extendedLinks, isLinked } from '../connection/environmentLinks.ts';
import type { EnvironmentConnection, EnvironmentLinks, EnvironmentPlace, EnvironmentPort, EnvironmentReach } from '../connection/environmentPort.ts';
import { identityKeys } from '../connection/identityKeys.ts';
import { AirflowIdentityError } from '../errors.ts';
import { defaultRetryLimits, pacedWrite } from './pacedWrite.ts';
import type { RetryLimits, WriteProgress } from './pacedWrite.ts';

/** A connection that is written to Astro's Environment Manager. */
export interface EnvironmentWrite {
  readonly port: EnvironmentPort;
  readonly place: EnvironmentPlace;
  readonly connection: AirflowConnection;
  /** What stood there when the change was shown; `undefined` for nothing. */
  readonly standing: EnvironmentConnection | undefined;
  /** Who is to get it. What stands there keeps its links in any case. */
  readonly reach: EnvironmentReach | undefined;
  /** What it is not to hold any more. */
  readonly without?: readonly string[];
  readonly clock: Clock;
  /** Aborted when the user stops: nothing is begun then; a write in flight is awaited. */
  readonly stop: AbortSignal;
  readonly report?: (progress: WriteProgress) => void;
  readonly limits?: RetryLimits;
}

/**
 * Writes a connection, obeying `Retry-After`, and reads it back: what stands there decides, whatever the answer to the write was.
 * @returns what stands there now.
 * @throws AirflowIdentityError what kept it from being written; AbortError when it was stopped before.
 */
export async function writeEnvironment(write: EnvironmentWrite): Promise<EnvironmentConnection> {
  const { port, place, connection, standing, reach, without = [], clock, stop, report = () => undefined, limits = defaultRetryLimits } = write;
  stop.throwIfAborted();
  // Never handed the stop signal: a write that was cut off might have happened, and nobody would know.
  const uncut = new AbortController().signal;
  const found = async (): Promise<EnvironmentConnection | undefined> => {
    const there = await environmentConnection(port, place, connection.connectionId, uncut);
    return there !== undefined && says(there, write) ? there : undefined;
  };
  const outcome = await pacedWrite<unknown>({
    write: () => (standing === undefined
      ? port.createEnvironmentConnection(place, connection, uncut, reach)
      : port.updateEnvironmentConnection(standing, connection, without, uncut, reach)),
    stands: async () => (await found()) !== undefined,
    clock, stop, report, limits,
  });
  if (outcome.kind === 'failed') {
    throw outcome.error;
  }
  const written = await found();
  if (written === undefined) {
    throw new AirflowIdentityError('badAnswer', l10n.t('Astro took {0}, but does not list it as it was written.', connection.connectionId), {
      fix: l10n.t('Look at the Environment Manager, then try again.'),
    });
  }
  return written;
}

/** The connection of an id that stands at a place itself. @throws AirflowIdentityError; AbortError. */
export async function environmentConnection(port: EnvironmentPort, place: EnvironmentPlace, connectionId: string, signal: AbortSignal): Promise<EnvironmentConnection | undefined> {
  for await (const page of port.environmentConnections(place, signal)) {
    const there = page.find(({ connection }) => connection.connectionId === connectionId);
    if (there !== undefined) {
      return there;
    }
  }
  return undefined;
}

function says({ connection: there, links }: EnvironmentConnection, { place, connection, standing, reach, without = [] }: EnvironmentWrite): boolean {
  const kept = standing?.links ?? { all: false, deployments: [], excluded: [] };
  return carries(there, { ...connection, password: undefined, extra: shownExtra(connection.extra, there.extra) })
    && lacks(there, without)
    && (place.scope === 'deployment' || reaches(links, extendedLinks(kept, reach ?? (standing === undefined ? 'all' : []))));
}

function reaches(links: EnvironmentLinks, wanted: EnvironmentLinks): boolean {
  return (links.all || !wanted.all) && wanted.deployments.every(({ id }) => isLinked(links, id));
}

/** Of `extra` Astro shows what is no secret. */
function shownExtra(wanted: AirflowConnection['extra'], shown: AirflowConnection['extra']): AirflowConnection['extra'] {
  return Object.fromEntries(Object.entries(wanted).filter(([key]) => key in shown || Object.values<string>(identityKeys).includes(key)));
}
