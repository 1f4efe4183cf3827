import type { AstroDeployment } from '../astro/astroData.ts';
import { fillEnvironment } from './sampleEnvironment.ts';
import { sample } from '../sampleWorld.ts';
import type { World } from '../world.ts';

const { astro, issuers } = sample;
const organizationId = astro.organization.id;
/** Astronomer's own Azure tenant in this world: the first part of its clusters' issuers. */
const astronomerTenant = '0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9';

type DeploymentShape = Pick<AstroDeployment, 'id' | 'name' | 'namespace' | 'astroRuntimeVersion' | 'airflowVersion'> & Partial<AstroDeployment>;

function addDeployment(world: World, shape: DeploymentShape): void {
  world.astro.deployments.push({
    organizationId,
    workspaceId: astro.workspaces.dataPlatform.id,
    description: '',
    type: 'STANDARD',
    executor: 'CELERY',
    status: 'HEALTHY',
    ...(shape.clusterId === undefined ? ({ cloudProvider: 'AZURE', region: 'westus2' } as const) : { type: 'DEDICATED' }),
    ...shape,
  });
}

function fillDeployments(world: World): void {
  const { deployments, clusters } = astro;
  const airflow3 = { astroRuntimeVersion: '3.1-12', airflowVersion: '3.1.3' };
  const airflow2 = { astroRuntimeVersion: '9.5.0', airflowVersion: '2.7.3' };
  addDeployment(world, {
    ...deployments.customer360,
    ...airflow3,
    description: 'Customer profiles, rebuilt every hour',
    clusterId: clusters.azure,
    region: 'westus2',
    oidcIssuerUrl: issuers.prod,
  });
  addDeployment(world, { ...deployments.ordersDev, ...airflow2, executor: 'KUBERNETES', region: 'eastus', oidcIssuerUrl: issuers.dev });
  addDeployment(world, { ...deployments.financeRemote, ...airflow3, executor: 'ASTRO', region: 'northeurope', oidcIssuerUrl: issuers.finance, remoteExecution: { enabled: true } });
  addDeployment(world, { ...deployments.marketingAttribution, ...airflow2, workspaceId: astro.workspaces.marketing.id, oidcIssuerUrl: issuers.marketing });
  addDeployment(world, {
    ...deployments.aws,
    ...airflow3,
    clusterId: clusters.aws,
    region: 'us-east-1',
    oidcIssuerUrl: issuers.eks,
    effectiveWorkloadIdentity: 'arn:aws:iam::123456789012:role/AirflowS3Logs-cldep0clickstream0aws0001',
  });
  addDeployment(world, { ...deployments.withoutIssuer, ...airflow2, status: 'HIBERNATING' });
  addDeployment(world, { ...deployments.hostileName, ...airflow3, workspaceId: astro.workspaces.marketing.id, oidcIssuerUrl: issuers.dev });
  addDeployment(world, { ...deployments.unreachableIssuer, ...airflow3, region: 'westeurope', oidcIssuerUrl: issuers.unreachable });
  addDeployment(world, { ...deployments.misnamedIssuer, ...airflow3, region: 'westeurope', oidcIssuerUrl: issuers.misnamed });
}

/** A second organization, whose settings let secret values be fetched. */
function fillLabs(world: World): void {
  const { organization, workspaces, clusters, deployments } = astro.labs;
  const workspaceIds = [workspaces.research.id];
  const runtime = { organizationId: organization.id, workspaceId: workspaces.research.id, astroRuntimeVersion: '3.1-12', airflowVersion: '3.1.3' };
  world.astro.organizations.push({ ...organization, shortName: 'contoso-labs', secretsFetching: true });
  world.astro.workspaces.push(
    { ...workspaces.research, organizationId: organization.id, description: 'Models and what feeds them' },
    { ...workspaces.experiments, organizationId: organization.id, description: '' },
  );
  world.astro.clusters.push(
    { id: clusters.azure, organizationId: organization.id, name: 'aks-labs', cloudProvider: 'AZURE', region: 'westeurope', drRegion: 'northeurope', type: 'DEDICATED', tenantId: astronomerTenant, oidcIssuerUrl: issuers.forecast, workspaceIds },
    { id: clusters.gcp, organizationId: organization.id, name: 'gke-labs', cloudProvider: 'GCP', region: 'us-central1', type: 'DEDICATED', oidcIssuerUrl: issuers.labsGke, workspaceIds },
  );
  addDeployment(world, { ...runtime, ...deployments.forecast, clusterId: clusters.azure, region: 'westeurope', oidcIssuerUrl: issuers.forecast, drOidcIssuerUrl: issuers.forecastDr });
  addDeployment(world, { ...runtime, ...deployments.training, clusterId: clusters.gcp, region: 'us-central1', oidcIssuerUrl: issuers.labsGke });
  addDeployment(world, { ...runtime, ...deployments.events, workspaceId: workspaces.experiments.id, cloudProvider: 'AWS', region: 'us-west-2', oidcIssuerUrl: issuers.labsEks });
}

function fillTokens(world: World): void {
  const organizationIds = [organizationId];
  const user = { id: 'cluser0dana00000000000001', username: sample.accounts.dana.label, fullName: 'Dana Contoso' };
  world.astro.tokens.push(
    { token: astro.tokens.organization, kind: 'organization', organizationIds },
    { token: astro.tokens.workspace, kind: 'workspace', organizationIds, workspaceIds: [astro.workspaces.dataPlatform.id] },
    { token: astro.tokens.viewer, kind: 'organization', organizationIds, readOnly: true },
    { token: astro.tokens.labs, kind: 'organization', organizationIds: [astro.labs.organization.id] },
    { token: astro.tokens.expired, kind: 'organization', organizationIds, expiresAt: 0 },
    { token: astro.tokens.user, kind: 'user', organizationIds: [organizationId, astro.labs.organization.id], user },
  );
}

/** Fills in the Astro side of the sample world. */
export function fillAstro(world: World): void {
  const { workspaces, clusters } = astro;
  world.astro.organizations.push({ ...astro.organization, shortName: 'contoso-data' });
  world.astro.workspaces.push(
    { ...workspaces.dataPlatform, organizationId, description: 'Pipelines of the data platform team' },
    { ...workspaces.marketing, organizationId, description: 'Attribution and campaigns' },
  );
  world.astro.clusters.push(
    {
      id: clusters.azure,
      organizationId,
      name: 'aks-data',
      cloudProvider: 'AZURE',
      region: 'westus2',
      type: 'DEDICATED',
      tenantId: astronomerTenant,
      oidcIssuerUrl: issuers.prod,
      workspaceIds: [workspaces.dataPlatform.id],
    },
    { id: clusters.aws, organizationId, name: 'eks-data', cloudProvider: 'AWS', region: 'us-east-1', type: 'DEDICATED', workspaceIds: [workspaces.dataPlatform.id, workspaces.marketing.id] },
  );
  fillDeployments(world);
  fillLabs(world);
  fillEnvironment(world);
  fillTokens(world);
}
