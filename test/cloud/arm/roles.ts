/** What a role allows; `*` stands for any part, letter case does not count (Azure RBAC control-plane actions). */
export interface Role {
  readonly name: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** A role given to a principal at a scope: an ARM path such as `/subscriptions/{id}/resourceGroups/{name}`. */
export interface Grant {
  readonly objectId: string;
  readonly scope: string;
  readonly role: Role;
}

/** Built-in roles, actions as in MicrosoftDocs/azure-docs articles/role-based-access-control/built-in-roles. */
export const roles = {
  owner: { name: 'Owner', actions: ['*'], notActions: [] },
  contributor: {
    name: 'Contributor',
    actions: ['*'],
    notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write', 'Microsoft.Authorization/elevateAccess/Action'],
  },
  reader: { name: 'Reader', actions: ['*/read'], notActions: [] },
  managedIdentityContributor: {
    name: 'Managed Identity Contributor',
    actions: [
      'Microsoft.ManagedIdentity/userAssignedIdentities/read',
      'Microsoft.ManagedIdentity/userAssignedIdentities/write',
      'Microsoft.ManagedIdentity/userAssignedIdentities/delete',
      'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
      'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
      'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/delete',
      'Microsoft.Authorization/*/read',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
    ],
    notActions: [],
  },
} as const satisfies Record<string, Role>;

const patterns = new Map<string, RegExp>();

function matches(pattern: string, action: string): boolean {
  let expression = patterns.get(pattern);
  if (expression === undefined) {
    const parts = pattern.split('*').map((part) => part.replaceAll(/[.\\/]/gu, String.raw`\$&`));
    expression = new RegExp(`^${parts.join('.*')}$`, 'iu');
    patterns.set(pattern, expression);
  }
  return expression.test(action);
}

/** True when the role allows the action. */
export function roleAllows(role: Role, action: string): boolean {
  return role.actions.some((pattern) => matches(pattern, action)) && !role.notActions.some((pattern) => matches(pattern, action));
}

/** True when `path` is the scope or lies below it. */
export function scopeCovers(scope: string, path: string): boolean {
  const outer = scope.toLowerCase().replace(/\/$/u, '');
  const inner = path.toLowerCase();
  return inner === outer || inner.startsWith(`${outer}/`);
}
