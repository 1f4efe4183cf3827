import type { Deployment } from '../../../src/deployment/deployment.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import type { FederatedCredential } from '../../../src/identity/federatedCredential.ts';
import type { ManagedIdentity } from '../../../src/identity/managedIdentity.ts';
import type { DesiredCredential } from '../../../src/trust/plan.ts';

export const issuer = 'https://westus2.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/5e6f7081-92a3-44b5-86c7-d8e9fa0b1c2d/';
export const namespace = 'weightless-diameter-8927';

const workspace = { sourceId: 'astro', id: 'ws', name: 'Data Platform', organizationId: 'org', organizationName: 'Contoso' };

export const deployment: Deployment = {
  sourceId: 'astro',
  id: 'dep',
  name: 'customer-360-prod',
  workspace,
  namespace,
  issuer,
  drIssuer: undefined,
  executor: 'celery',
  remoteExecution: false,
  runtimeVersion: '3.1-12',
  airflowVersion: '3.1.3',
  cloudProvider: 'AZURE',
  region: 'westus2',
  clusterName: 'aks-data',
  status: 'HEALTHY',
  url: 'https://cloud.astronomer.io/dep',
  layout: { kind: 'astro' },
};

export const identity: ManagedIdentity = {
  account: { id: 'a', label: 'dana@contoso.example' },
  tenantId: '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887',
  subscriptionId: 'c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3',
  resourceGroup: 'rg-airflow-identity',
  name: 'id-airflow-prod',
  id: '/subscriptions/c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3/resourcegroups/rg-airflow-identity/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-airflow-prod',
  location: 'westus2',
  clientId: '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71',
  principalId: '00000000-0000-4000-8000-000000000001',
  homeTenantId: '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887',
  tags: {},
};

/** What a workload wants, ticked by recommendation. */
export function desired(workload: string, change: Partial<DesiredCredential> = {}): DesiredCredential {
  return {
    rowId: workload,
    name: `${namespace}-${workload}`,
    issuer,
    subject: `system:serviceaccount:${namespace}:${namespace}-${workload}-serviceaccount`,
    audience: publicAudience,
    ticked: undefined,
    recommended: true,
    ...change,
  };
}

/** The credential that `desired(workload)` leads to, as it would stand on the identity. */
export function standing(workload: string, change: Partial<FederatedCredential> = {}): FederatedCredential {
  const { name, subject } = desired(workload);
  return { name, issuer, subject, audiences: [publicAudience], ...change };
}

/** Credentials that have nothing to do with the deployment. */
export function strangers(count: number): FederatedCredential[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `stranger-${index}`,
    issuer: 'https://oidc.prod-aks.azure.com/other/',
    subject: `system:serviceaccount:other:sa-${index}`,
    audiences: [publicAudience],
  }));
}
