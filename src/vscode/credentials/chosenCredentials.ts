import * as vscode from 'vscode';
import type { CredentialTarget, IdentityTarget } from '../../contributions.ts';
import { formatIdentityId } from '../../identity/armId.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { pickIdentity } from '../connect/pickIdentity.ts';
import type { IdentityQuestion } from '../connect/pickIdentity.ts';
import { recentIdentities } from '../project/recentIdentities.ts';
import type { Services } from '../services.ts';

/** Credentials of one identity that something is to be done with. */
export interface ChosenCredentials {
  readonly identity: ManagedIdentity;
  readonly credentials: readonly FederatedCredential[];
}

/** What VS Code passes to a command: the row it was run on, and all selected ones where that is one of several. */
export type CredentialArguments = readonly [target?: CredentialTarget | IdentityTarget | undefined, selected?: readonly unknown[] | undefined];

/** The words of a choice. */
export interface ChoiceTexts {
  /** Of the picks, for example "Delete federated credentials". */
  readonly title: string;
  /** What to tick credentials for. */
  readonly placeholder: string;
}

/**
 * The credentials that a command is about, by identity: the selected rows, else the row it was run on; started from an
 * identity or from the palette, they are ticked in a list. Empty when the user leaves or ticks nothing.
 *
 * @throws AirflowIdentityError when they cannot be listed.
 */
export async function chosenCredentials(services: Services, [target, selected]: CredentialArguments, texts: ChoiceTexts): Promise<readonly ChosenCredentials[]> {
  const rows = (selected ?? []).filter(isCredentialTarget);
  if (isCredentialTarget(target)) {
    return grouped(rows.length > 0 ? rows : [target]);
  }
  const identity = target?.identity ?? (await pickedIdentity(services, texts.title));
  if (identity === undefined) {
    return [];
  }
  const credentials = await tickedCredentials(services, identity, texts);
  return credentials.length === 0 ? [] : [{ identity, credentials }];
}

/** The one credential that a command is about; `undefined` when the user leaves. */
export async function chosenCredential(services: Services, target: CredentialTarget | undefined, texts: ChoiceTexts): Promise<CredentialTarget | undefined> {
  if (target !== undefined) {
    return target;
  }
  const identity = await pickedIdentity(services, texts.title);
  if (identity === undefined) {
    return undefined;
  }
  const items = listed(services, identity).then((credentials) => credentials.map(credentialItem));
  const picked = await vscode.window.showQuickPick(items, { title: texts.title, placeHolder: texts.placeholder, matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true });
  return picked === undefined ? undefined : { identity, credential: picked.credential };
}

/** Asks for an identity; `undefined` when the user leaves. */
export async function pickedIdentity(services: Services, title: string, question: Partial<IdentityQuestion> = {}): Promise<ManagedIdentity | undefined> {
  const recent = recentIdentities(services.globalState).map(({ clientId }) => clientId);
  const answer = await pickIdentity(services, { title, placeholder: vscode.l10n.t('Of which managed identity? Type a name or client ID.'), recent, ...question });
  return answer.kind === 'picked' ? answer.value.identity : undefined;
}

async function tickedCredentials(services: Services, identity: ManagedIdentity, { title, placeholder }: ChoiceTexts): Promise<readonly FederatedCredential[]> {
  const items = listed(services, identity).then((credentials) => credentials.map(credentialItem));
  const options = { title, placeHolder: placeholder, matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true, canPickMany: true } as const;
  return ((await vscode.window.showQuickPick(items, options)) ?? []).map(({ credential }) => credential);
}

/** As they stand in Azure now, by name. */
async function listed({ azure, commands, identities }: Services, identity: ManagedIdentity): Promise<readonly FederatedCredential[]> {
  const credentials = await commands.resuming('credentials: list', () => azure().credentials(identity, new AbortController().signal));
  identities.updateCredentials(identity, credentials);
  return [...credentials].sort((a, b) => a.name.localeCompare(b.name));
}

function credentialItem(credential: FederatedCredential): vscode.QuickPickItem & { readonly credential: FederatedCredential } {
  return {
    label: credential.name,
    description: credential.subject ?? credential.claimsMatchingExpression ?? vscode.l10n.t('flexible'),
    detail: credential.issuer,
    credential,
  };
}

function grouped(rows: readonly CredentialTarget[]): readonly ChosenCredentials[] {
  const byIdentity = Map.groupBy(rows, ({ identity }) => `${identity.account.id} ${formatIdentityId(identity).toLowerCase()}`);
  return [...byIdentity.values()].flatMap((targets) => {
    const [first] = targets;
    return first === undefined ? [] : [{ identity: first.identity, credentials: targets.map(({ credential }) => credential) }];
  });
}

function isCredentialTarget(target: unknown): target is CredentialTarget {
  return typeof target === 'object' && target !== null && 'credential' in target && 'identity' in target;
}
