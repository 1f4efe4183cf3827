import type { ClusterUser, KubernetesObject } from '../kubernetes/clusters.ts';
import { sample } from '../sampleWorld.ts';
import { seededUuid } from '../seededIds.ts';
import type { World } from '../world.ts';

const { clusters, issuers, kubernetes, identities, tenants } = sample;
const { releases, users } = kubernetes;
const creationTimestamp = '2026-09-01T07:30:12Z';

type Texts = Readonly<Record<string, string>>;

interface Made {
  readonly labels?: Texts;
  readonly annotations?: Texts;
}

function objectOf(kind: string, namespace: string | undefined, name: string, { labels, annotations }: Made, rest: Record<string, unknown>): KubernetesObject {
  const uid = seededUuid(`${kind} ${namespace ?? ''}/${name}`);
  return {
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), uid, resourceVersion: '104233', creationTimestamp, ...(labels === undefined ? {} : { labels }), ...(annotations === undefined ? {} : { annotations }) },
    ...rest,
  };
}

function namespaceOf(name: string): KubernetesObject {
  return objectOf('namespace', undefined, name, { labels: { 'kubernetes.io/metadata.name': name } }, { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } });
}

function accountOf(namespace: string, name: string, made: Made = {}): KubernetesObject {
  return objectOf('serviceaccount', namespace, name, made, {});
}

/** What the workload identity webhook puts into a labelled pod (Azure/azure-workload-identity pkg/webhook). */
const injected = [
  { name: 'AZURE_CLIENT_ID', value: identities.airflowProd.clientId },
  { name: 'AZURE_TENANT_ID', value: tenants.contoso.id },
  { name: 'AZURE_FEDERATED_TOKEN_FILE', value: '/var/run/secrets/azure/tokens/azure-identity-token' },
  { name: 'AZURE_AUTHORITY_HOST', value: 'https://login.microsoftonline.com/' },
];

function podOf(namespace: string, name: string, serviceAccountName: string, image: string, labels: Texts): KubernetesObject {
  const env = labels['azure.workload.identity/use'] === 'true' ? injected : [];
  const container = labels['component'] ?? name;
  return objectOf('pod', namespace, name, { labels }, { spec: { containers: [{ name: container, image, env }], serviceAccountName, serviceAccount: serviceAccountName, nodeName: 'aks-system-30412077-vmss000000' }, status: { phase: 'Running' } });
}

interface Release {
  readonly namespace: string;
  readonly release: string;
}

interface Chart {
  readonly serviceAccounts: readonly KubernetesObject[];
  readonly pods: readonly KubernetesObject[];
}

function helmAnnotations({ namespace, release }: Release): Texts {
  return { 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': namespace };
}

/**
 * A release of the official chart: one account for each component, named after it; of those that `signIn` names the accounts are annotated
 * and the pods labelled (apache/airflow chart/templates, `<component>-serviceaccount.yaml`).
 */
function officialChart(place: Release, chart: string, image: string, components: readonly string[], signIn: readonly string[]): Chart {
  const { namespace, release } = place;
  const fullname = release.includes('airflow') ? release : `${release}-airflow`;
  const client = { 'azure.workload.identity/client-id': identities.airflowProd.clientId, 'azure.workload.identity/tenant-id': tenants.contoso.id };
  const labelsOf = (component: string): Texts => ({ tier: 'airflow', component, release, chart, heritage: 'Helm' });
  const serviceAccounts = components.map((component) =>
    accountOf(namespace, `${fullname}-${component}`, { labels: { 'app.kubernetes.io/managed-by': 'Helm', ...labelsOf(component) }, annotations: { ...helmAnnotations(place), ...(signIn.includes(component) ? client : {}) } }),
  );
  const running = components.filter((component) => !component.endsWith('-job'));
  const pods = running.map((component) => {
    const hash = seededUuid(`${release} ${component}`);
    const name = ['worker', 'triggerer', 'redis'].includes(component) ? `${release}-${component}-0` : `${release}-${component}-${hash.slice(0, 8)}9f-${hash.slice(9, 13)}x`;
    return podOf(namespace, name, `${fullname}-${component}`, image, { ...labelsOf(component), ...(signIn.includes(component) ? { 'azure.workload.identity/use': 'true' } : {}) });
  });
  return { serviceAccounts, pods };
}

/** A release of the community chart: one account for everything (airflow-helm/charts charts/airflow/templates/rbac/airflow-serviceaccount.yaml). */
function communityChart(place: Release, chart: string, image: string): Chart {
  const { namespace, release } = place;
  const labels = { app: 'airflow', chart, release, heritage: 'Helm' };
  const pods = ['db-migrations', 'scheduler', 'sync-users', 'triggerer', 'web', 'worker'].map((component) => podOf(namespace, `${release}-${component}-${seededUuid(`${release} ${component}`).slice(0, 5)}`, release, image, { ...labels, component }));
  return { serviceAccounts: [accountOf(namespace, release, { labels: { 'app.kubernetes.io/managed-by': 'Helm', ...labels }, annotations: helmAnnotations(place) })], pods };
}

function objectsOf(namespaces: readonly string[], charts: readonly Chart[]): { namespaces: KubernetesObject[]; serviceaccounts: KubernetesObject[]; pods: KubernetesObject[] } {
  return {
    namespaces: namespaces.map(namespaceOf),
    serviceaccounts: [...namespaces.map((namespace) => accountOf(namespace, 'default')), ...charts.flatMap(({ serviceAccounts }) => serviceAccounts)],
    pods: [podOf('kube-system', 'coredns-6f776c8fb5-2xk9p', 'coredns', 'mcr.microsoft.com/oss/v2/kubernetes/coredns:v1.12.1', { 'k8s-app': 'kube-dns' }), ...charts.flatMap(({ pods }) => pods)],
  };
}

/** Fills in the API servers of two AKS clusters; that of `aks-legacy` does not answer. */
export function fillKubernetes(world: World): void {
  const airflow3 = ['api-server', 'create-user-job', 'dag-processor', 'migrate-database-job', 'redis', 'scheduler', 'statsd', 'triggerer', 'worker'];
  const airflow2 = ['create-user-job', 'migrate-database-job', 'scheduler', 'statsd', 'triggerer', 'webserver', 'worker'];
  const everybody: readonly ClusterUser[] = [users.reader, { ...users.airflowOnly, namespaces: [releases.official.namespace] }, { ...users.expired, expired: true }];
  const { official, older, community } = releases;
  const charts = [
    // The scheduler was forgotten: its account is not annotated, its pods not labelled.
    officialChart(official, 'airflow-1.18.0', 'apache/airflow:3.1.3', airflow3, ['api-server', 'dag-processor', 'triggerer', 'worker']),
    officialChart(older, 'airflow-1.15.0', 'apache/airflow:2.9.3', airflow2, []),
    communityChart(community, 'airflow-8.9.0', 'apache/airflow:2.8.4-python3.9'),
  ];
  const system = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
  const { platform, withoutWorkloadIdentity } = clusters;
  world.kubernetes.add({ host: platform.fqdn, version: '1.33.5', issuer: issuers.platform, users: everybody, objects: objectsOf([...system, official.namespace, older.namespace, community.namespace], charts) });
  world.kubernetes.add({ host: withoutWorkloadIdentity.fqdn, version: '1.33.5', issuer: issuers.aksDev, users: everybody, objects: objectsOf([...system, official.namespace], [officialChart(official, 'airflow-1.18.0', 'apache/airflow:3.1.3', airflow3, [])]) });
}
