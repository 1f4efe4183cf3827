import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { identityChange } from '../../connection/identityKeys.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { StoredIdentityConnection } from '../../project/identityConnections.ts';

/** What a file of the workspace holds about managed identities. */
export interface ProjectConnections {
  /** Of the file. */
  readonly uri: string;
  /** Such as `etl-pipelines/airflow_settings.yaml`. */
  readonly label: string;
  readonly connections: readonly StoredIdentityConnection[];
  /** Why the file could not be read. */
  readonly problem?: string;
}

/** A connection that signs in, or means to, as an identity. */
export interface ConnectionUse {
  readonly uri: string;
  readonly label: string;
  readonly connection: StoredIdentityConnection;
  readonly status: 'inOrder' | 'tenantMissing' | 'otherTenant' | 'otherSignIn';
}

/** The connections of the workspace that name the identity, in the order of the files. GUIDs ignore letter case. */
export function usesOf({ clientId, homeTenantId }: Pick<ManagedIdentity, 'clientId' | 'homeTenantId'>, projects: readonly ProjectConnections[]): readonly ConnectionUse[] {
  return projects.flatMap(({ uri, label, connections }) =>
    connections
      .filter((connection) => connection.clientId.toLowerCase() === clientId.toLowerCase())
      .map((connection) => ({ uri, label, connection, status: statusOf(connection, homeTenantId) })));
}

/** True where the connection only needs the identity's tenant; what else signs in is not taken away for the user. */
export function isFixable(status: ConnectionUse['status']): boolean {
  return status === 'tenantMissing' || status === 'otherTenant';
}

/**
 * The connection as it has to be to sign in as the identity: its own values with the tenant that issues the identity's tokens.
 * A managed identity exists in that tenant alone.
 */
export function withTenant({ connection, clientId }: StoredIdentityConnection, tenantId: string): AirflowConnection {
  return identityChange(connection, clientId, tenantId);
}

function statusOf({ tenantId, notes }: StoredIdentityConnection, homeTenantId: string): ConnectionUse['status'] {
  if (tenantId === undefined) {
    return 'tenantMissing';
  }
  if (tenantId.toLowerCase() !== homeTenantId.toLowerCase()) {
    return 'otherTenant';
  }
  return notes.length > 0 ? 'otherSignIn' : 'inOrder';
}
