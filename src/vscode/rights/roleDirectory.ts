import * as vscode from 'vscode';
import type { RoleAssignment, RoleDefinition } from '../../identity/accessScope.ts';
import { sameArmId } from '../../identity/armId.ts';
import { AirflowIdentityError, isCancel, toAirflowIdentityError } from '../../errors.ts';
import { rolesByScope } from '../../identity/heldRoles.ts';
import type { FoundRoles } from '../../identity/heldRoles.ts';
import type { TenantRef } from '../../identity/managedIdentity.ts';
import type { Principal } from '../../identity/principal.ts';
import type { RightsPort } from '../../identity/rightsPort.ts';
import { Limiter } from '../limiter.ts';
import type { Log } from '../log.ts';
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
  readonly log: Pick<Log, 'failure'>;
}

interface Held {
  readonly assignments: readonly RoleAssignment[];
  readonly definitions: readonly RoleDefinition[];
}

/** An identity of a platform team may hold roles in very many subscriptions. */
const subscriptionsAtOnce = 5;

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

  /**
   * In the principal's own subscription, in those where access was given from here, and in those that Resource Graph finds.
   * Errors and aborts are those of `RightsPort`.
   */
  async roles(principal: Principal, signal: AbortSignal): Promise<FoundRoles> {
    const { known } = this.#ports;
    const near = this.#subscriptions(principal);
    const limiter = new Limiter(subscriptionsAtOnce);
    const [here, elsewhere] = await Promise.all([
      Promise.all(near.map((id) => this.#held(principal, id, signal))),
      this.#orNothing(() => this.#ports.rights().subscriptionsWithRoles(principal, principal.principalId, signal)).then((ids) => {
        const far = ids?.filter((id) => !near.some((other) => sameArmId(other, id)));
        return far && Promise.all(far.map((id) => limiter.run(() => this.#orNothing(() => this.#held(principal, id, signal)))));
      }),
    ]);
    const read = elsewhere?.filter((found) => found !== undefined) ?? [];
    const held = [...here, ...read];
    const scopes = rolesByScope(onlyOnce(held.flatMap(({ assignments }) => assignments)), held.flatMap(({ definitions }) => definitions), (id) =>
      known().find(({ subscription }) => sameArmId(subscription.subscriptionId, id))?.subscription.displayName);
    return { scopes, unreadSubscriptions: (elsewhere?.length ?? 0) - read.length, isSearched: elsewhere !== undefined };
  }

  async #held({ account, tenantId, principalId }: Principal, subscriptionId: string, signal: AbortSignal): Promise<Held> {
    const rights = this.#ports.rights();
    const place = { account, tenantId, subscriptionId };
    const [assignments, definitions] = await Promise.all([rights.roleAssignments(place, principalId, signal), readableDefinitions(rights, place, signal)]);
    return { assignments, definitions };
  }

  /** What cannot be found or read elsewhere does not hide the roles nearby. */
  async #orNothing<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (isCancel(error)) {
        throw error;
      }
      this.#ports.log.failure('roles in other subscriptions', toAirflowIdentityError(error));
      return undefined;
    }
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
