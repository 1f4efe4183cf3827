import type { World } from '../world.ts';
import type { AstroCluster, AstroDeployment, AstroOrganization, AstroWorkspace } from './astroData.ts';

/** When everything in the sample organizations was made; only shown, never compared. */
const createdAt = '2025-03-03T09:12:44.000Z';

/** JSON of an organization; keys as in astronomer/astro-cli astro-client-v1/api.gen.go. */
export function organizationBody(organization: AstroOrganization, now: number): Record<string, unknown> {
  return {
    id: organization.id,
    name: organization.name,
    product: 'HOSTED',
    supportPlan: 'BUSINESS_CRITICAL',
    status: 'ACTIVE',
    billingEmail: `billing@${organization.shortName}.example`,
    isScimEnabled: false,
    paymentMethod: 'CREDIT_CARD',
    createdAt,
    updatedAt: new Date(now).toISOString(),
  };
}

/** JSON of a workspace. */
export function workspaceBody(world: World, workspace: AstroWorkspace): Record<string, unknown> {
  const organization = world.astro.organizations.find((item) => item.id === workspace.organizationId);
  return {
    id: workspace.id,
    name: workspace.name,
    description: workspace.description,
    organizationId: workspace.organizationId,
    organizationName: organization?.name,
    cicdEnforcedDefault: false,
    createdAt,
    updatedAt: createdAt,
  };
}

/** JSON of a cluster. */
export function clusterBody(cluster: AstroCluster): Record<string, unknown> {
  return {
    id: cluster.id,
    name: cluster.name,
    organizationId: cluster.organizationId,
    cloudProvider: cluster.cloudProvider,
    region: cluster.region,
    type: cluster.type,
    status: 'CREATED',
    ...(cluster.tenantId === undefined ? {} : { tenantId: cluster.tenantId }),
    workspaceIds: cluster.workspaceIds,
    isDrEnabled: cluster.drRegion !== undefined,
    ...(cluster.drRegion === undefined ? {} : { drRegion: cluster.drRegion }),
    metadata: { externalIPs: [], ...(cluster.oidcIssuerUrl === undefined ? {} : { oidcIssuerUrl: cluster.oidcIssuerUrl }) },
    createdAt,
    updatedAt: createdAt,
  };
}

/** JSON of a deployment: `cloudProvider` only for STANDARD, `clusterId` and `clusterName` only for the others, no release name. */
export function deploymentBody(world: World, deployment: AstroDeployment): Record<string, unknown> {
  const cluster = world.astro.clusters.find((item) => item.id === deployment.clusterId);
  const workspace = world.astro.workspaces.find((item) => item.id === deployment.workspaceId);
  const organization = world.astro.organizations.find((item) => item.id === deployment.organizationId);
  const page = `${organization?.shortName ?? 'org'}.astronomer.run/${deployment.id.slice(-8)}`;
  const { organizationId: _organization, clusterId: _cluster, oidcIssuerUrl, drOidcIssuerUrl, effectiveWorkloadIdentity, remoteExecution, cloudProvider, region, ...plain } = deployment;
  return {
    ...plain,
    organizationId: deployment.organizationId,
    workspaceName: workspace?.name,
    ...(cloudProvider === undefined ? {} : { cloudProvider }),
    ...(region === undefined ? {} : { region }),
    ...(cluster === undefined ? {} : { clusterId: cluster.id, clusterName: cluster.name }),
    ...(oidcIssuerUrl === undefined ? {} : { oidcIssuerUrl }),
    ...(drOidcIssuerUrl === undefined ? {} : { drOidcIssuerUrl }),
    ...(effectiveWorkloadIdentity === undefined ? {} : { effectiveWorkloadIdentity }),
    ...(remoteExecution === undefined ? {} : { remoteExecution }),
    runtimeVersion: deployment.astroRuntimeVersion,
    isCicdEnforced: false,
    isDagDeployEnabled: true,
    isHighAvailability: deployment.name.endsWith('-prod'),
    schedulerSize: 'SMALL',
    webServerUrl: page,
    uiUrl: `https://${page}`,
    createdAt,
    updatedAt: createdAt,
  };
}
