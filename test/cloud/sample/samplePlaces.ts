import type { AzureResource } from '../arm/azureResource.ts';
import { sample } from '../sampleWorld.ts';
import type { World } from '../world.ts';

const { tenants, subscriptions, groups } = sample;

/** Where a resource of the sample world lies. */
export type Place = Pick<AzureResource, 'subscriptionId' | 'resourceGroup' | 'location' | 'tenantId'>;

/** What a resource has beside its place; an identity only where it is named. */
export type Part = Pick<AzureResource, 'type' | 'name'> & Partial<AzureResource>;

const production = { subscriptionId: subscriptions.production, tenantId: tenants.contoso.id, location: 'westus2' };
const development = { subscriptionId: subscriptions.development, tenantId: tenants.contoso.id, location: 'eastus' };

/** The places that resources lie in. */
export const places = {
  airflow: { ...production, resourceGroup: groups.airflow },
  dataProduction: { ...production, resourceGroup: groups.dataProduction },
  analytics: { ...production, resourceGroup: groups.analytics },
  development: { ...development, resourceGroup: groups.development },
  scratch: { ...development, resourceGroup: 'rg-scratch' },
  fabrikam: { subscriptionId: subscriptions.fabrikam, tenantId: tenants.fabrikam.id, location: 'northeurope', resourceGroup: groups.fabrikam },
} as const satisfies Record<string, Place>;

/** Puts one resource into the world. */
export function addTo(world: World, place: Place, part: Part): void {
  world.resources.addResource({ ...place, tags: {}, properties: { provisioningState: 'Succeeded' }, identities: undefined, ...part });
}
