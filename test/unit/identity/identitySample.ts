import { formatIdentityId } from '../../../src/identity/armId.ts';
import type { ManagedIdentity } from '../../../src/identity/managedIdentity.ts';

/** An identity with the given values and any others. */
export function identitySample(values: Partial<ManagedIdentity> = {}): ManagedIdentity {
  const path = { subscriptionId: 'c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3', resourceGroup: 'rg-airflow', name: 'id-airflow', ...values };
  return {
    account: { id: 'dana', label: 'dana@contoso.example' },
    tenantId: '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887',
    id: formatIdentityId(path),
    location: 'westus2',
    clientId: '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71',
    principalId: 'e41b7a25-6c0d-4f93-8a1e-b27d5c9036f4',
    homeTenantId: '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887',
    tags: {},
    ...path,
  };
}
