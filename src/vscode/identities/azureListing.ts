import type { Clock } from '../../clock.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { AirflowIdentityError, isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { AzurePort } from '../../identity/azurePort.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { IdentityAdminPort, IdentityHost } from '../../identity/identityAdminPort.ts';
import { choosesIdentities, isEmptyFilter, letsIdentityThrough, letsSubscriptionThrough, letsTenantThrough } from '../../identity/identityFilter.ts';
import type { Account, IdentityRef, ManagedIdentity, Subscription, Tenant } from '../../identity/managedIdentity.ts';
import type { IdentityFilter, IdentitySearchPort } from '../../identity/searchPort.ts';
import type { Log } from '../log.ts';
import type { RolesSource } from '../rights/rolesNode.ts';
import type { KnownIdentity, SignIn } from '../services.ts';
import type { AheadLimits } from './aheadLimits.ts';
import type { IdentityInventory } from './identityInventory.ts';
import type { IdentityTreeSource } from './identityTreeSource.ts';
import type { KeptListings } from './keptListings.ts';
import type { OwnWrites } from './ownWrites.ts';
import { TenantSearch } from './tenantSearch.ts';
import { TrustFilter } from './trustFilter.ts';
import type { TrustMemory } from './trustMemory.ts';

/** Before the first listing nobody knows how many tenants there are; browsers take six connections to a host for enough. */
const firstGuess = 6;

/** What the listing needs. */
export interface AzureListingPorts {
  readonly azure: () => AzurePort & IdentitySearchPort & Pick<IdentityAdminPort, 'identityHosts'>;
  readonly roles: RolesSource;
  readonly signIn: Pick<SignIn, 'accounts'>;
  readonly inventory: IdentityInventory;
  readonly kept: KeptListings;
  readonly writes: OwnWrites;
  readonly limits: AheadLimits;
  readonly log: Log;
  readonly clock: Clock;
  readonly filter: () => IdentityFilter;
  /** Issuers of all deployments that are known. */
  readonly issuers: (signal: AbortSignal) => Promise<ReadonlySet<string>>;
  readonly trusts: TrustMemory;
  /** All deployments, or `undefined` while not all of them are known. */
  readonly knownDeployments: () => readonly Deployment[] | undefined;
}

/**
 * Lists through Azure Resource Graph, one search for each tenant, and through ARM, subscription by subscription, where Resource
 * Graph is refused. What it reads is remembered in the inventory and left for the next window.
 */
export class AzureListing implements IdentityTreeSource {
  readonly #ports: AzureListingPorts;
  readonly #searches = new Map<string, TenantSearch>();
  /** Tenants in which Resource Graph is refused, until they are listed anew. */
  readonly #refused = new Set<string>();
  readonly #trust: TrustFilter;
  /** By account id: how many tenants there were last time. */
  readonly #tenantCounts = new Map<string, number>();

  constructor(ports: AzureListingPorts) {
    this.#ports = ports;
    this.#trust = new TrustFilter({ memory: ports.trusts, issuers: ports.issuers, credentials: (ref, signal) => this.credentials(ref, signal) });
  }

  /** How far the filter for identities that trust deployments is. */
  get trust(): Pick<TrustFilter, 'asOf' | 'progress'> {
    return this.#trust;
  }

  dispose(): void {
    this.#trust.dispose();
  }

  accounts(signal: AbortSignal): Promise<readonly Account[]> {
    this.#ports.kept.prepare();
    return this.#ports.signIn.accounts(signal);
  }

  async keptTenants(accounts: readonly Account[]): Promise<readonly Tenant[]> {
    this.#trust.begin();
    const filter = this.#ports.filter();
    const tenants = (await this.#ports.kept.tenants(accounts)).filter(({ tenantId }) => letsTenantThrough(filter, tenantId));
    for (const { id } of accounts) {
      const count = tenants.filter(({ account }) => account.id === id).length;
      if (count > 0) {
        this.#tenantCounts.set(id, count);
      }
    }
    return tenants;
  }

  choosesIdentities(): boolean {
    return choosesIdentities(this.#ports.filter());
  }

  async *tenants(account: Account, signal: AbortSignal): AsyncGenerator<readonly Tenant[]> {
    const filter = this.#ports.filter();
    let count = 0;
    for await (const page of this.#ports.azure().tenants(account, signal, this.#tenantCounts.get(account.id) ?? firstGuess)) {
      const tenants = page.filter(({ tenantId }) => letsTenantThrough(filter, tenantId));
      count += tenants.length;
      yield tenants;
    }
    this.#tenantCounts.set(account.id, count);
  }

  async begin(tenant: Tenant): Promise<readonly Subscription[]> {
    const filter = this.#ports.filter();
    this.#searches.delete(keyOf(tenant));
    this.#refused.delete(keyOf(tenant));
    return (await this.#ports.kept.subscriptions(tenant)).filter(({ subscriptionId }) => letsSubscriptionThrough(filter, subscriptionId));
  }

  async *subscriptions(tenant: Tenant, signal: AbortSignal): AsyncGenerator<readonly Subscription[]> {
    const filter = this.#ports.filter();
    const all: Subscription[] = [];
    for await (const page of this.#ports.azure().subscriptions(tenant, signal)) {
      all.push(...page);
      yield page.filter(({ subscriptionId }) => letsSubscriptionThrough(filter, subscriptionId));
    }
    this.#ports.inventory.keepSubscriptions(tenant, all);
    this.#ports.kept.listedSubscriptions(tenant);
  }

  async *identities(tenant: Tenant, subscription: Subscription, how: 'search' | 'arm', signal: AbortSignal): AsyncGenerator<readonly ManagedIdentity[]> {
    const { inventory, kept } = this.#ports;
    const filter = this.#ports.filter();
    const left = filter.trustsDeployments === true ? undefined : kept.identities(tenant, subscription);
    if (left !== undefined) {
      yield left.filter((identity) => letsIdentityThrough(filter, identity));
    }
    let identities: readonly ManagedIdentity[] = [];
    const decided = new Map<string, boolean>();
    try {
      for await (identities of how === 'search' ? this.#searched(tenant, subscription, filter, signal) : this.#asked(subscription, filter, signal)) {
        inventory.setIdentities(tenant, subscription, identities, { isLastPage: false });
        if (left === undefined) {
          yield* filter.trustsDeployments === true ? this.#trust.trusting(identities, { fresh: how === 'arm', decided }, signal) : [identities];
        }
      }
      inventory.setIdentities(tenant, subscription, identities, { isLastPage: isEmptyFilter(filter) });
      kept.listedIdentities(tenant, subscription, { isWhole: isEmptyFilter(filter) });
      if (left !== undefined) {
        yield identities;
      }
    } finally {
      if (signal.aborted) {
        kept.hidden(subscription);
      }
    }
  }

  async credentials(ref: IdentityRef, signal: AbortSignal): Promise<readonly FederatedCredential[]> {
    const credentials = await this.#ports.azure().credentials(ref, signal);
    const { inventory, trusts } = this.#ports;
    inventory.setCredentials(ref, credentials);
    const known = inventory.find(ref);
    if (known !== undefined) {
      await trusts.note(known.identity, credentials);
    }
    return credentials;
  }

  roles(...asked: Parameters<RolesSource['roles']>): ReturnType<RolesSource['roles']> {
    return this.#ports.roles.roles(...asked);
  }

  async *hosts(subscription: Subscription, signal: AbortSignal): AsyncGenerator<readonly IdentityHost[]> {
    const filter = this.#ports.filter();
    const hosts: IdentityHost[] = [];
    if (filter.trustsDeployments === true) {
      // Without federated credentials, none of them does.
      yield hosts;
      return;
    }
    for await (const page of this.#ports.azure().identityHosts(subscription, filter, signal)) {
      hosts.push(...page);
      yield [...hosts];
    }
  }

  find(ref: IdentityRef): KnownIdentity | undefined {
    return this.#ports.inventory.find(ref);
  }

  knownDeployments(): readonly Deployment[] | undefined {
    return this.#ports.knownDeployments();
  }

  /** The search runs behind writes, so that what this window wrote is put right in what it found. */
  async *#searched(tenant: Tenant, subscription: Subscription, filter: IdentityFilter, signal: AbortSignal): AsyncGenerator<readonly ManagedIdentity[]> {
    if (this.#refused.has(keyOf(tenant))) {
      yield* this.#asked(subscription, filter, signal);
      return;
    }
    let found: readonly ManagedIdentity[] | undefined;
    try {
      for await (found of this.#searchOf(tenant, filter).identities(subscription.subscriptionId, signal)) {
        yield found;
      }
    } catch (error) {
      if (!this.#isRefusal(error)) {
        throw own(error);
      }
      this.#refused.add(keyOf(tenant));
      yield* this.#asked(subscription, filter, signal);
      return;
    }
    const corrected = this.#ports.writes.corrected(found ?? [], subscription);
    if (corrected !== found) {
      yield corrected;
    }
  }

  #searchOf(tenant: Tenant, filter: IdentityFilter): TenantSearch {
    const { azure, log, clock } = this.#ports;
    let search = this.#searches.get(keyOf(tenant));
    if (search === undefined) {
      search = new TenantSearch(async function* pages(signal) {
        const started = clock.now();
        try {
          yield* azure().searchIdentities(tenant, undefined, filter, signal);
        } catch (error) {
          if (!isCancel(error)) {
            log.info(`Azure Resource Graph gave no answer for tenant ${tenant.tenantId} after ${clock.now() - started} ms: ${toAirflowIdentityError(error).code}`);
          }
          throw error;
        }
      });
      this.#searches.set(keyOf(tenant), search);
    }
    return search;
  }

  /** Without a session or a connection ARM would refuse 300 times what Resource Graph refused once. */
  #isRefusal(error: unknown): boolean {
    return !isCancel(error) && !['signedOut', 'interactionRequired', 'network'].includes(toAirflowIdentityError(error).code);
  }

  async *#asked(subscription: Subscription, filter: IdentityFilter, signal: AbortSignal): AsyncGenerator<readonly ManagedIdentity[]> {
    const leave = await this.#ports.limits.subscriptions.turn();
    try {
      signal.throwIfAborted();
      const identities: ManagedIdentity[] = [];
      for await (const page of this.#ports.azure().identities(subscription, signal)) {
        identities.push(...page.filter((identity) => letsIdentityThrough(filter, identity)));
        yield [...identities];
      }
    } finally {
      leave();
    }
  }
}

function keyOf({ account, tenantId }: Tenant): string {
  return `${account.id}/${tenantId}`;
}

/** All subscriptions of a tenant get the same error; each row needs one of its own. */
function own(error: unknown): unknown {
  if (!(error instanceof AirflowIdentityError)) {
    return error;
  }
  const { code, message, fix, details } = error;
  return new AirflowIdentityError(code, message, { ...(fix === undefined ? {} : { fix }), details, cause: error });
}
