import type { Permission } from './accessScope.ts';
import { builtInRoles } from './roleNames.ts';
import type { BuiltInRole } from './roleNames.ts';

/** What an operation of this product needs, and the smallest built-in role that has all of it. */
export interface NeededRights {
  readonly actions: readonly string[];
  readonly role: BuiltInRole;
}

/** Operations whose rights are the same wherever they are done. */
export type AzureOperation =
  | 'writeCredential'
  | 'deleteCredential'
  | 'createIdentity'
  | 'tagIdentity'
  | 'deleteIdentity'
  | 'createResourceGroup'
  | 'assignRole'
  | 'removeRole';

const identity = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const { identityContributor, credentialContributor, contributor, accessAdministrator } = builtInRoles;

/** Action names: Microsoft Learn, "Azure permissions" (Identity, Management and governance). */
const neededRights: Readonly<Record<AzureOperation, NeededRights>> = {
  writeCredential: { actions: [`${identity}/federatedIdentityCredentials/write`], role: credentialContributor },
  deleteCredential: { actions: [`${identity}/federatedIdentityCredentials/delete`], role: credentialContributor },
  createIdentity: { actions: [`${identity}/write`], role: identityContributor },
  tagIdentity: { actions: [`${identity}/write`], role: identityContributor },
  deleteIdentity: { actions: [`${identity}/delete`], role: identityContributor },
  createResourceGroup: { actions: ['Microsoft.Resources/subscriptions/resourceGroups/write'], role: contributor },
  assignRole: { actions: ['Microsoft.Authorization/roleAssignments/write'], role: accessAdministrator },
  removeRole: { actions: ['Microsoft.Authorization/roleAssignments/delete'], role: accessAdministrator },
};

/** The rights that an operation needs on its scope: the identity, resource group, subscription or resource that it changes. */
export function rightsFor(operation: AzureOperation): NeededRights {
  return neededRights[operation];
}

/**
 * The rights for enabling the system-assigned identity of a resource, or `undefined` for a type where this product does not.
 * A resource that holds user-assigned identities names them again in the request, and ARM checks the right to assign each
 * (Microsoft Learn: "Managed Identity Operator").
 */
export function rightsForSystemAssigned(host: { readonly type: string; readonly userAssigned: readonly string[] }): NeededRights | undefined {
  const needed = systemAssignedRights[host.type.toLowerCase()];
  if (needed === undefined || host.userAssigned.length === 0) {
    return needed;
  }
  return { actions: [...needed.actions, ...assignIdentity.actions], role: contributor };
}

const assignIdentity: NeededRights = { actions: [`${identity}/assign/action`], role: builtInRoles.identityOperator };

const systemAssignedRights: Readonly<Record<string, NeededRights>> = {
  'microsoft.web/sites': { actions: ['Microsoft.Web/sites/write'], role: builtInRoles.websiteContributor },
  'microsoft.compute/virtualmachines': { actions: ['Microsoft.Compute/virtualMachines/write'], role: builtInRoles.machineContributor },
};

/** The smallest built-in role for a management action that an operation of this product needs; `undefined` for any other. */
export function smallestRoleFor(action: string): BuiltInRole | undefined {
  const operations = [...Object.values(neededRights), ...Object.values(systemAssignedRights), assignIdentity];
  return operations.find(({ actions }) => actions.some((needed) => needed.toLowerCase() === action.toLowerCase()))?.role;
}

/** The rights that are missing of what an operation needs; `undefined` when it may be done. */
export function missingRights(permissions: readonly Permission[], needed: NeededRights): NeededRights | undefined {
  const actions = needed.actions.filter((action) => !allowsAction(permissions, action));
  return actions.length === 0 ? undefined : { actions, role: needed.role };
}

/**
 * True when one of the permissions allows a management action. What a role's `notActions` take away, another role may still
 * give (Microsoft Learn: "Understand Azure role definitions", notActions).
 */
export function allowsAction(permissions: readonly Permission[], action: string): boolean {
  return permissions.some(({ actions, notActions }) => names(actions, action) && !names(notActions, action));
}

function names(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
}

/** `*` stands for any characters, slashes included; the parts between are found from left to right, the last one at the end. */
function matches(pattern: string, action: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) {
    return pattern === action;
  }
  if (!action.startsWith(first)) {
    return false;
  }
  let position = first.length;
  for (const part of rest) {
    const found = action.indexOf(part, position);
    if (found === -1) {
      return false;
    }
    position = found + part.length;
  }
  return action.length - last.length >= position && action.endsWith(last);
}
