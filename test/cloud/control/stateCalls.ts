import { randomUUID } from 'node:crypto';
import type * as v from 'valibot';
import { resourceId } from '../arm/azureResource.ts';
import type { AzureResource } from '../arm/azureResource.ts';
import { identityId, storedCredential } from '../arm/resources.ts';
import type { ManagedIdentity } from '../arm/resources.ts';
import type { RoleAssignment } from '../arm/rights.ts';
import { jsonResponse, pathSegments } from '../exchange.ts';
import type { CloudRequest, CloudResponse } from '../exchange.ts';
import { identityRow, resourceRow } from '../graph/graphRows.ts';
import type { World } from '../world.ts';
import { putBlobState, setSecretState } from './dataCalls.ts';
import { credentialSchema, newBlobSchema, newDenialSchema, newIdentitySchema, newResourceSchema, newRoleAssignmentSchema, newSecretSchema } from './controlSchemas.ts';

type Read = <T>(schema: v.GenericSchema<unknown, T>, request: CloudRequest) => T;

/** Calls that look at what stands in the world, or change it behind everybody's back as a colleague in the portal would. */
export const stateCalls: readonly string[] = [
  'POST /state/identities',
  'GET and DELETE /state/identities/<client id>',
  'POST /state/identities/<client id>/credentials',
  'POST /state/resources',
  'GET and DELETE /state/resources?id=<ARM id>',
  'GET and POST /state/roleAssignments',
  'DELETE /state/roleAssignments/<name>',
  'POST /state/denyAssignments',
  'GET /state/environmentObjects',
  'POST /state/blobs',
  'POST /state/secrets',
];

const done: CloudResponse = { status: 204, headers: {}, body: '' };

function missing(what: string): CloudResponse {
  return jsonResponse(404, { error: `There is no ${what}.` });
}

function identityState(identity: ManagedIdentity): CloudResponse {
  return jsonResponse(200, { ...identity, credentials: identity.credentials, id: identityId(identity) });
}

function identities(world: World, request: CloudRequest, read: Read): CloudResponse | undefined {
  const [, , clientId, child] = pathSegments(request.url);
  if (clientId === undefined) {
    if (request.method !== 'POST') {
      return undefined;
    }
    const wanted = read(newIdentitySchema, request);
    const subscription = world.resources.subscription(wanted.subscriptionId);
    if (subscription === undefined) {
      return missing(`subscription ${wanted.subscriptionId}`);
    }
    const { location = 'westus2', tags = {}, clientId: given = randomUUID(), principalId = randomUUID(), ...place } = wanted;
    const rest = { tenantId: subscription.tenantId, isolationScope: 'None', assignmentRestrictions: [], createdAt: world.clock.now(), credentials: [], writing: false };
    const identity: ManagedIdentity = { ...place, location, tags, clientId: given, principalId, ...rest };
    world.created(identityRow(identity));
    world.resources.addIdentity(identity);
    return identityState(identity);
  }
  const identity = world.resources.identityByClientId(clientId);
  if (identity === undefined) {
    return missing(`identity with the client id ${clientId}`);
  }
  switch (`${request.method} ${child ?? ''}`) {
    case 'GET ':
      return identityState(identity);
    case 'DELETE ':
      world.removeIdentity(identity);
      return done;
    case 'POST credentials': {
      const { name, issuer, subject, audience } = read(credentialSchema, request);
      identity.credentials.push(storedCredential(name, issuer, subject, audience));
      return done;
    }
    default:
      return undefined;
  }
}

function resourceState(resource: AzureResource): CloudResponse {
  return jsonResponse(200, { ...resource, id: resourceId(resource) });
}

function resources(world: World, request: CloudRequest, read: Read): CloudResponse | undefined {
  if (request.method === 'POST') {
    const { id, systemAssigned = false, userAssigned = [], location = 'westus2', tags = {}, properties = {}, ...rest } = read(newResourceSchema, request);
    const [, , subscriptionId = '', , resourceGroup = '', , namespace = '', kind = '', name = ''] = id.split('/');
    const tenantId = world.resources.subscription(subscriptionId)?.tenantId;
    if (tenantId === undefined) {
      return missing(`subscription ${subscriptionId}`);
    }
    const principal = systemAssigned ? { principalId: randomUUID(), clientId: randomUUID() } : undefined;
    const carried = principal === undefined && userAssigned.length === 0 ? undefined : { systemAssigned: principal, userAssigned };
    const resource: AzureResource = { subscriptionId, resourceGroup, type: `${namespace}/${kind}`, name, tenantId, location, tags, properties, identities: carried, ...rest };
    world.created(resourceRow(resource, world.resources));
    world.resources.addResource(resource);
    return resourceState(resource);
  }
  const id = request.url.searchParams.get('id') ?? '';
  const resource = world.resources.other(id);
  if (resource === undefined) {
    return missing(`resource ${id}`);
  }
  if (request.method === 'DELETE') {
    world.changing(resourceRow(resource, world.resources));
    world.resources.removeResource(resource);
    return done;
  }
  return request.method === 'GET' ? resourceState(resource) : undefined;
}

function assignmentState({ role, ...rest }: RoleAssignment): Record<string, unknown> {
  return { ...rest, roleId: role.id, roleName: role.name };
}

function roleAssignments(world: World, request: CloudRequest, read: Read): CloudResponse | undefined {
  const [, , name] = pathSegments(request.url);
  const { rights } = world;
  if (name !== undefined) {
    const found = rights.named(name);
    if (found === undefined || request.method !== 'DELETE') {
      return found === undefined ? missing(`role assignment ${name}`) : undefined;
    }
    rights.remove(found);
    return done;
  }
  if (request.method === 'GET') {
    const value = rights.assignments(request.url.searchParams.get('principalId') ?? undefined).map(assignmentState);
    return jsonResponse(200, { value });
  }
  if (request.method !== 'POST') {
    return undefined;
  }
  const { principalId, scope, role: named, condition, ...rest } = read(newRoleAssignmentSchema, request);
  const role = rights.roles.get(named.toLowerCase()) ?? [...rights.roles.values()].find((known) => known.name.toLowerCase() === named.toLowerCase());
  if (role === undefined) {
    return missing(`role ${named}`);
  }
  const conditional = condition === undefined ? {} : { condition, conditionVersion: '2.0' };
  return jsonResponse(200, assignmentState(rights.grant(principalId, scope, role, { principalType: 'ServicePrincipal', createdAt: world.clock.now(), ...conditional, ...rest })));
}

/** Answers for the paths below `/state`; `undefined` for what is no such call. */
export function handleState(world: World, request: CloudRequest, read: Read): CloudResponse | undefined {
  switch (pathSegments(request.url)[1]) {
    case 'identities':
      return identities(world, request, read);
    case 'resources':
      return resources(world, request, read);
    case 'roleAssignments':
      return roleAssignments(world, request, read);
    case 'environmentObjects':
      return request.method === 'GET' ? jsonResponse(200, { value: world.astro.environmentObjects }) : undefined;
    case 'blobs':
      return request.method === 'POST' ? putBlobState(world, read(newBlobSchema, request)) : undefined;
    case 'secrets':
      return request.method === 'POST' ? setSecretState(world, read(newSecretSchema, request)) : undefined;
    case 'denyAssignments': {
      if (request.method !== 'POST') {
        return undefined;
      }
      const { scope, actions, principalIds = [], excludedIds = [] } = read(newDenialSchema, request);
      const denies = { actions, notActions: [], dataActions: [], notDataActions: [] };
      world.rights.denials.push({ name: randomUUID(), title: 'Made by the control host', description: '', scope, principalIds, excludedIds, denies });
      return done;
    }
    default:
      return undefined;
  }
}
