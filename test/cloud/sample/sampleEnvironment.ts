import type { EnvironmentObject } from '../astro/environmentObjects.ts';
import { sample } from '../sampleWorld.ts';
import type { World } from '../world.ts';

const { astro, identities, tenants, subscriptions, resources } = sample;
const { environmentObjects: objects, deployments } = astro;

/** When the objects were made. */
const createdAt = Date.UTC(2026, 8, 14, 8, 5);

function addObject(world: World, { id, key }: { readonly id: string; readonly key: string }, rest: Pick<EnvironmentObject, 'objectType' | 'content'> & Partial<EnvironmentObject>): void {
  const workspace = { scope: 'WORKSPACE', scopeEntityId: astro.workspaces.dataPlatform.id } as const;
  world.astro.environmentObjects.push({ id, organizationId: astro.organization.id, objectKey: key, ...workspace, autoLinkDeployments: false, links: [], excludeLinks: [], createdAt, updatedAt: createdAt, ...rest });
}

/** Fills in what the Environment Manager of Contoso Data holds. */
export function fillEnvironment(world: World): void {
  const prod = { managed_identity_client_id: identities.airflowProd.clientId, workload_identity_tenant_id: tenants.contoso.id };
  addObject(world, objects.azure, {
    objectType: 'CONNECTION',
    content: { connection: { type: 'azure', extra: { ...prod, subscriptionId: subscriptions.production } } },
    links: [{ scopeEntityId: deployments.customer360.id }],
  });
  addObject(world, objects.lake, {
    objectType: 'CONNECTION',
    content: { connection: { type: 'wasb', host: `https://${resources.lake.name}.blob.core.windows.net`, extra: prod } },
    autoLinkDeployments: true,
    links: [{ scopeEntityId: deployments.ordersDev.id, overrides: { connection: { host: `https://${resources.devStorage.name}.blob.core.windows.net`, extra: { managed_identity_client_id: identities.airflowDev.clientId } } } }],
    excludeLinks: [deployments.financeRemote.id],
  });
  addObject(world, objects.warehouse, {
    objectType: 'CONNECTION',
    content: { connection: { type: 'postgres', host: 'warehouse.contoso.example', login: 'reader', password: 'local-cloud-warehouse-password', schema: 'dwh', port: 5432, extra: { sslmode: 'require' } } },
    links: [{ scopeEntityId: deployments.customer360.id }],
  });
  addObject(world, objects.variable, { objectType: 'AIRFLOW_VARIABLE', content: { airflowVariable: { value: 'production', isSecret: false } }, autoLinkDeployments: true });
  addObject(world, objects.secretVariable, { objectType: 'ENVIRONMENT_VARIABLE', content: { environmentVariable: { value: 'local-cloud-api-key', isSecret: true } }, links: [{ scopeEntityId: deployments.customer360.id }] });
  addObject(world, objects.legacy, {
    objectType: 'CONNECTION',
    scope: 'DEPLOYMENT',
    scopeEntityId: deployments.ordersDev.id,
    content: { connection: { type: 'wasb', host: `https://${resources.devStorage.name}.blob.core.windows.net`, login: sample.app.clientId, password: sample.app.secret, extra: { tenant_id: tenants.contoso.id } } },
  });
}
