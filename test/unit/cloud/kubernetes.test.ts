import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { handleRequest } from '../../cloud/handle.ts';
import { sampleKubeconfig } from '../../cloud/kubernetes/kubeconfig.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { send } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { createTestWorld } from './testWorld.ts';

const { clusters, issuers, kubernetes, identities } = sample;
const { users, releases } = kubernetes;
const server = `https://${clusters.platform.fqdn}`;

function get(path: string, token: string | undefined = users.reader.token, world: World = createTestWorld()): Promise<ArmReply> {
  return send(world, 'GET', `${server}${path}`, { token });
}

interface Item {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: { readonly serviceAccountName: string; readonly containers: readonly { readonly env: readonly { readonly name: string; readonly value: string }[] }[] };
}

function items(reply: ArmReply): Item[] {
  assert.equal(reply.status, 200, reply.body);
  return reply.json['items'] as Item[];
}

function names(reply: ArmReply): string[] {
  return items(reply).map(({ metadata }) => metadata.name);
}

describe('Kubernetes API of the local cloud', () => {
  it('tells its version and the issuer of its tokens', async () => {
    for (const path of ['/version', '/version/']) {
      assert.equal((await get(path)).json['gitVersion'], 'v1.33.5');
    }
    assert.equal((await get('/.well-known/openid-configuration')).json['issuer'], issuers.platform);
  });

  it('lists namespaces, and reads one', async () => {
    const reply = await get('/api/v1/namespaces');
    assert.deepEqual([reply.json['kind'], reply.json['apiVersion'], Object.keys(reply.json)], ['NamespaceList', 'v1', ['kind', 'apiVersion', 'metadata', 'items']]);
    assert.deepEqual(names(reply), ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'airflow', 'etl', 'airflow-team']);
    const one = await get('/api/v1/namespaces/airflow');
    assert.deepEqual([one.json['kind'], (one.json['metadata'] as { name: string }).name], ['Namespace', 'airflow']);
    assert.deepEqual((await get('/api/v1/namespaces/none')).json, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'namespaces "none" not found', reason: 'NotFound', details: { name: 'none', kind: 'namespaces' }, code: 404 });
  });

  const accounts: readonly [string, string, string[]][] = [
    ['the official chart with Airflow 3', releases.official.namespace, ['default', ...['api-server', 'create-user-job', 'dag-processor', 'migrate-database-job', 'redis', 'scheduler', 'statsd', 'triggerer', 'worker'].map((name) => `airflow-${name}`)]],
    ['the official chart with Airflow 2', releases.older.namespace, ['default', ...['create-user-job', 'migrate-database-job', 'scheduler', 'statsd', 'triggerer', 'webserver', 'worker'].map((name) => `etl-airflow-${name}`)]],
    ['the community chart', releases.community.namespace, ['default', 'team-airflow']],
  ];
  for (const [chart, namespace, expected] of accounts) {
    it(`holds the service accounts of ${chart}`, async () => {
      const reply = await get(`/api/v1/namespaces/${namespace}/serviceaccounts`);
      assert.deepEqual([reply.json['kind'], names(reply)], ['ServiceAccountList', expected]);
      const used = new Set(items(await get(`/api/v1/namespaces/${namespace}/pods`)).map(({ spec }) => spec?.serviceAccountName ?? ''));
      assert.ok(used.size > 0 && [...used].every((name) => expected.includes(name)));
    });
  }

  it('shows who signs in as which identity, and which component was forgotten', async () => {
    const listed = items(await get('/api/v1/namespaces/airflow/serviceaccounts?labelSelector=release%3Dairflow'));
    const clientOf = (name: string): string | undefined => listed.find(({ metadata }) => metadata.name === name)?.metadata.annotations?.['azure.workload.identity/client-id'];
    assert.deepEqual([clientOf('airflow-worker'), clientOf('airflow-scheduler')], [identities.airflowProd.clientId, undefined]);
    const labelled = items(await get('/api/v1/namespaces/airflow/pods?labelSelector=azure.workload.identity%2Fuse%3Dtrue'));
    assert.deepEqual(labelled.map(({ spec }) => spec?.serviceAccountName), ['airflow-api-server', 'airflow-dag-processor', 'airflow-triggerer', 'airflow-worker']);
    assert.deepEqual(labelled[0]?.spec?.containers[0]?.env[0], { name: 'AZURE_CLIENT_ID', value: identities.airflowProd.clientId });
  });

  it('selects by labels and fields, and gives pages', async () => {
    const world = createTestWorld();
    const pods = (query: string): Promise<ArmReply> => get(`/api/v1/pods?${query}`, undefined, world);
    assert.equal(items(await pods(`labelSelector=${encodeURIComponent('component in (scheduler,worker),heritage=Helm,!azure.workload.identity/use,release!=etl')}`)).length, 3);
    assert.equal(items(await pods(`labelSelector=${encodeURIComponent('component notin (scheduler),app')}`)).length, 5);
    assert.deepEqual(items(await pods('fieldSelector=spec.serviceAccountName%3Detl-airflow-worker')).map(({ metadata }) => metadata.namespace), ['etl']);
    assert.deepEqual([(await pods('fieldSelector=spec.colour%3Dred')).json['message'], (await pods('labelSelector=a%3Db%3Dc')).status], ['field label not supported: spec.colour', 400]);
    const first = await get('/api/v1/namespaces?limit=4', undefined, world);
    const { continue: token, remainingItemCount } = first.json['metadata'] as { continue: string; remainingItemCount: number };
    const second = await get(`/api/v1/namespaces?limit=4&continue=${token}`, undefined, world);
    assert.deepEqual([names(first).length, remainingItemCount, names(second)], [4, 3, ['airflow', 'etl', 'airflow-team']]);
  });

  it('lists nothing in a namespace that is not there', async () => {
    assert.deepEqual(names(await get('/api/v1/namespaces/none/serviceaccounts')), []);
  });

  it('refuses whose rights end at a namespace in the words of the API server', async () => {
    const world = createTestWorld();
    const { token } = users.airflowOnly;
    assert.equal(items(await get('/api/v1/namespaces/airflow/serviceaccounts', token, world)).length, 10);
    const refused = await get('/api/v1/namespaces/etl/serviceaccounts', token, world);
    assert.deepEqual(refused.json, {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'serviceaccounts is forbidden: User "airflow-viewer" cannot list resource "serviceaccounts" in API group "" in the namespace "etl"',
      reason: 'Forbidden',
      details: { kind: 'serviceaccounts' },
      code: 403,
    });
    assert.equal((await get('/api/v1/namespaces', token, world)).json['message'], 'namespaces is forbidden: User "airflow-viewer" cannot list resource "namespaces" in API group "" at the cluster scope');
    assert.equal((await get('/api/v1/namespaces/etl/pods/x', token, world)).json['message'], 'pods "x" is forbidden: User "airflow-viewer" cannot get resource "pods" in API group "" in the namespace "etl"');
  });

  it('lets nobody in with an expired token, another one, or none', async () => {
    const world = createTestWorld();
    const replies = [await get('/version', users.expired.token, world), await get('/version', 'other', world), await send(world, 'GET', `${server}/version`)];
    assert.deepEqual(replies.map(({ status, json }) => [status, json['message'], json['reason']]), replies.map(() => [401, 'Unauthorized', 'Unauthorized']));
  });

  it('answers at no other address, and marks what it does not know', async () => {
    const world = createTestWorld();
    const outcome = await handleRequest(world, { method: 'GET', url: new URL(`https://${clusters.withoutIssuer.fqdn}/version`), headers: {}, body: '' });
    assert.equal(outcome.kind, 'reset');
    assert.equal((await get('/apis/apps/v1/deployments', undefined, world)).status, 404);
    assert.equal(world.log.entries.at(-1)?.unmodelled, true);
    assert.equal((await send(world, 'POST', `${server}/api/v1/namespaces`, { token: users.reader.token, body: {} })).status, 404);
  });

  it('is named in a kubeconfig through the proxy, with a context for each kind of access', () => {
    const config = parse(sampleKubeconfig({ proxyUrl: 'http://127.0.0.1:4380', caPem: 'pem' })) as {
      'current-context': string;
      clusters: { name: string; cluster: Record<string, string> }[];
      users: { name: string; user: { token: string } }[];
      contexts: { name: string; context: { cluster: string; user: string; namespace?: string } }[];
    };
    assert.deepEqual([config['current-context'], config.contexts.map(({ name }) => name)], ['aks-data-platform', ['aks-data-platform', 'aks-data-platform-airflow-only', 'aks-data-platform-expired', 'aks-airflow-dev', 'aks-legacy']]);
    assert.deepEqual(config.clusters[0]?.cluster, { server: `${server}:443`, 'certificate-authority-data': Buffer.from('pem').toString('base64'), 'proxy-url': 'http://127.0.0.1:4380' });
    for (const { context } of config.contexts) {
      assert.ok(config.clusters.some(({ name }) => name === context.cluster) && config.users.some(({ name }) => name === context.user));
    }
  });
});
