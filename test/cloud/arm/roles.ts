/** A role: what it allows; `*` stands for any part, letter case does not count (Azure RBAC). */
export interface Role {
  /** GUID, for built-in roles the same everywhere. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly kind: 'BuiltInRole' | 'CustomRole';
  readonly assignableScopes: readonly string[];
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

function builtIn(id: string, name: string, description: string, allows: Partial<Role>): Role {
  return { id, name, description, kind: 'BuiltInRole', assignableScopes: ['/'], actions: [], notActions: [], dataActions: [], notDataActions: [], ...allows };
}

const readAndSupport = ['Microsoft.Authorization/*/read', 'Microsoft.Insights/alertRules/*', 'Microsoft.Resources/deployments/*', 'Microsoft.Resources/subscriptions/resourceGroups/read', 'Microsoft.Support/*'];
const identity = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const blobs = 'Microsoft.Storage/storageAccounts/blobServices';
const queues = 'Microsoft.Storage/storageAccounts/queueServices/queues';
const secrets = 'Microsoft.KeyVault/vaults/secrets';

/** Built-in roles with their ids, as in MicrosoftDocs/azure-docs articles/role-based-access-control/built-in-roles. */
export const roles = {
  owner: builtIn('8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner', 'Grants full access to manage all resources, including the ability to assign roles in Azure RBAC.', { actions: ['*'] }),
  contributor: builtIn(
    'b24988ac-6180-42a0-ab88-20f7382dd24c',
    'Contributor',
    'Grants full access to manage all resources, but does not allow you to assign roles in Azure RBAC, manage assignments in Azure Blueprints, or share image galleries.',
    {
      actions: ['*'],
      notActions: [
        'Microsoft.Authorization/*/Delete',
        'Microsoft.Authorization/*/Write',
        'Microsoft.Authorization/elevateAccess/Action',
        'Microsoft.Blueprint/blueprintAssignments/write',
        'Microsoft.Blueprint/blueprintAssignments/delete',
        'Microsoft.Compute/galleries/share/action',
      ],
    },
  ),
  reader: builtIn('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', 'View all resources, but does not allow you to make any changes.', { actions: ['*/read'] }),
  userAccessAdministrator: builtIn('18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', 'User Access Administrator', 'Lets you manage user access to Azure resources.', {
    actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'],
  }),
  rbacAdministrator: builtIn(
    'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
    'Role Based Access Control Administrator',
    'Manage access to Azure resources by assigning roles using Azure RBAC. This role does not allow you to manage access using other ways, such as Azure Policy.',
    { actions: ['Microsoft.Authorization/roleAssignments/write', 'Microsoft.Authorization/roleAssignments/delete', '*/read', 'Microsoft.Support/*'] },
  ),
  managedIdentityContributor: builtIn('e40ec5ca-96e0-45a2-b4ff-59039f2c2b59', 'Managed Identity Contributor', 'Create, Read, Update, and Delete User Assigned Identity', {
    actions: [
      ...['read', 'write', 'delete', 'federatedIdentityCredentials/read', 'federatedIdentityCredentials/write', 'federatedIdentityCredentials/delete', 'revokeTokens/action'].map((action) => `${identity}/${action}`),
      ...readAndSupport,
    ],
  }),
  managedIdentityOperator: builtIn('f1a07417-d97a-45cb-824c-7a7467783830', 'Managed Identity Operator', 'Read and Assign User Assigned Identity', {
    actions: [`${identity}/*/read`, `${identity}/*/assign/action`, ...readAndSupport],
  }),
  blobDataOwner: builtIn('b7e6dc6d-f1e8-4753-8033-0f276bb0955b', 'Storage Blob Data Owner', 'Allows for full access to Azure Storage blob containers and data, including assigning POSIX access control.', {
    actions: [`${blobs}/containers/*`, `${blobs}/generateUserDelegationKey/action`],
    dataActions: [`${blobs}/containers/blobs/*`],
  }),
  blobDataContributor: builtIn('ba92f5b4-2d11-453d-a403-e96b0029c9fe', 'Storage Blob Data Contributor', 'Allows for read, write and delete access to Azure Storage blob containers and data', {
    actions: [`${blobs}/containers/delete`, `${blobs}/containers/read`, `${blobs}/containers/write`, `${blobs}/generateUserDelegationKey/action`],
    dataActions: ['delete', 'read', 'write', 'move/action', 'add/action'].map((action) => `${blobs}/containers/blobs/${action}`),
  }),
  blobDataReader: builtIn('2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', 'Storage Blob Data Reader', 'Allows for read access to Azure Storage blob containers and data', {
    actions: [`${blobs}/containers/read`, `${blobs}/generateUserDelegationKey/action`],
    dataActions: [`${blobs}/containers/blobs/read`],
  }),
  queueDataContributor: builtIn('974c5e8b-45b9-4653-ba55-5f855dd0fb88', 'Storage Queue Data Contributor', 'Allows for read, write, and delete access to Azure Storage queues and queue messages', {
    actions: [`${queues}/delete`, `${queues}/read`, `${queues}/write`],
    dataActions: ['delete', 'read', 'write', 'process/action'].map((action) => `${queues}/messages/${action}`),
  }),
  secretsUser: builtIn('4633458b-17de-408a-b874-0445c86b69e6', 'Key Vault Secrets User', "Read secret contents. Only works for key vaults that use the 'Azure role-based access control' permission model.", {
    dataActions: [`${secrets}/getSecret/action`, `${secrets}/readMetadata/action`],
  }),
  secretsOfficer: builtIn(
    'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
    'Key Vault Secrets Officer',
    "Perform any action on the secrets of a key vault, except manage permissions. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    { actions: [...readAndSupport, 'Microsoft.KeyVault/checkNameAvailability/read', 'Microsoft.KeyVault/deletedVaults/read', 'Microsoft.KeyVault/locations/*/read', 'Microsoft.KeyVault/vaults/*/read', 'Microsoft.KeyVault/operations/read'], dataActions: [`${secrets}/*`] },
  ),
  dataFactoryContributor: builtIn('673868aa-7521-48a0-acc6-0f60742d39f5', 'Data Factory Contributor', 'Create and manage data factories, as well as child resources within them.', {
    actions: ['Microsoft.DataFactory/dataFactories/*', 'Microsoft.DataFactory/factories/*', 'Microsoft.ResourceHealth/availabilityStatuses/read', 'Microsoft.EventGrid/eventSubscriptions/write', ...readAndSupport],
  }),
  serviceBusDataOwner: builtIn('090c5cfd-751d-490a-894a-3ce6f1109419', 'Azure Service Bus Data Owner', 'Allows for full access to Azure Service Bus resources.', { actions: ['Microsoft.ServiceBus/*'], dataActions: ['Microsoft.ServiceBus/*'] }),
  serviceBusDataReceiver: builtIn('4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0', 'Azure Service Bus Data Receiver', 'Allows for receive access to Azure Service Bus resources.', {
    actions: ['queues', 'topics', 'topics/subscriptions'].map((kind) => `Microsoft.ServiceBus/*/${kind}/read`),
    dataActions: ['Microsoft.ServiceBus/*/receive/action'],
  }),
  serviceBusDataSender: builtIn('69a216fc-b8fb-44d8-bc22-1f3c2cd27a39', 'Azure Service Bus Data Sender', 'Allows for send access to Azure Service Bus resources.', {
    actions: ['queues', 'topics', 'topics/subscriptions'].map((kind) => `Microsoft.ServiceBus/*/${kind}/read`),
    dataActions: ['Microsoft.ServiceBus/*/send/action'],
  }),
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

/** True when the management actions of a role, or of what a deny assignment denies, hold the action. */
export function coversAction(permission: Pick<Role, 'actions' | 'notActions'>, action: string): boolean {
  return permission.actions.some((pattern) => matches(pattern, action)) && !permission.notActions.some((pattern) => matches(pattern, action));
}

/** True when the data actions of a role, or of what a deny assignment denies, hold the action. */
export function coversData(permission: Pick<Role, 'dataActions' | 'notDataActions'>, action: string): boolean {
  return permission.dataActions.some((pattern) => matches(pattern, action)) && !permission.notDataActions.some((pattern) => matches(pattern, action));
}

/** True when `path` is the scope or lies below it. */
export function scopeCovers(scope: string, path: string): boolean {
  const outer = scope.toLowerCase().replace(/\/$/u, '');
  const inner = path.toLowerCase();
  return inner === outer || inner.startsWith(`${outer}/`);
}
