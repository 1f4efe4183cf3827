import type { AirflowConnection } from './airflowConnection.ts';
import { noConnection } from './connectionValues.ts';

/** The keys of `extra` that carry the identity, in every type that reads one (provider 15.2.1, `microsoft/azure/utils.py`). */
export const identityKeys = { clientId: 'managed_identity_client_id', tenantId: 'workload_identity_tenant_id' } as const;

/** The identity that a connection names, or means to. */
export interface NamedIdentity {
  readonly clientId: string;
  /** Without it Airflow ignores the client id. */
  readonly tenantId: string | undefined;
}

/** The identity that a connection names in its `extra`; empty text names none. */
export function identityIn({ extra }: Pick<AirflowConnection, 'extra'>): NamedIdentity | undefined {
  const clientId = textOf(extra[identityKeys.clientId]);
  return clientId === undefined ? undefined : { clientId, tenantId: textOf(extra[identityKeys.tenantId]) };
}

/** What gives an existing connection another identity and leaves all else as it is: to be planned into its file. */
export function identityChange({ connectionId, type }: AirflowConnection, clientId: string, tenantId: string): AirflowConnection {
  return { ...noConnection(connectionId), type, extra: { [identityKeys.clientId]: clientId, [identityKeys.tenantId]: tenantId } };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
