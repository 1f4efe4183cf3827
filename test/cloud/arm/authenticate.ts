import { clouds } from '../clouds.ts';
import type { AccessTokenClaims } from '../entra/accessTokens.ts';
import type { CloudRequest } from '../exchange.ts';
import type { World } from '../world.ts';
import { ArmRefusal } from './armAnswer.ts';


function challenge(tenantId: string | undefined, error: string, description: string): Record<string, string> {
  return { 'www-authenticate': `Bearer authorization_uri="https://login.windows.net/${tenantId ?? 'common'}", error="${error}", error_description="${description}"` };
}

/** A claims challenge as ARM sends it for a missing second factor or a revoked session; form from the CAE sample in test/cloud/errors/arm-errors.json. */
function claimsChallenge(claims: unknown): ArmRefusal {
  const encoded = Buffer.from(JSON.stringify(claims)).toString('base64');
  return new ArmRefusal(401, 'InvalidAuthenticationToken', 'The access token does not satisfy the claims that this operation needs.', {
    headers: { 'www-authenticate': `Bearer authorization_uri="https://login.windows.net/common/oauth2/authorize", error="insufficient_claims", claims="${encoded}"` },
  });
}

/**
 * Checks the bearer token: present, signed by Entra, for ARM, not expired, not revoked.
 * `subscriptionTenant` is named in the challenge of a call without a token, as ARM does.
 * @throws ArmRefusal 401; codes from Azure's answers, texts of the audience and expiry errors as ARM words them today.
 */
export async function authenticate(world: World, request: CloudRequest, subscriptionTenant: string | undefined): Promise<AccessTokenClaims> {
  const header = request.headers['authorization'];
  if (header === undefined) {
    throw new ArmRefusal(401, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.", {
      headers: challenge(subscriptionTenant, 'invalid_token', "The authentication failed because of missing 'Authorization' header."),
    });
  }
  const claims = await world.accessTokens.verify(header.replace(/^Bearer\s+/iu, ''));
  if (claims === undefined) {
    throw new ArmRefusal(401, 'InvalidAuthenticationToken', 'The access token is invalid.', { headers: challenge(subscriptionTenant, 'invalid_token', 'The access token is invalid.') });
  }
  const audiences = clouds.find(({ armHost }) => armHost === request.url.hostname.toLowerCase())?.audiences ?? [];
  if (!audiences.includes(claims.audience)) {
    const listed = audiences.map((audience) => `'${audience}'`).join(',');
    throw new ArmRefusal(
      401,
      'InvalidAuthenticationTokenAudience',
      `The access token has been obtained for wrong audience or resource '${claims.audience}'. It should exactly match with one of the allowed audiences ${listed}.`,
      { headers: challenge(subscriptionTenant, 'invalid_token', 'The access token has been obtained for wrong audience.') },
    );
  }
  const now = world.clock.now();
  if (claims.expiresAt * 1000 <= now) {
    const message = `The access token expiry UTC time '${armTime(claims.expiresAt * 1000)}' is earlier than current UTC time '${armTime(now)}'.`;
    throw new ArmRefusal(401, 'ExpiredAuthenticationToken', message, { headers: challenge(subscriptionTenant, 'invalid_token', 'The access token has expired.') });
  }
  const account = world.directory.accountOfObject(claims.objectId);
  if (account !== undefined && claims.generation < world.directory.session(account).generation) {
    throw claimsChallenge({ access_token: { nbf: { essential: true, value: String(Math.floor(now / 1000)) } } });
  }
  return claims;
}

/** `11/24/2025 11:31:00 PM`; ICU puts a narrow space before PM, ARM a plain one. */
function armTime(epochMs: number): string {
  return new Date(epochMs).toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replaceAll('\u202F', ' ');
}

/** @throws ArmRefusal 401 InvalidAuthenticationTokenTenant when the token is of another tenant than the subscription. */
export function requireTenant(caller: AccessTokenClaims, tenantId: string): void {
  if (caller.tenantId !== tenantId) {
    const message =
      `The access token is from the wrong issuer 'https://sts.windows.net/${caller.tenantId}/'. It must match the tenant 'https://sts.windows.net/${tenantId}/' associated with this subscription. ` +
      `Please use the authority (URL) 'https://login.windows.net/${tenantId}' to get the token. ` +
      'Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). ' +
      'If you just transferred your subscription and see this error message, please try back later.';
    throw new ArmRefusal(401, 'InvalidAuthenticationTokenTenant', message, {
      headers: challenge(tenantId, 'invalid_token', 'The access token is from the wrong issuer. It must match the tenant associated with this subscription.'),
    });
  }
}

/** @throws ArmRefusal 401 with a claims challenge when the world wants MFA for writes and the token of a user does not prove it. */
export function requireMfaForWrites(world: World, caller: AccessTokenClaims): void {
  const { writesNeedMfa, writesNeedMfaOf } = world.settings;
  if (caller.userName !== undefined && (writesNeedMfa || writesNeedMfaOf.includes(caller.userName)) && !caller.mfa) {
    throw claimsChallenge({ access_token: { acrs: { essential: true, value: 'p1' } } });
  }
}

/** @throws ArmRefusal 403 AuthorizationFailed when the caller may not do this at the path. */
export function requirePermission(world: World, caller: AccessTokenClaims, action: string, path: string): void {
  if (!world.rights.allows(caller.objectId, action, path)) {
    const client = caller.userName ?? caller.applicationId;
    throw new ArmRefusal(
      403,
      'AuthorizationFailed',
      `The client '${client}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  }
}
