import * as vscode from 'vscode';
import type { TenantTarget } from '../../contributions.ts';
import type { Commands } from '../commands.ts';
import type { IdentitiesView } from '../identities/identitiesView.ts';
import { TenantNode } from '../identities/tenantNode.ts';
import type { Contribution, SignIn } from '../services.ts';

/** Commands that sign in. Signing out is VS Code's: its Accounts menu holds the session for all extensions. */
export class SignInCommands implements Contribution {
  readonly #signIn: SignIn;
  readonly #view: IdentitiesView;
  readonly #commands: Commands;

  constructor(signIn: SignIn, view: IdentitiesView, commands: Commands) {
    this.#signIn = signIn;
    this.#view = view;
    this.#commands = commands;
  }

  register(context: vscode.ExtensionContext): void {
    const commands = this.#commands;
    context.subscriptions.push(
      commands.register('airflowIdentity.signIn', () => this.#signIn.signIn()),
      commands.register('airflowIdentity.signInToTenant', async (target) => {
        const tenant = target?.tenant ?? (await this.#pickTenant());
        if (tenant !== undefined) {
          await this.#signIn.signIn(tenant);
        }
      }),
      commands.register('airflowIdentity.manageAccounts', () => vscode.commands.executeCommand('workbench.action.manageAccounts')),
    );
  }

  /** Tenants that want a sign-in come first; all can be found by name, domain and id. */
  async #pickTenant(): Promise<TenantTarget['tenant'] | undefined> {
    const { tree } = this.#view;
    const items = tree.loaded().then((nodes) => {
      const failed = new Set(tree.failures().map(({ node }) => node));
      return nodes
        .filter((node) => node instanceof TenantNode)
        .sort((a, b) => Number(failed.has(b)) - Number(failed.has(a)))
        .map(({ tenant }) => ({ label: tenant.displayName, description: tenant.defaultDomain ?? '', detail: `${tenant.tenantId}  ${tenant.account.label}`, tenant }));
    });
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Sign in to tenant'),
      placeHolder: vscode.l10n.t('Name, domain or ID of the tenant'),
      matchOnDescription: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    });
    return picked?.tenant;
  }
}
