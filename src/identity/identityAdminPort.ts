import type { IdentityRef, ManagedIdentity, Subscription, TenantRef } from './managedIdentity.ts';
import type { IdentityFilter } from './searchPort.ts';

/** A user-assigned identity to be made. */
export interface IdentityWrite extends IdentityRef {
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A resource group, as far as an identity needs to know it. */
export interface ResourceGroup {
  readonly name: string;
  readonly location: string;
}

/** A region that the subscription offers for resources. */
export interface Region {
  /** As ARM writes it, for example `westus2`. */
  readonly name: string;
  readonly displayName: string;
}

/** A resource that has, or could have, a system-assigned identity, or that a user-assigned one is assigned to. */
export interface IdentityHost extends TenantRef {
  readonly id: string;
  readonly name: string;
  /** In lower case, for example `microsoft.web/sites`. */
  readonly type: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Absent where no system-assigned identity is enabled. */
  readonly systemAssigned: { readonly principalId: string; readonly tenantId: string } | undefined;
  /** ARM ids of the user-assigned identities on it. */
  readonly userAssigned: readonly string[];
}

/**
 * Making, changing and deleting identities. Implemented by `src/azure`; errors and aborts are those of `AzurePort`: reads
 * retry by themselves, writes are tried once.
 */
export interface IdentityAdminPort {
  /** Creates an identity, or gives the one that stands there with the same name and region. */
  createIdentity(write: IdentityWrite, signal: AbortSignal): Promise<ManagedIdentity>;
  /** Replaces all tags. */
  setTags(ref: IdentityRef, tags: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ManagedIdentity>;
  /** Deletes an identity with its credentials; its role assignments stay behind. One that is gone already counts as done. */
  deleteIdentity(ref: IdentityRef, signal: AbortSignal): Promise<void>;
  /** Deletes a federated credential; one that is gone already counts as done. */
  deleteCredential(ref: IdentityRef, name: string, signal: AbortSignal): Promise<void>;
  resourceGroups(subscription: Pick<Subscription, 'account' | 'tenantId' | 'subscriptionId'>, signal: AbortSignal): Promise<readonly ResourceGroup[]>;
  createResourceGroup(subscription: Pick<Subscription, 'account' | 'tenantId' | 'subscriptionId'>, group: ResourceGroup, signal: AbortSignal): Promise<ResourceGroup>;
  regions(subscription: Pick<Subscription, 'account' | 'tenantId' | 'subscriptionId'>, signal: AbortSignal): Promise<readonly Region[]>;
  /** Resources that a user-assigned identity is assigned to, by Resource Graph. */
  hostsOf(identity: ManagedIdentity, signal: AbortSignal): Promise<readonly IdentityHost[]>;
  /**
   * Resources with a system-assigned identity, and App Service, virtual machines and others that could have one, of a tenant or of one
   * subscription of it, page by page, by Resource Graph. Of the filter name, resource group and tags are looked at.
   */
  identityHosts(place: TenantRef & { readonly subscriptionId?: string }, filter: IdentityFilter, signal: AbortSignal): AsyncIterable<readonly IdentityHost[]>;
  /** Enables the system-assigned identity of an App Service or a virtual machine and leaves user-assigned ones on it. */
  enableSystemAssigned(host: IdentityHost, signal: AbortSignal): Promise<IdentityHost>;
}
