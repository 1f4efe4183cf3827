import { Buffer } from 'node:buffer';

/**
 * When a token expires in milliseconds since the epoch, from its `exp` claim (RFC 7519, 4.1.4), or 0 when it does not say.
 * VS Code's sessions have no expiry of their own. The token is only looked at: who may trust it is the service's decision.
 */
export function tokenExpiry(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const exp = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : undefined;
    return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : 0;
  } catch {
    // Opaque tokens are allowed; their expiry is simply unknown.
    return 0;
  }
}
