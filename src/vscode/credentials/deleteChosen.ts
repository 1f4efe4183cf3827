import * as vscode from 'vscode';
import { AirflowIdentityError } from '../../errors.ts';
import type { AzChange } from '../../identity/azCommands.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import { firstFailure, stillStanding } from '../../trust/deleteCredentials.ts';
import type { WriteProgress } from '../../trust/pacedWrite.ts';
import type { DeleteOutcome } from '../../trust/deleteCredentials.ts';
import { deleteJournaled, deletionsOf } from '../../trust/journaledDelete.ts';
import type { Services } from '../services.ts';
import { chosenCredentials } from './chosenCredentials.ts';
import type { ChosenCredentials, CredentialArguments } from './chosenCredentials.ts';
import { identityCredentials } from './identityCredentials.ts';
import { mayWrite } from './mayWrite.ts';
import { knownDeployments, usageLines } from './servedDeployments.ts';
import { writingProgress } from './writingProgress.ts';

/** Deletes federated credentials after showing who signs in through them. */
export async function deleteChosen(services: Services, args: CredentialArguments): Promise<void> {
  const title = vscode.l10n.t('Delete federated credentials');
  const groups = await chosenCredentials(services, args, { title, placeholder: vscode.l10n.t('Tick those that are to be deleted.') });
  const all = groups.flatMap(({ credentials }) => credentials);
  if (all.length === 0 || !(await allMayBeDeleted(services, groups)) || !(await isConfirmed(services, groups, all))) {
    return;
  }
  const outcomes = await deleted(services, groups);
  const standing = outcomes.flatMap(stillStanding);
  const failure = outcomes.map(firstFailure).find((error) => error !== undefined);
  const gone = all.length - standing.length;
  if (failure !== undefined) {
    throw new AirflowIdentityError(failure.code, vscode.l10n.t('{0} of {1} deleted. Still there: {2}. {3}', gone, all.length, standing.join(', '), failure.message), {
      ...(failure.fix === undefined ? {} : { fix: failure.fix }),
      details: failure.details,
      cause: failure,
    });
  }
  const names = groups.map(({ identity }) => identity.name).join(', ');
  void services.messages.info(
    standing.length === 0
      ? gone === 1 ? vscode.l10n.t('Credential {0} of {1} is deleted.', all[0]?.name ?? '', names) : vscode.l10n.t('{0} credentials of {1} are deleted.', gone, names)
      : vscode.l10n.t('Stopped: {0} of {1} deleted. Still there: {2}.', gone, all.length, standing.join(', ')),
  );
}

async function allMayBeDeleted(services: Services, groups: readonly ChosenCredentials[]): Promise<boolean> {
  for (const { identity, credentials } of groups) {
    const changes = credentials.map(({ name }): AzChange => ({ kind: 'deleteCredential', identity, name }));
    if (!(await mayWrite(services, 'deleteCredential', identity, changes))) {
      return false;
    }
  }
  return true;
}

async function isConfirmed(services: Services, groups: readonly ChosenCredentials[], all: readonly FederatedCredential[]): Promise<boolean> {
  const known = await knownDeployments(services);
  const [first] = all;
  const names = groups.map(({ identity }) => identity.name).join(', ');
  const question =
    all.length === 1 && first !== undefined
      ? vscode.l10n.t('Delete the credential {0} of {1}?', first.name, names)
      : vscode.l10n.t('Delete {0} credentials of {1}?', all.length, names);
  const detail = [
    vscode.l10n.t('Who signs in through each, and then no longer can:'),
    usageLines(all, known, services.clouds.audience),
    vscode.l10n.t('Tokens that they already hold work for up to a day.'),
  ].join('\n\n');
  return services.messages.confirm(question, detail, vscode.l10n.t('Delete'));
}

async function deleted(services: Services, groups: readonly ChosenCredentials[]): Promise<readonly DeleteOutcome[]> {
  const total = groups.reduce((sum, { credentials }) => sum + credentials.length, 0);
  return writingProgress(vscode.l10n.t('Deleting federated credentials'), total, async (say, stop) => {
    const outcomes: DeleteOutcome[] = [];
    for (const { identity, credentials } of groups) {
      const running = await services.journal.begin({ title: identity.name, surface: 'other' }, deletionsOf(identity, credentials));
      const run = { credentials, store: identityCredentials(services, identity), running, stepOf: (credential: FederatedCredential) => credentials.indexOf(credential) };
      const options = { clock: services.clock, stop, report: ({ name }: FederatedCredential, progress: WriteProgress) => { say(name, progress); } };
      const outcome = await services.identityWrites.run(identity, () => deleteJournaled(run, options)).finally(() => running.end());
      outcomes.push(outcome);
      for (const deletion of outcome.deletions.values()) {
        if (deletion.state === 'failed') {
          services.log.failure('credentials: delete', deletion.error);
        }
      }
      if (outcome.standing !== undefined) {
        services.identities.updateCredentials(identity, outcome.standing);
      }
    }
    return outcomes;
  });
}
