import assert from 'node:assert/strict';
import { sample } from '../../cloud/sampleWorld.ts';
import type { WorldSettings } from '../../cloud/worldSettings.ts';
import { ArmCaller, armError, armToken } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { createTestWorld } from './testWorld.ts';

const { subscriptions, groups, services, clusters, issuers, tenants, resources, accounts } = sample;
const production = `/subscriptions/${subscriptions.production}`;
const data = `${production}/resourceGroups/${groups.dataProduction}`;

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

async function signedIn(settings: Partial<WorldSettings> = {}, options: { tenant?: string; account?: string } = {}): Promise<ArmCaller> {
  const world = createTestWorld(settings);
  return new ArmCaller(world, await armToken(world, options), '2024-07-01');
}

function value(reply: ArmReply): Listed[] {
  assert.equal(reply.status, 200, reply.body);
  return reply.json['value'] as Listed[];
}

async function graphRows(arm: ArmCaller, query: string): Promise<Record<string, unknown>[]> {
  const reply = await arm.call('POST', '/providers/Microsoft.ResourceGraph/resources', { query }, '2024-04-01');
  assert.equal(reply.status, 200, reply.body);
  return reply.json['data'] as Record<string, unknown>[];
}

/** What a connection takes from each kind of resource, by the property that Azure keeps it in. */
const endpoints: readonly [string, string, string, string][] = [
  ['Microsoft.Storage/storageAccounts', services.storage[0], 'properties.primaryEndpoints.blob', 'https://stcontosoarchive.blob.core.windows.net/'],
  ['Microsoft.Storage/storageAccounts', services.storage[1], 'properties.primaryEndpoints.file', 'https://stcontososcratch.file.core.windows.net/'],
  ['Microsoft.KeyVault/vaults', services.vaults[0], 'properties.vaultUri', 'https://kv-contoso-airflow.vault.azure.net/'],
  ['Microsoft.Kusto/clusters', services.kusto[0], 'properties.uri', 'https://adxcontoso.westus2.kusto.windows.net'],
  ['Microsoft.DocumentDB/databaseAccounts', services.cosmos[1], 'properties.documentEndpoint', 'https://cosmos-devtest.documents.azure.com:443/'],
  ['Microsoft.Batch/batchAccounts', services.batch[0], 'properties.accountEndpoint', 'batchcontoso.westus2.batch.azure.com'],
  ['Microsoft.ServiceBus/namespaces', services.serviceBus[0], 'properties.serviceBusEndpoint', 'https://sb-contoso.servicebus.windows.net:443/'],
  ['Microsoft.Synapse/workspaces', services.synapse[0], 'properties.connectivityEndpoints.dev', 'https://syn-contoso.dev.azuresynapse.net'],
  ['Microsoft.ContainerRegistry/registries', services.registries[0], 'properties.loginServer', 'acrcontoso.azurecr.io'],
  ['Microsoft.CognitiveServices/accounts', services.ai[0], 'properties.endpoint', 'https://ai-contoso.cognitiveservices.azure.com/'],
  ['Microsoft.CognitiveServices/accounts/projects', `${services.ai[0]}/forecasts`, "properties.endpoints['AI Foundry API']", 'https://ai-contoso.services.ai.azure.com/api/projects/forecasts'],
];

describe('What connections point to, in the local cloud', () => {
  for (const [type, name, path, endpoint] of endpoints) {
    it(`shows ${path} of ${name} in Resource Graph`, async () => {
      const rows = await graphRows(await signedIn(), `resources | where type =~ '${type}' and name == '${name}' | project id, name, endpoint = ${path}`);
      assert.deepEqual(rows.map((row) => row['endpoint']), [endpoint]);
    });
  }

  it('lists every type by subscription and by group, with the same properties as Resource Graph', async () => {
    const arm = await signedIn();
    for (const type of new Set(endpoints.map(([listed]) => listed).filter((listed) => listed.split('/').length === 2))) {
      const [row] = value(await arm.call('GET', `${production}/providers/${type}`));
      const [same] = await graphRows(arm, `resources | where id =~ '${row?.id ?? ''}' | project properties`);
      assert.deepEqual([row?.type, same?.['properties']], [type, row?.properties]);
      assert.ok(value(await arm.call('GET', `${data}/providers/${type}`)).length > 0, type);
      assert.deepEqual(value(await arm.call('GET', `/subscriptions/${subscriptions.empty}/providers/${type}`)), []);
    }
  });

  it('lists what lies in another resource, and knows it by its own id', async () => {
    const arm = await signedIn();
    const account = `${data}/providers/Microsoft.CognitiveServices/accounts/${services.ai[0]}`;
    const [project] = value(await arm.call('GET', `${account}/projects`));
    assert.deepEqual([project?.id, project?.name], [`${account}/projects/forecasts`, `${services.ai[0]}/forecasts`]);
    assert.equal((await arm.call('GET', `${account}/projects/forecasts`)).json['name'], `${services.ai[0]}/forecasts`);
    assert.deepEqual(value(await arm.call('GET', `${data}/providers/Microsoft.Synapse/workspaces/${services.synapse[0]}/bigDataPools`)).map(({ name }) => name), [`${services.synapse[0]}/spark`]);
    const missing = await arm.call('GET', `${account}-none/projects`);
    assert.deepEqual([missing.status, armError(missing).code], [404, 'ResourceNotFound']);
  });

  it('gives long lists in pages', async () => {
    const arm = await signedIn({ resourcePage: 1 });
    const first = await arm.call('GET', `${production}/providers/Microsoft.KeyVault/vaults`);
    const next = new URL(String(first.json['nextLink']));
    next.searchParams.delete('api-version');
    const second = await arm.call('GET', `${next.pathname}${next.search}`);
    assert.deepEqual([...value(first), ...value(second)].map(({ name }) => name), [resources.vault.name, services.vaults[0]]);
  });

  it('shows only what may be read, in the tenant of the token', async () => {
    const guest = await signedIn({}, { tenant: tenants.fabrikam.id });
    const rows = await graphRows(guest, "resources | where type =~ 'microsoft.datafactory/factories' | project name");
    assert.deepEqual(rows, [{ name: services.fabrikamFactory }]);
    const stranger = await signedIn({}, { account: accounts.sam.label });
    const refused = await stranger.call('GET', `${production}/providers/Microsoft.KeyVault/vaults`);
    assert.deepEqual([refused.status, armError(refused).code], [401, 'InvalidAuthenticationTokenTenant']);
  });
});

describe('AKS clusters of the local cloud', () => {
  it('have an issuer and workload identity, only the issuer, or neither', async () => {
    const query = "resources | where type =~ 'microsoft.containerservice/managedclusters' | project name, issuer = properties.oidcIssuerProfile.issuerURL, on = properties.oidcIssuerProfile.enabled, identity = properties.securityProfile.workloadIdentity.enabled";
    const rows = await graphRows(await signedIn(), query);
    assert.deepEqual(rows, [
      { name: resources.cluster.name, issuer: issuers.prod, on: true, identity: true },
      { name: clusters.platform.name, issuer: issuers.platform, on: true, identity: true },
      { name: clusters.withoutWorkloadIdentity.name, issuer: issuers.aksDev, on: true, identity: null },
      { name: clusters.withoutIssuer.name, issuer: null, on: false, identity: null },
    ]);
  });

  it('are listed by ARM with the same fields', async () => {
    const arm = await signedIn();
    const listed = value(await arm.call('GET', `${production}/providers/Microsoft.ContainerService/managedClusters`, undefined, '2025-08-01'));
    assert.deepEqual(listed.map(({ name, properties }) => [name, (properties['oidcIssuerProfile'] as { issuerURL: string }).issuerURL]), [[resources.cluster.name, issuers.prod], [clusters.platform.name, issuers.platform]]);
  });
});
