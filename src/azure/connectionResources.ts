import * as v from 'valibot';
import type { ConnectionResource } from '../connection/connectionResource.ts';
import type { FieldSource } from '../connection/connectionType.ts';
import type { TenantRef } from '../identity/managedIdentity.ts';
import type { ArmConnection } from './armClients.ts';
import { graphPages } from './resourceGraph.ts';

/** Where a kind of resource is looked for, and the paths of its addresses in `properties`, by what they serve. */
interface ResourceQuery {
  readonly table?: 'resourcecontainers';
  readonly type: string;
  readonly where?: string;
  readonly endpoints: Readonly<Record<string, string>>;
}

/**
 * By the resource providers' specifications (Azure/azure-rest-api-specs): Storage `primaryEndpoints`, Batch `accountEndpoint`,
 * DocumentDB `documentEndpoint`, ContainerRegistry `loginServer`, ServiceBus `serviceBusEndpoint`, Synapse
 * `connectivityEndpoints.dev`, Kusto `uri`, KeyVault `vaultUri`, CognitiveServices projects `endpoints["AI Foundry API"]`.
 */
const queries: Readonly<Record<FieldSource, ResourceQuery>> = {
  subscription: { table: 'resourcecontainers', type: 'microsoft.resources/subscriptions', endpoints: {} },
  resourceGroup: { table: 'resourcecontainers', type: 'microsoft.resources/subscriptions/resourcegroups', endpoints: {} },
  storageAccount: {
    type: 'microsoft.storage/storageaccounts',
    endpoints: { blob: 'properties.primaryEndpoints.blob', file: 'properties.primaryEndpoints.file', dfs: 'properties.primaryEndpoints.dfs' },
  },
  dataLakeAccount: {
    type: 'microsoft.storage/storageaccounts',
    where: "tostring(properties.isHnsEnabled) == 'true'",
    endpoints: { dfs: 'properties.primaryEndpoints.dfs' },
  },
  dataFactory: { type: 'microsoft.datafactory/factories', endpoints: {} },
  synapseWorkspace: { type: 'microsoft.synapse/workspaces', endpoints: { service: 'properties.connectivityEndpoints.dev' } },
  batchAccount: { type: 'microsoft.batch/batchaccounts', endpoints: { service: 'properties.accountEndpoint' } },
  cosmosAccount: { type: 'microsoft.documentdb/databaseaccounts', endpoints: { service: 'properties.documentEndpoint' } },
  containerRegistry: { type: 'microsoft.containerregistry/registries', endpoints: { service: 'properties.loginServer' } },
  serviceBusNamespace: { type: 'microsoft.servicebus/namespaces', endpoints: { service: 'properties.serviceBusEndpoint' } },
  dataExplorerCluster: { type: 'microsoft.kusto/clusters', endpoints: { service: 'properties.uri' } },
  keyVault: { type: 'microsoft.keyvault/vaults', endpoints: { service: 'properties.vaultUri' } },
  aiProject: { type: 'microsoft.cognitiveservices/accounts/projects', endpoints: { service: 'properties.endpoints["AI Foundry API"]' } },
};

const text = v.optional(v.nullable(v.string()));

const rowSchema = v.object({ id: v.string(), name: v.string(), resourceGroup: text, subscriptionId: text, location: text, blob: text, file: text, dfs: text, service: text });

/** Implements `ConnectionResourcePort`. */
export async function* connectionResources(
  arm: ArmConnection,
  tenant: TenantRef,
  source: FieldSource,
  signal: AbortSignal,
): AsyncGenerator<readonly ConnectionResource[], void, undefined> {
  const { table = 'resources', type, where, endpoints } = queries[source];
  const columns = Object.entries(endpoints).map(([name, path]) => `, ${name} = tostring(${path})`).join('');
  const condition = where === undefined ? '' : ` | where ${where}`;
  const query = `${table} | where type =~ '${type}'${condition} | project id, name, resourceGroup, subscriptionId, location${columns} | order by id asc`;
  for await (const { rows } of graphPages(arm, tenant, { text: query, rows: v.array(rowSchema) }, signal)) {
    yield rows.map(({ id, name, resourceGroup, subscriptionId, location, ...found }) => ({
      id,
      // A project of Azure AI Foundry is called `account/project`.
      name: name.slice(name.lastIndexOf('/') + 1),
      subscriptionId: subscriptionId ?? '',
      resourceGroup: source === 'resourceGroup' ? name : resourceGroup ?? '',
      location: location ?? '',
      endpoints: Object.fromEntries(Object.entries(found).flatMap(([key, value]) => (value ? [[key, value]] : []))),
    }));
  }
}
