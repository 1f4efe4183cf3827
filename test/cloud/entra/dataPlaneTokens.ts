import type { World } from '../world.ts';
import type { AccessTokenClaims } from './accessTokens.ts';

/** What is wrong with the token of a call to a data plane. */
export type TokenFault = 'missing' | 'malformed' | 'audience' | 'issuer' | 'expired';

/**
 * Checks the bearer token of a data plane in the order of Microsoft's own middleware (Microsoft.IdentityModel: signature,
 * audience, issuer, lifetime). A resource's tenant decides which issuer is right.
 */
export async function dataPlaneCaller(world: World, authorization: string | undefined, audiences: readonly string[], tenantId: string): Promise<AccessTokenClaims | TokenFault> {
  if (authorization === undefined) {
    return 'missing';
  }
  const claims = await world.accessTokens.verify(authorization.replace(/^Bearer\s+/iu, ''));
  if (claims === undefined) {
    return 'malformed';
  }
  if (!audiences.includes(claims.audience.replace(/\/$/u, ''))) {
    return 'audience';
  }
  if (claims.tenantId !== tenantId) {
    return 'issuer';
  }
  return claims.expiresAt * 1000 <= world.clock.now() ? 'expired' : claims;
}
