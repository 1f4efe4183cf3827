import * as l10n from '@vscode/l10n';
import type { RoleAssignment, RoleDefinition } from './accessScope.ts';
import { sameArmId } from './armId.ts';
import { isScopeAbove, scopeName } from './scopeName.ts';
import type { ScopeName } from './scopeName.ts';

/** A role as it holds on a scope. */
export interface HeldRole {
  readonly assignment: RoleAssignment;
  /** `undefined` where the definition cannot be read: it may have been deleted. */
  readonly role: RoleDefinition | undefined;
  /** The scope it was given on, when that is above the one it is shown for. */
  readonly inheritedFrom: ScopeName | undefined;
}

/** A scope with everything that holds on it. */
export interface ScopeRoles {
  readonly scope: ScopeName;
  readonly roles: readonly HeldRole[];
}

/** What was found of what a principal holds, and what could not be looked at. */
export interface FoundRoles {
  readonly scopes: readonly ScopeRoles[];
  /** Subscriptions in which it holds roles that could not be read. */
  readonly unreadSubscriptions: number;
  /** False where nobody could say in which other subscriptions it holds roles. */
  readonly isSearched: boolean;
}

/** Says what is missing among the roles that were found; `undefined` where nothing is. */
export function missingRolesText({ unreadSubscriptions, isSearched }: FoundRoles): string | undefined {
  if (!isSearched) {
    return l10n.t('Roles in other subscriptions could not be looked for.');
  }
  if (unreadSubscriptions === 0) {
    return undefined;
  }
  return unreadSubscriptions === 1 ? l10n.t('Roles of 1 subscription could not be read.') : l10n.t('Roles of {0} subscriptions could not be read.', unreadSubscriptions);
}

/**
 * Groups what a principal holds by scope, broad scopes first. A role that was given above a scope is shown there again,
 * as inherited: so each scope tells the whole of what the principal may do on it.
 */
export function rolesByScope(
  assignments: readonly RoleAssignment[],
  definitions: readonly RoleDefinition[],
  subscriptionName: (subscriptionId: string) => string | undefined = () => undefined,
): readonly ScopeRoles[] {
  const roles = new Map(definitions.map((definition) => [definition.roleId, definition]));
  const held = assignments.map((assignment) => ({
    assignment,
    role: roles.get(roleIdOf(assignment.roleDefinitionId)),
    scope: scopeName(assignment.scopeId, subscriptionName),
  }));
  const scopes: ScopeName[] = [];
  for (const { scope } of held) {
    if (!scopes.some((known) => sameArmId(known.id, scope.id))) {
      scopes.push(scope);
    }
  }
  return scopes.sort(byBreadth).map((scope) => ({
    scope,
    roles: [
      ...held.filter((one) => sameArmId(one.scope.id, scope.id)).map(({ assignment, role }) => ({ assignment, role, inheritedFrom: undefined })),
      ...held.filter((one) => isScopeAbove(one.scope, scope)).map(({ assignment, role, scope: upper }) => ({ assignment, role, inheritedFrom: upper })),
    ],
  }));
}

/** What a held role is called; Azure's own deny assignments have no role, and a deleted definition no name. */
export function roleTitle({ assignment, role }: Pick<HeldRole, 'assignment' | 'role'>): string {
  if (assignment.effect === 'deny') {
    return l10n.t('Deny assignment');
  }
  return role?.name ?? l10n.t('Unknown role {0}', roleIdOf(assignment.roleDefinitionId));
}

/** What gives a role on exactly a scope, under a condition or not. */
export function grantsOn(assignments: readonly RoleAssignment[], scopeId: string, roleId: string): readonly RoleAssignment[] {
  return assignments.filter((one) => one.effect === 'allow' && sameArmId(one.scopeId, scopeId) && roleIdOf(one.roleDefinitionId) === roleId.toLowerCase());
}

/** What gives a role above a scope, from where it is inherited. */
export function grantsAbove(assignments: readonly RoleAssignment[], scopeId: string, roleId: string): readonly RoleAssignment[] {
  const here = scopeName(scopeId);
  return assignments.filter((one) => one.effect === 'allow' && isScopeAbove(scopeName(one.scopeId), here) && roleIdOf(one.roleDefinitionId) === roleId.toLowerCase());
}

/**
 * The condition that all of some grants hold under, of which the first is shown; `undefined` where one of them holds without,
 * there or above: Azure then asks for none (Microsoft Learn, "Troubleshoot Azure role assignment conditions").
 */
export function conditionOf(grants: readonly RoleAssignment[]): string | undefined {
  return grants.every(({ condition }) => condition !== undefined) ? grants[0]?.condition : undefined;
}

/** The GUID that the id of a role definition ends with, in lower case. */
export function roleIdOf(roleDefinitionId: string): string {
  return roleDefinitionId.slice(roleDefinitionId.lastIndexOf('/') + 1).toLowerCase();
}

/** An id sorts before the ids below it; `/` and management groups before subscriptions. */
function byBreadth(a: ScopeName, b: ScopeName): number {
  const [one, other] = [a.id.toLowerCase(), b.id.toLowerCase()];
  return one < other ? -1 : Number(one > other);
}
