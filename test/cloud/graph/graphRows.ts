import { identityBlock, resourceId } from '../arm/azureResource.ts';
import type { AzureResource } from '../arm/azureResource.ts';
import { resourceGroupId } from '../arm/resources.ts';
import type { RoleAssignment } from '../arm/rights.ts';
import type { ManagedIdentity, ResourceGroup, Resources, Subscription } from '../arm/resources.ts';
import type { GraphRow } from './graphRow.ts';

const nothing = { kind: '', managedBy: '', sku: null, plan: null, identity: null, zones: null, extendedLocation: null };

/** An identity in the table `resources`: type in lower case, `resourceGroups` in the id although the identity service itself writes it in lower case. */
export function identityRow(identity: ManagedIdentity): GraphRow {
  const { subscriptionId, resourceGroup, name, location, tenantId, clientId, principalId, tags } = identity;
  const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';
  const id = resourceId({ subscriptionId, resourceGroup, type, name });
  return { ...nothing, id, name, type: type.toLowerCase(), tenantId, location, resourceGroup, subscriptionId, properties: { clientId, principalId, tenantId }, tags };
}

/** Any other resource in the table `resources`. */
export function resourceRow(resource: AzureResource, resources: Resources): GraphRow {
  const { name, type, tenantId, location, resourceGroup, subscriptionId, properties, tags, kind = '', sku = null } = resource;
  const identity = identityBlock(resource, (id) => resources.identityById(id)) ?? null;
  return { ...nothing, id: resourceId(resource), name, type: type.toLowerCase(), tenantId, kind, sku, location, resourceGroup, subscriptionId, properties, tags: Object.keys(tags).length === 0 ? null : tags, identity };
}

/** A resource group in the table `resourcecontainers`. */
export function groupRow(group: ResourceGroup, tenantId: string): GraphRow {
  const { name, location, subscriptionId, tags } = group;
  const type = 'microsoft.resources/subscriptions/resourcegroups';
  return { ...nothing, id: resourceGroupId(group), name, type, tenantId, location, resourceGroup: name, subscriptionId, properties: { provisioningState: 'Succeeded' }, tags };
}

/** A role assignment in the table `authorizationresources`, which has a type in lower case and the service's own properties. */
export function assignmentRow({ name, scope, principalId, principalType, role, condition, description }: RoleAssignment, { id, tenantId }: Subscription): GraphRow {
  const type = 'microsoft.authorization/roleassignments';
  const roleDefinitionId = `/subscriptions/${id}/providers/Microsoft.Authorization/roleDefinitions/${role.id}`;
  const properties = { principalId, principalType, roleDefinitionId, scope, condition, description };
  return { ...nothing, id: `${scope}/providers/Microsoft.Authorization/RoleAssignments/${name}`, name, type, tenantId, location: 'global', resourceGroup: '', subscriptionId: id, properties, tags: null };
}

/** A subscription in the table `resourcecontainers`. */
export function subscriptionRow({ id, tenantId, displayName, state }: Subscription): GraphRow {
  const type = 'microsoft.resources/subscriptions';
  return { ...nothing, id: `/subscriptions/${id}`, name: displayName, type, tenantId, location: '', resourceGroup: '', subscriptionId: id, properties: { state }, tags: null };
}
