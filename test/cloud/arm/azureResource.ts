/** The managed identities that a resource carries. */
interface CarriedIdentities {
  /** Present where the system-assigned one is enabled. */
  readonly systemAssigned?: { readonly principalId: string; readonly clientId: string } | undefined;
  /** ARM ids of user-assigned ones. */
  readonly userAssigned: readonly string[];
}

/** A resource of any kind but an identity: a role can be given on it, or it carries identities itself. */
export interface AzureResource {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** As ARM writes it, for example `Microsoft.Web/sites`, or `Microsoft.CognitiveServices/accounts/projects` for what lies in another. */
  readonly type: string;
  /** One name for each part of the type after its namespace: `ai-contoso/forecasts`. */
  readonly name: string;
  readonly location: string;
  readonly tenantId: string;
  readonly kind?: string | undefined;
  readonly sku?: Readonly<Record<string, unknown>> | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
  identities: CarriedIdentities | undefined;
  /** Names of a storage account's blob containers. */
  readonly containers?: readonly string[] | undefined;
}

/** ARM id of a resource; types and names take turns. */
export function resourceId(resource: Pick<AzureResource, 'subscriptionId' | 'resourceGroup' | 'type' | 'name'>): string {
  const [namespace = '', ...kinds] = resource.type.split('/');
  const names = resource.name.split('/');
  const path = kinds.map((kind, index) => `${kind}/${names[index] ?? ''}`).join('/');
  return `/subscriptions/${resource.subscriptionId}/resourceGroups/${resource.resourceGroup}/providers/${namespace}/${path}`;
}

/**
 * The `identity` of a resource as ARM and Resource Graph show it; `undefined` where it carries none.
 * `identityOf` finds a user-assigned one by its id.
 * @see https://github.com/Azure/azure-rest-api-specs specification/common-types/resource-management/v6/managedidentity.json
 */
export function identityBlock(resource: AzureResource, identityOf: (id: string) => { readonly principalId: string; readonly clientId: string } | undefined): Record<string, unknown> | undefined {
  const { systemAssigned, userAssigned = [] } = resource.identities ?? {};
  const kinds = [...(systemAssigned === undefined ? [] : ['SystemAssigned']), ...(userAssigned.length === 0 ? [] : ['UserAssigned'])];
  if (kinds.length === 0) {
    return undefined;
  }
  const assigned = userAssigned.map((id) => {
    const identity = identityOf(id);
    return [id, identity === undefined ? {} : { principalId: identity.principalId, clientId: identity.clientId }];
  });
  return {
    type: kinds.join(', '),
    ...(systemAssigned === undefined ? {} : { principalId: systemAssigned.principalId, tenantId: resource.tenantId }),
    ...(assigned.length === 0 ? {} : { userAssignedIdentities: Object.fromEntries(assigned) as Record<string, unknown> }),
  };
}
