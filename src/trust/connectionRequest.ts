import type { IdentityConnection } from '../connection/airflowConnection.ts';
import type { ConnectState } from './connectState.ts';

/** The connection that the flow would write; `undefined` until an identity is chosen. */
export function connectionOf(state: ConnectState): IdentityConnection | undefined {
  if (state.identity.kind !== 'chosen') {
    return undefined;
  }
  const { clientId, homeTenantId: tenantId } = state.identity.value.identity;
  const { connectionId, type, values } = state.connection;
  return { connectionId, type, clientId, tenantId, values };
}
