import * as vscode from 'vscode';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { KnownIdentity } from '../services.ts';
import { paced } from '../paced.ts';
import type { IdentitiesView } from './identitiesView.ts';

interface IdentityItem extends vscode.QuickPickItem {
  readonly identity: ManagedIdentity;
}

/**
 * Asks for an identity by name, client id, resource id or portal URL, and gives the picked one. Listing goes on while the
 * pick is open and ends with it.
 */
export async function findIdentity(view: IdentitiesView): Promise<ManagedIdentity | undefined> {
  const pick = vscode.window.createQuickPick<IdentityItem>();
  const listing = new AbortController();
  pick.title = vscode.l10n.t('Find identity');
  pick.placeholder = vscode.l10n.t('Name, client ID or resource ID');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  const show = (): number => {
    const known = view.known();
    pick.items = known.map(itemOf);
    return known.length;
  };
  const subscription = view.onDidChange(paced(show));
  try {
    return await new Promise<ManagedIdentity | undefined>((resolve, reject) => {
      pick.onDidChangeValue((value) => {
        pick.value = resourceIdIn(value) ?? value;
      });
      pick.onDidAccept(() => { resolve(pick.activeItems[0]?.identity); });
      pick.onDidHide(() => { resolve(undefined); });
      show();
      pick.show();
      fill(pick, view, listing.signal).then(show, reject);
    });
  } finally {
    subscription.dispose();
    listing.abort();
    pick.dispose();
  }
}

async function fill(pick: vscode.QuickPick<IdentityItem>, view: IdentitiesView, signal: AbortSignal): Promise<void> {
  pick.busy = true;
  const errors = await view.listAll(signal);
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
  };
}

/** The resource id inside a URL of the portal (`…/#@tenant/resource/subscriptions/…`), which is what people copy. */
function resourceIdIn(value: string): string | undefined {
  const match = /^https:\/\/portal\.azure\.com\/.*?\/resource(\/subscriptions\/.*?\/userAssignedIdentities\/[^/?#]+)/i.exec(value);
  return match?.[1];
}

/** Quick picks draw `$(name)` as an icon; a subscription of that name is still a text. */
function plainLabel(text: string): string {
  return text.replaceAll('$(', '$\u200B(');
}
