import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import { createSigningKey } from '../signingKey.ts';
import type { SigningKey } from '../signingKey.ts';
import type { WorldClock } from '../worldClock.ts';

/** Who a token speaks for. */
export interface TokenSubject {
  readonly tenantId: string;
  readonly objectId: string;
  /** Client id of the application that asked for it. */
  readonly applicationId: string;
  /** User principal name; absent for applications. */
  readonly userName?: string;
  readonly displayName?: string;
  readonly mfa: boolean;
  /** Generation of the user's session (`SessionState`). */
  readonly generation?: number;
}

/** A token whose signature was found good; expiry and audience are for the resource to judge. */
export interface AccessTokenClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly tenantId: string;
  readonly objectId: string;
  readonly applicationId: string;
  readonly userName: string | undefined;
  readonly mfa: boolean;
  readonly generation: number;
  /** Seconds since the Unix epoch, as in the token. */
  readonly expiresAt: number;
}

/** A minted token. */
export interface IssuedToken {
  readonly accessToken: string;
  /** Milliseconds since the Unix epoch on the world's clock. */
  readonly expiresOn: number;
  readonly expiresInSeconds: number;
}

/** A key for Entra to sign with. */
export function createEntraKey(): Promise<SigningKey> {
  return createSigningKey('localcloud-entra-1');
}

/** Entra's signing key and the access tokens made with it: real JWTs (version 1.0 claims, as ARM gets them). */
export class AccessTokens {
  readonly #clock: WorldClock;
  #key: Promise<SigningKey> | undefined;
  #keySet: Promise<JWTVerifyGetKey> | undefined;
  /** Tokens whose signature was found good: checking it takes longer than most answers. */
  readonly #verified = new Map<string, AccessTokenClaims>();

  constructor(clock: WorldClock, key?: Promise<SigningKey>) {
    this.#clock = clock;
    this.#key = key;
  }

  /** The key; made on first use where none was given. */
  key(): Promise<SigningKey> {
    this.#key ??= createEntraKey();
    return this.#key;
  }

  /** Signs a token for an audience, valid for so many seconds (negative: expired already). */
  async mint(subject: TokenSubject, audience: string, expiresInSeconds = 3600): Promise<IssuedToken> {
    const key = await this.key();
    const issuedAt = Math.floor(this.#clock.now() / 1000) + Math.min(0, expiresInSeconds - 3600);
    const expiresAt = Math.floor(this.#clock.now() / 1000) + expiresInSeconds;
    const accessToken = await key.sign({
      aud: audience,
      iss: `https://sts.windows.net/${subject.tenantId}/`,
      iat: issuedAt,
      nbf: issuedAt,
      exp: expiresAt,
      appid: subject.applicationId,
      idtyp: subject.userName === undefined ? 'app' : 'user',
      oid: subject.objectId,
      sub: subject.objectId,
      tid: subject.tenantId,
      uti: randomUUID(),
      ver: '1.0',
      ...(subject.userName === undefined
        ? {}
        : { amr: subject.mfa ? ['pwd', 'mfa'] : ['pwd'], name: subject.displayName, scp: 'user_impersonation', sid: String(subject.generation ?? 0), unique_name: subject.userName, upn: subject.userName }),
    });
    // Now, and not while somebody measures what is asked with it.
    await this.verify(accessToken);
    return { accessToken, expiresOn: expiresAt * 1000, expiresInSeconds };
  }

  /** The claims of a token this Entra signed; `undefined` for anything else. */
  async verify(token: string): Promise<AccessTokenClaims | undefined> {
    const known = this.#verified.get(token) ?? (await this.#claimsOf(token));
    if (known !== undefined) {
      this.#verified.set(token, known);
    }
    return known;
  }

  async #claimsOf(token: string): Promise<AccessTokenClaims | undefined> {
    this.#keySet ??= this.key().then(({ publicJwk }) => createLocalJWKSet({ keys: [publicJwk] }));
    const keySet = await this.#keySet;
    try {
      // Time is judged by the resource, which has its own answer for an expired token: here every moment of the token's life will do.
      const { payload } = await jwtVerify(token, keySet, { algorithms: ['RS256'], clockTolerance: Number.MAX_SAFE_INTEGER });
      const amr = payload['amr'];
      return {
        issuer: payload.iss ?? '',
        audience: typeof payload.aud === 'string' ? payload.aud : '',
        tenantId: textClaim(payload['tid']),
        objectId: textClaim(payload['oid']),
        applicationId: textClaim(payload['appid']),
        userName: typeof payload['upn'] === 'string' ? payload['upn'] : undefined,
        mfa: Array.isArray(amr) && amr.includes('mfa'),
        generation: typeof payload['sid'] === 'string' ? Number(payload['sid']) : 0,
        expiresAt: payload.exp ?? 0,
      };
    } catch {
      return undefined;
    }
  }
}

function textClaim(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
