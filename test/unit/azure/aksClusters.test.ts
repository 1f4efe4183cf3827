import assert from 'node:assert/strict';
import { enableWorkloadIdentity } from '../../../src/deployment/aksCommand.ts';
import type { AksCluster } from '../../../src/deployment/aksPort.ts';
import { ControlClient } from '../../cloud/control/controlClient.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { accounts, connectToCloud, contoso, neverCanceled, refusalOf } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';

const { clusters, groups, issuers, resources, subscriptions } = sample;
const platform = { ...contoso, subscriptionId: subscriptions.production, resourceGroup: groups.analytics, name: clusters.platform.name };

describe('AKS clusters', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  async function listed(): Promise<Map<string, AksCluster>> {
    const pages = await Array.fromAsync(client.azure.clusters(contoso, neverCanceled()));
    return new Map(pages.flat().map((cluster) => [cluster.name, cluster]));
  }

  function assertAll(found: ReadonlyMap<string, AksCluster>): void {
    assert.deepEqual([...found.keys()].sort(), [resources.cluster.name, clusters.platform.name, clusters.withoutWorkloadIdentity.name, clusters.withoutIssuer.name].sort());
    const facts = (name: string) => {
      const cluster = found.get(name);
      return [cluster?.issuer, cluster?.workloadIdentity];
    };
    assert.deepEqual(facts(clusters.platform.name), [issuers.platform, true], 'the issuer with its slash');
    assert.deepEqual(facts(clusters.withoutWorkloadIdentity.name), [issuers.aksDev, false]);
    assert.deepEqual(facts(clusters.withoutIssuer.name), [undefined, false]);
    assert.equal(found.get(clusters.platform.name)?.apiServer, clusters.platform.fqdn);
    assert.equal(found.get(clusters.platform.name)?.account, accounts.dana);
  }

  it('of all subscriptions of a tenant come with one search, issuer and switches as they are', async () => {
    assertAll(await listed());
    assert.deepEqual(client.requests.map(({ method, path }) => `${method} ${path}`), ['POST /providers/Microsoft.ResourceGraph/resources']);
  });

  it('come from ARM, subscription by subscription, where Resource Graph is refused', async () => {
    await new ControlClient(client.cloud.proxyUrl).addFault({
      host: 'management.azure.com', path: 'Microsoft.ResourceGraph', effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } },
    });
    assertAll(await listed());
    assert.ok(client.requests.filter(({ path }) => path.endsWith('/managedClusters')).length > 1);
  });

  it('of a subscription that fails do not hide those of the others', async () => {
    const control = new ControlClient(client.cloud.proxyUrl);
    const refused = { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } } as const;
    await control.addFault({ host: 'management.azure.com', path: 'Microsoft.ResourceGraph', effect: refused });
    await control.addFault({ host: 'management.azure.com', path: `${subscriptions.development}/providers/Microsoft.ContainerService`, effect: refused });
    const found: AksCluster[] = [];
    const error = await refusalOf((async () => {
      for await (const page of client.azure.clusters(contoso, neverCanceled())) {
        found.push(...page);
      }
    })());
    assert.equal(error.code, 'forbidden');
    assert.ok(found.some(({ name }) => name === clusters.platform.name));
  });

  it('are read one by one as they are now', async () => {
    const cluster = await client.azure.cluster(platform, neverCanceled());
    assert.deepEqual([cluster.issuer, cluster.workloadIdentity, cluster.name, cluster.resourceGroup], [issuers.platform, true, clusters.platform.name, groups.analytics]);
    assert.equal((await refusalOf(client.azure.cluster({ ...platform, name: 'aks-gone' }, neverCanceled()))).code, 'notFound');
  });

  it('that lack the issuer or the webhook get both by one command', () => {
    assert.equal(
      enableWorkloadIdentity({ ...platform, name: "aks-it's" }),
      `az aks update --subscription '${subscriptions.production}' --resource-group '${groups.analytics}' --name 'aks-it'\\''s' --enable-oidc-issuer --enable-workload-identity`,
    );
  });
});
