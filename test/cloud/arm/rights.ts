import { seededUuid } from '../seededIds.ts';
import { coversAction, coversData, roles, scopeCovers } from './roles.ts';
import type { Role } from './roles.ts';

/** What kind of principal holds a role. */
export type PrincipalType = 'User' | 'Group' | 'ServicePrincipal';

/** A role given to a principal at a scope: an ARM path such as `/subscriptions/{id}/resourceGroups/{name}`. */
export interface RoleAssignment {
  /** GUID that the client chose. */
  readonly name: string;
  readonly scope: string;
  readonly principalId: string;
  readonly principalType: PrincipalType;
  readonly role: Role;
  description: string | null;
  condition: string | null;
  conditionVersion: string | null;
  /** Object id of who wrote it, and milliseconds since the Unix epoch. */
  readonly createdBy: string;
  readonly createdAt: number;
  updatedBy: string;
  updatedAt: number;
}

/** What Azure itself forbids at a scope (managed applications, deployment stacks). */
export interface DenyAssignment {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly scope: string;
  /** Object ids; empty: everybody. */
  readonly principalIds: readonly string[];
  readonly excludedIds: readonly string[];
  readonly denies: Pick<Role, 'actions' | 'notActions' | 'dataActions' | 'notDataActions'>;
}

/** Roles, who holds them where, and what is denied. */
export class Rights {
  readonly roles = new Map<string, Role>(Object.values(roles).map((role) => [role.id, role]));
  readonly denials: DenyAssignment[] = [];
  readonly #byPrincipal = new Map<string, Set<RoleAssignment>>();
  readonly #byName = new Map<string, RoleAssignment>();

  /** Gives a role without asking any rule; the same values always get the same name. */
  grant(principalId: string, scope: string, role: Role, rest: Partial<RoleAssignment> = {}): RoleAssignment {
    const assignment: RoleAssignment = {
      name: seededUuid(`${principalId} ${scope} ${role.id}`),
      scope,
      principalId,
      principalType: 'User',
      role,
      description: null,
      condition: null,
      conditionVersion: null,
      createdBy: '',
      createdAt: 0,
      updatedBy: '',
      updatedAt: 0,
      ...rest,
    };
    this.add(assignment);
    return assignment;
  }

  add(assignment: RoleAssignment): void {
    const held = this.#byPrincipal.get(assignment.principalId) ?? new Set();
    held.add(assignment);
    this.#byPrincipal.set(assignment.principalId, held);
    this.#byName.set(assignment.name.toLowerCase(), assignment);
  }

  remove(assignment: RoleAssignment): void {
    this.#byPrincipal.get(assignment.principalId)?.delete(assignment);
    this.#byName.delete(assignment.name.toLowerCase());
  }

  /** The assignment of that name, wherever it is. */
  named(name: string): RoleAssignment | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** All assignments of one principal, or of everybody. */
  assignments(principalId?: string): RoleAssignment[] {
    return principalId === undefined ? [...this.#byName.values()] : [...(this.#byPrincipal.get(principalId.toLowerCase()) ?? [])];
  }

  /** What a principal holds at the path or above it. */
  heldAt(principalId: string, path: string): RoleAssignment[] {
    return this.assignments(principalId).filter((assignment) => scopeCovers(assignment.scope, path));
  }

  /** True when the principal may do this there: a role allows it, and nothing denies it. */
  allows(principalId: string, action: string, path: string): boolean {
    return this.heldAt(principalId, path).some(({ role }) => coversAction(role, action)) && !this.denialsAt(path).some((denial) => deniesTo(denial, principalId) && coversAction(denial.denies, action));
  }

  /** The assignments that let the principal do this to data there; none where a deny assignment forbids it. */
  dataRoles(principalId: string, action: string, path: string): RoleAssignment[] {
    const denied = this.denialsAt(path).some((denial) => deniesTo(denial, principalId) && coversData(denial.denies, action));
    return denied ? [] : this.heldAt(principalId, path).filter(({ role }) => coversData(role, action));
  }

  /** What is denied at the path. */
  denialsAt(path: string): DenyAssignment[] {
    return this.denials.filter((denial) => scopeCovers(denial.scope, path));
  }

  /** True when the principal has any right at the path, above or below it: then a list there is filtered instead of refused. */
  sees(principalId: string, path: string): boolean {
    return this.assignments(principalId).some(({ scope }) => scopeCovers(scope, path) || scopeCovers(path, scope));
  }
}

/** True when the denial is meant for this principal. */
export function deniesTo(denial: DenyAssignment, principalId: string): boolean {
  return (denial.principalIds.length === 0 || denial.principalIds.includes(principalId)) && !denial.excludedIds.includes(principalId);
}
