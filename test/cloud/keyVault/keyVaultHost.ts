import { randomUUID } from 'node:crypto';
import { resourceId } from '../arm/azureResource.ts';
import type { AzureResource } from '../arm/azureResource.ts';
import type { AccessTokenClaims } from '../entra/accessTokens.ts';
import { dataPlaneCaller } from '../entra/dataPlaneTokens.ts';
import { jsonResponse, pathSegments } from '../exchange.ts';
import type { CloudRequest, CloudResponse, HostResult } from '../exchange.ts';
import type { LogEntry } from '../requestLog.ts';
import type { World } from '../world.ts';

/** Ends a call with Key Vault's error body. */
class VaultRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly inner: string | undefined;

  constructor(status: number, code: string, message: string, inner?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.inner = inner;
  }
}

/** Each answer's headers, as in the recordings of Azure/azure-sdk-for-js sdk/keyvault. */
function complete(vault: AzureResource, request: CloudRequest, answer: CloudResponse): CloudResponse {
  const clientRequestId = request.headers['x-ms-client-request-id'];
  const headers = {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    ...answer.headers,
    expires: '-1',
    'x-ms-keyvault-region': vault.location,
    ...(clientRequestId === undefined ? {} : { 'x-ms-client-request-id': clientRequestId }),
    'x-ms-request-id': randomUUID(),
    'x-ms-keyvault-service-version': '1.9.2502.1',
    'strict-transport-security': 'max-age=31536000;includeSubDomains',
    'x-content-type-options': 'nosniff',
  };
  return { ...answer, headers };
}

/** Texts seen in public bug reports; the last is what Key Vault says of a key that it does not know. */
function unauthorized(fault: Exclude<Awaited<ReturnType<typeof dataPlaneCaller>>, AccessTokenClaims>, vault: AzureResource, found: AccessTokenClaims | undefined): VaultRefusal {
  const messages: Readonly<Record<typeof fault, string>> = {
    missing: 'AKV10000: Request is missing a Bearer or PoP token.',
    audience: `AKV10022: Invalid audience. Expected https://vault.azure.net, found: ${found?.audience ?? ''}.`,
    issuer: `AKV10032: Invalid issuer. Expected one of https://sts.windows.net/${vault.tenantId}/, found ${found?.issuer ?? ''}.`,
    expired: "[TokenExpired] Error validating token: 'S2S12086'.",
    malformed: "AKV10046: Unable to resolve the key used for signature validation. EncodedJwtHeader: '***'.",
  };
  return new VaultRefusal(401, 'Unauthorized', messages[fault]);
}

async function authenticate(world: World, request: CloudRequest, vault: AzureResource): Promise<AccessTokenClaims> {
  const { authorization } = request.headers;
  const caller = await dataPlaneCaller(world, authorization, ['https://vault.azure.net'], vault.tenantId);
  if (typeof caller === 'object') {
    return caller;
  }
  throw unauthorized(caller, vault, await world.accessTokens.verify(authorization?.replace(/^Bearer\s+/iu, '') ?? ''));
}

/** GET /secrets/<name>[/<version>]: needs a role with `secrets/getSecret/action` at the secret, the vault or above. */
function getSecret(world: World, vault: AzureResource, caller: AccessTokenClaims, name: string, version: string | undefined): CloudResponse {
  const action = 'Microsoft.KeyVault/vaults/secrets/getSecret/action';
  const path = `${resourceId(vault)}/secrets/${name}`;
  if (world.dataRoles(caller.objectId, action, path).length === 0) {
    const resource = path.replace('/resourceGroups/', '/resourcegroups/').replace('/Microsoft.KeyVault/', '/microsoft.keyvault/');
    const lines = [
      'Caller is not authorized to perform action on resource.',
      'If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.',
      `Caller: appid=${caller.applicationId};oid=${caller.objectId};iss=${caller.issuer}`,
      `Action: '${action}'`,
      `Resource: '${resource}'`,
      'Assignment: (not found)',
      'DenyAssignmentId: null',
      "DecisionReason: 'DeniedWithNoValidRBAC' ",
      `Vault: ${vault.name};location=${vault.location}`,
      '',
    ];
    throw new VaultRefusal(403, 'Forbidden', lines.join('\r\n'), 'ForbiddenByRbac');
  }
  const secret = world.secrets.get(vault.name, name);
  if (secret === undefined || (version !== undefined && version !== secret.version)) {
    const named = version === undefined ? name : `${name}/${version}`;
    throw new VaultRefusal(404, 'SecretNotFound', `A secret with (name/id) ${named} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`);
  }
  const at = Math.floor(secret.updatedAt / 1000);
  return jsonResponse(200, { value: secret.value, id: `https://${vault.name}.vault.azure.net/secrets/${name}/${secret.version}`, attributes: { enabled: true, created: at, updated: at, recoveryLevel: 'Recoverable+Purgeable', recoverableDays: 90 } });
}

function refused({ status, code, message, inner }: VaultRefusal, vault: AzureResource): CloudResponse {
  const challenge = { 'www-authenticate': `Bearer authorization="https://login.microsoftonline.com/${vault.tenantId}", resource="https://vault.azure.net"` };
  return jsonResponse(status, { error: { code, message, ...(inner === undefined ? {} : { innererror: { code: inner } }) } }, status === 401 ? challenge : {});
}

/** Answers for `<vault>.vault.azure.net`: reads of one secret. A vault that the world does not hold has no address. */
export async function handleKeyVault(world: World, request: CloudRequest, entry: LogEntry): Promise<HostResult> {
  const vault = world.resources.named('Microsoft.KeyVault/vaults', request.url.hostname.split('.')[0] ?? '');
  if (vault === undefined) {
    return 'reset';
  }
  try {
    const caller = await authenticate(world, request, vault);
    const [collection, name, version, ...rest] = pathSegments(request.url);
    if (request.method !== 'GET' || collection !== 'secrets' || name === undefined || rest.length > 0) {
      entry.unmodelled = true;
      throw new VaultRefusal(405, 'MethodNotAllowed', `The local cloud does not know ${request.method} ${request.url.pathname}.`);
    }
    return complete(vault, request, getSecret(world, vault, caller, name, version));
  } catch (error) {
    if (error instanceof VaultRefusal) {
      return complete(vault, request, refused(error, vault));
    }
    throw error;
  }
}
