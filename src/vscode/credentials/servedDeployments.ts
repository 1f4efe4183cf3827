import * as vscode from 'vscode';
import type { Deployment } from '../../deployment/deployment.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import { servedWorkloads } from '../../trust/servedWorkloads.ts';
import type { ListedDeployments } from '../deployments/listDeployments.ts';
import type { Services } from '../services.ts';
import { stoppable } from '../stoppable.ts';

/** More lines than that, and nobody reads a dialog. */
const maxLines = 10;

/** All deployments at the moment, for saying what credentials are used by. */
export interface KnownDeployments {
  readonly deployments: readonly Deployment[];
  /** False where something could not be listed: then what serves no known deployment may serve another. */
  readonly complete: boolean;
}

/** A listing that is over sooner shows nothing: a notification would outlast it. In milliseconds. */
const quietMs = 800;

/** Asks all sources; what fails is logged. @throws an `AbortError` when the user cancels. */
export async function knownDeployments({ clock, deployments, log }: Pick<Services, 'clock' | 'deployments' | 'log'>): Promise<KnownDeployments> {
  const stop = new AbortController();
  const listing = deployments.listAll(stop.signal);
  const isQuick = await Promise.race([listing.then(() => true), clock.sleep(quietMs).then(() => false)]);
  const listed = isQuick ? await listing : await cancellable(listing, stop);
  for (const failure of listed.failures) {
    log.failure('credentials: deployments', failure);
  }
  return { deployments: listed.deployments, complete: listed.failures.length === 0 };
}

async function cancellable(listing: Promise<ListedDeployments>, stop: AbortController): Promise<ListedDeployments> {
  return stoppable(vscode.l10n.t('Looking at which deployments use it'), (cancelled) => {
    cancelled.addEventListener('abort', () => { stop.abort(); });
    return listing;
  });
}

/** One line per credential: who signs in through it. */
export function usageLines(credentials: readonly FederatedCredential[], known: KnownDeployments, audience: string): string {
  const lines = credentials.toSorted((a, b) => a.name.localeCompare(b.name)).map((credential) => `${credential.name}: ${usageOf(credential, known, audience)}`);
  const left = lines.length - maxLines;
  return [
    ...lines.slice(0, maxLines),
    ...(left > 0 ? [vscode.l10n.t('… and {0} more', left)] : []),
    ...(known.complete ? [] : [vscode.l10n.t('Not all deployments could be listed, so there may be others. The log says why.')]),
  ].join('\n');
}

/** Who signs in through a credential, in a few words. */
export function usageOf(credential: FederatedCredential, { deployments }: Pick<KnownDeployments, 'deployments'>, audience: string): string {
  if (credential.subject === undefined) {
    return vscode.l10n.t('flexible, lets in everything that its expression matches');
  }
  const served = servedWorkloads(credential, deployments, audience);
  return served.length === 0
    ? vscode.l10n.t('no deployment known here')
    : served.map(({ deployment, title }) => vscode.l10n.t('{0} of {1}', title, deployment.name)).join(', ');
}
