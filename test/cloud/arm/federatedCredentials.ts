import { isRecord, isStringList, parseJson } from '../exchange.ts';
import { ArmRefusal } from './armAnswer.ts';
import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { requireMfaForWrites, requirePermission } from './authenticate.ts';
import { findIdentity, requestedIdentityPath, requireGroup } from './identities.ts';
import type { IdentityPath } from './identities.ts';
import { identityVersion } from './identityVersions.ts';
import { pageOf } from './page.ts';
import { takeIdentityCall } from './rateLimits.ts';
import { identityId } from './resources.ts';
import type { CredentialValues, FederatedCredential, ManagedIdentity } from './resources.ts';

/** Names one credential as a path does. */
export interface CredentialPath extends IdentityPath {
  readonly credential: string;
}

const type = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials';
const subtype = 'userAssignedIdentities/federatedIdentityCredentials';
/** Azure/azure-rest-api-specs ManagedIdentity.json, path parameter federatedIdentityCredentialResourceName. */
const namePattern = /^[a-zA-Z0-9]{1}[a-zA-Z0-9-_]{2,119}$/u;
/** Credentials that one identity can hold (entra-docs workload-identity-federation-considerations.md). */
const credentialLimit = 20;

function credentialId(identity: ManagedIdentity, name: string): string {
  return `${identityId(identity)}/federatedIdentityCredentials/${name}`;
}

function credentialBody(identity: ManagedIdentity, credential: FederatedCredential, apiVersion: string): Record<string, unknown> {
  const { issuer, subject, audiences, claimsMatchingExpression } = credential.values;
  const flexible = identityVersion(apiVersion, subtype).flexibleCredentials && claimsMatchingExpression !== undefined;
  return {
    id: credentialId(identity, credential.name),
    name: credential.name,
    type,
    properties: { issuer, ...(subject === undefined ? {} : { subject }), audiences, ...(flexible ? { claimsMatchingExpression } : {}) },
  };
}

function named(identity: ManagedIdentity, name: string): FederatedCredential | undefined {
  return identity.credentials.find((credential) => credential.name.toLowerCase() === name.toLowerCase());
}

/** GET of the credentials of one identity, with `$top` and `$skiptoken`. */
export function listCredentials(call: ArmCall, path: IdentityPath): ArmAnswer {
  identityVersion(call.apiVersion, subtype);
  requirePermission(call.world, call.caller, `${type}/read`, requestedIdentityPath(path));
  const identity = findIdentity(call, path);
  takeIdentityCall(call.world, 'lists', identityId(identity));
  const page = pageOf(call.request.url, identity.credentials, call.world.settings.pageSize.credentials);
  return { status: 200, body: { ...page, value: page.value.map((credential) => credentialBody(identity, credential, call.apiVersion)) }, source: 'provider' };
}

/** GET of one credential; 404 of the provider also for a moment after its creation, where the world says so. */
export function getCredential(call: ArmCall, path: CredentialPath): ArmAnswer {
  const { world } = call;
  identityVersion(call.apiVersion, subtype);
  requirePermission(world, call.caller, `${type}/read`, `${requestedIdentityPath(path)}/federatedIdentityCredentials/${path.credential}`);
  const identity = findIdentity(call, path);
  takeIdentityCall(world, 'gets', identityId(identity));
  const credential = named(identity, path.credential);
  if (credential === undefined || world.clock.now() < credential.createdAt + world.settings.getAfterPutMs) {
    throw new ArmRefusal(404, 'NotFound', `Resource '${credentialId(identity, path.credential).toLowerCase()}' was not found.`, { source: 'provider' });
  }
  return { status: 200, body: credentialBody(identity, credential, call.apiVersion), source: 'provider' };
}

function badRequest(message: string): ArmRefusal {
  return new ArmRefusal(400, 'BadRequest', message, { source: 'provider' });
}

function readValues(call: ArmCall): CredentialValues {
  const body = parseJson(call.request.body);
  const properties = isRecord(body) ? body['properties'] : undefined;
  if (!isRecord(properties) || Object.keys(properties).length === 0) {
    throw badRequest('Federated Identity Credential from HTTP body has empty properties');
  }
  const { issuer, subject, audiences, claimsMatchingExpression: expression } = properties;
  const flexible =
    identityVersion(call.apiVersion, subtype).flexibleCredentials && isRecord(expression) && typeof expression['value'] === 'string'
      ? { value: expression['value'], languageVersion: Number(expression['languageVersion'] ?? 1) }
      : undefined;
  const hasSubject = typeof subject === 'string' && subject !== '';
  if (typeof issuer !== 'string' || issuer === '' || hasSubject === (flexible !== undefined) || !isStringList(audiences)) {
    throw badRequest("The request format was unexpected. Federated Identity Credential must specify 'issuer', 'subject' and 'audience'.");
  }
  return { issuer, subject: hasSubject ? subject : undefined, audiences, ...(flexible === undefined ? {} : { claimsMatchingExpression: flexible }) };
}

function requireParent(call: ArmCall, path: CredentialPath): ManagedIdentity {
  const { world } = call;
  requireGroup(call, path);
  const identity = world.resources.identity(path.subscriptionId, path.resourceGroup, path.name);
  if (identity === undefined || world.clock.now() < identity.createdAt + world.settings.parentAfterCreateMs) {
    const message = `Failed to perform 'write' on resource(s) of type '${subtype}', because the parent resource '${requestedIdentityPath(path)}' could not be found.`;
    throw new ArmRefusal(404, 'ParentResourceNotFound', message, { headers: { 'x-ms-failure-cause': 'gateway' } });
  }
  return identity;
}

function requireValid(call: ArmCall, path: CredentialPath, identity: ManagedIdentity): CredentialValues {
  const values = readValues(call);
  if (!namePattern.test(path.credential)) {
    throw badRequest(`Federated Identity Credential name '${path.credential}' is invalid.`);
  }
  if (values.audiences.length !== 1) {
    throw badRequest('Federated identity credentials must have exactly one audience.');
  }
  // The limit is documented (600 characters each), the answer to more is not.
  if ([values.issuer, values.subject ?? '', ...values.audiences].some((text) => text.length > 600)) {
    throw badRequest("Federated Identity Credential 'issuer', 'subject' and 'audience' must not be longer than 600 characters.");
  }
  if (call.world.settings.regionsWithoutCredentials.includes(identity.location)) {
    throw new ArmRefusal(405, 'MethodNotAllowed', 'The request format was unexpected : Support for federated identity credentials not enabled', { source: 'provider' });
  }
  return values;
}

function requireNoOtherWrite(identity: ManagedIdentity): void {
  if (identity.writing) {
    const id = `/subscriptions/${identity.subscriptionId}/resourcegroups/${identity.resourceGroup}/providers/microsoft.managedidentity/userassignedidentities/${identity.name}`;
    throw new ArmRefusal(
      409,
      'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
      `Too many Federated Identity Credentials are written concurrently for the managed identity '${id}'. Concurrent Federated Identity Credentials writes under the same managed identity are not supported.`,
      { source: 'provider' },
    );
  }
}

function requireRoom(identity: ManagedIdentity, name: string, values: CredentialValues): void {
  const others = identity.credentials.filter((credential) => credential.name.toLowerCase() !== name.toLowerCase());
  if (values.subject !== undefined && others.some((other) => other.values.issuer === values.issuer && other.values.subject === values.subject)) {
    throw new ArmRefusal(409, 'Conflict', 'Issuer and subject combination already exists for this Managed Identity.', { source: 'provider' });
  }
  if (others.length >= credentialLimit) {
    throw badRequest('Too many Federated Identity Credentials');
  }
}

async function exclusively<T>(call: ArmCall, identity: ManagedIdentity, write: () => T): Promise<T> {
  identity.writing = true;
  try {
    await call.world.clock.sleep(call.world.settings.serviceMs);
    return write();
  } finally {
    identity.writing = false;
  }
}

/**
 * PUT of one credential. Checks in the service's order: parent, required fields, name, one audience, region,
 * a write in progress, unique issuer and subject, the limit.
 */
export async function putCredential(call: ArmCall, path: CredentialPath): Promise<ArmAnswer> {
  const { world, caller } = call;
  identityVersion(call.apiVersion, subtype);
  requirePermission(world, caller, `${type}/write`, `${requestedIdentityPath(path)}/federatedIdentityCredentials/${path.credential}`);
  requireMfaForWrites(world, caller);
  const identity = requireParent(call, path);
  world.log.beginWrite(call.entry, identityId(identity).toLowerCase());
  takeIdentityCall(world, 'writes', identityId(identity));
  const values = requireValid(call, path, identity);
  requireNoOtherWrite(identity);
  requireRoom(identity, path.credential, values);
  return exclusively(call, identity, () => {
    const now = world.clock.now();
    const effectiveAt = now + world.settings.propagationMs;
    const existing = named(identity, path.credential);
    if (existing !== undefined) {
      existing.previous = existing.values;
      existing.values = values;
      existing.effectiveAt = effectiveAt;
      return { status: 200, body: credentialBody(identity, existing, call.apiVersion), source: 'provider' };
    }
    const created: FederatedCredential = { name: path.credential, values, previous: undefined, createdAt: now, effectiveAt };
    identity.credentials.push(created);
    return { status: 201, body: credentialBody(identity, created, call.apiVersion), headers: { location: credentialId(identity, created.name) }, source: 'provider' };
  });
}

/** DELETE of one credential: 200 without a body, 204 where there was none. */
export async function deleteCredential(call: ArmCall, path: CredentialPath): Promise<ArmAnswer> {
  const { world, caller } = call;
  identityVersion(call.apiVersion, subtype);
  requirePermission(world, caller, `${type}/delete`, `${requestedIdentityPath(path)}/federatedIdentityCredentials/${path.credential}`);
  requireMfaForWrites(world, caller);
  const identity = findIdentity(call, path);
  world.log.beginWrite(call.entry, identityId(identity).toLowerCase());
  takeIdentityCall(world, 'deletes', identityId(identity));
  requireNoOtherWrite(identity);
  if (named(identity, path.credential) === undefined) {
    return { status: 204, source: 'provider' };
  }
  return exclusively(call, identity, () => {
    const index = identity.credentials.findIndex((credential) => credential.name.toLowerCase() === path.credential.toLowerCase());
    identity.credentials.splice(index, 1);
    return { status: 200, source: 'provider' };
  });
}
