import { ArmRefusal } from './armAnswer.ts';
import { queryResourceGraph } from '../graph/resourceGraph.ts';
import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { deleteCredential, getCredential, listCredentials, putCredential } from './federatedCredentials.ts';
import { deleteIdentity, getIdentity, listAssociatedResources, listIdentities, patchIdentity, putIdentity } from './identities.ts';
import { authorizationRoute } from './authorizationRoutes.ts';
import { getResource, getSystemAssigned, listContainers, patchResource } from './hostResources.ts';
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

/** Calls about one resource that is no identity: what hangs on it first, then itself. */
function resourceRoutes(call: ArmCall, segments: readonly string[]): MaybePromise<ArmAnswer> | undefined {
  const id = `/${segments.slice(0, 8).join('/')}`;
  const type = `${segments[5] ?? ''}/${segments[6] ?? ''}`;
  const rest = segments.slice(8).join('/').toLowerCase();
  const what = `${call.request.method} ${rest}`;
  if (what === 'GET providers/microsoft.managedidentity/identities/default') {
    return getSystemAssigned(call, id);
  }
  if (what === 'GET blobservices/default/containers' && type.toLowerCase() === 'microsoft.storage/storageaccounts') {
    return listContainers(call, id);
  }
  // Only what the world holds: a type that nobody put there is not modelled, and not merely missing.
  const known = call.world.resources.hasType(segments[1] ?? '', type);
  if (rest !== '' || segments[7] === undefined || !known) {
    return undefined;
  }
  return call.request.method === 'GET' ? getResource(call, id, type) : call.request.method === 'PATCH' ? patchResource(call, id, type) : undefined;
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
  return isIdentity ? identityRoutes(call, subscription.id, group, segments.slice(7)) : resourceRoutes(call, segments);
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
      return undefined;
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
