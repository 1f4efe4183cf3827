import { sample } from '../sampleWorld.ts';
import type { World } from '../world.ts';
import { addTo, places } from './samplePlaces.ts';
import type { Part, Place } from './samplePlaces.ts';

const { services } = sample;
const provisioningState = 'Succeeded';

/** A storage account with its endpoints (Microsoft.Storage 2024-01-01, storage.json Endpoints). */
export function storageAccount(name: string, containers: readonly string[]): Part {
  const primaryEndpoints = Object.fromEntries(['dfs', 'blob', 'queue', 'table', 'file'].map((service) => [service, `https://${name}.${service}.core.windows.net/`]));
  return {
    type: 'Microsoft.Storage/storageAccounts',
    name,
    kind: 'StorageV2',
    sku: { name: 'Standard_ZRS', tier: 'Standard' },
    containers,
    properties: { provisioningState, isHnsEnabled: true, allowSharedKeyAccess: false, allowBlobPublicAccess: false, minimumTlsVersion: 'TLS1_2', supportsHttpsTrafficOnly: true, primaryEndpoints },
  };
}

/** A key vault that asks Azure RBAC (Microsoft.KeyVault 2023-07-01, keyvault.json VaultProperties). */
export function keyVault(name: string, tenantId: string): Part {
  const sku = { family: 'A', name: 'standard' };
  return { type: 'Microsoft.KeyVault/vaults', name, properties: { tenantId, sku, accessPolicies: [], enabledForDeployment: false, enableSoftDelete: true, enableRbacAuthorization: true, vaultUri: `https://${name}.vault.azure.net/`, provisioningState } };
}

/** A data factory (Microsoft.DataFactory 2018-06-01, datafactory.json FactoryProperties). */
export function dataFactory(name: string): Part {
  return { type: 'Microsoft.DataFactory/factories', name, properties: { provisioningState, createTime: '2025-03-03T09:12:44.1234567Z', version: '2018-06-01' } };
}

function kustoCluster(name: string, { location }: Place): Part {
  const host = `${name}.${location}.kusto.windows.net`;
  return { type: 'Microsoft.Kusto/clusters', name, sku: { name: 'Standard_E2ads_v5', capacity: 2, tier: 'Standard' }, properties: { state: 'Running', provisioningState, uri: `https://${host}`, dataIngestionUri: `https://ingest-${host}` } };
}

function cosmosAccount(name: string, { location }: Place): Part {
  const documentEndpoint = `https://${name}.documents.azure.com:443/`;
  const place = { id: `${name}-${location}`, locationName: location, documentEndpoint: `https://${name}-${location}.documents.azure.com:443/`, provisioningState, failoverPriority: 0 };
  return {
    type: 'Microsoft.DocumentDB/databaseAccounts',
    name,
    kind: 'GlobalDocumentDB',
    properties: { provisioningState, documentEndpoint, databaseAccountOfferType: 'Standard', disableLocalAuth: false, writeLocations: [place], readLocations: [place], locations: [place], capabilities: [] },
  };
}

/** `accountEndpoint` comes without a scheme (Microsoft.Batch 2024-07-01, BatchManagement.json BatchAccountProperties). */
function batchAccount(name: string, { location }: Place): Part {
  const accountEndpoint = `${name}.${location}.batch.azure.com`;
  return { type: 'Microsoft.Batch/batchAccounts', name, properties: { accountEndpoint, nodeManagementEndpoint: `0f1e2d3c-4b5a-4697-8877-${location}.service.batch.azure.com`, provisioningState, poolAllocationMode: 'BatchService', dedicatedCoreQuota: 100, poolQuota: 100 } };
}

function serviceBus(name: string): Part {
  return {
    type: 'Microsoft.ServiceBus/namespaces',
    name,
    sku: { name: 'Standard', tier: 'Standard' },
    properties: { provisioningState, status: 'Active', createdAt: '2025-03-03T09:12:44.123Z', serviceBusEndpoint: `https://${name}.servicebus.windows.net:443/`, disableLocalAuth: false, zoneRedundant: true },
  };
}

function addSynapse(world: World, place: Place, name: string, lake: string): void {
  const connectivityEndpoints = {
    dev: `https://${name}.dev.azuresynapse.net`,
    sqlOnDemand: `${name}-ondemand.sql.azuresynapse.net`,
    sql: `${name}.sql.azuresynapse.net`,
    web: `https://web.azuresynapse.net?workspace=%2fsubscriptions%2f${place.subscriptionId}%2fresourceGroups%2f${place.resourceGroup}%2fproviders%2fMicrosoft.Synapse%2fworkspaces%2f${name}`,
  };
  const defaultDataLakeStorage = { accountUrl: `https://${lake}.dfs.core.windows.net`, filesystem: 'synapse' };
  addTo(world, place, { type: 'Microsoft.Synapse/workspaces', name, properties: { provisioningState, connectivityEndpoints, defaultDataLakeStorage, managedResourceGroupName: `synapse-${name}` } });
  addTo(world, place, { type: 'Microsoft.Synapse/workspaces/bigDataPools', name: `${name}/spark`, properties: { provisioningState, nodeSize: 'Small', nodeSizeFamily: 'MemoryOptimized', nodeCount: 3, sparkVersion: '3.4' } });
}

function registry(name: string): Part {
  return { type: 'Microsoft.ContainerRegistry/registries', name, sku: { name: 'Premium', tier: 'Premium' }, properties: { loginServer: `${name}.azurecr.io`, creationDate: '2025-03-03T09:12:44.1234567Z', provisioningState, adminUserEnabled: false } };
}

/** A Foundry account and its project; endpoints as in Microsoft.CognitiveServices 2025-06-01, cognitiveservices.json. */
function addAi(world: World, place: Place, name: string): void {
  const foundry = `https://${name}.services.ai.azure.com/`;
  const project = 'forecasts';
  addTo(world, place, {
    type: 'Microsoft.CognitiveServices/accounts',
    name,
    kind: 'AIServices',
    sku: { name: 'S0' },
    properties: { provisioningState, endpoint: `https://${name}.cognitiveservices.azure.com/`, endpoints: { 'AI Foundry API': foundry, 'OpenAI Language Model Instance API': `https://${name}.openai.azure.com/` }, customSubDomainName: name, allowProjectManagement: true, defaultProject: project, associatedProjects: [project] },
  });
  addTo(world, place, {
    type: 'Microsoft.CognitiveServices/accounts/projects',
    name: `${name}/${project}`,
    kind: 'AIServices',
    properties: { provisioningState, isDefault: true, displayName: 'Forecasts', description: 'Demand forecasts', endpoints: { 'AI Foundry API': `${foundry}api/projects/${project}` } },
  });
}

/** Fills in what connections point to: one of each kind in production, one in development, a few in Fabrikam. */
export function fillServices(world: World): void {
  for (const [index, place] of [places.dataProduction, places.development].entries()) {
    const nameIn = (names: readonly string[]): string => names[index] ?? '';
    addTo(world, place, storageAccount(nameIn(services.storage), ['synapse', 'exports']));
    addTo(world, place, keyVault(nameIn(services.vaults), place.tenantId));
    addTo(world, place, dataFactory(nameIn(services.factories)));
    addTo(world, place, kustoCluster(nameIn(services.kusto), place));
    addTo(world, place, cosmosAccount(nameIn(services.cosmos), place));
    addTo(world, place, batchAccount(nameIn(services.batch), place));
    addTo(world, place, serviceBus(nameIn(services.serviceBus)));
    addTo(world, place, registry(nameIn(services.registries)));
    addSynapse(world, place, nameIn(services.synapse), nameIn(services.storage));
    addAi(world, place, nameIn(services.ai));
  }
  addTo(world, places.fabrikam, dataFactory(services.fabrikamFactory));
  addTo(world, places.fabrikam, keyVault(services.fabrikamVault, places.fabrikam.tenantId));
}
