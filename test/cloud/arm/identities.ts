import { randomUUID } from 'node:crypto';
import { isRecord, isStringList, parseJson } from '../exchange.ts';
import { identityRow } from '../graph/graphRows.ts';
import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { ArmRefusal } from './armAnswer.ts';
import { requireMfaForWrites, requirePermission } from './authenticate.ts';
import { resourceId } from './azureResource.ts';
import { identityVersion } from './identityVersions.ts';
import { pageOf } from './page.ts';
import { takeIdentityCall } from './rateLimits.ts';
import { identityId } from './resources.ts';
import type { ManagedIdentity } from './resources.ts';

/** Names one identity, as a path does: letter case as the client wrote it. */
export interface IdentityPath {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';

function identityBody(identity: ManagedIdentity, apiVersion: string): Record<string, unknown> {
  const version = identityVersion(apiVersion, 'userAssignedIdentities');
  const id = identityId(identity);
  const properties = {
    ...(version.isolationScope ? { isolationScope: identity.isolationScope } : {}),
    tenantId: identity.tenantId,
    principalId: identity.principalId,
    clientId: identity.clientId,
    ...(version.assignmentRestrictions ? { assignmentRestrictions: { providers: identity.assignmentRestrictions } } : {}),
  };
  const { name, location, tags } = identity;
  return version.idFirst ? { id, name, type, location, tags, properties } : { location, tags, id, name, type, properties };
}

/** The identity of a path. @throws ArmRefusal 404: ResourceGroupNotFound, or the gateway's ResourceNotFound. */
export function findIdentity(call: ArmCall, path: IdentityPath): ManagedIdentity {
  requireGroup(call, path);
  const identity = call.world.resources.identity(path.subscriptionId, path.resourceGroup, path.name);
  if (identity === undefined) {
    throw new ArmRefusal(
      404,
      'ResourceNotFound',
      `The Resource '${type}/${path.name}' under resource group '${path.resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
      { headers: { 'x-ms-failure-cause': 'gateway' } },
    );
  }
  return identity;
}

/** @throws ArmRefusal 404 ResourceGroupNotFound. */
export function requireGroup(call: ArmCall, path: { readonly subscriptionId: string; readonly resourceGroup: string }): void {
  if (call.world.resources.group(path.subscriptionId, path.resourceGroup) === undefined) {
    throw new ArmRefusal(404, 'ResourceGroupNotFound', `Resource group '${path.resourceGroup}' could not be found.`, { headers: { 'x-ms-failure-cause': 'gateway' } });
  }
}

/** ARM path of an identity in the letter case of the request, as permission errors name it. */
export function requestedIdentityPath(path: IdentityPath): string {
  return `/subscriptions/${path.subscriptionId}/resourceGroups/${path.resourceGroup}/providers/${type}/${path.name}`;
}

/** GET of all identities of a subscription, or of one group; only those the caller may read. */
export function listIdentities(call: ArmCall, subscriptionId: string, resourceGroup: string | undefined): ArmAnswer {
  const { world, caller } = call;
  identityVersion(call.apiVersion, 'userAssignedIdentities');
  const scope = resourceGroup === undefined ? `/subscriptions/${subscriptionId}` : `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  if (!world.rights.sees(caller.objectId, scope)) {
    requirePermission(world, caller, `${type}/read`, scope);
  }
  if (resourceGroup !== undefined) {
    requireGroup(call, { subscriptionId, resourceGroup });
  }
  const readable = world.resources
    .identities(subscriptionId)
    .filter((identity) => resourceGroup === undefined || identity.resourceGroup.toLowerCase() === resourceGroup.toLowerCase())
    .filter((identity) => world.rights.allows(caller.objectId, `${type}/read`, identityId(identity)));
  const page = pageOf(call.request.url, readable, world.settings.pageSize.identities);
  return { status: 200, body: { ...page, value: page.value.map((identity) => identityBody(identity, call.apiVersion)) }, source: 'provider' };
}

/** GET of one identity. */
export function getIdentity(call: ArmCall, path: IdentityPath): ArmAnswer {
  requirePermission(call.world, call.caller, `${type}/read`, requestedIdentityPath(path));
  const identity = findIdentity(call, path);
  takeIdentityCall(call.world, 'gets', identityId(identity));
  return { status: 200, body: identityBody(identity, call.apiVersion), source: 'provider' };
}

function textMap(value: unknown): Record<string, string> | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  return Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

function applyBody(identity: ManagedIdentity, body: Record<string, unknown>): void {
  identity.tags = textMap(body['tags']) ?? identity.tags;
  const properties = isRecord(body['properties']) ? body['properties'] : {};
  if (typeof properties['isolationScope'] === 'string') {
    identity.isolationScope = properties['isolationScope'];
  }
  const restrictions = properties['assignmentRestrictions'];
  if (isRecord(restrictions) && isStringList(restrictions['providers'])) {
    identity.assignmentRestrictions = restrictions['providers'];
  }
}

/** PUT of one identity: 201 with a relative `location` for a new one, 200 for one that exists. */
export async function putIdentity(call: ArmCall, path: IdentityPath): Promise<ArmAnswer> {
  const { world, caller } = call;
  requirePermission(world, caller, `${type}/write`, requestedIdentityPath(path));
  requireMfaForWrites(world, caller);
  requireGroup(call, path);
  const body = parseJson(call.request.body);
  if (!isRecord(body) || typeof body['location'] !== 'string') {
    throw new ArmRefusal(400, 'LocationRequired', "The location property is required for this definition.");
  }
  takeIdentityCall(world, 'writes', requestedIdentityPath(path));
  await world.clock.sleep(world.settings.serviceMs);
  const existing = world.resources.identity(path.subscriptionId, path.resourceGroup, path.name);
  if (existing !== undefined) {
    world.changing(identityRow(existing));
    applyBody(existing, body);
    return { status: 200, body: identityBody(existing, call.apiVersion), source: 'provider' };
  }
  const identity: ManagedIdentity = {
    ...path,
    resourceGroup: world.resources.group(path.subscriptionId, path.resourceGroup)?.name ?? path.resourceGroup,
    location: body['location'].toLowerCase().replaceAll(' ', ''),
    tags: {},
    tenantId: caller.tenantId,
    clientId: randomUUID(),
    principalId: randomUUID(),
    isolationScope: 'None',
    assignmentRestrictions: [],
    createdAt: world.clock.now(),
    credentials: [],
    writing: false,
  };
  applyBody(identity, body);
  world.created(identityRow(identity));
  world.resources.addIdentity(identity);
  return { status: 201, body: identityBody(identity, call.apiVersion), headers: { location: identityId(identity) }, source: 'provider' };
}

/** PATCH of one identity: tags, isolation scope, assignment restrictions. */
export async function patchIdentity(call: ArmCall, path: IdentityPath): Promise<ArmAnswer> {
  const { world, caller } = call;
  requirePermission(world, caller, `${type}/write`, requestedIdentityPath(path));
  requireMfaForWrites(world, caller);
  const identity = findIdentity(call, path);
  takeIdentityCall(world, 'writes', identityId(identity));
  await world.clock.sleep(world.settings.serviceMs);
  const body = parseJson(call.request.body);
  world.changing(identityRow(identity));
  applyBody(identity, isRecord(body) ? body : {});
  return { status: 200, body: identityBody(identity, call.apiVersion), source: 'provider' };
}

/** DELETE of one identity with its credentials: 200 without a body, 204 where there was none. */
export async function deleteIdentity(call: ArmCall, path: IdentityPath): Promise<ArmAnswer> {
  const { world, caller } = call;
  requirePermission(world, caller, `${type}/delete`, requestedIdentityPath(path));
  requireMfaForWrites(world, caller);
  requireGroup(call, path);
  const identity = world.resources.identity(path.subscriptionId, path.resourceGroup, path.name);
  if (identity === undefined) {
    return { status: 204, source: 'provider' };
  }
  takeIdentityCall(world, 'deletes', identityId(identity));
  await world.clock.sleep(world.settings.serviceMs);
  world.removeIdentity(identity);
  return { status: 200, source: 'provider' };
}

/** POST listAssociatedResources (2021 and 2022 previews): what the identity is assigned to; the form is that of the preview's specification. */
export function listAssociatedResources(call: ArmCall, path: IdentityPath): ArmAnswer {
  const action = `${type}/listAssociatedResources/action`;
  requirePermission(call.world, call.caller, action, requestedIdentityPath(path));
  if (!identityVersion(call.apiVersion, 'userAssignedIdentities').associatedResources) {
    throw new ArmRefusal(404, 'InvalidResourceType', `The action 'listAssociatedResources' is not part of api version '${call.apiVersion}'.`);
  }
  const id = identityId(findIdentity(call, path)).toLowerCase();
  const { resources } = call.world;
  const value = resources
    .subscriptions()
    .filter(({ tenantId }) => tenantId === call.caller.tenantId)
    .flatMap((subscription) => resources.others(subscription.id).map((resource) => ({ resource, subscription })))
    .filter(({ resource }) => resource.identities?.userAssigned.some((assigned) => assigned.toLowerCase() === id))
    .map(({ resource, subscription }) => ({
      id: resourceId(resource),
      resourceGroup: resource.resourceGroup,
      subscriptionId: subscription.id,
      subscriptionDisplayName: subscription.displayName,
      name: resource.name,
      type: resource.type.toLowerCase(),
    }));
  return { status: 200, body: { totalCount: value.length, value }, source: 'provider' };
}
