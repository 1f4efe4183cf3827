import * as vscode from 'vscode';
import { IdentityIndex } from '../../identity/identityIndex.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { paced } from '../paced.ts';
import type { IdentityDirectory, KnownIdentity } from '../services.ts';

interface IdentityItem extends vscode.QuickPickItem {
  /** Absent where the item only says something. */
  readonly identity?: ManagedIdentity;
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
  pick.busy = true;
  const show = (): void => {
    const found = index.find(pick.value, mostItems).map(itemOf);
    pick.items = found.length > 0 || pick.busy ? found : [nothingFound(pick.value)];
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
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        if (item?.identity !== undefined) {
          resolve(item.identity);
        }
      });
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
  const errors = await directory.listAll(signal);
  pick.busy = false;
  if (errors.length > 0) {
    pick.title = errors.length === 1 ? vscode.l10n.t('Find identity (1 place could not be listed)') : vscode.l10n.t('Find identity ({0} places could not be listed)', errors.length);
  }
}

function itemOf({ identity, tenant, subscription }: KnownIdentity): IdentityItem {
  return {
    label: identity.name,
    description: identity.clientId,
    // The whole resource ID would be cut before it says anything.
    detail: plainLabel([tenant.displayName, subscription.displayName, identity.resourceGroup].join(' · ')),
    iconPath: new vscode.ThemeIcon('shield'),
    identity,
    // The index decided; VS Code would look for what was typed in the label alone.
    alwaysShow: true,
  };
}

function nothingFound(typed: string): IdentityItem {
  return {
    label: `$(info) ${vscode.l10n.t('No identity found')}`,
    ...(typed === '' ? {} : { detail: vscode.l10n.t('No name and no ID of an identity that you can see contains this.') }),
    alwaysShow: true,
  };
}

/** Quick picks draw `$(name)` as an icon; a subscription of that name is still a text. */
function plainLabel(text: string): string {
  return text.replaceAll('$(', '$\u200B(');
}
