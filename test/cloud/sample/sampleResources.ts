import { identityId } from '../arm/resources.ts';
import type { AzureResource } from '../arm/azureResource.ts';
import { sample } from '../sampleWorld.ts';
import type { World } from '../world.ts';

const { tenants, subscriptions, groups, identities, resources } = sample;

type Part = Pick<AzureResource, 'type' | 'name'> & Partial<AzureResource>;

function addTo(world: World, place: Pick<AzureResource, 'subscriptionId' | 'resourceGroup' | 'location' | 'tenantId'>, part: Part): void {
  world.resources.addResource({ ...place, tags: {}, properties: { provisioningState: 'Succeeded' }, identities: undefined, ...part });
}

function storage(name: string, containers: readonly string[]): Part {
  const primaryEndpoints = { blob: `https://${name}.blob.core.windows.net/`, dfs: `https://${name}.dfs.core.windows.net/` };
  return { type: 'Microsoft.Storage/storageAccounts', name, kind: 'StorageV2', containers, properties: { provisioningState: 'Succeeded', isHnsEnabled: true, primaryEndpoints } };
}

/** Fills in what roles are given on and what carries identities. */
export function fillResources(world: World): void {
  const prod = { subscriptionId: subscriptions.production, tenantId: tenants.contoso.id, location: 'westus2' };
  const data = { ...prod, resourceGroup: groups.dataProduction };
  const dev = { subscriptionId: subscriptions.development, tenantId: tenants.contoso.id, location: 'eastus', resourceGroup: groups.development };
  const prodIdentity = identityId({ ...prod, resourceGroup: groups.airflow, name: identities.airflowProd.name });

  addTo(world, data, { ...storage(resources.lake.name, resources.lake.containers), tags: { team: 'data-platform' } });
  addTo(world, data, { type: 'Microsoft.KeyVault/vaults', name: resources.vault.name, properties: { vaultUri: `https://${resources.vault.name}.vault.azure.net/`, enableRbacAuthorization: true } });
  addTo(world, data, { type: 'Microsoft.DataFactory/factories', name: resources.factory.name, identities: { systemAssigned: resources.factory, userAssigned: [] } });
  addTo(world, data, { type: 'Microsoft.Web/sites', name: resources.api.name, kind: 'app,linux', identities: { systemAssigned: resources.api, userAssigned: [prodIdentity] } });
  addTo(world, data, { type: 'Microsoft.Compute/virtualMachines', name: resources.machine.name, properties: { provisioningState: 'Succeeded', hardwareProfile: { vmSize: 'Standard_D4s_v5' } } });
  addTo(world, data, { type: 'Microsoft.ContainerInstance/containerGroups', name: resources.runner.name, identities: { userAssigned: [prodIdentity] } });
  addTo(world, data, {
    type: 'Microsoft.ContainerService/managedClusters',
    name: resources.cluster.name,
    identities: { systemAssigned: resources.cluster, userAssigned: [] },
    properties: { provisioningState: 'Succeeded', oidcIssuerProfile: { enabled: true, issuerURL: sample.issuers.prod } },
  });
  addTo(world, dev, storage(resources.devStorage.name, resources.devStorage.containers));
  addTo(world, dev, { type: 'Microsoft.Web/sites', name: resources.devApi.name, kind: 'functionapp,linux' });
  addTo(world, { subscriptionId: subscriptions.fabrikam, tenantId: tenants.fabrikam.id, location: 'northeurope', resourceGroup: groups.fabrikam }, storage(resources.fabrikamStorage.name, resources.fabrikamStorage.containers));
}
