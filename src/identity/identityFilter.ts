import * as v from 'valibot';
import { sameArmId } from './armId.ts';
import type { ManagedIdentity } from './managedIdentity.ts';
import type { IdentityFilter } from './searchPort.ts';

const texts = v.exactOptional(v.array(v.string()));

const filterSchema = v.object({
  tenantIds: texts,
  subscriptionIds: texts,
  resourceGroups: texts,
  tags: v.exactOptional(v.array(v.object({ name: v.string(), value: v.exactOptional(v.string()) }))),
  name: v.exactOptional(v.string()),
  trustsDeployments: v.exactOptional(v.boolean()),
});

/** A filter as it was kept; one that lets everything through where the value is none. */
export function storedFilter(value: unknown): IdentityFilter {
  const parsed = v.safeParse(filterSchema, value);
  return parsed.success ? parsed.output : {};
}

/** True when a filter lets everything through. */
export function isEmptyFilter(filter: IdentityFilter): boolean {
  const { tenantIds = [], subscriptionIds = [], resourceGroups = [], tags = [], name = '', trustsDeployments = false } = filter;
  return [tenantIds, subscriptionIds, resourceGroups, tags].every(({ length }) => length === 0) && name === '' && !trustsDeployments;
}

/** True when a filter chooses among identities, and not only among the places where they are. */
export function choosesIdentities(filter: IdentityFilter): boolean {
  return !isEmptyFilter({ ...filter, tenantIds: [], subscriptionIds: [] });
}

/** True for tenants whose subscriptions are asked for. */
export function letsTenantThrough({ tenantIds = [] }: IdentityFilter, tenantId: string): boolean {
  return tenantIds.length === 0 || tenantIds.some((wanted) => sameArmId(wanted, tenantId));
}

/** True for subscriptions whose identities are asked for. */
export function letsSubscriptionThrough({ subscriptionIds = [] }: IdentityFilter, subscriptionId: string): boolean {
  return subscriptionIds.length === 0 || subscriptionIds.some((wanted) => sameArmId(wanted, subscriptionId));
}

/** What Resource Graph decides by itself, for identities that were found another way. Credentials are not looked at. */
export function letsIdentityThrough(filter: IdentityFilter, identity: ManagedIdentity): boolean {
  const { resourceGroups = [], tags = [], name = '' } = filter;
  return (
    letsTenantThrough(filter, identity.tenantId) &&
    letsSubscriptionThrough(filter, identity.subscriptionId) &&
    (resourceGroups.length === 0 || resourceGroups.some((wanted) => sameArmId(wanted, identity.resourceGroup))) &&
    identity.name.toLowerCase().includes(name.toLowerCase()) &&
    tags.every((tag) => hasTag(identity, tag))
  );
}

function hasTag({ tags }: ManagedIdentity, wanted: { readonly name: string; readonly value?: string }): boolean {
  const value = tags[wanted.name];
  return wanted.value === undefined ? (value ?? '') !== '' : value?.toLowerCase() === wanted.value.toLowerCase();
}
