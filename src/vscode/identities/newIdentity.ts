import type { IdentityWrite, ResourceGroup } from '../../identity/identityAdminPort.ts';
import type { Tags } from '../../identity/resourceTags.ts';
import type { ListedSubscription } from './listedSubscriptions.ts';

/** The resource group that an identity is to be made in. */
export interface ChosenGroup {
  readonly name: string;
  /** Absent for one that is made with the identity, in the identity's region. */
  readonly existing: ResourceGroup | undefined;
}

/** What was answered so far about an identity to be made. */
export interface NewIdentity {
  place?: ListedSubscription;
  group?: ChosenGroup;
  name?: string;
  /** Region as ARM writes it. */
  location?: string;
  tags?: Tags;
}

/** An identity whose every question was answered. */
export interface PlannedIdentity {
  readonly place: ListedSubscription;
  readonly group: ChosenGroup;
  readonly write: IdentityWrite;
}

/** The answers as a plan; `undefined` while one is missing. Tags may be left out. */
export function plannedIdentity({ place, group, name, location, tags = {} }: NewIdentity): PlannedIdentity | undefined {
  if (place === undefined || group === undefined || name === undefined || location === undefined) {
    return undefined;
  }
  const { account, tenantId, subscriptionId } = place.subscription;
  return { place, group, write: { account, tenantId, subscriptionId, resourceGroup: group.name, name, location, tags } };
}
