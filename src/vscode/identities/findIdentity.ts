import * as vscode from 'vscode';
import { IdentityIndex } from '../../identity/identityIndex.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { paced } from '../paced.ts';
import type { IdentityDirectory, KnownIdentity } from '../services.ts';

interface IdentityItem extends vscode.QuickPickItem {
  readonly identity: ManagedIdentity;
}

/** More than anyone reads; VS Code is sent all items of a pick with each keystroke. */
const mostItems = 100;

/**
 * Asks for an identity by name, client id, principal id, resource id or portal URL, and gives the picked one. Starts with what
 * is known; listing goes on while the pick is open and ends with it.
 */
export async function findIdentity(directory: Pick<IdentityDirectory, 'known' | 'onDidChange' | 'listAll'>): Promise<ManagedIdentity | undefined> {
  const pick = vscode.window.createQuickPick<IdentityItem>();
  const listing = new AbortController();
  let index = new IdentityIndex(directory.known());
  pick.title = vscode.l10n.t('Find identity');
  pick.placeholder = vscode.l10n.t('Name, client ID, principal ID, resource ID or portal URL');
  pick.keepScrollPosition = true;
  const show = (): void => {
    pick.items = index.find(pick.value, mostItems).map(itemOf);
  };
  const refresh = (): number => {
    const known = directory.known();
    index = new IdentityIndex(known);
    show();
    return known.length;
  };
  const subscription = directory.onDidChange(paced(refresh));
  try {
    return await new Promise<ManagedIdentity | undefined>((resolve, reject) => {
      pick.onDidChangeValue(show);
      pick.onDidAccept(() => { resolve(pick.activeItems[0]?.identity); });
      pick.onDidHide(() => { resolve(undefined); });
      show();
      pick.show();
      fill(pick, directory, listing.signal).then(refresh, reject);
    });
  } finally {
    subscription.dispose();
    listing.abort();
    pick.dispose();
  }
}

async function fill(pick: vscode.QuickPick<IdentityItem>, directory: Pick<IdentityDirectory, 'listAll'>, signal: AbortSignal): Promise<void> {
  pick.busy = true;
  const errors = await directory.listAll(signal);
  pick.busy = false;
  if (errors.length > 0) {
    pick.title = errors.length === 1 ? vscode.l10n.t('Find identity (1 place could not be listed)') : vscode.l10n.t('Find identity ({0} places could not be listed)', errors.length);
  }
}

function itemOf({ identity, subscription }: KnownIdentity): IdentityItem {
  return {
    label: identity.name,
    description: `${identity.clientId}  ${plainLabel(subscription.displayName)}`,
    detail: identity.id,
    identity,
    // The index decided; VS Code would look for what was typed in the label alone.
    alwaysShow: true,
  };
}

/** Quick picks draw `$(name)` as an icon; a subscription of that name is still a text. */
function plainLabel(text: string): string {
  return text.replaceAll('$(', '$\u200B(');
}
