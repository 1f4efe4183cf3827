import * as vscode from 'vscode';
import { maxCredentialsPerIdentity } from '../../identity/federatedCredential.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { AirflowIdentityError } from '../../errors.ts';
import { refuseFlexible } from '../../trust/editCredential.ts';
import { planTransfer } from '../../trust/transferPlan.ts';
import type { Transfer, TransferPlan } from '../../trust/transferPlan.ts';
import type { IdentityQuestion } from '../connect/pickIdentity.ts';
import type { Services } from '../services.ts';
import { chosenCredentials, pickedIdentity } from './chosenCredentials.ts';
import type { ChoiceTexts, ChosenCredentials, CredentialArguments } from './chosenCredentials.ts';

/** Credentials, where they stand and where they are to stand, with what that takes. */
export interface PickedTransfer {
  readonly source: ChosenCredentials;
  readonly target: ManagedIdentity;
  readonly plan: TransferPlan;
}

/** What transfers need beside the credentials. */
export interface TransferNeeds {
  readonly services: Services;
  /** Makes an identity where those that stand are full. */
  readonly createIdentity: NonNullable<IdentityQuestion['create']>;
}

/**
 * Asks for credentials and the identity that they are to be on too; `undefined` when the user leaves.
 * @throws AirflowIdentityError where they cannot be written there; see `planTransfer`.
 */
export async function pickTransfer({ services, createIdentity: create }: TransferNeeds, args: CredentialArguments, texts: ChoiceTexts): Promise<PickedTransfer | undefined> {
  const [source, ...others] = await chosenCredentials(services, args, texts);
  if (source === undefined) {
    return undefined;
  }
  if (others.length > 0) {
    throw new AirflowIdentityError('invalidInput', vscode.l10n.t('The selected credentials are on several identities.'), { fix: vscode.l10n.t('Select credentials of one identity.') });
  }
  source.credentials.forEach(refuseFlexible);
  const target = await pickedIdentity(services, texts.title, { placeholder: vscode.l10n.t('To which managed identity? Type a name or client ID.'), except: source.identity, create });
  if (target === undefined) {
    return undefined;
  }
  const held = await services.commands.resuming('credentials: list', () => services.azure().credentials(target, new AbortController().signal));
  services.identities.updateCredentials(target, held);
  return { source, target, plan: planTransfer(source.credentials, target, held) };
}

/** What would be written to the target, one line per credential, and how full it is then. */
export function transferLines({ target, plan: { transfers, used, after } }: PickedTransfer): string {
  return [
    ...transfers.map(transferLine),
    vscode.l10n.t('{0} then holds {1} of {2} credentials (now {3}).', target.name, after, maxCredentialsPerIdentity, used),
  ].join('\n');
}

function transferLine({ credential, wanted, row }: Transfer): string {
  if (row === undefined) {
    return vscode.l10n.t('{0}: trusted there already', credential.name);
  }
  return wanted.name === credential.name ? credential.name : vscode.l10n.t('{0}, there as {1}, because the name is taken', credential.name, wanted.name);
}
