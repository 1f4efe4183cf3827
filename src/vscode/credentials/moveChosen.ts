import * as vscode from 'vscode';
import { parseSubject } from '../../deployment/workload.ts';
import { AirflowIdentityError } from '../../errors.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import { firstFailure } from '../../trust/deleteCredentials.ts';
import { moveCredentials } from '../../trust/moveCredentials.ts';
import type { MoveOutcome } from '../../trust/moveCredentials.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { Services } from '../services.ts';
import type { CredentialArguments } from './chosenCredentials.ts';
import { identityCredentials } from './identityCredentials.ts';
import { mayWrite } from './mayWrite.ts';
import { moveConnections } from './moveConnections.ts';
import { pickTransfer, transferLines } from './pickTransfer.ts';
import type { PickedTransfer, TransferNeeds } from './pickTransfer.ts';
import { nameOf, throwFailure } from './writeRows.ts';
import { writingProgress } from './writingProgress.ts';

/** Moves federated credentials to another identity, for example because this one holds its 20. */
export async function moveChosen(needs: TransferNeeds, projects: AstroProjects, args: CredentialArguments): Promise<void> {
  const { services } = needs;
  const title = vscode.l10n.t('Move federated credentials');
  const picked = await pickTransfer(needs, args, { title, placeholder: vscode.l10n.t('Tick those that are to be on another identity instead.') });
  if (picked === undefined || !(await mayMove(services, picked)) || !(await isConfirmed(services, picked))) {
    return;
  }
  const { source, target } = picked;
  const outcome = await moved(services, picked);
  for (const [identity, credentials] of [[target, outcome.target.credentials], [source.identity, outcome.source?.standing]] as const) {
    if (credentials !== undefined) {
      services.identities.updateCredentials(identity, credentials);
    }
  }
  await outcome.running.end();
  tellFailure(services, picked, outcome);
  void services.messages.info(
    outcome.onBoth.length > 0
      ? vscode.l10n.t('Stopped: {0} moved to {1}; on both identities: {2}.', outcome.moved.length, target.name, namesOf(outcome.onBoth.map(({ credential }) => credential)))
      : vscode.l10n.t('Moved to {0}: {1}.', target.name, namesOf(outcome.moved.map(({ credential }) => credential))),
  );
  if (outcome.moved.length > 0) {
    await moveConnections(services, projects, source.identity, target);
  }
}

async function mayMove(services: Services, { source, target, plan }: PickedTransfer): Promise<boolean> {
  const writes = plan.transfers.map(({ wanted }) => ({ kind: 'writeCredential', identity: target, credential: wanted }) as const);
  const deletions = source.credentials.map(({ name }) => ({ kind: 'deleteCredential', identity: source.identity, name }) as const);
  return (await mayWrite(services, 'writeCredential', target, writes)) && mayWrite(services, 'deleteCredential', source.identity, deletions);
}

async function isConfirmed(services: Services, picked: PickedTransfer): Promise<boolean> {
  const { source, target } = picked;
  const held = await services.commands.resuming('credentials: list', () => services.azure().credentials(source.identity, new AbortController().signal));
  const left = leftBehind(source.credentials, held);
  const detail = [
    transferLines(picked),
    vscode.l10n.t('They are written there first, and deleted on {0} once they stand there.', source.identity.name),
    vscode.l10n.t('Connections in Airflow must then name the client ID {0}; those of this workspace can be changed right after.', target.clientId),
    ...(left.length === 0
      ? []
      : [vscode.l10n.t('A connection names one identity only. For the same namespace these stay on {0}: {1}', source.identity.name, namesOf(left))]),
  ].join('\n\n');
  return services.messages.confirm(vscode.l10n.t('Move to {0}?', target.name), detail, vscode.l10n.t('Move'));
}

async function moved(services: Services, { source, target, plan }: PickedTransfer): Promise<MoveOutcome> {
  const { clock, identityWrites, journal } = services;
  const rows = plan.transfers.flatMap(({ row }) => row ?? []);
  const side = <T>(identity: typeof target, store: T): { ref: typeof target; store: T; alone: <R>(write: () => Promise<R>) => Promise<R> } => ({
    ref: identity,
    store,
    alone: (write) => identityWrites.run(identity, write),
  });
  return writingProgress(vscode.l10n.t('Moving federated credentials'), rows.length + plan.transfers.length, (say, stop) =>
    moveCredentials(plan.transfers, side(source.identity, identityCredentials(services, source.identity)), side(target, identityCredentials(services, target)), journal, {
      clock,
      stop,
      report: (name, progress) => { say(nameOf(rows, name), progress); },
    }));
}

/** What failed and what stands where, as one error. */
function tellFailure({ log }: Services, { source, target }: PickedTransfer, { target: written, source: deleted, onBoth, failure: unread }: MoveOutcome): void {
  const failure = deleted === undefined ? unread : firstFailure(deleted);
  if (failure !== undefined) {
    log.failure('credentials: move', failure);
    throw new AirflowIdentityError(
      failure.code,
      vscode.l10n.t('On {0} and still on {1}: {2}. {3}', target.name, source.identity.name, namesOf(onBoth.map(({ credential }) => credential)), failure.message),
      { ...(failure.fix === undefined ? {} : { fix: failure.fix }), details: failure.details, cause: failure },
    );
  }
  throwFailure(written, log);
}

/** Credentials for workloads of the same deployments that are not moved with them. */
function leftBehind(chosen: readonly FederatedCredential[], held: readonly FederatedCredential[]): readonly FederatedCredential[] {
  const deploymentOf = ({ issuer, subject = '' }: FederatedCredential): string => `${issuer} ${parseSubject(subject)?.namespace ?? ''}`;
  const moving = new Set(chosen.map(deploymentOf));
  const names = new Set(chosen.map(({ name }) => name));
  return held.filter((credential) => credential.subject !== undefined && !names.has(credential.name) && moving.has(deploymentOf(credential)));
}

function namesOf(credentials: readonly FederatedCredential[]): string {
  return credentials.map(({ name }) => name).join(', ');
}
