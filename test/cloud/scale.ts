import { storedCredential } from './arm/resources.ts';
import type { FederatedCredential, ManagedIdentity } from './arm/resources.ts';
import { roles } from './arm/roles.ts';
import { fillAstro } from './sample/sampleAstro.ts';
import { sample } from './sampleWorld.ts';
import type { SigningKey } from './signingKey.ts';
import { seededRandom, seededUuid } from './seededIds.ts';
import { World } from './world.ts';
import type { WorldSettings } from './worldSettings.ts';

/** Sizes of generated worlds. */
export type Scale = 'small' | 'company' | 'huge';

interface Size {
  readonly tenants: number;
  readonly subscriptions: number;
  readonly identities: number;
}

/** How many of each a size holds in all. */
export const scaleSizes: Readonly<Record<Scale, Size>> = {
  small: { tenants: 2, subscriptions: 6, identities: 40 },
  company: { tenants: 12, subscriptions: 300, identities: 10_000 },
  huge: { tenants: 12, subscriptions: 1_000, identities: 100_000 },
};

const regions = ['westus2', 'eastus', 'westeurope', 'northeurope', 'uksouth', 'australiaeast'];
const purposes = ['airflow', 'etl', 'reporting', 'ingest', 'ml', 'billing', 'audit', 'catalog'];

/** Gives `total` things to `places` as evenly as whole numbers allow. */
function share(total: number, places: number, index: number): number {
  return Math.floor(total / places) + (index < total % places ? 1 : 0);
}

function makeCredentials(seed: string): FederatedCredential[] {
  const random = seededRandom(seed);
  const issuer = `https://westus2.oic.prod-aks.azure.com/${seededUuid('cluster tenant')}/${seededUuid(`cluster ${Math.floor(random() * 50)}`)}/`;
  return Array.from({ length: Math.floor(random() * 8) }, (_, index) => {
    const namespace = `ns-${seed.split(' ').slice(1).join('-')}-${index}`;
    return storedCredential(`${namespace}-worker`, issuer, `system:serviceaccount:${namespace}:${namespace}-worker-serviceaccount`);
  });
}

/** An identity whose credentials are made when somebody looks at them. */
class GeneratedIdentity implements ManagedIdentity {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly principalId: string;
  tags: Record<string, string>;
  isolationScope = 'None';
  assignmentRestrictions: readonly string[] = [];
  readonly createdAt = 0;
  writing = false;
  readonly #seed: string;
  #credentials: FederatedCredential[] | undefined;

  constructor(place: { readonly subscriptionId: string; readonly tenantId: string; readonly resourceGroup: string }, name: string, location: string, tags: Record<string, string>, seed: string) {
    this.subscriptionId = place.subscriptionId;
    this.tenantId = place.tenantId;
    this.resourceGroup = place.resourceGroup;
    this.name = name;
    this.location = location;
    this.tags = tags;
    this.#seed = seed;
    this.clientId = seededUuid(`${seed} client`);
    this.principalId = seededUuid(`${seed} principal`);
  }

  get credentials(): FederatedCredential[] {
    this.#credentials ??= makeCredentials(this.#seed);
    return this.#credentials;
  }
}

const teams = ['data-platform', 'finance', 'marketing', 'risk', 'operations'];
const stages = ['prod', 'dev', 'test'];

/** Shared by all identities that carry them, so that a huge world stays small; a change replaces the whole object. */
const tagSets: readonly Readonly<Record<string, string>>[] = [{}, ...teams.flatMap((team) => stages.map((env) => ({ team, env })))];

/** What roles are given on and identities are assigned to, in one group: a storage account in every second, a web app in every fourth. */
function fillGroup(world: World, place: { readonly subscriptionId: string; readonly tenantId: string; readonly resourceGroup: string }, location: string, index: number, group: number): void {
  const common = { ...place, location, tags: tagSets[(index + group) % tagSets.length] ?? {}, properties: { provisioningState: 'Succeeded' } };
  if (group % 2 === 0) {
    world.resources.addResource({ ...common, type: 'Microsoft.Storage/storageAccounts', name: storageName(index, group), kind: 'StorageV2', identities: undefined, containers: ['raw', 'curated'] });
  }
  if (group % 4 === 0) {
    const seed = `web ${index} ${group}`;
    const systemAssigned = { principalId: seededUuid(`${seed} principal`), clientId: seededUuid(`${seed} client`) };
    world.resources.addResource({ ...common, type: 'Microsoft.Web/sites', name: `app-${index}-${group}`, kind: 'app,linux', identities: { systemAssigned, userAssigned: [] } });
  }
}

function storageName(index: number, group: number): string {
  return `stdata${index}x${group}`;
}

function fillSubscription(world: World, id: string, tenantId: string, index: number, identities: number): void {
  const random = seededRandom(`subscription ${index}`);
  const groups = Math.max(1, Math.ceil(identities / 8));
  for (let group = 0; group < groups; group += 1) {
    const name = `rg-${purposes[group % purposes.length] ?? 'airflow'}-${group}`;
    const location = regions[group % regions.length] ?? 'westus2';
    world.resources.addGroup({ subscriptionId: id, name, location, tags: {} });
    fillGroup(world, { subscriptionId: id, tenantId, resourceGroup: name }, location, index, group);
  }
  // Real subscriptions hold groups without any identity, too.
  world.resources.addGroup({ subscriptionId: id, name: 'rg-network', location: 'westus2', tags: {} });
  for (let number = 0; number < identities; number += 1) {
    const group = Math.floor(random() * groups);
    const place = { subscriptionId: id, tenantId, resourceGroup: `rg-${purposes[group % purposes.length] ?? 'airflow'}-${group}` };
    const name = `id-${purposes[Math.floor(random() * purposes.length)] ?? 'airflow'}-${index}-${number}`;
    const tags = tagSets[(index * 7 + number) % tagSets.length] ?? {};
    const identity = new GeneratedIdentity(place, name, regions[Math.floor(random() * regions.length)] ?? 'westus2', tags, `identity ${index} ${number}`);
    world.resources.addIdentity(identity);
    if (number % 4 === 0 && group % 2 === 0) {
      const storage = `/subscriptions/${id}/resourceGroups/${place.resourceGroup}/providers/Microsoft.Storage/storageAccounts/${storageName(index, group)}`;
      world.rights.grant(identity.principalId, storage, roles.blobDataContributor, { principalType: 'ServicePrincipal' });
    }
  }
}

/**
 * A generated world: the same for the same size on every run. Dana of the sample world belongs to every tenant and owns
 * everything; the Astro side is the sample's. Subscriptions and credentials are made when they are first looked at.
 */
export function createScaledWorld(scale: Scale, settings: Partial<WorldSettings> = {}, entraKey?: Promise<SigningKey>): World {
  const world = new World(settings, entraKey);
  const { tenants, subscriptions, identities } = scaleSizes[scale];
  const tenantIds = Array.from({ length: tenants }, (_, index) => seededUuid(`tenant ${index}`));
  for (const [index, id] of tenantIds.entries()) {
    world.directory.tenants.set(id, { id, displayName: `Tenant ${index + 1}`, defaultDomain: `tenant${index + 1}.example`, countryCode: 'US' });
  }
  const { dana } = sample.accounts;
  const memberships = tenantIds.map((tenantId, index) => ({ tenantId, objectId: seededUuid(`dana in tenant ${index}`), needsMfa: false }));
  world.directory.accounts.push({ id: `${memberships[0]?.objectId ?? ''}.${tenantIds[0] ?? ''}`, label: dana.label, displayName: 'Dana Contoso', memberships });
  for (let index = 0; index < subscriptions; index += 1) {
    const id = seededUuid(`subscription ${index}`);
    const { tenantId, objectId } = memberships[index % tenants] ?? { tenantId: '', objectId: '' };
    const fill = (): void => fillSubscription(world, id, tenantId, index, share(identities, subscriptions, index));
    world.resources.addSubscription({ id, tenantId, displayName: `Subscription ${String(index + 1).padStart(4, '0')}`, state: 'Enabled', fill });
    world.rights.grant(objectId, `/subscriptions/${id}`, roles.owner);
  }
  for (const url of Object.values(sample.issuers)) {
    world.issuers.add(url);
  }
  fillAstro(world);
  return world;
}
