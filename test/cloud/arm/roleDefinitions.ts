import { ArmRefusal } from './armAnswer.ts';
import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { requirePermission } from './authenticate.ts';
import { deniesTo } from './rights.ts';
import type { DenyAssignment } from './rights.ts';
import { scopeCovers } from './roles.ts';
import type { Role } from './roles.ts';
import { requireScope } from './scopes.ts';

const type = 'Microsoft.Authorization/roleDefinitions';

function permissionOf({ actions, notActions, dataActions, notDataActions }: Pick<Role, 'actions' | 'notActions' | 'dataActions' | 'notDataActions'>): Record<string, unknown> {
  return { actions, notActions, dataActions, notDataActions };
}

function definitionBody(role: Role, scope: string): Record<string, unknown> {
  const subscription = /^\/subscriptions\/[^/]+/iu.exec(scope)?.[0] ?? '';
  const moment = '2015-02-02T21:55:09.8806423Z';
  return {
    properties: {
      roleName: role.name,
      type: role.kind,
      description: role.description,
      assignableScopes: role.assignableScopes,
      permissions: [permissionOf(role)],
      createdOn: moment,
      updatedOn: moment,
      createdBy: null,
      updatedBy: null,
    },
    id: `${subscription}/providers/${type}/${role.id}`,
    type,
    name: role.id,
  };
}

function filterOf(call: ArmCall): string {
  return [...call.request.url.searchParams].find(([name]) => name.toLowerCase() === '$filter')?.[1] ?? '';
}

/** GET of the roles that can be given at a scope: the built-in ones, and custom ones made for it. `$filter`: `atScopeAndBelow()`, `type eq '…'`, `roleName eq '…'`. */
export function listRoleDefinitions(call: ArmCall, scope: string): ArmAnswer {
  requirePermission(call.world, call.caller, `${type}/read`, scope);
  const parts = filterOf(call).split(/\s+and\s+/iu).map((part) => part.trim()).filter((part) => part !== '');
  const wanted = Object.fromEntries(parts.map((part) => /^(?<field>type|roleName)\s+eq\s+'(?<value>[^']*)'$/iu.exec(part)?.groups).map((groups) => [groups?.['field']?.toLowerCase() ?? '', groups?.['value']]));
  const below = parts.some((part) => /^atScopeAndBelow\(\)$/iu.test(part));
  if (parts.some((part) => !/^(?:atScopeAndBelow\(\)|(?:type|roleName)\s+eq\s+'[^']*')$/iu.test(part))) {
    call.entry.unmodelled = true;
    throw new ArmRefusal(400, 'InvalidFilter', `The filter '${filterOf(call)}' is not supported.`, { source: 'provider' });
  }
  const value = [...call.world.rights.roles.values()]
    .filter(({ assignableScopes }) => assignableScopes.some((assignable) => scopeCovers(assignable, scope) || (below && scopeCovers(scope, assignable))))
    .filter(({ kind, name }) => (wanted['type'] ?? kind) === kind && (wanted['rolename'] ?? name) === name)
    .map((role) => definitionBody(role, scope));
  return { status: 200, body: { value }, source: 'provider' };
}

/** GET of one role. @throws ArmRefusal 404 RoleDefinitionDoesNotExist */
export function getRoleDefinition(call: ArmCall, scope: string, name: string): ArmAnswer {
  // Built-in roles can be read by everybody in the tenant, without any right.
  const role = call.world.rights.roles.get(name.toLowerCase());
  if (role === undefined) {
    throw new ArmRefusal(404, 'RoleDefinitionDoesNotExist', `The specified role definition with ID '${name.replaceAll('-', '')}' does not exist.`, { source: 'provider' });
  }
  return { status: 200, body: definitionBody(role, scope), source: 'provider' };
}

/** GET {scope}/providers/Microsoft.Authorization/permissions: what the caller's roles allow there. */
export function listPermissions(call: ArmCall, scope: string): ArmAnswer {
  const value = call.world.rights.heldAt(call.caller.objectId, scope).map(({ role }) => permissionOf(role));
  if (value.length === 0) {
    requirePermission(call.world, call.caller, 'Microsoft.Authorization/permissions/read', scope);
  }
  return { status: 200, body: { value }, source: 'provider' };
}

/** In a deny assignment this id stands for everybody (role-based-access-control/deny-assignments.md). */
const everybody = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };

function denialBody(denial: DenyAssignment): Record<string, unknown> {
  const { name, title, description, scope, principalIds, excludedIds, denies } = denial;
  const known = (id: string): Record<string, unknown> => ({ id, type: 'ServicePrincipal' });
  return {
    properties: {
      denyAssignmentName: title,
      description,
      permissions: [permissionOf(denies)],
      scope,
      doNotApplyToChildScopes: false,
      principals: principalIds.length === 0 ? [everybody] : principalIds.map(known),
      excludePrincipals: excludedIds.map(known),
      isSystemProtected: true,
    },
    id: `${scope}/providers/Microsoft.Authorization/denyAssignments/${name}`,
    type: 'Microsoft.Authorization/denyAssignments',
    name,
  };
}

/** GET of what is denied at a scope, above it and below it; `$filter`: `atScope()`, `principalId eq '…'`, `assignedTo('…')`. */
export function listDenyAssignments(call: ArmCall, scope: string): ArmAnswer {
  requirePermission(call.world, call.caller, 'Microsoft.Authorization/denyAssignments/read', scope);
  requireScope(call, scope);
  const filter = filterOf(call);
  const principalId = /(?:principalId\s+eq\s+|assignedTo\()'(?<id>[^']+)'/iu.exec(filter)?.groups?.['id']?.toLowerCase();
  const atScope = /atScope\(\)/iu.test(filter);
  const value = call.world.rights.denials
    .filter((denial) => scopeCovers(denial.scope, scope) || (!atScope && scopeCovers(scope, denial.scope)))
    .filter((denial) => principalId === undefined || deniesTo(denial, principalId))
    .map(denialBody);
  return { status: 200, body: { value }, source: 'provider' };
}
