import { resourceId } from '../arm/azureResource.ts';
import type { AzureResource } from '../arm/azureResource.ts';
import type { AccessTokenClaims } from '../entra/accessTokens.ts';
import { dataPlaneCaller } from '../entra/dataPlaneTokens.ts';
import type { TokenFault } from '../entra/dataPlaneTokens.ts';
import type { CloudRequest } from '../exchange.ts';
import type { LogEntry } from '../requestLog.ts';
import type { World } from '../world.ts';
import { BlobRefusal } from './blobAnswer.ts';

/** One authenticated call to a storage account. */
export interface BlobCall {
  readonly world: World;
  readonly request: CloudRequest;
  readonly entry: LogEntry;
  readonly account: AzureResource;
  readonly caller: AccessTokenClaims;
}

/** Texts of `AuthenticationErrorDetail`: audience from recordings, issuer from Azure/azure-sdk-for-net#10529; the other two as Microsoft.IdentityModel words them. */
const details: Readonly<Record<Exclude<TokenFault, 'missing'>, string>> = {
  malformed: 'Signature validation failed. Signature did not match.',
  audience: 'Audience validation failed. Audience did not match.',
  issuer: 'Issuer validation failed. Issuer did not match.',
  expired: 'Lifetime validation failed. The token is expired.',
};

const unauthenticated = 'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.';

/**
 * The caller of a request. @throws BlobRefusal 401 with a challenge that names the account's tenant, or 403 for an api version of before bearer tokens
 * @see https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory
 */
export async function authenticateBlob(world: World, request: CloudRequest, account: AzureResource): Promise<AccessTokenClaims> {
  const { authorization, 'x-ms-version': version = '' } = request.headers;
  // Versions are dates, so that they compare as texts.
  if (authorization !== undefined && version < '2017-11-09') {
    throw new BlobRefusal(403, 'AuthenticationFailed', 'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.', {
      detail: { AuthenticationErrorDetail: 'Authentication scheme Bearer is not supported in this version.' },
    });
  }
  const caller = await dataPlaneCaller(world, authorization, ['https://storage.azure.com', `https://${account.name}.blob.core.windows.net`], account.tenantId);
  if (typeof caller === 'object') {
    return caller;
  }
  const headers = { 'www-authenticate': `Bearer authorization_uri=https://login.microsoftonline.com/${account.tenantId}/oauth2/authorize resource_id=https://storage.azure.com` };
  throw caller === 'missing'
    ? new BlobRefusal(401, 'NoAuthenticationInformation', unauthenticated, { headers })
    : new BlobRefusal(401, 'InvalidAuthenticationInfo', unauthenticated, { headers, detail: { AuthenticationErrorDetail: details[caller] } });
}

/** One container by its name, and only for one action: the single form of a condition that is understood. */
const containerCondition =
  /^\(\(!\(ActionMatches\{'(?<action>[^']+)'\}\)\) OR \(@Resource\[Microsoft\.Storage\/storageAccounts\/blobServices\/containers:name\] StringEquals(?:IgnoreCase)? '(?<container>[^']+)'\)\)$/u;

/** Says whether a role's condition lets the call through; one that is not understood lets nothing through and marks the call. */
function conditionAllows(call: BlobCall, condition: string | null, action: string, container: string): boolean {
  if (condition === null) {
    return true;
  }
  const found = containerCondition.exec(condition.trim())?.groups;
  if (found === undefined) {
    call.entry.unmodelled = true;
    return false;
  }
  return found['action']?.toLowerCase() !== action.toLowerCase() || found['container'] === container;
}

/** What a call needs: any of these data actions at the container. */
export interface NeededRight {
  readonly container: string;
  /** Behind `Microsoft.Storage/storageAccounts/blobServices/containers/`. */
  readonly anyOf: readonly string[];
}

const containers = 'Microsoft.Storage/storageAccounts/blobServices/containers';

/**
 * Asks for a right on data, given by a role at the container, the account or above.
 * @throws BlobRefusal 403 AuthorizationPermissionMismatch
 * @see https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory#permissions-for-blob-service-operations
 */
export function requireData(call: BlobCall, { container, anyOf }: NeededRight): void {
  const path = `${resourceId(call.account)}/blobServices/default/containers/${container}`;
  const allowed = anyOf.some((name) => {
    const action = `${containers}/${name}`;
    return call.world.dataRoles(call.caller.objectId, action, path).some(({ condition }) => conditionAllows(call, condition, action, container));
  });
  if (!allowed) {
    throw permissionMismatch();
  }
}

/** Asks for a right that is no right on data: to list and read containers. @throws BlobRefusal 403 AuthorizationPermissionMismatch */
export function requireContainers(call: BlobCall, container?: string): void {
  const account = resourceId(call.account);
  const path = container === undefined ? account : `${account}/blobServices/default/containers/${container}`;
  if (!call.world.rights.allows(call.caller.objectId, `${containers}/read`, path)) {
    throw permissionMismatch();
  }
}

function permissionMismatch(): BlobRefusal {
  return new BlobRefusal(403, 'AuthorizationPermissionMismatch', 'This request is not authorized to perform this operation using this permission.');
}
