import * as vscode from 'vscode';
import { AirflowIdentityError } from '../../errors.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { copyText } from '../copyText.ts';
import type { Contribution, Services } from '../services.ts';
import type { Commands } from '../commands.ts';
import { portalUrl } from '../portalUrl.ts';
import { askIdentityFilter } from './askIdentityFilter.ts';
import { findIdentity } from './findIdentity.ts';
import type { IdentitiesView } from './identitiesView.ts';

/** Commands of the Identities view. */
export class IdentityCommands implements Contribution {
  readonly #view: IdentitiesView;
  readonly #commands: Commands;
  readonly #clouds: Services['clouds'];

  constructor(view: IdentitiesView, commands: Commands, clouds: Services['clouds']) {
    this.#view = view;
    this.#commands = commands;
    this.#clouds = clouds;
  }

  register(context: vscode.ExtensionContext): void {
    const commands = this.#commands;
    context.subscriptions.push(
      commands.register('airflowIdentity.refreshIdentities', () => { this.#view.refresh(); }),
      commands.register('airflowIdentity.findIdentity', async () => this.#reveal(await findIdentity(this.#view))),
      commands.register('airflowIdentity.revealIdentity', (target) => this.#reveal(target?.identity)),
      commands.register('airflowIdentity.filterIdentities', () => askIdentityFilter(this.#view.filter, this.#view.inventory)),
      commands.register('airflowIdentity.clearFilter', () => this.#view.filter.clear()),
      commands.register('airflowIdentity.clearCachedData', async () => {
        await this.#view.clearKept();
        vscode.window.setStatusBarMessage(vscode.l10n.t('Cached data cleared'), 3000);
      }),
      commands.register('airflowIdentity.copyClientId', (target) => copy(target?.identity.clientId)),
      commands.register('airflowIdentity.copyPrincipalId', (target) => copy(target === undefined ? undefined : 'principal' in target ? target.principal.principalId : target.identity.principalId)),
      commands.register('airflowIdentity.copyResourceId', (target) => copy(target?.portal.resourceId)),
      commands.register('airflowIdentity.copyIssuer', (target) =>
        copy(target === undefined ? undefined : 'credential' in target ? target.credential.issuer : target.deployment.issuer)),
      commands.register('airflowIdentity.copySubject', (target) => copy(target?.credential.subject)),
      commands.register('airflowIdentity.openInPortal', async (target) => {
        if (target !== undefined) {
          await vscode.env.openExternal(vscode.Uri.parse(portalUrl(this.#clouds.cloud().portal, target.portal), true));
        }
      }),
    );
  }

  async #reveal(identity: ManagedIdentity | undefined): Promise<void> {
    if (identity === undefined) {
      return;
    }
    const node = await this.#view.loadedNodeOf(identity);
    if (node === undefined) {
      throw new AirflowIdentityError('notFound', vscode.l10n.t('{0} is not in the view.', identity.name), {
        fix: vscode.l10n.t('It may have been deleted, or the filter hides it.'),
      });
    }
    await this.#view.tree.reveal(node);
  }
}

async function copy(text: string | undefined): Promise<void> {
  if (text !== undefined) {
    await copyText(text);
  }
}
