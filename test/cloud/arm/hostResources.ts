import { randomUUID } from 'node:crypto';
import { isRecord, parseJson } from '../exchange.ts';
import { resourceRow } from '../graph/graphRows.ts';
import { ArmRefusal } from './armAnswer.ts';
import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { requireMfaForWrites, requirePermission } from './authenticate.ts';
import { identityBlock, resourceId } from './azureResource.ts';
import type { AzureResource } from './azureResource.ts';
import { pageOf } from './page.ts';
import { requireScope } from './scopes.ts';

/** What every provider shows of a resource. */
export function resourceBody(call: ArmCall, resource: AzureResource): Record<string, unknown> {
  const { name, type, location, kind, sku, tags, properties } = resource;
  const identity = identityBlock(resource, (id) => call.world.resources.identityById(id));
  return { id: resourceId(resource), name, type, ...(kind === undefined ? {} : { kind }), ...(sku === undefined ? {} : { sku }), location, tags, ...(identity === undefined ? {} : { identity }), properties };
}

/** The resource of a path. @throws ArmRefusal 404 */
function findResource(call: ArmCall, id: string): AzureResource {
  requireScope(call, id);
  const resource = call.world.resources.other(id);
  if (resource === undefined) {
    throw new ArmRefusal(404, 'ResourceNotFound', `The resource '${id}' was not found.`);
  }
  return resource;
}

/** GET of one resource: what every provider shows of it, without most properties. */
export function getResource(call: ArmCall, id: string, type: string): ArmAnswer {
  requirePermission(call.world, call.caller, `${type}/read`, id);
  return { status: 200, body: resourceBody(call, findResource(call, id)), source: 'provider' };
}

/** Types whose system-assigned identity can be enabled here. */
const patchable = ['microsoft.web/sites', 'microsoft.compute/virtualmachines'];

/**
 * PATCH of the `identity` of an App Service or a virtual machine. A type without "UserAssigned" takes the user-assigned ones
 * away; with it those stay that are not named, and go that are named with null. Always 200: a real virtual machine may also
 * answer 202 and go on by itself.
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/qs-configure-rest-vm
 */
export async function patchResource(call: ArmCall, id: string, type: string): Promise<ArmAnswer> {
  const { world, caller } = call;
  requirePermission(world, caller, `${type}/write`, id);
  requireMfaForWrites(world, caller);
  const resource = findResource(call, id);
  const body = parseJson(call.request.body);
  const identity = isRecord(body) ? body['identity'] : undefined;
  if (!patchable.includes(type.toLowerCase()) || !isRecord(identity) || typeof identity['type'] !== 'string') {
    call.entry.unmodelled = true;
    throw new ArmRefusal(400, 'BadRequest', "The local cloud changes only the 'identity' of App Services and virtual machines.", { source: 'provider' });
  }
  const kinds = identity['type'].split(',').map((kind) => kind.trim().toLowerCase());
  if (kinds.some((kind) => !['systemassigned', 'userassigned', 'none'].includes(kind))) {
    throw new ArmRefusal(400, 'BadRequest', `The identity type '${identity['type']}' is not valid.`, { source: 'provider' });
  }
  await world.clock.sleep(world.settings.serviceMs);
  world.changing(resourceRow(resource, world.resources));
  const named = isRecord(identity['userAssignedIdentities']) ? identity['userAssignedIdentities'] : {};
  const before = resource.identities ?? { userAssigned: [] };
  const left = before.userAssigned.filter((one) => !Object.keys(named).some((key) => key.toLowerCase() === one.toLowerCase()));
  const userAssigned = kinds.includes('userassigned') ? [...left, ...Object.keys(named).filter((key) => named[key] !== null)] : [];
  const systemAssigned = kinds.includes('systemassigned') ? (before.systemAssigned ?? { principalId: randomUUID(), clientId: randomUUID() }) : undefined;
  resource.identities = systemAssigned === undefined && userAssigned.length === 0 ? undefined : { systemAssigned, userAssigned };
  if (systemAssigned !== before.systemAssigned && systemAssigned !== undefined) {
    world.resources.notePrincipal(systemAssigned.principalId, world.clock.now());
  }
  return { status: 200, body: resourceBody(call, resource), source: 'provider' };
}

/** GET {scope}/providers/Microsoft.ManagedIdentity/identities/default: the system-assigned identity of a resource, with its client id. */
export function getSystemAssigned(call: ArmCall, id: string): ArmAnswer {
  requirePermission(call.world, call.caller, 'Microsoft.ManagedIdentity/identities/read', id);
  const resource = findResource(call, id);
  const identity = resource.identities?.systemAssigned;
  const path = `${resourceId(resource)}/providers/Microsoft.ManagedIdentity/identities/default`;
  if (identity === undefined) {
    // That it is 404 is certain, code and text are those of the provider's other answers.
    throw new ArmRefusal(404, 'NotFound', `Resource '${path.toLowerCase()}' was not found.`, { source: 'provider' });
  }
  const { principalId, clientId } = identity;
  const clientSecretUrl = `https://control-${resource.location}.identity.azure.net/subscriptions/${resource.subscriptionId}/credentials?tid=${resource.tenantId}&oid=${principalId}&aid=${clientId}`;
  return {
    status: 200,
    body: { location: resource.location, id: path, name: 'default', type: 'Microsoft.ManagedIdentity/identities', properties: { tenantId: resource.tenantId, principalId, clientId, clientSecretUrl } },
    source: 'provider',
  };
}

/**
 * GET of a storage account's blob containers, by ARM: without a key, without the data plane; pages with `$maxpagesize`.
 * @see https://learn.microsoft.com/rest/api/storagerp/blob-containers/list
 */
export function listContainers(call: ArmCall, accountId: string): ArmAnswer {
  const type = 'Microsoft.Storage/storageAccounts/blobServices/containers';
  requirePermission(call.world, call.caller, `${type}/read`, accountId);
  const { containers = [] } = findResource(call, accountId);
  const size = Number([...call.request.url.searchParams].find(([name]) => name.toLowerCase() === '$maxpagesize')?.[1] ?? call.world.settings.containerPage);
  const { value, ...rest } = pageOf(call.request.url, containers, size);
  const body = value.map((name) => ({
    id: `${accountId}/blobServices/default/containers/${name}`,
    name,
    type,
    etag: '"0x8DD5A3F1B2C4D6E"',
    properties: { deleted: false, defaultEncryptionScope: '$account-encryption-key', denyEncryptionScopeOverride: false, publicAccess: 'None', leaseStatus: 'Unlocked', leaseState: 'Available', lastModifiedTime: '2025-03-03T09:12:44.0000000Z', hasImmutabilityPolicy: false, hasLegalHold: false },
  }));
  return { status: 200, body: { value: body, ...rest }, source: 'provider' };
}
