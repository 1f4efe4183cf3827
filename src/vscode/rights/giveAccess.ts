import * as vscode from 'vscode';
import { viewIds } from '../../contributions.ts';
import type { AccessScope, RoleDefinition } from '../../identity/accessScope.ts';
import type { AdminText } from '../../identity/adminText.ts';
import { azCommandText } from '../../identity/azCommands.ts';
import type { AzChange } from '../../identity/azCommands.ts';
import type { NeededRights } from '../../identity/permissionCheck.ts';
import type { Principal } from '../../identity/principal.ts';
import { describeScope, scopeName } from '../../identity/scopeName.ts';
import { goThrough, taken } from '../connect/goThrough.ts';
import { pickIdentity } from '../connect/pickIdentity.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepAnswer, StepPlace, Turn } from '../connect/stepPick.ts';
import { copyText } from '../copyText.ts';
import { repeatedWrite } from '../repeatedWrite.ts';
import type { Services } from '../services.ts';
import { askAdmin, missingOn } from './accessCheck.ts';
import { pickRole } from './pickRole.ts';
import { pickScope } from './pickScope.ts';
import { rememberScope } from './recentScopes.ts';

/** A role on a scope. */
export interface Access {
  readonly scope: AccessScope;
  readonly role: Pick<RoleDefinition, 'roleId' | 'name'> & Partial<Pick<RoleDefinition, 'description'>>;
}

/** "Give access" as quick picks with a way back: who, on what, which role, and what exactly is written. */
export class GiveAccess {
  readonly #services: Services;
  readonly #asksIdentity: boolean;
  #principal: Principal | undefined;
  #scope: AccessScope | undefined;
  #role: Access['role'] | undefined;
  #isGiven = false;
  #missing: Promise<NeededRights | undefined> = Promise.resolve(undefined);

  /** @param principal who gets access; asked for when absent. */
  constructor(services: Services, principal: Principal | undefined) {
    this.#services = services;
    this.#principal = principal;
    this.#asksIdentity = principal === undefined;
  }

  /** Runs to the end or until the user leaves. Errors of the write reject; nothing was written before it. */
  async run(): Promise<void> {
    const steps = [...(this.#asksIdentity ? [() => this.#askIdentity()] : []), () => this.#askScope(), () => this.#askRole(), () => this.#review()];
    await goThrough(steps);
  }

  /** Gives exactly this, once the user saw what is written. */
  async give({ scope, role }: Access): Promise<void> {
    this.#isGiven = true;
    this.#takeScope(scope);
    this.#role = role;
    await this.#review();
  }

  /** Asks for a scope and a role alone, to be written later. */
  async choose(): Promise<Access | undefined> {
    const turn = await goThrough([() => this.#askScope(), () => this.#askRole()]);
    return turn === 'next' && this.#scope !== undefined && this.#role !== undefined ? { scope: this.#scope, role: this.#role } : undefined;
  }

  async #askIdentity(): Promise<Turn> {
    const answer = await pickIdentity(this.#services, {
      title: vscode.l10n.t('Give access: identity'),
      placeholder: vscode.l10n.t('Which managed identity needs access? Type a name or client ID.'),
      place: this.#place(1),
      recent: [],
    });
    return taken(answer, ({ identity }) => { this.#principal = identity; });
  }

  async #askScope(): Promise<Turn> {
    const principal = this.#principal;
    if (principal === undefined) {
      return 'cancelled';
    }
    const question = { title: vscode.l10n.t('Give {0} access: where', principal.name), place: this.#place(2), back: this.#asksIdentity };
    return taken(await pickScope(this.#services, principal, question), (scope) => { this.#takeScope(scope); });
  }

  #takeScope(scope: AccessScope): void {
    this.#scope = scope;
    this.#missing = missingOn(this.#services, 'assignRole', scope, scope.id, new AbortController().signal);
  }

  async #askRole(): Promise<Turn> {
    const [principal, scope] = [this.#principal, this.#scope];
    if (principal === undefined || scope === undefined) {
      return 'cancelled';
    }
    const answer = await pickRole(this.#services, {
      title: vscode.l10n.t('Give {0} access: role', principal.name),
      place: this.#place(3),
      principal,
      scope,
      warning: this.#missing.then((missing) => askAdmin(this.#services, missing, scope, scope.id, [])?.message),
    });
    return taken(answer, (role) => { this.#role = role; });
  }

  async #review(): Promise<Turn> {
    const [principal, scope, role] = [this.#principal, this.#scope, this.#role];
    if (principal === undefined || scope === undefined || role === undefined) {
      return 'cancelled';
    }
    const change: AzChange = { kind: 'assignRole', write: { scope, roleId: role.roleId, principalId: principal.principalId }, roleName: role.name };
    const help = askAdmin(this.#services, await this.#missing, scope, scope.id, [change]);
    const answer = await this.#askWhatToDo(principal, { scope, role }, help);
    if (answer.kind !== 'picked') {
      return answer.kind;
    }
    switch (answer.value) {
      case 'copyForAdmin':
        await copyText(help?.text ?? '');
        return 'next';
      case 'copyCommand':
        await copyText(azCommandText(change, this.#services.clouds.azCloud));
        return 'next';
      case 'give':
        await this.#write(principal, { scope, role });
        return 'next';
    }
  }

  #askWhatToDo(principal: Principal, { scope, role }: Access, help: AdminText | undefined): Promise<StepAnswer<'give' | 'copyForAdmin' | 'copyCommand'>> {
    const where = scopeText(scope);
    const give = { label: `$(check) ${help === undefined ? vscode.l10n.t('Give access') : vscode.l10n.t('Try nevertheless')}`, value: 'give' } as const;
    return pickStep({
      title: vscode.l10n.t('Give {0} the role {1}', principal.name, role.name),
      placeholder: help === undefined ? vscode.l10n.t('One role assignment is written, nothing else.') : vscode.l10n.t('You may not give access here.'),
      ...(this.#isGiven ? {} : { place: this.#place(4), back: true }),
      load: async (show) => {
        show([
          ...(help === undefined ? [give] : [{ label: `$(copy) ${vscode.l10n.t('Copy text for your admin')}`, description: help.recipient, detail: help.message, value: 'copyForAdmin' } as const, give]),
          { label: `$(terminal) ${vscode.l10n.t('Copy as az commands')}`, value: 'copyCommand' },
          { label: vscode.l10n.t('What is written'), kind: vscode.QuickPickItemKind.Separator },
          { label: vscode.l10n.t('Role: {0}', role.name), ...(role.description === undefined ? {} : { detail: role.description }) },
          { label: vscode.l10n.t('On: {0}', where), detail: scope.id },
          { label: vscode.l10n.t('For: {0}', principal.name), detail: vscode.l10n.t('Principal ID {0}, as service principal', principal.principalId) },
        ]);
      },
    });
  }

  async #write(principal: Principal, { scope, role }: Access): Promise<void> {
    const { azure, globalState, messages, roles } = this.#services;
    const title = vscode.l10n.t('Giving {0} access', principal.name);
    const { value, repeated } = await vscode.window.withProgress({ location: { viewId: viewIds.identities }, title }, () =>
      repeatedWrite(this.#services, 'give access', (signal) => azure().assignRole({ scope, roleId: role.roleId, principalId: principal.principalId }, signal)));
    await rememberScope(globalState, scope);
    roles.changed(principal.principalId);
    void messages.info(
      value.outcome === 'created' || repeated
        ? vscode.l10n.t('{0} now has the role {1} on {2}. Azure may need up to 10 minutes to let it in.', principal.name, role.name, scopeText(scope))
        : vscode.l10n.t('{0} already had the role {1} on {2}. Nothing was changed.', principal.name, role.name, scopeText(scope)),
    );
  }

  #place(step: number): StepPlace {
    return this.#asksIdentity ? { step, totalSteps: 4 } : { step: step - 1, totalSteps: 3 };
  }
}

/** A subscription is known by its display name, which its id does not hold. */
function scopeText(scope: AccessScope): string {
  return describeScope(scopeName(scope.id, () => scope.name));
}
