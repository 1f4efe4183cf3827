import { jsonResponse, pathSegments } from '../exchange.ts';
import type { CloudRequest, CloudResponse } from '../exchange.ts';
import type { LogEntry } from '../requestLog.ts';
import type { World } from '../world.ts';
import { AstroRefusal, requestIdOf } from './astroAnswer.ts';
import { seesWorkspace } from './astroCall.ts';
import type { AstroCall } from './astroCall.ts';
import type { AstroToken } from './astroData.ts';
import { clusterBody, deploymentBody, organizationBody, workspaceBody } from './bodies.ts';
import { environmentRoute } from './environmentCalls.ts';
import { listingOf, repeated } from './listing.ts';

function authenticate(world: World, request: CloudRequest): AstroToken {
  const presented = request.headers['authorization']?.replace(/^Bearer\s+/iu, '');
  const token = world.astro.tokens.find((known) => known.token === presented);
  if (token === undefined || (token.expiresAt !== undefined && token.expiresAt <= world.clock.now())) {
    throw new AstroRefusal(401, token === undefined ? 'Unauthorized' : 'Token is expired');
  }
  return token;
}

function takeCall(world: World, method: string, token: AstroToken): void {
  const { astroGets, astroPosts, astroDeletes } = world.settings;
  const size = { POST: astroPosts, DELETE: astroDeletes }[method] ?? astroGets;
  const taken = world.buckets.take(`astro/${method}/${token.token}`, size);
  if (!taken.allowed) {
    throw new AstroRefusal(429, 'Too many requests', { headers: { 'retry-after': String(taken.retryAfterSeconds) } });
  }
}

function among(wanted: readonly string[] | undefined, value: string): boolean {
  return wanted === undefined || wanted.includes(value);
}

function listOrganizations({ world, request, token }: AstroCall): object {
  const visible = world.astro.organizations.filter((item) => token.organizationIds.includes(item.id));
  const { items, ...page } = listingOf(request.url, visible, ['name', 'id']);
  return { ...page, organizations: items.map((item) => organizationBody(item, world.clock.now())) };
}

function listWorkspaces({ world, request, token }: AstroCall, organizationId: string): object {
  const ids = repeated(request.url, 'workspaceIds');
  const names = repeated(request.url, 'names');
  const visible = world.astro.workspaces.filter((item) => item.organizationId === organizationId && seesWorkspace(token, item.id) && among(ids, item.id) && among(names, item.name));
  const { items, ...page } = listingOf(request.url, visible, ['name', 'id']);
  return { ...page, workspaces: items.map((item) => workspaceBody(world, item)) };
}

function listClusters({ world, request, token }: AstroCall, organizationId: string): object {
  const names = repeated(request.url, 'names');
  const provider = request.url.searchParams.get('provider');
  if (provider !== null && !['AWS', 'AZURE', 'GCP'].includes(provider)) {
    throw new AstroRefusal(400, 'Invalid request', { fieldErrors: [{ code: 'INVALID', field: 'provider', message: 'provider must be AWS, AZURE or GCP' }] });
  }
  const visible = world.astro.clusters.filter(
    (item) =>
      item.organizationId === organizationId &&
      (token.workspaceIds === undefined || item.workspaceIds.some((id) => seesWorkspace(token, id))) &&
      among(names, item.name) &&
      (provider === null || item.cloudProvider === provider),
  );
  const { items, ...page } = listingOf(request.url, visible, ['name', 'id', 'region']);
  return { ...page, clusters: items.map((item) => clusterBody(item)) };
}

function listDeployments({ world, request, token }: AstroCall, organizationId: string): object {
  const ids = repeated(request.url, 'deploymentIds');
  const names = repeated(request.url, 'names');
  const workspaceIds = repeated(request.url, 'workspaceIds');
  const visible = world.astro.deployments.filter(
    (item) =>
      item.organizationId === organizationId &&
      seesWorkspace(token, item.workspaceId) &&
      (token.deploymentIds === undefined || token.deploymentIds.includes(item.id)) &&
      among(ids, item.id) &&
      among(names, item.name) &&
      among(workspaceIds, item.workspaceId),
  );
  const { items, ...page } = listingOf(request.url, visible, ['name', 'id', 'status']);
  return { ...page, deployments: items.map((item) => deploymentBody(world, item)) };
}

function requireVisible<T extends { readonly id: string }>(kind: string, items: readonly T[], id: string): T {
  const found = items.find((item) => item.id === id);
  if (found === undefined) {
    throw new AstroRefusal(404, `${kind} not found`);
  }
  return found;
}

/** @throws AstroRefusal 403: the API does not say whether an organization it does not show exists */
function requireOrganization({ token }: AstroCall, organizationId: string): void {
  if (!token.organizationIds.includes(organizationId)) {
    throw new AstroRefusal(403, 'Forbidden');
  }
}

function organizationRoutes(call: AstroCall, organizationId: string, collection: string | undefined, id: string | undefined): object | undefined {
  const { world, token } = call;
  requireOrganization(call, organizationId);
  switch (collection) {
    case undefined:
      return organizationBody(requireVisible('Organization', world.astro.organizations, organizationId), world.clock.now());
    case 'workspaces': {
      const own = world.astro.workspaces.filter((item) => item.organizationId === organizationId && seesWorkspace(token, item.id));
      return id === undefined ? listWorkspaces(call, organizationId) : workspaceBody(world, requireVisible('Workspace', own, id));
    }
    case 'clusters': {
      const own = world.astro.clusters.filter((item) => item.organizationId === organizationId);
      return id === undefined ? listClusters(call, organizationId) : clusterBody(requireVisible('Cluster', own, id));
    }
    case 'deployments': {
      const own = world.astro.deployments.filter((item) => item.organizationId === organizationId && seesWorkspace(token, item.workspaceId));
      return id === undefined ? listDeployments(call, organizationId) : deploymentBody(world, requireVisible('Deployment', own, id));
    }
    default:
      return undefined;
  }
}

function self({ token }: AstroCall): object {
  if (token.user === undefined) {
    throw new AstroRefusal(403, 'Forbidden');
  }
  return { ...token.user, avatarUrl: '', status: 'ACTIVE', organizationId: token.organizationIds[0] };
}

function answer(call: AstroCall): CloudResponse | undefined {
  const { method, url } = call.request;
  const [version, root, organizationId, collection, id, action, ...rest] = pathSegments(url);
  if (version !== 'v1' || rest.length > 0) {
    return undefined;
  }
  if (root === 'organizations' && organizationId !== undefined && collection === 'environment-objects') {
    requireOrganization(call, organizationId);
    return environmentRoute(call, organizationId, id, action);
  }
  let body: object | undefined;
  if (method === 'GET' && action === undefined) {
    if (root === 'organizations') {
      body = organizationId === undefined ? listOrganizations(call) : organizationRoutes(call, organizationId, collection, id);
    } else if (root === 'users' && organizationId === 'self' && collection === undefined) {
      body = self(call);
    }
  }
  return body === undefined ? undefined : jsonResponse(200, body, { 'content-type': 'application/json' });
}

/** Answers for api.astronomer.io: the v1 calls that list and read, and all of the Environment Manager. */
export function handleAstro(world: World, request: CloudRequest, entry: LogEntry): CloudResponse {
  const requestId = requestIdOf(entry.number);
  entry.correlationId = requestId;
  try {
    const token = authenticate(world, request);
    takeCall(world, request.method, token);
    const found = answer({ world, request, token, entry });
    if (found === undefined) {
      entry.unmodelled = true;
      throw new AstroRefusal(404, `The local cloud does not know ${request.method} ${request.url.pathname}`);
    }
    return found;
  } catch (error) {
    if (error instanceof AstroRefusal) {
      return error.response(requestId);
    }
    throw error;
  }
}
