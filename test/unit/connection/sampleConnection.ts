import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import { airflowConnection } from '../../../src/connection/writeConnection.ts';

/** A connection of type `azure` as the flow makes it. */
export function azureConnection(values: { readonly subscriptionId?: string } = {}): AirflowConnection {
  return airflowConnection({
    connectionId: 'azure_wi', type: 'azure', clientId: '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71', tenantId: '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887', values,
  });
}

/** The subscription of the samples. */
export const subscriptionId = 'c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3';

/** A connection that was found somewhere, with nothing in it but what is given. */
export function foundConnection(connectionId: string, type: string, extra: AirflowConnection['extra'] = {}): AirflowConnection {
  return { connectionId, type, host: undefined, schema: undefined, login: undefined, password: undefined, port: undefined, extra };
}
