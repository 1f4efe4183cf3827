import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { requirePermission } from './authenticate.ts';
import { resourceId } from './azureResource.ts';
import { resourceBody } from './hostResources.ts';
import { requireGroup } from './identities.ts';
import { pageOf } from './page.ts';
import { requireScope } from './scopes.ts';

/**
 * Types that the local cloud lists, in lower case: those that roles are given on, that carry identities, or that connections point to.
 * Paths as in Azure/azure-rest-api-specs specification/{containerservice,storage,datafactory,keyvault,azure-kusto,cosmos-db,batch,servicebus,synapse,containerregistry,cognitiveservices}.
 */
const listed: ReadonlySet<string> = new Set(
  [
    'Microsoft.Batch/batchAccounts',
    'Microsoft.CognitiveServices/accounts',
    'Microsoft.CognitiveServices/accounts/projects',
    'Microsoft.ContainerInstance/containerGroups',
    'Microsoft.ContainerRegistry/registries',
    'Microsoft.ContainerService/managedClusters',
    'Microsoft.DataFactory/factories',
    'Microsoft.DocumentDB/databaseAccounts',
    'Microsoft.KeyVault/vaults',
    'Microsoft.Kusto/clusters',
    'Microsoft.ServiceBus/namespaces',
    'Microsoft.Storage/storageAccounts',
    'Microsoft.Synapse/workspaces',
    'Microsoft.Synapse/workspaces/bigDataPools',
    'Microsoft.Web/sites',
  ].map((type) => type.toLowerCase()),
);

/** True for a type whose lists are held; every subscription that has none of it answers with an empty one. */
export function isListed(type: string): boolean {
  return listed.has(type.toLowerCase());
}

/** Where a list is asked for: a subscription, one of its groups, or a resource that holds others. */
interface ListPlace {
  readonly subscriptionId: string;
  readonly resourceGroup?: string | undefined;
  /** ARM id of the resource that holds what is listed. */
  readonly parent?: string | undefined;
}

/** GET of all resources of one type at a place; only those the caller may read. */
export function listResources(call: ArmCall, { subscriptionId, resourceGroup, parent }: ListPlace, type: string): ArmAnswer {
  const { world, caller } = call;
  const group = resourceGroup === undefined ? `/subscriptions/${subscriptionId}` : `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const scope = parent ?? group;
  if (!world.rights.sees(caller.objectId, scope)) {
    requirePermission(world, caller, `${type}/read`, scope);
  }
  if (resourceGroup !== undefined) {
    requireGroup(call, { subscriptionId, resourceGroup });
  }
  if (parent !== undefined) {
    requireScope(call, parent);
  }
  const readable = world.resources
    .others(subscriptionId)
    .filter((resource) => resource.type.toLowerCase() === type.toLowerCase())
    .map((resource) => ({ resource, id: resourceId(resource) }))
    .filter(({ id }) => id.toLowerCase().startsWith(`${scope}/`.toLowerCase()) && world.rights.allows(caller.objectId, `${type}/read`, id));
  const { value, ...rest } = pageOf(call.request.url, readable, world.settings.resourcePage);
  return { status: 200, body: { value: value.map(({ resource }) => resourceBody(call, resource)), ...rest }, source: 'provider' };
}
