import type { Deployment } from '../../../src/deployment/deployment.ts';
import { AirflowIdentityError } from '../../../src/errors.ts';
import type { RoleAssignment, RoleDefinition } from '../../../src/identity/accessScope.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import type { FederatedCredential } from '../../../src/identity/federatedCredential.ts';
import { rolesByScope } from '../../../src/identity/heldRoles.ts';
import type { DetailsState, DetailsValues, Part } from '../../../src/trust/details/detailsState.ts';
import { initialDetails } from '../../../src/trust/details/detailsState.ts';
import type { DetailsView } from '../../../src/trust/details/detailsView.ts';
import { detailsViewOf } from '../../../src/trust/details/detailsViewOf.ts';
import { deployment, identity, issuer, namespace } from './trustSamples.ts';
import { foundConnection } from '../connection/sampleConnection.ts';

export const otherIssuer = 'https://westus2.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/91c4d2e3-0f17-4a28-b5c6-2d3e4f506172/';
const marketingIssuer = 'https://oidc.prod-aks.azure.com/8293a4b5-c6d7-4e8f-901a-2b3c4d5e6f70/';

export const marketing: Deployment = {
  ...deployment,
  id: 'marketing',
  name: 'marketing-attribution',
  namespace: 'newtonian-apparatus-7941',
  issuer: marketingIssuer,
  layout: { kind: 'listed', serviceAccounts: ['scheduler', 'triggerer', 'worker'].map((name) => `newtonian-apparatus-7941-${name}-serviceaccount`) },
};

/** A credential as it stands on an identity. */
export function credential(name: string, subject: string, change: Partial<FederatedCredential> = {}): FederatedCredential {
  return { name, issuer, subject, audiences: [publicAudience], ...change };
}

/** The subject of a component of a deployment. */
export function subject(workload: string, of = namespace): string {
  return `system:serviceaccount:${of}:${of}-${workload}-serviceaccount`;
}

const flexible: FederatedCredential = {
  name: 'github-branches',
  issuer: 'https://token.actions.githubusercontent.com',
  subject: undefined,
  audiences: [publicAudience],
  claimsMatchingExpression: "claims['sub'] matches 'repo:contoso/etl-pipelines:ref:refs/heads/*'",
};

/** The credentials that the mock of the page shows, and one that no Airflow uses. */
export const credentials: readonly FederatedCredential[] = [
  credential('astro-scheduler', subject('scheduler')),
  credential(`${namespace}-worker`, subject('worker'), { issuer: otherIssuer }),
  credential('ge-2024', `system:serviceaccount:${namespace}:quality-checks`, { audiences: ['api://AzureADTokenExchangeUSGov'] }),
  ...['scheduler', 'triggerer', 'worker'].map((name) => credential(`${marketing.namespace}-${name}`, subject(name, marketing.namespace), { issuer: marketingIssuer })),
  credential('stellar-orbit-3310-worker', subject('worker', 'stellar-orbit-3310'), { issuer: 'https://oidc.prod-aks.azure.com/b5c6d7e8-f901-4a2b-8c4d-5e6f70819203/' }),
  flexible,
];

const subscription = '/subscriptions/c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3';
const group = `${subscription}/resourceGroups/rg-data-prod`;
const container = `${group}/providers/Microsoft.Storage/storageAccounts/stdatalakeprod/blobServices/default/containers/raw`;

function role(roleId: string, name: string, description: string): RoleDefinition {
  return { id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`, roleId, name, description, isBuiltIn: true, hasDataActions: true };
}

const roleDefinitions = [
  role('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', 'View all resources, but does not allow you to make any changes.'),
  role('4633458b-17de-408a-b874-0445c86b69e6', 'Key Vault Secrets User', 'Read secret contents.'),
  role('ba92f5b4-2d11-453d-a403-e96b0029c9fe', 'Storage Blob Data Contributor', 'Allows for read, write and delete access to Azure Storage blob containers and data'),
];

function assignment(scopeId: string, index: number, change: Partial<RoleAssignment> = {}): RoleAssignment {
  return {
    id: `${scopeId}/providers/Microsoft.Authorization/roleAssignments/${index}`,
    scopeId,
    principalId: identity.principalId,
    roleDefinitionId: roleDefinitions[index]?.id ?? 'deleted',
    condition: undefined,
    description: undefined,
    effect: 'allow',
    ...change,
  };
}

/** Roles at three levels, one under a condition, and a deny assignment. */
const roles = rolesByScope(
  [
    assignment(subscription, 0),
    assignment(group, 1),
    assignment(group, 9, { effect: 'deny', description: 'Created by the deployment stack data-prod' }),
    assignment(container, 2, { condition: "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path] StringLike 'in/*'" }),
  ],
  roleDefinitions,
  () => 'Data Platform Production',
);

const connections: DetailsValues['connections'] = [
  {
    uri: 'file:///etl/airflow_settings.yaml',
    label: 'etl-pipelines/airflow_settings.yaml',
    connections: [
      { connection: foundConnection('azure_wi', 'azure'), clientId: identity.clientId, tenantId: identity.homeTenantId, line: 10, notes: [] },
      { connection: foundConnection('adf_ingest', 'azure_data_factory'), clientId: identity.clientId.toUpperCase(), tenantId: undefined, line: 21, notes: [] },
      { connection: foundConnection('someone_else', 'azure'), clientId: identity.principalId, tenantId: undefined, line: 30, notes: [] },
    ],
  },
];

/** A part that was read. */
export function read<T>(value: T): Part<T> {
  return { value, reading: false, error: undefined };
}

function failed(error: AirflowIdentityError): Part<never> {
  return { value: undefined, reading: false, error };
}

const tagged = { ...identity, tags: { team: 'data-platform', env: 'prod' } };

/** Everything was read. */
export const readState: DetailsState = {
  ...initialDetails(identity),
  subscriptionName: 'Data Platform Production',
  tenantName: 'contoso.example',
  readAt: 0,
  parts: {
    identity: read(tagged),
    credentials: read(credentials),
    deployments: read({ deployments: [deployment, marketing], failures: [] }),
    roles: read({ scopes: roles, unreadSubscriptions: 0, isSearched: true }),
    connections: read(connections),
  },
};

const loading = { value: undefined, reading: true, error: undefined };

/** Nothing was read yet. */
export const loadingState: DetailsState = {
  ...initialDetails(identity),
  parts: { identity: loading, credentials: loading, deployments: loading, roles: loading, connections: loading },
};

/** Every part failed in its own way. */
export const failedState: DetailsState = {
  ...readState,
  parts: {
    identity: { ...readState.parts.identity, error: new AirflowIdentityError('network', 'management.azure.com cannot be reached.', { fix: 'Check the network and the proxy.' }) },
    credentials: failed(new AirflowIdentityError('interactionRequired', 'Contoso wants another sign-in.')),
    deployments: read({ deployments: [], failures: [new AirflowIdentityError('signedOut', 'No Astro token is set.')] }),
    roles: failed(new AirflowIdentityError('forbidden', 'You may not read role assignments: Microsoft.Authorization/roleAssignments/read is missing.')),
    connections: read([{ uri: 'file:///x', label: 'etl-pipelines/airflow_settings.yaml', connections: [], problem: 'It does not parse.' }]),
  },
};

/** Nothing depends on the identity, and it may do nothing. */
export const emptyState: DetailsState = {
  ...readState,
  parts: { ...readState.parts, identity: read({ ...tagged, tags: {}, location: 'newzealandnorth' }), credentials: read([]), roles: read({ scopes: [], unreadSubscriptions: 0, isSearched: true }), connections: read([]) },
};

/** The page for a state. */
export function viewOf(state: DetailsState): DetailsView {
  return detailsViewOf(state, { audience: publicAudience, formatTime: () => '14:02' });
}
