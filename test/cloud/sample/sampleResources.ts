import { identityId } from '../arm/resources.ts';
import { sample } from '../sampleWorld.ts';
import type { World } from '../world.ts';
import { addTo, places } from './samplePlaces.ts';
import { dataFactory, keyVault, storageAccount } from './sampleServices.ts';

const { identities, resources } = sample;

/** Fills in what roles are given on and what carries identities. */
export function fillResources(world: World): void {
  const { dataProduction: data, development: dev } = places;
  const prodIdentity = identityId({ ...places.airflow, name: identities.airflowProd.name });

  addTo(world, data, { ...storageAccount(resources.lake.name, resources.lake.containers), tags: { team: 'data-platform' } });
  addTo(world, data, keyVault(resources.vault.name, data.tenantId));
  addTo(world, data, { ...dataFactory(resources.factory.name), identities: { systemAssigned: resources.factory, userAssigned: [] } });
  addTo(world, data, { type: 'Microsoft.Web/sites', name: resources.api.name, kind: 'app,linux', identities: { systemAssigned: resources.api, userAssigned: [prodIdentity] } });
  addTo(world, data, { type: 'Microsoft.Compute/virtualMachines', name: resources.machine.name, properties: { provisioningState: 'Succeeded', hardwareProfile: { vmSize: 'Standard_D4s_v5' } } });
  addTo(world, data, { type: 'Microsoft.ContainerInstance/containerGroups', name: resources.runner.name, identities: { userAssigned: [prodIdentity] } });
  addTo(world, dev, storageAccount(resources.devStorage.name, resources.devStorage.containers));
  addTo(world, dev, { type: 'Microsoft.Web/sites', name: resources.devApi.name, kind: 'functionapp,linux' });
  addTo(world, places.fabrikam, storageAccount(resources.fabrikamStorage.name, resources.fabrikamStorage.containers));
}
