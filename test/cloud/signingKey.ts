import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { JWK, JWTPayload } from 'jose';

/** An RSA key that signs tokens (RS256: the only algorithm that Entra's federation takes) and its public half. */
export interface SigningKey {
  readonly keyId: string;
  readonly publicJwk: JWK;
  sign(claims: JWTPayload): Promise<string>;
}

/** Makes a new RSA key of 2,048 bits. */
export async function createSigningKey(keyId: string): Promise<SigningKey> {
  const pair = await generateKeyPair('RS256', { modulusLength: 2048 });
  const publicJwk: JWK = { kty: 'RSA', use: 'sig', alg: 'RS256', kid: keyId, ...(await exportJWK(pair.publicKey)) };
  return {
    keyId,
    publicJwk,
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: keyId }).sign(pair.privateKey),
  };
}
