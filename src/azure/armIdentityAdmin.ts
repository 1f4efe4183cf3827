import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AirflowIdentityError } from '../errors.ts';
import { callOf } from '../http/sdkCalls.ts';
import { sameArmId } from '../identity/armId.ts';
import type { IdentityAdminPort, IdentityHost, IdentityWrite, Region, ResourceGroup } from '../identity/identityAdminPort.ts';
import type { IdentityRef, ManagedIdentity, Subscription, TenantRef } from '../identity/managedIdentity.ts';
import type { IdentityFilter } from '../identity/searchPort.ts';
import { identityOf } from './armAnswers.ts';
import { identityClient } from './armClients.ts';
import type { ArmConnection } from './armClients.ts';
import { armPath, isGone } from './armPaths.ts';
import { armAnswer, armPages } from './armRequests.ts';
import { hostOf, hostSchema, regionOf, regionSchema, resourceGroupOf, resourceGroupSchema } from './identityAdminAnswers.ts';
import { filterConditions } from './identitySearch.ts';
import { graphPages, kqlText, kqlTexts } from './resourceGraph.ts';
import { enableSystemAssigned } from './systemAssignedIdentity.ts';

type SubscriptionPlace = Pick<Subscription, 'account' | 'tenantId' | 'subscriptionId'>;

type HostPlace = TenantRef & { readonly subscriptionId?: string };

const groupsVersion = '2021-04-01';

/** Resource types that are also listed without a system-assigned identity, which can be enabled on some; in the letters of Resource Graph. */
const hostTypes = [
  'microsoft.web/sites',
  'microsoft.compute/virtualmachines',
  'microsoft.containerinstance/containergroups',
  'microsoft.containerservice/managedclusters',
  'microsoft.datafactory/factories',
  'microsoft.app/containerapps',
];

/** Making, changing and deleting identities through `Microsoft.ManagedIdentity` and the resources that hold them. */
export class ArmIdentityAdmin implements IdentityAdminPort {
  readonly #arm: ArmConnection;

  constructor(arm: ArmConnection) {
    this.#arm = arm;
  }

  /** Looks first: ARM's PUT on a standing identity would replace its tags and never its region. */
  async createIdentity(write: IdentityWrite, signal: AbortSignal): Promise<ManagedIdentity> {
    const { resourceGroup, name, location, tags } = write;
    const client = identityClient(this.#arm, write, write.subscriptionId, signal).userAssignedIdentities;
    const standing = await this.#unlessGone(async () => identityOf(await client.get(resourceGroup, name), write), 'ResourceNotFound', signal);
    if (standing === undefined) {
      return callOf(this.#arm.cloud().armHost, signal, async () => identityOf(await client.createOrUpdate(resourceGroup, name, { location, tags: { ...tags } }), write));
    }
    if (regionNameOf(standing.location) !== regionNameOf(location)) {
      throw new AirflowIdentityError('conflict', l10n.t('There is already an identity "{0}" in this resource group, in another region ({1}).', name, standing.location), {
        fix: l10n.t('Use that identity, or choose another name.'),
      });
    }
    return standing;
  }

  setTags(ref: IdentityRef, tags: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ManagedIdentity> {
    const client = identityClient(this.#arm, ref, ref.subscriptionId, signal).userAssignedIdentities;
    return callOf(this.#arm.cloud().armHost, signal, async () => identityOf(await client.update(ref.resourceGroup, ref.name, { tags: { ...tags } }), ref));
  }

  async deleteIdentity(ref: IdentityRef, signal: AbortSignal): Promise<void> {
    const client = identityClient(this.#arm, ref, ref.subscriptionId, signal).userAssignedIdentities;
    await this.#unlessGone(() => client.delete(ref.resourceGroup, ref.name), undefined, signal);
  }

  async deleteCredential(ref: IdentityRef, name: string, signal: AbortSignal): Promise<void> {
    const client = identityClient(this.#arm, ref, ref.subscriptionId, signal).federatedIdentityCredentials;
    await this.#unlessGone(() => client.delete(ref.resourceGroup, ref.name, name), undefined, signal);
  }

  async resourceGroups(subscription: SubscriptionPlace, signal: AbortSignal): Promise<readonly ResourceGroup[]> {
    const request = { path: `/subscriptions/${subscription.subscriptionId}/resourcegroups`, apiVersion: groupsVersion };
    return (await Array.fromAsync(armPages(this.#arm, subscription, request, resourceGroupSchema, signal))).flat().map(resourceGroupOf);
  }

  /** Looks first: ARM's PUT on a standing group would take its tags away. */
  async createResourceGroup(subscription: SubscriptionPlace, group: ResourceGroup, signal: AbortSignal): Promise<ResourceGroup> {
    const request = { path: armPath(`/subscriptions/${subscription.subscriptionId}/resourcegroups/${group.name}`), apiVersion: groupsVersion };
    const standing = await this.#unlessGone(() => armAnswer(this.#arm, subscription, { method: 'GET', ...request }, resourceGroupSchema, signal), 'ResourceGroupNotFound', signal);
    const body = { location: group.location };
    return resourceGroupOf(standing ?? (await armAnswer(this.#arm, subscription, { method: 'PUT', ...request, body }, resourceGroupSchema, signal)));
  }

  async regions(subscription: SubscriptionPlace, signal: AbortSignal): Promise<readonly Region[]> {
    const request = { path: `/subscriptions/${subscription.subscriptionId}/locations`, apiVersion: '2022-12-01' };
    const pages = await Array.fromAsync(armPages(this.#arm, subscription, request, regionSchema, signal));
    return pages.flat().flatMap((item) => regionOf(item) ?? []);
  }

  async hostsOf(identity: ManagedIdentity, signal: AbortSignal): Promise<readonly IdentityHost[]> {
    const holds = `tostring(identity) contains ${kqlText(identity.id)}`;
    // Resources of any subscription of the tenant may carry it.
    const { account, tenantId } = identity;
    const pages = await Array.fromAsync(this.#hosts({ account, tenantId }, `resources | where isnotnull(identity) | where ${holds}`, signal));
    // The text of an id is also the beginning of longer ones.
    return pages.flat().filter(({ userAssigned }) => userAssigned.some((id) => sameArmId(id, identity.id)));
  }

  identityHosts(place: HostPlace, filter: IdentityFilter, signal: AbortSignal): AsyncIterable<readonly IdentityHost[]> {
    const mayHaveOne = `where type in~ ${kqlTexts(hostTypes)} or isnotempty(tostring(identity.principalId))`;
    return this.#hosts(place, ['resources', mayHaveOne, ...filterConditions(filter)].join(' | '), signal);
  }

  enableSystemAssigned(host: IdentityHost, signal: AbortSignal): Promise<IdentityHost> {
    return enableSystemAssigned(this.#arm, host, signal);
  }

  async *#hosts(place: HostPlace, selection: string, signal: AbortSignal): AsyncGenerator<readonly IdentityHost[], void, undefined> {
    const query = `${selection} | project id, name, type, identity | order by id asc`;
    for await (const { rows } of graphPages(this.#arm, place, { text: query, subscriptionIds: place.subscriptionId === undefined ? undefined : [place.subscriptionId], rows: v.array(hostSchema) }, signal)) {
      yield rows.flatMap((row) => hostOf(row, place) ?? []);
    }
  }

  /** What a call gives, or `undefined` when the service says that there is nothing: with this code, or with any for it. */
  async #unlessGone<T>(call: () => Promise<T>, code: string | undefined, signal: AbortSignal): Promise<T | undefined> {
    try {
      return await callOf(this.#arm.cloud().armHost, signal, call);
    } catch (error) {
      if (isGone(error) && (code === undefined || error.details.serviceCode === code)) {
        return undefined;
      }
      throw error;
    }
  }
}

/** "West US 2" and "westus2" are the same region; ARM takes and gives both. */
function regionNameOf(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}
