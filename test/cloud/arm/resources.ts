import { resourceId } from './azureResource.ts';
import type { AzureResource } from './azureResource.ts';

/** A subscription of the world. */
export interface Subscription {
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
  readonly state: 'Enabled' | 'Warned' | 'PastDue' | 'Disabled';
  /** Makes the groups and identities on first use, so that a huge world costs only what is looked at. */
  fill?: (() => void) | undefined;
}

/** A resource group. */
export interface ResourceGroup {
  readonly subscriptionId: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a federated credential says; exactly one of subject and expression. */
export interface CredentialValues {
  readonly issuer: string;
  readonly subject: string | undefined;
  readonly audiences: readonly string[];
  /** Flexible credential (2025-01-31-preview and later previews). */
  readonly claimsMatchingExpression?: { readonly value: string; readonly languageVersion: number } | undefined;
}

/** A federated credential as stored. */
export interface FederatedCredential {
  readonly name: string;
  values: CredentialValues;
  /** What Entra goes on using until `effectiveAt`. */
  previous: CredentialValues | undefined;
  readonly createdAt: number;
  /** World time from which Entra knows `values`. */
  effectiveAt: number;
}

/** A user-assigned managed identity. */
export interface ManagedIdentity {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  tags: Record<string, string>;
  readonly tenantId: string;
  readonly clientId: string;
  readonly principalId: string;
  isolationScope: string;
  assignmentRestrictions: readonly string[];
  readonly createdAt: number;
  readonly credentials: FederatedCredential[];
  /** A write of one of its credentials is under way. */
  writing: boolean;
}

/** ARM id of a resource group as ARM returns it. */
export function resourceGroupId(group: { readonly subscriptionId: string; readonly name: string }): string {
  return `/subscriptions/${group.subscriptionId}/resourceGroups/${group.name}`;
}

/** ARM id of an identity as the identity service returns it: `resourcegroups` in lower case (seen in every recording). */
export function identityId(identity: { readonly subscriptionId: string; readonly resourceGroup: string; readonly name: string }): string {
  return `/subscriptions/${identity.subscriptionId}/resourcegroups/${identity.resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${identity.name}`;
}

/** A credential that Entra knows already. */
export function storedCredential(name: string, issuer: string, subject: string, audience = 'api://AzureADTokenExchange'): FederatedCredential {
  return { name, values: { issuer, subject, audiences: [audience] }, previous: undefined, createdAt: 0, effectiveAt: 0 };
}

/** Subscriptions, groups, identities and other resources; names are found whatever their letter case, as ARM does. */
export class Resources {
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #groups = new Map<string, Map<string, ResourceGroup>>();
  readonly #identities = new Map<string, Map<string, ManagedIdentity>>();
  readonly #byClientId = new Map<string, ManagedIdentity>();
  /** By principal id: when it came, in milliseconds since the Unix epoch. */
  readonly #principals = new Map<string, number>();
  readonly #others = new Map<string, Map<string, AzureResource>>();

  addSubscription(subscription: Subscription): void {
    this.#subscriptions.set(subscription.id.toLowerCase(), subscription);
  }

  addGroup(group: ResourceGroup): void {
    childMap(this.#groups, group.subscriptionId).set(group.name.toLowerCase(), group);
  }

  addIdentity(identity: ManagedIdentity): void {
    childMap(this.#identities, identity.subscriptionId).set(identityId(identity).toLowerCase(), identity);
    this.#byClientId.set(identity.clientId.toLowerCase(), identity);
    this.notePrincipal(identity.principalId, identity.createdAt);
  }

  removeIdentity(identity: ManagedIdentity): void {
    childMap(this.#identities, identity.subscriptionId).delete(identityId(identity).toLowerCase());
    this.#byClientId.delete(identity.clientId.toLowerCase());
    this.#principals.delete(identity.principalId.toLowerCase());
  }

  /** Puts a resource of any other kind in place. */
  addResource(resource: AzureResource): void {
    childMap(this.#others, resource.subscriptionId).set(resourceId(resource).toLowerCase(), resource);
    if (resource.identities?.systemAssigned !== undefined) {
      this.notePrincipal(resource.identities.systemAssigned.principalId, 0);
    }
  }

  removeResource(resource: AzureResource): void {
    childMap(this.#others, resource.subscriptionId).delete(resourceId(resource).toLowerCase());
  }

  /** Says that a principal id belongs to a managed identity, since a moment in milliseconds since the Unix epoch. */
  notePrincipal(principalId: string, since: number): void {
    this.#principals.set(principalId.toLowerCase(), since);
  }

  subscriptions(): Subscription[] {
    return [...this.#subscriptions.values()];
  }

  subscription(id: string): Subscription | undefined {
    const subscription = this.#subscriptions.get(id.toLowerCase());
    if (subscription?.fill !== undefined) {
      const { fill } = subscription;
      subscription.fill = undefined;
      fill();
    }
    return subscription;
  }

  groups(subscriptionId: string): ResourceGroup[] {
    this.subscription(subscriptionId);
    return [...childMap(this.#groups, subscriptionId).values()];
  }

  group(subscriptionId: string, name: string): ResourceGroup | undefined {
    this.subscription(subscriptionId);
    return childMap(this.#groups, subscriptionId).get(name.toLowerCase());
  }

  identities(subscriptionId: string): ManagedIdentity[] {
    this.subscription(subscriptionId);
    return [...childMap(this.#identities, subscriptionId).values()];
  }

  identity(subscriptionId: string, resourceGroup: string, name: string): ManagedIdentity | undefined {
    this.subscription(subscriptionId);
    return childMap(this.#identities, subscriptionId).get(identityId({ subscriptionId, resourceGroup, name }).toLowerCase());
  }

  /** The identity of an ARM id in any letter case. */
  identityById(id: string): ManagedIdentity | undefined {
    const [, , subscriptionId = '', , resourceGroup = '', , , , name = ''] = id.split('/');
    return this.identity(subscriptionId, resourceGroup, name);
  }

  /** The resources of a subscription that are no identities. */
  others(subscriptionId: string): AzureResource[] {
    this.subscription(subscriptionId);
    return [...childMap(this.#others, subscriptionId).values()];
  }

  /** The resource of that type and name, in any letter case, for names that are unique in Azure; only subscriptions that were looked at. */
  named(type: string, name: string): AzureResource | undefined {
    const wanted = `/providers/${type}/${name}`.toLowerCase();
    for (const resources of this.#others.values()) {
      for (const [id, resource] of resources) {
        if (id.endsWith(wanted)) {
          return resource;
        }
      }
    }
    return undefined;
  }

  /** True when the subscription holds any resource of that type, in any letter case. */
  hasType(subscriptionId: string, type: string): boolean {
    return this.others(subscriptionId).some((resource) => resource.type.toLowerCase() === type.toLowerCase());
  }

  /** The resource of an ARM id in any letter case. */
  other(id: string): AzureResource | undefined {
    const [, , subscriptionId = ''] = id.split('/');
    this.subscription(subscriptionId);
    return childMap(this.#others, subscriptionId).get(id.toLowerCase());
  }

  /** Since when a managed identity has this principal id; makes every subscription that was not looked at yet when none is found at once. */
  principalSince(principalId: string): number | undefined {
    const wanted = principalId.toLowerCase();
    if (!this.#principals.has(wanted)) {
      this.fillAll();
    }
    return this.#principals.get(wanted);
  }

  /** The identity of that client id; makes every subscription that was not looked at yet when it is not found at once. */
  identityByClientId(clientId: string): ManagedIdentity | undefined {
    const wanted = clientId.toLowerCase();
    if (!this.#byClientId.has(wanted)) {
      this.fillAll();
    }
    return this.#byClientId.get(wanted);
  }

  /** Makes every subscription that was not looked at yet. */
  fillAll(): void {
    for (const id of this.#subscriptions.keys()) {
      this.subscription(id);
    }
  }
}

function childMap<T>(parent: Map<string, Map<string, T>>, key: string): Map<string, T> {
  let map = parent.get(key.toLowerCase());
  if (map === undefined) {
    map = new Map();
    parent.set(key.toLowerCase(), map);
  }
  return map;
}
