import type { AccessScopeKind } from './accessScope.ts';

/** A role that Azure itself brings along: the same GUID and English name in every tenant. */
export interface BuiltInRole {
  /** The GUID, in lower case. */
  readonly roleId: string;
  readonly name: string;
}

/** The built-in roles that this product names by itself (Microsoft Learn: "Azure built-in roles"). */
export const builtInRoles = {
  owner: { roleId: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', name: 'Owner' },
  contributor: { roleId: 'b24988ac-6180-42a0-ab88-20f7382dd24c', name: 'Contributor' },
  reader: { roleId: 'acdd72a7-3385-48ef-bd42-f606fba81ae7', name: 'Reader' },
  accessAdministrator: { roleId: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168', name: 'Role Based Access Control Administrator' },
  identityContributor: { roleId: 'e40ec5ca-96e0-45a2-b4ff-59039f2c2b59', name: 'Managed Identity Contributor' },
  identityOperator: { roleId: 'f1a07417-d97a-45cb-824c-7a7467783830', name: 'Managed Identity Operator' },
  credentialContributor: { roleId: '7e559ce2-48d7-4b27-9128-fa1b247f1308', name: 'Managed Identity Federated Identity Credential Contributor' },
  websiteContributor: { roleId: 'de139f84-1756-47ae-9be6-808fbbe84772', name: 'Website Contributor' },
  machineContributor: { roleId: '9980e02c-c2be-4d73-94e8-173b1dc7cf3c', name: 'Virtual Machine Contributor' },
} as const satisfies Record<string, BuiltInRole>;

/** A role that is offered first, and where it makes sense. */
export interface OfferedRole extends BuiltInRole {
  readonly kinds: readonly AccessScopeKind[];
}

const above = ['resourceGroup', 'subscription'] as const;
const blobs = ['container', 'storageAccount', ...above] as const;

/**
 * The roles that Airflow's Azure operators need, the most likely first: blobs (`wasb`, `adls`), secrets (Key Vault secrets
 * backend), Data Factory runs, Service Bus messages, container instances, other storage. Service Bus namespaces and
 * container groups are scopes of the kind `other`.
 *
 * @see https://airflow.apache.org/docs/apache-airflow-providers-microsoft-azure/stable/operators/index.html
 */
const offeredRoles: readonly OfferedRole[] = [
  { roleId: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe', name: 'Storage Blob Data Contributor', kinds: blobs },
  { roleId: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', name: 'Storage Blob Data Reader', kinds: blobs },
  { roleId: '4633458b-17de-408a-b874-0445c86b69e6', name: 'Key Vault Secrets User', kinds: ['vault', ...above] },
  { roleId: '673868aa-7521-48a0-acc6-0f60742d39f5', name: 'Data Factory Contributor', kinds: ['factory', ...above] },
  { roleId: '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39', name: 'Azure Service Bus Data Sender', kinds: ['other', ...above] },
  { roleId: '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0', name: 'Azure Service Bus Data Receiver', kinds: ['other', ...above] },
  { roleId: '5d977122-f97e-4b4d-a52f-6b43003ddb4d', name: 'Azure Container Instances Contributor Role', kinds: ['other', ...above] },
  { roleId: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', name: 'Storage Blob Data Owner', kinds: blobs },
  { roleId: '974c5e8b-45b9-4653-ba55-5f855dd0fb88', name: 'Storage Queue Data Contributor', kinds: ['storageAccount', ...above] },
  { roleId: '69566ab7-960f-475b-8e7c-b3118f30c6bd', name: 'Storage File Data Privileged Contributor', kinds: ['storageAccount', ...above] },
  { roleId: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7', name: 'Key Vault Secrets Officer', kinds: ['vault', ...above] },
  { ...builtInRoles.reader, kinds: ['container', 'storageAccount', 'vault', 'factory', 'other', ...above] },
];

/** The roles to offer first for a kind of scope, in the order in which they are likely needed. */
export function offeredRolesFor(kind: AccessScopeKind): readonly OfferedRole[] {
  return offeredRoles.filter(({ kinds }) => kinds.includes(kind));
}
