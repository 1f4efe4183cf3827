import { armRequest } from '../../src/azure/armRequests.ts';
import type { ArmRequest } from '../../src/azure/armRequests.ts';
import { formatIdentityId } from '../../src/identity/armId.ts';
import { AirflowIdentityError } from '../../src/errors.ts';
import type { CredentialWrite } from '../../src/identity/federatedCredential.ts';
import type { IdentityRef } from '../../src/identity/managedIdentity.ts';
import type { TokenPort } from '../../src/identity/tokenPort.ts';
import { plainConnection } from './plainConnection.ts';

/** Writing credentials with a script. */
export interface NaiveApply {
  readonly requests: number;
  readonly wallMs: number;
}

/**
 * What a script does with `az identity federated-credential`: for each credential `show`, `create` where there is none, and
 * `show` once more, one call after the other. @throws when a credential is not there afterwards.
 */
export async function measureNaiveApply(tokens: TokenPort, identity: IdentityRef, credentials: readonly CredentialWrite[]): Promise<NaiveApply> {
  const { arm, sent } = plainConnection(tokens);
  const { signal } = new AbortController();
  const started = performance.now();
  for (const { name, issuer, subject, audience } of credentials) {
    const place = { path: `${formatIdentityId(identity)}/federatedIdentityCredentials/${name}`, apiVersion: '2024-11-30' };
    const show: ArmRequest = { ...place, method: 'GET' };
    try {
      await armRequest(arm, identity, show, signal);
    } catch (error) {
      if (!(error instanceof AirflowIdentityError) || error.code !== 'notFound') {
        throw error;
      }
      await armRequest(arm, identity, { ...place, method: 'PUT', body: { properties: { issuer, subject, audiences: [audience] } } }, signal);
    }
    await armRequest(arm, identity, show, signal);
  }
  return { requests: sent(), wallMs: performance.now() - started };
}
