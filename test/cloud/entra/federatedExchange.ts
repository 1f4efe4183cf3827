import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import type { CredentialValues, ManagedIdentity } from '../arm/resources.ts';
import { isRecord, parseJson } from '../exchange.ts';
import type { HostResult } from '../exchange.ts';
import type { World } from '../world.ts';
import type { EntraError, OauthError } from './entraErrors.ts';

const documentation = 'https://learn.microsoft.com/entra/workload-id/workload-identity-federation';

function refusal(code: number, text: string, status = 401, error: OauthError = 'invalid_client', trailer: EntraError['trailer'] = 'spaces'): EntraError {
  return { status, error, code, text, trailer };
}

function noMatch(code: number, what: string, value: string): EntraError {
  return refusal(code, `No matching federated identity record found for presented assertion ${what} '${value}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. ${documentation}`);
}

/** What Entra knows of an identity's credentials by now: changes count only after the propagation time. */
function knownCredentials(world: World, identity: ManagedIdentity): CredentialValues[] {
  const now = world.clock.now();
  return identity.credentials
    .map((credential) => (credential.effectiveAt <= now ? credential.values : credential.previous))
    .filter((values) => values !== undefined);
}

function matchCredential(known: readonly CredentialValues[], issuer: string, audience: string, subject: string): EntraError | undefined {
  const sameIssuer = known.filter((values) => values.issuer === issuer && values.issuer === values.issuer.trim());
  if (sameIssuer.length === 0) {
    return noMatch(700211, 'issuer', issuer);
  }
  const sameAudience = sameIssuer.filter((values) => values.audiences.includes(audience));
  if (sameAudience.length === 0) {
    return noMatch(700212, 'audience', audience);
  }
  if (sameAudience.some((values) => values.subject === subject)) {
    return undefined;
  }
  if (sameAudience.some((values) => values.subject?.toLowerCase() === subject.toLowerCase())) {
    return refusal(
      7_002_138,
      `No matching federated identity record found for presented assertion subject '${subject}'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. See documentation at: ${documentation}. See breaking change notification and remediation at: https://learn.microsoft.com/en-us/entra/identity-platform/reference-breaking-changes#august-2024.`,
    );
  }
  return noMatch(700213, 'subject', subject);
}

function bodyOf(result: HostResult): Record<string, unknown> | undefined {
  const value = result === 'reset' || result.status !== 200 ? undefined : parseJson(result.body);
  return isRecord(value) ? value : undefined;
}

/** Fetches the issuer's keys as Entra does: discovery document, then its jwks_uri. `undefined` when either fails. */
async function issuerKeys(world: World, issuer: string): Promise<JSONWebKeySet | undefined> {
  const get = async (address: string): Promise<Record<string, unknown> | undefined> =>
    URL.canParse(address) ? bodyOf(await world.issuers.handle({ method: 'GET', url: new URL(address), headers: {}, body: '' })) : undefined;
  const discovery = await get(`${issuer.replace(/\/$/u, '')}/.well-known/openid-configuration`);
  const address = discovery?.['jwks_uri'];
  if (discovery?.['issuer'] !== issuer || typeof address !== 'string') {
    return undefined;
  }
  const keys = (await get(address))?.['keys'];
  return Array.isArray(keys) ? { keys: keys as JSONWebKeySet['keys'] } : undefined;
}

/** Entra prints seven digits of a second. */
function preciseTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.(\d{3})Z$/u, '.$10000Z');
}

async function checkSignature(assertion: string, keys: JSONWebKeySet): Promise<EntraError | undefined> {
  try {
    await jwtVerify(assertion, createLocalJWKSet(keys), { algorithms: ['RS256'], clockTolerance: Number.MAX_SAFE_INTEGER });
    return undefined;
  } catch (error) {
    const reason = error instanceof errors.JWKSNoMatchingKey ? 'The key was not found.' : 'Key was found, but use of the key to verify the signature failed.';
    return refusal(50013, `Assertion failed signature validation. [Reason - ${reason}]`, 400, 'invalid_grant', 'lines');
  }
}

function checkTime(claims: JWTPayload, now: number): EntraError | undefined {
  const from = claims.nbf ?? claims.iat ?? 0;
  const until = claims.exp ?? 0;
  // Entra allows five minutes of clock skew, as its own libraries do (Microsoft.IdentityModel TokenValidationParameters.ClockSkew).
  if (from - 300 <= now && now < until + 300) {
    return undefined;
  }
  return refusal(
    700024,
    `Client assertion is not within its valid time range. Current time: ${preciseTime(now)}, assertion valid from ${preciseTime(from)}, expiry time of assertion ${preciseTime(until)}. Review the documentation at https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials .`,
  );
}

function decode(assertion: string): JWTPayload | undefined {
  try {
    decodeProtectedHeader(assertion);
    return decodeJwt(assertion);
  } catch {
    return undefined;
  }
}

/**
 * Checks a federated assertion against an identity; `undefined` means it is good.
 * Order: any credential at all, issuer, audience, subject, the issuer's keys, signature, time.
 */
export async function checkAssertion(world: World, identity: ManagedIdentity, assertion: string): Promise<EntraError | undefined> {
  const claims = decode(assertion);
  if (claims === undefined) {
    return refusal(50027, 'JWT token is invalid or malformed.', 400, 'invalid_request', 'lines');
  }
  const known = knownCredentials(world, identity);
  if (known.length === 0) {
    return refusal(70025, `The client '${identity.clientId}'(${identity.name}) has no configured federated identity credentials.`);
  }
  const issuer = claims.iss ?? '';
  const audience = Array.isArray(claims.aud) ? (claims.aud[0] ?? '') : (claims.aud ?? '');
  const mismatch = matchCredential(known, issuer, audience, claims.sub ?? '');
  if (mismatch !== undefined) {
    return mismatch;
  }
  const keys = await issuerKeys(world, issuer);
  if (keys === undefined) {
    return refusal(501_661, 'Request to External OIDC endpoint failed.', 400, 'invalid_request', 'lines');
  }
  return (await checkSignature(assertion, keys)) ?? checkTime(claims, Math.floor(world.clock.now() / 1000));
}
