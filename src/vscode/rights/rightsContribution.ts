import type * as vscode from 'vscode';
import type { AssignmentTarget } from '../../contributions.ts';
import { azCommandText } from '../../identity/azCommands.ts';
import { roleIdOf, roleTitle } from '../../identity/heldRoles.ts';
import { copyText } from '../copyText.ts';
import type { Contribution, Services } from '../services.ts';
import type { LazyTree } from '../tree/lazyTree.ts';
import { GiveAccess } from './giveAccess.ts';
import { removeAccess } from './removeAccess.ts';
import { RolesNode } from './rolesNode.ts';

/** Roles in the Identities view: giving access, taking it away, and rows that follow. */
export class RightsContribution implements Contribution {
  readonly #services: Services;
  readonly #tree: LazyTree;

  constructor(services: Services, tree: LazyTree) {
    this.#services = services;
    this.#tree = tree;
  }

  register(context: vscode.ExtensionContext): void {
    const { commands, roles } = this.#services;
    context.subscriptions.push(
      commands.register('airflowIdentity.giveAccess', (target) => {
        const principal = target === undefined ? undefined : 'principal' in target ? target.principal : target.identity;
        return new GiveAccess(this.#services, principal).run();
      }),
      commands.register('airflowIdentity.removeAccess', (target) => (target === undefined ? undefined : removeAccess(this.#services, target))),
      commands.register('airflowIdentity.copyRoleCommand', (target) => (target === undefined ? undefined : copyCommand(this.#services, target))),
      roles.onDidChange((principalId) => { this.#refresh(principalId); }),
    );
  }

  #refresh(principalId: string): void {
    for (const node of this.#tree.known((one) => one instanceof RolesNode && one.principal.principalId === principalId)) {
      this.#tree.refresh(node);
    }
  }
}

async function copyCommand({ clouds }: Pick<Services, 'clouds'>, target: AssignmentTarget): Promise<void> {
  const { account, tenantId, principalId, subscriptionId } = target.principal;
  const { scopeId: id, roleDefinitionId } = target.held.assignment;
  const scope = { account, tenantId, subscriptionId, id, kind: 'other', name: '' } as const;
  const write = { scope, roleId: roleIdOf(roleDefinitionId), principalId };
  await copyText(azCommandText({ kind: 'assignRole', write, roleName: roleTitle(target.held) }, clouds.azCloud));
}
