import * as v from 'valibot';
import type { IdentityHost, Region, ResourceGroup } from '../identity/identityAdminPort.ts';
import type { TenantRef } from '../identity/managedIdentity.ts';

/*
 * Resource groups, regions and resources with identities, as far as they are used (field names: azure-rest-api-specs,
 * resources and common-types managed identity). Unknown properties are ignored.
 */

const text = v.pipe(v.string(), v.minLength(1));
const optionalText = v.optional(v.nullable(v.string()));

/** A resource group as ARM writes it. */
export const resourceGroupSchema = v.object({ name: text, location: v.string() });

/** A region of `locations`; logical ones such as "europe" take no resources. */
export const regionSchema = v.object({
  name: text,
  displayName: optionalText,
  metadata: v.optional(v.nullable(v.object({ regionType: optionalText }))),
});

const resourceIdentitySchema = v.object({
  type: optionalText,
  principalId: optionalText,
  tenantId: optionalText,
  userAssignedIdentities: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
});

/**
 * A resource with its identity: what ARM answers and what Resource Graph projects. An identity in a form that some provider
 * made up counts as none, so that one odd row does not hide the others.
 */
export const hostSchema = v.object({
  id: text,
  name: text,
  type: text,
  identity: v.fallback(v.optional(v.nullable(resourceIdentitySchema)), null),
});

/** A resource group as the product sees it. */
export function resourceGroupOf({ name, location }: v.InferOutput<typeof resourceGroupSchema>): ResourceGroup {
  return { name, location };
}

/** A region as the product sees it; `undefined` for one that takes no resources. */
export function regionOf({ name, displayName, metadata }: v.InferOutput<typeof regionSchema>): Region | undefined {
  return metadata?.regionType === 'Logical' ? undefined : { name, displayName: displayName || name };
}

/** A resource that has or could have a system-assigned identity; `undefined` for one that is in no resource group. */
export function hostOf({ id, name, type, identity }: v.InferOutput<typeof hostSchema>, owner: TenantRef): IdentityHost | undefined {
  const [, subscriptionId, resourceGroup] = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\//i.exec(id) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined) {
    return undefined;
  }
  const { principalId, tenantId, userAssignedIdentities } = identity ?? {};
  return {
    account: owner.account,
    tenantId: owner.tenantId,
    id,
    name,
    type: type.toLowerCase(),
    subscriptionId,
    resourceGroup,
    systemAssigned: principalId ? { principalId, tenantId: tenantId || owner.tenantId } : undefined,
    userAssigned: Object.keys(userAssignedIdentities ?? {}),
  };
}
