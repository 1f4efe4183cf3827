import { storedCredential } from '../arm/resources.ts';
import type { FederatedCredential } from '../arm/resources.ts';
import { roles } from '../arm/roles.ts';
import { sample } from '../sampleWorld.ts';
import { fillData } from './sampleData.ts';
import { fillClusters } from './sampleClusters.ts';
import { fillKubernetes } from './sampleKubernetes.ts';
import { fillRoles } from './sampleRoles.ts';
import { fillResources } from './sampleResources.ts';
import { fillServices } from './sampleServices.ts';
import type { World } from '../world.ts';

const { tenants, subscriptions, groups, identities, issuers, accounts, app, astro } = sample;

function workloadSubject(namespace: string, workload: string): string {
  return `system:serviceaccount:${namespace}:${namespace}-${workload}-serviceaccount`;
}

function prodCredentials(): FederatedCredential[] {
  const prod = astro.deployments.customer360.namespace;
  const marketing = astro.deployments.marketingAttribution.namespace;
  const unknown = 'stellar-orbit-3310';
  return [
    storedCredential('astro-scheduler', issuers.prod, workloadSubject(prod, 'scheduler')),
    storedCredential(`${prod}-worker`, issuers.old, workloadSubject(prod, 'worker')),
    storedCredential('ge-2024', issuers.prod, `system:serviceaccount:${prod}:quality-checks`, 'api://AzureADTokenExchangeUSGov'),
    ...['scheduler', 'triggerer', 'worker'].map((workload) => storedCredential(`${marketing}-${workload}`, issuers.marketing, workloadSubject(marketing, workload))),
    storedCredential(`${unknown}-worker`, 'https://oidc.prod-aks.azure.com/b5c6d7e8-f901-4a2b-8c4d-5e6f70819203/', workloadSubject(unknown, 'worker')),
  ];
}

function reportingCredentials(): FederatedCredential[] {
  return Array.from({ length: 19 }, (_, index) => {
    const namespace = `report-${String(Math.floor(index / 5) + 1).padStart(2, '0')}`;
    const workload = ['scheduler', 'triggerer', 'worker', 'dag-processor', 'webserver'][index % 5] ?? 'worker';
    return storedCredential(`${namespace}-${workload}`, issuers.dev, workloadSubject(namespace, workload));
  });
}

function flexibleCredential(): FederatedCredential {
  return {
    ...storedCredential('github-branches', 'https://token.actions.githubusercontent.com', ''),
    values: {
      issuer: 'https://token.actions.githubusercontent.com',
      subject: undefined,
      audiences: ['api://AzureADTokenExchange'],
      claimsMatchingExpression: { value: "claims['sub'] matches 'repo:contoso/etl-pipelines:ref:refs/heads/*'", languageVersion: 1 },
    },
  };
}

interface IdentityPlace {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly tenantId: string;
  readonly location: string;
}

function addIdentity(
  world: World,
  place: IdentityPlace,
  identity: { readonly name: string; readonly clientId: string; readonly principalId: string },
  credentials: FederatedCredential[] = [],
  tags: Record<string, string> = {},
): void {
  world.resources.addIdentity({
    ...place,
    ...identity,
    tags,
    isolationScope: 'None',
    assignmentRestrictions: [],
    createdAt: 0,
    credentials,
    writing: false,
  });
}

function fillDirectory(world: World): void {
  for (const tenant of Object.values(tenants)) {
    world.directory.tenants.set(tenant.id, { id: tenant.id, displayName: tenant.name, defaultDomain: tenant.domain, countryCode: 'US' });
  }
  const { dana, sam } = accounts;
  world.directory.accounts.push(
    {
      id: `${dana.objectId}.${tenants.contoso.id}`,
      label: dana.label,
      displayName: 'Dana Contoso',
      memberships: [
        { tenantId: tenants.contoso.id, objectId: dana.objectId, needsMfa: false },
        { tenantId: tenants.fabrikam.id, objectId: '1f0d2c3b-4a59-4687-9766-5544332211bb', needsMfa: false },
        { tenantId: tenants.northwind.id, objectId: '1f0d2c3b-4a59-4687-9766-5544332211cc', needsMfa: true },
      ],
    },
    {
      id: `${sam.objectId}.${tenants.fabrikam.id}`,
      label: sam.label,
      displayName: 'Sam Fabrikam',
      memberships: [{ tenantId: tenants.fabrikam.id, objectId: sam.objectId, needsMfa: false }],
    },
  );
  world.directory.apps.push({ clientId: app.clientId, objectId: app.objectId, tenantId: tenants.contoso.id, displayName: app.name, secret: app.secret });
}

function fillSubscriptions(world: World): void {
  const { resources } = world;
  const add = (id: string, tenantId: string, displayName: string): void => resources.addSubscription({ id, tenantId, displayName, state: 'Enabled' });
  add(subscriptions.production, tenants.contoso.id, 'Data Platform Production');
  add(subscriptions.development, tenants.contoso.id, 'Data Platform Development');
  add(subscriptions.empty, tenants.contoso.id, 'Sandbox');
  add(subscriptions.fabrikam, tenants.fabrikam.id, 'Fabrikam Analytics');
  add(subscriptions.northwind, tenants.northwind.id, 'Northwind Shared');

  const group = (subscriptionId: string, name: string, location: string): void => resources.addGroup({ subscriptionId, name, location, tags: {} });
  group(subscriptions.production, groups.airflow, 'westus2');
  group(subscriptions.production, groups.dataProduction, 'westus2');
  group(subscriptions.production, groups.analytics, 'westus2');
  group(subscriptions.production, 'rg-network', 'westus2');
  group(subscriptions.development, groups.development, 'eastus');
  group(subscriptions.development, 'rg-scratch', 'eastus');
  group(subscriptions.fabrikam, groups.fabrikam, 'northeurope');
  group(subscriptions.northwind, 'rg-northwind', 'westeurope');
}

function fillIdentities(world: World): void {
  const contoso = tenants.contoso.id;
  const prod = { subscriptionId: subscriptions.production, tenantId: contoso, location: 'westus2' };
  const airflow = { ...prod, resourceGroup: groups.airflow };
  const analytics = { ...prod, resourceGroup: groups.analytics };
  const dev = { subscriptionId: subscriptions.development, tenantId: contoso, location: 'eastus', resourceGroup: groups.development };
  const triggerer = workloadSubject(astro.deployments.customer360.namespace, 'triggerer');

  addIdentity(world, airflow, identities.airflowProd, prodCredentials(), { team: 'data-platform', env: 'prod' });
  addIdentity(world, airflow, identities.legacyGov, [storedCredential('gov-triggerer', issuers.prod, triggerer, 'api://AzureADTokenExchangeUSGov')], { env: 'prod' });
  addIdentity(world, { ...airflow, location: 'newzealandnorth' }, identities.unsupportedRegion);
  addIdentity(world, analytics, identities.reporting, reportingCredentials(), { team: 'analytics' });
  addIdentity(world, analytics, identities.flexible, [flexibleCredential()], { team: 'analytics' });
  addIdentity(world, dev, identities.airflowDev, [], { env: 'dev' });
  addIdentity(world, dev, identities.hostileTags, [], {
    note: 'say "hello" & <b>wave</b>',
    markdown: '**bold** [link](https://example.com) `code`',
    html: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  });
  addIdentity(
    world,
    { subscriptionId: subscriptions.fabrikam, tenantId: tenants.fabrikam.id, location: 'northeurope', resourceGroup: groups.fabrikam },
    identities.fabrikamEtl,
    [storedCredential('nightly-load', issuers.finance, 'system:serviceaccount:etl:nightly-load')],
  );
  addIdentity(
    world,
    { subscriptionId: subscriptions.northwind, tenantId: tenants.northwind.id, location: 'westeurope', resourceGroup: 'rg-northwind' },
    { name: 'id-northwind', clientId: '3bcacb00-7f21-4e0f-8a4c-1d2e3f405162', principalId: '4cdbdc11-8032-4f10-8b5d-2e3f40516273' },
  );
}

function fillGrants(world: World): void {
  const { rights } = world;
  for (const id of [subscriptions.production, subscriptions.development, subscriptions.empty]) {
    rights.grant(accounts.dana.objectId, `/subscriptions/${id}`, roles.owner);
  }
  rights.grant('1f0d2c3b-4a59-4687-9766-5544332211bb', `/subscriptions/${subscriptions.fabrikam}`, roles.reader);
  rights.grant('1f0d2c3b-4a59-4687-9766-5544332211cc', `/subscriptions/${subscriptions.northwind}`, roles.contributor);
  rights.grant(accounts.sam.objectId, `/subscriptions/${subscriptions.fabrikam}`, roles.owner);
  rights.grant(app.objectId, `/subscriptions/${subscriptions.production}`, roles.managedIdentityContributor, { principalType: 'ServicePrincipal' });
}

/** Fills in the Azure side of the sample world. */
export function fillAzure(world: World): void {
  fillDirectory(world);
  fillSubscriptions(world);
  fillIdentities(world);
  fillResources(world);
  fillClusters(world);
  fillServices(world);
  fillData(world);
  fillKubernetes(world);
  fillGrants(world);
  fillRoles(world);
  for (const url of [issuers.prod, issuers.old, issuers.dev, issuers.finance, issuers.marketing, issuers.eks, issuers.gke, issuers.openShift, issuers.kind, issuers.forecast, issuers.forecastDr, issuers.labsGke, issuers.labsEks]) {
    world.issuers.add(url);
  }
  world.issuers.add(issuers.unreachable, { unreachable: true });
  world.issuers.add(issuers.eksUnreachable, { unreachable: true });
  world.issuers.add(issuers.gkeMisnamed, { namesIssuer: issuers.gke });
  world.issuers.add(issuers.misnamed, { namesIssuer: issuers.misnamed.slice(0, -1) });
}
