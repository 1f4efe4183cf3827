import { isRecord, parseJson } from '../exchange.ts';
import type { World } from '../world.ts';
import { ArmRefusal } from './armAnswer.ts';
import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { requireMfaForWrites, requirePermission } from './authenticate.ts';
import type { PrincipalType, RoleAssignment } from './rights.ts';
import { scopeCovers } from './roles.ts';
import type { Role } from './roles.ts';
import { requireScope } from './scopes.ts';

const type = 'Microsoft.Authorization/roleAssignments';

/** ARM id of a role assignment. */
function assignmentId({ scope, name }: RoleAssignment): string {
  return `${scope}/providers/${type}/${name}`;
}

/** A GUID as the service's messages write it. */
function withoutHyphens(guid: string): string {
  return guid.replaceAll('-', '');
}

function assignmentBody(assignment: RoleAssignment): Record<string, unknown> {
  const { scope, principalId, principalType, role, condition, conditionVersion, createdBy, createdAt, updatedBy, updatedAt, description, name } = assignment;
  const subscription = /^\/subscriptions\/[^/]+/iu.exec(scope)?.[0] ?? '';
  return {
    properties: {
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role.id}`,
      principalId,
      principalType,
      scope,
      condition,
      conditionVersion,
      createdOn: serviceTime(createdAt),
      updatedOn: serviceTime(updatedAt),
      createdBy,
      updatedBy,
      delegatedManagedIdentityResourceId: null,
      description,
    },
    id: assignmentId(assignment),
    type,
    name,
  };
}

/** `2024-05-06T07:08:09.1234567Z` */
function serviceTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '0000Z');
}

interface Filter {
  readonly principalId: string | undefined;
  readonly atScope: boolean;
}

/** `atScope()`, `principalId eq '…'` and `assignedTo('…')`, joined with `and` (role-based-access-control/role-assignments-list-rest.md). */
function readFilter(call: ArmCall): Filter {
  const text = [...call.request.url.searchParams].find(([name]) => name.toLowerCase() === '$filter')?.[1] ?? '';
  const parts = text === '' ? [] : text.split(/\s+and\s+/iu).map((part) => part.trim());
  const ids = parts.map((part) => /^(?:principalId\s+eq\s+'(?<equal>[^']+)'|assignedTo\('(?<assigned>[^']+)'\))$/iu.exec(part)?.groups).filter((groups) => groups !== undefined);
  const atScope = parts.some((part) => /^atScope\(\)$/iu.test(part));
  if (ids.length + (atScope ? 1 : 0) !== parts.length || ids.length > 1) {
    call.entry.unmodelled = true;
    throw new ArmRefusal(400, 'InvalidFilter', `The filter '${text}' is not supported. Supported filters are either 'atScope()' or 'principalId eq '{value}'' or 'assignedTo('{value}')'.`, { source: 'provider' });
  }
  return { principalId: (ids[0]?.['equal'] ?? ids[0]?.['assigned'])?.toLowerCase(), atScope };
}

/** GET of the assignments at a scope, above it and below it; with `atScope()` not below it. Groups are not part of the world, so `assignedTo` finds what `principalId eq` finds. */
export function listRoleAssignments(call: ArmCall, scope: string): ArmAnswer {
  const { world, caller } = call;
  requirePermission(world, caller, `${type}/read`, scope);
  const filter = readFilter(call);
  requireScope(call, scope);
  const value = world.rights
    .assignments(filter.principalId)
    .filter((assignment) => scopeCovers(assignment.scope, scope) || (!filter.atScope && scopeCovers(scope, assignment.scope)))
    .map(assignmentBody);
  return { status: 200, body: { value }, source: 'provider' };
}

function findAssignment(world: World, scope: string, name: string): RoleAssignment | undefined {
  const found = world.rights.named(name);
  return found?.scope.toLowerCase() === scope.toLowerCase() ? found : undefined;
}

/** GET of one assignment. @throws ArmRefusal 404 RoleAssignmentNotFound */
export function getRoleAssignment(call: ArmCall, scope: string, name: string): ArmAnswer {
  requirePermission(call.world, call.caller, `${type}/read`, scope);
  const found = findAssignment(call.world, scope, name);
  if (found === undefined) {
    throw new ArmRefusal(404, 'RoleAssignmentNotFound', `The role assignment '${name}' is not found.`, { source: 'provider' });
  }
  return { status: 200, body: assignmentBody(found), source: 'provider' };
}

interface Wanted {
  readonly principalId: string;
  readonly role: Role;
  readonly principalType: PrincipalType | undefined;
  readonly description: string | null;
  readonly condition: string | null;
  readonly conditionVersion: string | null;
}

function badRequest(code: string, message: string): ArmRefusal {
  return new ArmRefusal(400, code, message, { source: 'provider' });
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const principalTypes: readonly PrincipalType[] = ['User', 'Group', 'ServicePrincipal'];

function readWanted(call: ArmCall, name: string): Wanted {
  const body = parseJson(call.request.body);
  const properties = isRecord(body) && isRecord(body['properties']) ? body['properties'] : {};
  const { principalId, roleDefinitionId, principalType, description, condition, conditionVersion } = properties;
  const optional = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  if (!guid.test(name)) {
    throw badRequest('InvalidRoleAssignmentId', `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`);
  }
  if (typeof principalId !== 'string' || !guid.test(principalId)) {
    throw badRequest('InvalidPrincipalId', 'A valid principal ID must be provided for role assignment.');
  }
  const roleId = optional(roleDefinitionId)?.split('/').at(-1)?.toLowerCase() ?? '';
  const role = call.world.rights.roles.get(roleId);
  if (role === undefined) {
    throw badRequest('RoleDefinitionDoesNotExist', `The specified role definition with ID '${withoutHyphens(roleId)}' does not exist.`);
  }
  const kind = principalTypes.find((known) => known.toLowerCase() === optional(principalType)?.toLowerCase());
  return { principalId: principalId.toLowerCase(), role, principalType: kind, description: optional(description), condition: optional(condition), conditionVersion: optional(conditionVersion) };
}

/** What the directory says a principal is; `undefined` for one it does not know, or not yet. */
function directoryKind(world: World, principalId: string): PrincipalType | undefined {
  if (world.directory.accountOfObject(principalId) !== undefined) {
    return 'User';
  }
  const madeAt = world.directory.apps.some((app) => app.objectId === principalId) ? 0 : world.resources.principalSince(principalId);
  return madeAt !== undefined && world.clock.now() >= madeAt + world.settings.principalAfterCreateMs ? 'ServicePrincipal' : undefined;
}

/** @throws ArmRefusal 400 PrincipalNotFound for one the directory does not know, unless the client says what it is */
function kindOf(call: ArmCall, wanted: Wanted): PrincipalType {
  const known = directoryKind(call.world, wanted.principalId);
  if (known === undefined && wanted.principalType === undefined) {
    throw badRequest(
      'PrincipalNotFound',
      `Principal ${withoutHyphens(wanted.principalId)} does not exist in the directory ${call.caller.tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
    );
  }
  if (known !== undefined && wanted.principalType !== undefined && known !== wanted.principalType) {
    const given = withoutHyphens(wanted.principalId);
    throw badRequest('UnmatchedPrincipalType', `The PrincipalId '${given}' has type '${known}' , which is different from specified PrinciaplType '${wanted.principalType}'.`);
  }
  return known ?? wanted.principalType ?? 'ServicePrincipal';
}

/**
 * PUT of one assignment: 201 for a new one, 200 for the same again; then only description and condition can differ.
 * @throws ArmRefusal 400 RoleAssignmentUpdateNotPermitted, PrincipalNotFound and others, 409 RoleAssignmentExists for the
 * same principal, role and scope under another name
 */
export async function putRoleAssignment(call: ArmCall, scope: string, name: string): Promise<ArmAnswer> {
  const { world, caller } = call;
  requirePermission(world, caller, `${type}/write`, `${scope}/providers/${type}/${name}`);
  requireMfaForWrites(world, caller);
  requireScope(call, scope);
  const wanted = readWanted(call, name);
  await world.clock.sleep(world.settings.serviceMs);
  const now = world.clock.now();
  const existing = world.rights.named(name);
  const { principalId, role, description, condition, conditionVersion } = wanted;
  if (existing !== undefined) {
    if (existing.principalId !== principalId || existing.role.id !== role.id || existing.scope.toLowerCase() !== scope.toLowerCase()) {
      throw badRequest('RoleAssignmentUpdateNotPermitted', 'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.');
    }
    Object.assign(existing, { description, condition, conditionVersion, updatedAt: now, updatedBy: caller.objectId });
    return { status: 200, body: assignmentBody(existing), source: 'provider' };
  }
  const same = world.rights.assignments(principalId).find((held) => held.role.id === role.id && held.scope.toLowerCase() === scope.toLowerCase());
  if (same !== undefined) {
    throw new ArmRefusal(409, 'RoleAssignmentExists', `The role assignment already exists. The ID of the existing role assignment is ${withoutHyphens(same.name)}.`, { source: 'provider' });
  }
  const principalType = kindOf(call, wanted);
  const written = { createdBy: caller.objectId, createdAt: now, updatedBy: caller.objectId, updatedAt: now };
  const created = world.rights.grant(principalId, scope, role, { name, principalType, description, condition, conditionVersion, ...written });
  return { status: 201, body: assignmentBody(created), source: 'provider' };
}

/** DELETE of one assignment: 200 with the assignment as it was (recorded), 204 where there was none. */
export async function deleteRoleAssignment(call: ArmCall, scope: string, name: string): Promise<ArmAnswer> {
  const { world, caller } = call;
  requirePermission(world, caller, `${type}/delete`, `${scope}/providers/${type}/${name}`);
  requireMfaForWrites(world, caller);
  await world.clock.sleep(world.settings.serviceMs);
  const found = findAssignment(world, scope, name);
  if (found === undefined) {
    return { status: 204, source: 'provider' };
  }
  world.rights.remove(found);
  return { status: 200, body: assignmentBody(found), source: 'provider' };
}
