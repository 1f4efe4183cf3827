import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import { identityKeys } from '../../../src/connection/identityKeys.ts';
import type { MadeCredential, ReadConnection, SignIn } from './questions.ts';

/** The identity of every connection in these tests. */
export const clientId = '11111111-1111-1111-1111-111111111111';

/** Its tenant. */
export const tenantId = '22222222-2222-2222-2222-222222222222';

/** The identity that the webhook put into the pod: any hook that ends up with it did not read its connection. */
export const podIdentity = { clientId: '99999999-9999-4999-8999-999999999999', tenantId: '88888888-8888-4888-8888-888888888888' } as const;

/** Which credentials were made, and which of them asked for a token, each once. */
interface SignInSummary {
  readonly made: readonly MadeCredential[];
  readonly asked: readonly MadeCredential[];
}

/** What a hook did to sign in. */
export function signedInAs({ credentials, tokenRequests }: Pick<SignIn, 'credentials' | 'tokenRequests'>): SignInSummary {
  return { made: once(credentials), asked: once(tokenRequests.map(({ credential }) => credential)) };
}

/**
 * How every hook signs in with the identity of its connection: with one `DefaultAzureCredential` that has both keys, whose workload
 * identity is what asks Entra. Any secret on the way would show as another credential.
 */
export const workloadIdentity: SignInSummary = {
  made: [{ class: 'DefaultAzureCredential', [identityKeys.clientId]: clientId, [identityKeys.tenantId]: tenantId }],
  asked: [{ class: 'WorkloadIdentityCredential', client_id: clientId, tenant_id: tenantId }],
};

/** A connection as Airflow read it, in the extension's words; `undefined` where there is none. */
export function asRead(connection: ReadConnection | null): AirflowConnection | undefined {
  if (connection === null) {
    return undefined;
  }
  const { conn_id: connectionId, conn_type: type, host, schema, login, password, port, extra } = connection;
  const text = (value: string | null): string | undefined => value ?? undefined;
  return { connectionId, type: type ?? '', host: text(host), schema: text(schema), login: text(login), password: text(password), port: port ?? undefined, extra };
}

function once(credentials: readonly MadeCredential[]): readonly MadeCredential[] {
  return [...new Map(credentials.map((credential) => [JSON.stringify(credential), credential])).values()];
}
