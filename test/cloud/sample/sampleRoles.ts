import { roles } from '../arm/roles.ts';
import type { Role } from '../arm/roles.ts';
import { sample } from '../sampleWorld.ts';
import type { World } from '../world.ts';

const { subscriptions, groups, identities, resources, customRole } = sample;

const production = `/subscriptions/${subscriptions.production}`;
const data = `${production}/resourceGroups/${groups.dataProduction}`;
const lake = `${data}/providers/Microsoft.Storage/storageAccounts/${resources.lake.name}`;
const vault = `${data}/providers/Microsoft.KeyVault/vaults/${resources.vault.name}`;
const devStorage = `/subscriptions/${subscriptions.development}/resourceGroups/${groups.development}/providers/Microsoft.Storage/storageAccounts/${resources.devStorage.name}`;
const fabrikamStorage = `/subscriptions/${subscriptions.fabrikam}/resourceGroups/${groups.fabrikam}/providers/Microsoft.Storage/storageAccounts/${resources.fabrikamStorage.name}`;

const operator: Role = {
  ...customRole,
  description: 'Starts and watches pipelines, and changes nothing else.',
  kind: 'CustomRole',
  assignableScopes: [production],
  actions: ['Microsoft.DataFactory/factories/pipelines/createRun/action', 'Microsoft.DataFactory/factories/pipelineruns/read', 'Microsoft.Resources/subscriptions/resourceGroups/read'],
  notActions: [],
  dataActions: [],
  notDataActions: [],
};

/** Only blobs of one container; the form of role-based-access-control/conditions-examples (storage). */
const onlyRaw = `((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'raw'))`;

/** Fills in which roles the identities hold, and one deny assignment. */
export function fillRoles(world: World): void {
  const { rights } = world;
  rights.roles.set(operator.id, operator);
  const give = (principalId: string, scope: string, role: Role, rest: { description?: string; condition?: string } = {}): void => {
    const condition = rest.condition === undefined ? {} : { conditionVersion: '2.0' };
    rights.grant(principalId, scope, role, { principalType: 'ServicePrincipal', ...rest, ...condition });
  };
  const prod = identities.airflowProd.principalId;
  give(prod, `${production}/resourceGroups/${groups.airflow}`, roles.reader);
  give(prod, production, operator);
  give(prod, `${lake}/blobServices/default/containers/curated`, roles.blobDataContributor, { description: 'DAGs write what they made of the raw data' });
  give(prod, lake, roles.blobDataReader, { condition: onlyRaw });
  give(prod, vault, roles.secretsUser);
  give(identities.airflowDev.principalId, devStorage, roles.blobDataContributor);
  give(identities.fabrikamEtl.principalId, fabrikamStorage, roles.blobDataReader);
  give(resources.api.principalId, vault, roles.secretsUser);
  give(resources.cluster.principalId, `${production}/resourceGroups/${groups.airflow}`, roles.managedIdentityOperator);
  // Its identity was deleted: the assignment stays behind, as in Azure.
  give('8c1fd293-e4b5-4a67-928a-d9eafb0c1d2e', `/subscriptions/${subscriptions.development}/resourceGroups/rg-scratch`, roles.contributor);
  rights.denials.push({
    name: '9d20e3a4-f5c6-4b78-839b-eafb0c1d2e3f',
    title: "Deny assignment '9d20e3a4-f5c6-4b78-839b-eafb0c1d2e3f' created by Deployment Stack 'data-platform'.",
    description: 'Created by Deployment Stack',
    scope: data,
    principalIds: [],
    excludedIds: [],
    denies: { actions: ['Microsoft.KeyVault/vaults/delete', 'Microsoft.Storage/storageAccounts/delete'], notActions: [], dataActions: [], notDataActions: [] },
  });
}
