import { pathSegments } from '../exchange.ts';
import type { CloudRequest, CloudResponse, HostResult } from '../exchange.ts';
import type { LogEntry } from '../requestLog.ts';
import type { World } from '../world.ts';
import type { ClusterUser, Collection, KubernetesCluster, KubernetesObject } from './clusters.ts';
import { KubernetesRefusal, kubernetesJson } from './kubernetesAnswer.ts';
import { fieldSelector, labelSelector } from './selectors.ts';

interface KubernetesCall {
  readonly world: World;
  readonly request: CloudRequest;
  readonly entry: LogEntry;
  readonly cluster: KubernetesCluster;
  readonly user: ClusterUser;
}

/** What is read: a collection, or one object of it; everywhere, or in one namespace. */
interface Wanted {
  readonly collection: Collection;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

const kinds: Readonly<Record<Collection, string>> = { namespaces: 'Namespace', serviceaccounts: 'ServiceAccount', pods: 'Pod' };

/** AKS lets nobody in without a token. @throws KubernetesRefusal 401 */
function authenticate(cluster: KubernetesCluster, request: CloudRequest): ClusterUser {
  const token = request.headers['authorization']?.replace(/^Bearer\s+/iu, '');
  const user = cluster.users.find((known) => known.token === token);
  if (user === undefined || user.expired === true) {
    throw new KubernetesRefusal(401, 'Unauthorized', 'Unauthorized');
  }
  return user;
}

/** @throws KubernetesRefusal 403 in the words of kubernetes/apiserver pkg/endpoints/handlers/responsewriters/errors.go */
function requireAccess({ user }: KubernetesCall, { collection, namespace, name }: Wanted): void {
  const inside = collection === 'namespaces' ? undefined : namespace;
  if (user.namespaces !== undefined && (inside === undefined || !user.namespaces.includes(inside))) {
    const where = inside === undefined ? 'at the cluster scope' : `in the namespace "${inside}"`;
    const what = name === undefined ? collection : `${collection} "${name}"`;
    const verb = name === undefined ? 'list' : 'get';
    throw new KubernetesRefusal(403, 'Forbidden', `${what} is forbidden: User "${user.name}" cannot ${verb} resource "${collection}" in API group "" ${where}`, { name, kind: collection });
  }
}

/** `GET …?limit=…&continue=…`: pages, and how many are left. */
function listBody(call: KubernetesCall, { collection, namespace }: Wanted): object {
  const { searchParams } = call.request.url;
  const matchesLabels = labelSelector(searchParams.get('labelSelector') ?? '');
  const matchesFields = fieldSelector(searchParams.get('fieldSelector') ?? '', collection);
  const found = call.cluster.objects[collection].filter((object) => (namespace === undefined || object.metadata.namespace === namespace) && matchesLabels(object) && matchesFields(object));
  const limit = Number(searchParams.get('limit') ?? 0);
  const token = searchParams.get('continue');
  const start = token === null || token === '' ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(limit) || limit < 0 || !Number.isInteger(start) || start < 0) {
    throw new KubernetesRefusal(400, 'BadRequest', 'continue key is not valid: invalid character');
  }
  const end = limit === 0 ? found.length : start + limit;
  const left = found.length - end;
  const more = left > 0 ? { continue: Buffer.from(String(end)).toString('base64url'), remainingItemCount: left } : {};
  return { kind: `${kinds[collection]}List`, apiVersion: 'v1', metadata: { resourceVersion: '184220', ...more }, items: found.slice(start, end) };
}

function oneBody(call: KubernetesCall, { collection, namespace, name }: Wanted): object {
  const found = call.cluster.objects[collection].find(({ metadata }: KubernetesObject) => metadata.name === name && metadata.namespace === namespace);
  if (found === undefined) {
    throw new KubernetesRefusal(404, 'NotFound', `${collection} "${name ?? ''}" not found`, { name, kind: collection });
  }
  return { kind: kinds[collection], apiVersion: 'v1', ...found };
}

function isCollection(text: string | undefined): text is Collection {
  return text !== undefined && text in kinds;
}

/** `/api/v1/pods`, `/api/v1/namespaces/<namespace>`, `/api/v1/namespaces/<namespace>/pods[/<name>]`. */
function wantedOf([api, version, first, second, third, fourth, ...rest]: readonly string[]): Wanted | undefined {
  if (api !== 'api' || version !== 'v1' || !isCollection(first) || rest.length > 0) {
    return undefined;
  }
  if (first !== 'namespaces') {
    return second === undefined ? { collection: first, namespace: undefined, name: undefined } : undefined;
  }
  if (third === undefined) {
    return { collection: 'namespaces', namespace: undefined, name: second };
  }
  return isCollection(third) && third !== 'namespaces' ? { collection: third, namespace: second, name: fourth } : undefined;
}

/** What `GET /version` says of an AKS control plane; only `gitVersion` is the cluster's own. */
function versionBody({ version }: KubernetesCluster): object {
  const [major, minor] = version.split('.');
  return { major, minor, gitVersion: `v${version}`, gitCommit: 'a5b8e9e2d8a1ab4b4d4f4a0f7f5a2f6d3c1b0e9f', gitTreeState: 'clean', buildDate: '2025-09-10T05:11:42Z', goVersion: 'go1.24.6', compiler: 'gc', platform: 'linux/amd64' };
}

async function answer(call: KubernetesCall): Promise<CloudResponse> {
  const { world, request, cluster } = call;
  const now = world.clock.now();
  const { searchParams } = request.url;
  // The generated clients ask for `/version/`.
  const pathname = request.url.pathname.replace(/\/$/u, '');
  if (request.method === 'GET' && pathname === '/version') {
    return kubernetesJson(now, 200, versionBody(cluster));
  }
  if (request.method === 'GET' && pathname === '/.well-known/openid-configuration') {
    // The API server names the issuer that its service accounts' tokens name, which is how people find it out.
    const discovery = { issuer: cluster.issuer, jwks_uri: `${cluster.issuer.replace(/\/$/u, '')}/openid/v1/jwks`, response_types_supported: ['id_token'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] };
    return kubernetesJson(now, 200, discovery);
  }
  const wanted = wantedOf(pathSegments(request.url));
  if (request.method !== 'GET' || wanted === undefined || searchParams.get('watch') === 'true') {
    call.entry.unmodelled = true;
    throw new KubernetesRefusal(404, 'NotFound', 'the server could not find the requested resource');
  }
  requireAccess(call, wanted);
  return kubernetesJson(now, 200, wanted.name === undefined ? listBody(call, wanted) : oneBody(call, wanted));
}

/** Answers for the API servers of AKS clusters: reads of namespaces, service accounts and pods. One that the world does not hold has no address. */
export async function handleKubernetes(world: World, request: CloudRequest, entry: LogEntry): Promise<HostResult> {
  const cluster = world.kubernetes.at(request.url.hostname);
  if (cluster === undefined) {
    return 'reset';
  }
  try {
    return await answer({ world, request, entry, cluster, user: authenticate(cluster, request) });
  } catch (error) {
    if (error instanceof KubernetesRefusal) {
      return error.response(world.clock.now());
    }
    throw error;
  }
}
