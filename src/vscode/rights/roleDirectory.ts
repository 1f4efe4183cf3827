import * as vscode from 'vscode';
import type { RoleAssignment, RoleDefinition } from '../../identity/accessScope.ts';
import { sameArmId } from '../../identity/armId.ts';
import { AirflowIdentityError } from '../../errors.ts';
import { rolesByScope } from '../../identity/heldRoles.ts';
import type { ScopeRoles } from '../../identity/heldRoles.ts';
import type { TenantRef } from '../../identity/managedIdentity.ts';
import type { Principal } from '../../identity/principal.ts';
import type { RightsPort } from '../../identity/rightsPort.ts';
import type { KnownIdentity } from '../services.ts';
import { recentScopes } from './recentScopes.ts';
import type { RolesSource } from './rolesNode.ts';

/** What reading roles needs. */
export interface RoleDirectoryPorts {
  readonly rights: () => RightsPort;
  /** Remembers scopes that roles were given on. */
  readonly state: Pick<vscode.Memento, 'get'>;
  /** Whose subscriptions have names. */
  readonly known: () => readonly KnownIdentity[];
}

/** Reads what a principal holds, for everything that shows it, and tells when that was changed from here. */
export class RoleDirectory implements RolesSource, vscode.Disposable {
  /** Fired with a principal's id after a role was given to it or taken away. */
  readonly onDidChange: vscode.Event<string>;
  readonly #ports: RoleDirectoryPorts;
  readonly #changes = new vscode.EventEmitter<string>();

  constructor(ports: RoleDirectoryPorts) {
    this.#ports = ports;
    this.onDidChange = this.#changes.event;
  }

  /** Roles of a principal were changed: whoever shows them reads them again. */
  changed(principalId: string): void {
    this.#changes.fire(principalId);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  /** In the principal's own subscription, and in those where access was given from here. Errors and aborts are those of `RightsPort`. */
  async roles(principal: Principal, signal: AbortSignal): Promise<readonly ScopeRoles[]> {
    const { rights, known } = this.#ports;
    const { account, tenantId, principalId } = principal;
    const places = this.#subscriptions(principal).map((subscriptionId) => ({ account, tenantId, subscriptionId }));
    const [found, definitions] = await Promise.all([
      Promise.all(places.map((place) => rights().roleAssignments(place, principalId, signal))),
      Promise.all(places.map((place) => readableDefinitions(rights(), place, signal))),
    ]);
    return rolesByScope(onlyOnce(found.flat()), definitions.flat(), (id) =>
      known().find(({ subscription }) => sameArmId(subscription.subscriptionId, id))?.subscription.displayName);
  }

  #subscriptions(principal: Principal): readonly string[] {
    const given = recentScopes(this.#ports.state, principal).map(({ subscriptionId }) => subscriptionId);
    return given.reduce<readonly string[]>(
      (known, id) => (known.some((other) => sameArmId(other, id)) ? known : [...known, id]),
      [principal.subscriptionId],
    );
  }
}

/** Who may read assignments but no definitions still sees what is assigned, without names. */
async function readableDefinitions(
  rights: RightsPort,
  place: TenantRef & { readonly subscriptionId: string },
  signal: AbortSignal,
): Promise<readonly RoleDefinition[]> {
  try {
    return await rights.roleDefinitions(place, signal);
  } catch (error) {
    if (error instanceof AirflowIdentityError && error.code === 'forbidden') {
      return [];
    }
    throw error;
  }
}

/** What is inherited from above is listed by each subscription. */
function onlyOnce(assignments: readonly RoleAssignment[]): readonly RoleAssignment[] {
  return [...new Map(assignments.map((assignment) => [assignment.id.toLowerCase(), assignment])).values()];
}
