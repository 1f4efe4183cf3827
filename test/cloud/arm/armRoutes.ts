import { ArmRefusal } from './armAnswer.ts';
import { queryResourceGraph } from '../graph/resourceGraph.ts';
import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { deleteCredential, getCredential, listCredentials, putCredential } from './federatedCredentials.ts';
import { deleteIdentity, getIdentity, listAssociatedResources, listIdentities, patchIdentity, putIdentity } from './identities.ts';
import { authorizationRoute } from './authorizationRoutes.ts';
import { getResource, getSystemAssigned, listContainers, patchResource } from './hostResources.ts';
import { isListed, listResources } from './resourceLists.ts';
import { listLocations } from './regions.ts';
import { getGroup, getSubscription, listGroups, listSubscriptions, listTenants, putGroup } from './subscriptions.ts';
import type { Subscription } from './resources.ts';

type MaybePromise<T> = T | Promise<T>;

function notModelled(call: ArmCall, segments: readonly string[]): ArmRefusal {
  call.entry.unmodelled = true;
  return new ArmRefusal(404, 'InvalidResourceNamespace', `The local cloud does not know ${call.request.method} /${segments.join('/')}.`);
}

function identityRoutes(call: ArmCall, subscriptionId: string, resourceGroup: string, rest: readonly string[]): MaybePromise<ArmAnswer> | undefined {
  const { method } = call.request;
  const [name, child, credential] = rest;
  if (name === undefined) {
    return method === 'GET' ? listIdentities(call, subscriptionId, resourceGroup) : undefined;
  }
  const path = { subscriptionId, resourceGroup, name };
  if (child === undefined) {
    const byMethod: Record<string, (() => MaybePromise<ArmAnswer>) | undefined> = {
      GET: () => getIdentity(call, path),
      PUT: () => putIdentity(call, path),
      PATCH: () => patchIdentity(call, path),
      DELETE: () => deleteIdentity(call, path),
    };
    return byMethod[method]?.();
  }
  if (child.toLowerCase() === 'listassociatedresources' && method === 'POST') {
    return listAssociatedResources(call, path);
  }
  if (child.toLowerCase() !== 'federatedidentitycredentials' || rest.length > 3) {
    return undefined;
  }
  if (credential === undefined) {
    return method === 'GET' ? listCredentials(call, path) : undefined;
  }
  const byMethod: Record<string, (() => MaybePromise<ArmAnswer>) | undefined> = {
    GET: () => getCredential(call, { ...path, credential }),
    PUT: () => putCredential(call, { ...path, credential }),
    DELETE: () => deleteCredential(call, { ...path, credential }),
  };
  return byMethod[method]?.();
}

/** Calls that hang on a resource of any type, and those that only storage accounts know. */
function routeBelow(call: ArmCall, id: string, type: string, below: readonly string[]): MaybePromise<ArmAnswer> | undefined {
  const what = `${call.request.method} ${below.join('/').toLowerCase()}`;
  if (what === 'GET providers/microsoft.managedidentity/identities/default') {
    return getSystemAssigned(call, id);
  }
  return what === 'GET blobservices/default/containers' && type.toLowerCase() === 'microsoft.storage/storageaccounts' ? listContainers(call, id) : undefined;
}

/** Calls about resources that are no identities: `rest` is what stands behind the namespace, types and names in turn. */
function resourceRoutes(call: ArmCall, subscriptionId: string, resourceGroup: string | undefined, namespace: string, rest: readonly string[]): MaybePromise<ArmAnswer> | undefined {
  const { method } = call.request;
  const group = resourceGroup === undefined ? `/subscriptions/${subscriptionId}` : `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const below = resourceGroup === undefined ? undefined : routeBelow(call, `${group}/providers/${namespace}/${rest.slice(0, 2).join('/')}`, `${namespace}/${rest[0] ?? ''}`, rest.slice(2));
  if (below !== undefined) {
    return below;
  }
  if (resourceGroup === undefined && rest.length !== 1) {
    return undefined;
  }
  const type = [namespace, ...rest.filter((_part, index) => index % 2 === 0)].join('/');
  if (rest.length % 2 === 1) {
    const parent = rest.length === 1 ? undefined : `${group}/providers/${namespace}/${rest.slice(0, -1).join('/')}`;
    return method === 'GET' && isListed(type) ? listResources(call, { subscriptionId, resourceGroup, parent }, type) : undefined;
  }
  // Only what the world holds: a type that nobody put there is not modelled, and not merely missing.
  const known = isListed(type) || call.world.resources.hasType(subscriptionId, type);
  if (rest.length === 0 || !known) {
    return undefined;
  }
  const id = `${group}/providers/${namespace}/${rest.join('/')}`;
  return method === 'GET' ? getResource(call, id, type) : method === 'PATCH' ? patchResource(call, id, type) : undefined;
}

function groupRoutes(call: ArmCall, subscription: Subscription, segments: readonly string[]): MaybePromise<ArmAnswer> | undefined {
  const { method } = call.request;
  const group = segments[3];
  if (group === undefined) {
    return method === 'GET' || method === 'HEAD' ? listGroups(call, subscription.id) : undefined;
  }
  if (segments.length === 4) {
    return method === 'PUT' ? putGroup(call, subscription, group) : method === 'GET' || method === 'HEAD' ? getGroup(call, subscription.id, group) : undefined;
  }
  const words = segments.map((segment) => segment.toLowerCase());
  if (words[4] !== 'providers') {
    return undefined;
  }
  const isIdentity = words[5] === 'microsoft.managedidentity' && words[6] === 'userassignedidentities';
  return isIdentity ? identityRoutes(call, subscription.id, group, segments.slice(7)) : resourceRoutes(call, subscription.id, group, segments[5] ?? '', segments.slice(6));
}

function subscriptionRoutes(call: ArmCall, subscription: Subscription, segments: readonly string[]): MaybePromise<ArmAnswer> | undefined {
  const words = segments.map((segment) => segment.toLowerCase());
  const reads = call.request.method === 'GET' || call.request.method === 'HEAD';
  if (words[2] === 'resourcegroups') {
    return groupRoutes(call, subscription, segments);
  }
  if (!reads) {
    return undefined;
  }
  switch (words.slice(2).join('/')) {
    case '':
      return getSubscription(call, subscription);
    case 'locations':
      return listLocations(call, subscription.id);
    case 'providers/microsoft.managedidentity/userassignedidentities':
      return listIdentities(call, subscription.id, undefined);
    default:
      return words[2] === 'providers' ? resourceRoutes(call, subscription.id, undefined, segments[3] ?? '', segments.slice(4)) : undefined;
  }
}

/** True for a query of Resource Graph, which has a quota of its own and takes nothing from ARM's. */
export function isGraphQuery(segments: readonly string[]): boolean {
  return segments.join('/').toLowerCase() === 'providers/microsoft.resourcegraph/resources';
}

/**
 * Calls what the path names; letter case does not count.
 * @throws ArmRefusal also for what the local cloud does not hold (then the log entry says so).
 */
export async function routeArm(call: ArmCall, segments: readonly string[], subscription: Subscription | undefined): Promise<ArmAnswer> {
  const path = `/${segments.join('/')}`;
  let answer: MaybePromise<ArmAnswer> | undefined = authorizationRoute(call, path);
  if (answer !== undefined) {
    return answer;
  }
  if (isGraphQuery(segments) && call.request.method === 'POST') {
    answer = queryResourceGraph(call);
  } else if (subscription !== undefined) {
    answer = subscriptionRoutes(call, subscription, segments);
  } else if (path.toLowerCase() === '/tenants' && call.request.method === 'GET') {
    answer = listTenants(call);
  } else if (path.toLowerCase() === '/subscriptions' && call.request.method === 'GET') {
    answer = listSubscriptions(call);
  }
  if (answer === undefined) {
    throw notModelled(call, segments);
  }
  return answer;
}
