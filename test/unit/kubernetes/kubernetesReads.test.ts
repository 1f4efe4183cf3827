import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { createKubernetes } from '../../../src/kubernetes/kubernetesBundle.ts';
import type { KubernetesPort } from '../../../src/deployment/kubernetesPort.ts';
import type { RequestEntry } from '../../../src/requestLog.ts';
import { sampleKubeconfig } from '../../cloud/kubernetes/kubeconfig.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { connectToCloud, neverCanceled, refusalOf, skippingClock } from '../azure/cloudClient.ts';
import type { CloudClient } from '../azure/cloudClient.ts';
import { readFileSync } from 'node:fs';

const { clusters, kubernetes, identities } = sample;
const { official, older, community } = kubernetes.releases;

describe('a cluster read with the kubeconfig', () => {
  let client: CloudClient;
  let folder: string;
  const requests: RequestEntry[] = [];

  before(async () => {
    client = await connectToCloud();
    folder = await mkdtemp(path.join(tmpdir(), 'kubeconfig-'));
  });
  beforeEach(() => { requests.length = 0; });
  after(async () => {
    await client.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function reads(kubeconfig = path.join(folder, 'config')): KubernetesPort {
    const log = { request: (entry: RequestEntry) => requests.push(entry), waiting: () => undefined };
    return createKubernetes({ environment: { KUBECONFIG: kubeconfig }, log, clock: skippingClock, userAgent: 'airflow-azure-identity/test', silenceMs: 5_000 });
  }

  async function written(change: (config: Record<string, unknown[]>) => void = () => undefined, name = 'config'): Promise<string> {
    const config = parse(sampleKubeconfig({ proxyUrl: client.cloud.proxyUrl, caPem: readFileSync(client.cloud.caPath, 'utf8') })) as Record<string, unknown[]>;
    change(config);
    const file = path.join(folder, name);
    await writeFile(file, stringify(config));
    return file;
  }

  it('lists its contexts without asking any cluster', async () => {
    const contexts = reads(await written()).contexts();
    assert.equal(contexts.length, 5);
    assert.deepEqual(contexts[0], { name: clusters.platform.name, server: clusters.platform.fqdn, namespace: undefined, isCurrent: true, command: undefined });
    assert.equal(contexts[1]?.namespace, official.namespace);
    assert.deepEqual(requests, []);
  });

  it('gives the service accounts of a namespace with what runs as them', async () => {
    const accounts = await reads(await written()).serviceAccounts(clusters.platform.name, official.namespace, neverCanceled());
    const of = (name: string) => accounts.find((account) => account.name === name);
    assert.deepEqual(of('airflow-worker'), { name: 'airflow-worker', pods: 1, components: ['worker'], clientId: identities.airflowProd.clientId, asksForToken: true });
    assert.deepEqual([of('airflow-scheduler')?.clientId, of('airflow-scheduler')?.asksForToken], [undefined, false]);
    assert.equal(of('airflow-create-user-job')?.pods, 0);
    assert.equal(accounts.findLastIndex(({ pods }) => pods > 0) < accounts.findIndex(({ pods }) => pods === 0), true, 'used ones first');
    assert.deepEqual(requests.map(({ method }) => method), ['GET', 'GET']);
  });

  it('shows that the community chart has one account for all components', async () => {
    const accounts = await reads(await written()).serviceAccounts(clusters.platform.name, community.namespace, neverCanceled());
    assert.deepEqual(accounts.map(({ name, pods }) => [name, pods]), [[community.release, 6], ['default', 0]]);
  });

  it('says what the cluster refused, in its words, and what to do', async () => {
    const file = await written();
    const refused = await refusalOf(reads(file).serviceAccounts(`${clusters.platform.name}-airflow-only`, older.namespace, neverCanceled()));
    assert.equal(refused.code, 'forbidden');
    assert.match(refused.message, /User "airflow-viewer" cannot list resource "(serviceaccounts|pods)"/);
    const expired = await refusalOf(reads(file).serviceAccounts(`${clusters.platform.name}-expired`, official.namespace, neverCanceled()));
    assert.match(`${expired.message} ${expired.fix ?? ''}`, /did not accept the sign-in .*az aks get-credentials/);
    const gone = await refusalOf(reads(file).serviceAccounts('gone', official.namespace, neverCanceled()));
    assert.equal(gone.code, 'notFound');
  });

  it('says that a server does not answer', async () => {
    const error = await refusalOf(reads(await written()).serviceAccounts(clusters.withoutIssuer.name, official.namespace, neverCanceled()));
    assert.ok(['network', 'unavailable'].includes(error.code), error.code);
  });

  it('runs the command that a context signs in with, and only when its cluster is read', async () => {
    const ran = path.join(folder, 'ran');
    const credential = JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: kubernetes.users.reader.token } });
    const script = `require('node:fs').writeFileSync(${JSON.stringify(ran)}, 'yes'); console.log(${JSON.stringify(credential)})`;
    const file = await written((config) => {
      const [user] = config['users'] as { user: unknown }[];
      assert.ok(user);
      user.user = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', script] } };
    });
    const cluster = reads(file);
    assert.equal(cluster.contexts()[0]?.command, process.execPath);
    assert.throws(() => readFileSync(ran));
    assert.ok((await cluster.serviceAccounts(clusters.platform.name, official.namespace, neverCanceled())).length > 3);
    assert.equal(readFileSync(ran, 'utf8'), 'yes');
  });

  it('keeps what a failing command said to itself', async () => {
    const file = await written((config) => {
      const [user] = config['users'] as { user: unknown }[];
      assert.ok(user);
      user.user = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', 'console.error("secret-token"); process.exit(1)'] } };
    });
    const error = await refusalOf(reads(file).serviceAccounts(clusters.platform.name, official.namespace, neverCanceled()));
    assert.match(error.message, /sign-in of the kubeconfig's context aks-data-platform failed/);
    assert.doesNotMatch(JSON.stringify([error.message, error.fix, error.details, String(error.cause)]), /secret-token/);
  });

  it('takes several files together, none for empty, and names one that cannot be read', async () => {
    const first = await written();
    const second = path.join(folder, 'second');
    await writeFile(second, stringify({ apiVersion: 'v1', kind: 'Config', clusters: [{ name: 'kind', cluster: { server: 'https://127.0.0.1:6443' } }], users: [], contexts: [{ name: 'kind', context: { cluster: 'kind', user: '' } }] }));
    const contexts = reads([first, second, path.join(folder, 'gone')].join(path.delimiter)).contexts();
    assert.deepEqual([contexts.length, contexts.at(-1)?.server, contexts.filter(({ isCurrent }) => isCurrent).length], [6, '127.0.0.1:6443', 1]);
    assert.deepEqual(reads(path.join(folder, 'gone')).contexts(), []);
    const broken = path.join(folder, 'broken');
    await writeFile(broken, 'token: [secret-token');
    assert.throws(() => reads(broken).contexts(), (error: Error) => error.message.includes(broken) && !error.message.includes('secret-token'));
  });
});
