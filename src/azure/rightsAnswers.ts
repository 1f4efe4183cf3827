import * as v from 'valibot';
import type { AccessScope, Permission, RoleAssignment, RoleDefinition } from '../identity/accessScope.ts';
import { roleIdOf } from '../identity/heldRoles.ts';
import type { TenantRef } from '../identity/managedIdentity.ts';
import { scopeName } from '../identity/scopeName.ts';

/*
 * Answers of Microsoft.Authorization 2022-04-01 and of what roles are given on, as far as they are used (field names:
 * azure-rest-api-specs, authorization and storage). Unknown properties are ignored.
 */

const text = v.pipe(v.string(), v.minLength(1));
const optionalText = v.optional(v.nullable(v.string()));
const texts = v.optional(v.nullable(v.array(v.string())));

/** One element of `roleAssignments`. */
export const roleAssignmentSchema = v.object({
  id: text,
  properties: v.object({ scope: text, principalId: text, roleDefinitionId: text, condition: optionalText, description: optionalText }),
});

/** One element of `denyAssignments`. */
export const denyAssignmentSchema = v.object({
  id: text,
  properties: v.object({ scope: text, denyAssignmentName: optionalText, description: optionalText, condition: optionalText }),
});

/** One element of `permissions`, alone or within a role definition. */
export const permissionSchema = v.object({ actions: texts, notActions: texts, dataActions: texts, notDataActions: texts });

/** One element of `roleDefinitions`. */
export const roleDefinitionSchema = v.object({
  id: text,
  name: text,
  properties: v.object({
    roleName: text,
    description: optionalText,
    type: optionalText,
    permissions: v.optional(v.nullable(v.array(permissionSchema))),
  }),
});

/** A row of a query for scopes, and a container of a storage account. */
export const scopeRowSchema = v.object({ id: text, name: text });

/** Where a role was given, as Resource Graph projects it. */
export const assignedScopeSchema = v.object({ id: text, scope: text });

/** The answer to a role that was given. */
export const assignmentIdSchema = v.object({ id: text });

/** A role assignment as the product sees it. */
export function roleAssignmentOf({ id, properties }: v.InferOutput<typeof roleAssignmentSchema>): RoleAssignment {
  const { scope, principalId, roleDefinitionId, condition, description } = properties;
  return { id, scopeId: scope, principalId, roleDefinitionId, condition: condition || undefined, description: description || undefined, effect: 'allow' };
}

/** A deny assignment holds no role; its name stands in for the description. */
export function denyAssignmentOf({ id, properties }: v.InferOutput<typeof denyAssignmentSchema>, principalId: string): RoleAssignment {
  const { scope, denyAssignmentName, description, condition } = properties;
  return {
    id,
    scopeId: scope,
    principalId,
    roleDefinitionId: '',
    condition: condition || undefined,
    description: denyAssignmentName || description || undefined,
    effect: 'deny',
  };
}

/** A role definition as the product sees it. */
export function roleDefinitionOf({ id, properties }: v.InferOutput<typeof roleDefinitionSchema>): RoleDefinition {
  const { roleName, description, type, permissions } = properties;
  return {
    id,
    roleId: roleIdOf(id),
    name: roleName,
    description: description ?? '',
    isBuiltIn: type === 'BuiltInRole',
    hasDataActions: (permissions ?? []).some(({ dataActions }) => (dataActions ?? []).length > 0),
  };
}

/** A permission with nothing left out. */
export function permissionOf({ actions, notActions, dataActions, notDataActions }: v.InferOutput<typeof permissionSchema>): Permission {
  return { actions: actions ?? [], notActions: notActions ?? [], dataActions: dataActions ?? [], notDataActions: notDataActions ?? [] };
}

/** A scope by its id; `undefined` for one above subscriptions. */
export function accessScopeOf({ id, name }: v.InferOutput<typeof scopeRowSchema>, tenant: TenantRef): AccessScope | undefined {
  const { kind } = scopeName(id);
  const subscriptionId = id.split('/')[2];
  if (kind === 'root' || kind === 'managementGroup' || subscriptionId === undefined) {
    return undefined;
  }
  return { account: tenant.account, tenantId: tenant.tenantId, id, kind, name, subscriptionId };
}
