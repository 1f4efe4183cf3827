import { randomUUID } from 'node:crypto';
import { seededUuid } from '../seededIds.ts';
import type { SigningKey } from '../signingKey.ts';

/** What a pod's projected token shall say. */
export interface WantedServiceAccountToken {
  readonly issuer: string;
  /** `system:serviceaccount:<namespace>:<name>`. */
  readonly subject: string;
  /** Azure's for the public cloud where absent. */
  readonly audience?: string | undefined;
  /** An hour where absent; negative: expired already. */
  readonly expiresInSeconds?: number | undefined;
}

/** A signed token of a service account. */
export interface ServiceAccountToken {
  readonly token: string;
  /** Milliseconds since the Unix epoch on the world's clock. */
  readonly expiresOn: number;
}

/**
 * A service account's token as the kubelet projects it into a pod: RS256, `aud` as a list, private claims of Kubernetes.
 * @see https://github.com/kubernetes/kubernetes pkg/serviceaccount/claims.go
 */
export async function serviceAccountToken(key: SigningKey, nowMs: number, wanted: WantedServiceAccountToken): Promise<ServiceAccountToken> {
  const { issuer, subject, audience = 'api://AzureADTokenExchange', expiresInSeconds = 3600 } = wanted;
  const now = Math.floor(nowMs / 1000);
  const issuedAt = now + Math.min(0, expiresInSeconds - 3600);
  const [, , namespace = '', name = ''] = subject.split(':');
  const pod = `${name.replace(/-serviceaccount$/u, '')}-0`;
  const token = await key.sign({
    aud: [audience],
    exp: now + expiresInSeconds,
    iat: issuedAt,
    iss: issuer,
    jti: randomUUID(),
    'kubernetes.io': { namespace, pod: { name: pod, uid: seededUuid(`pod ${namespace}/${pod}`) }, serviceaccount: { name, uid: seededUuid(`serviceaccount ${namespace}/${name}`) } },
    nbf: issuedAt,
    sub: subject,
  });
  return { token, expiresOn: (now + expiresInSeconds) * 1000 };
}
