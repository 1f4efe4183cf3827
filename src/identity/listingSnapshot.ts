import * as v from 'valibot';
import { parseIdentityId } from './armId.ts';
import type { Account, ManagedIdentity, Subscription, Tenant } from './managedIdentity.ts';

/*
 * What a listing leaves for the next start, as JSON: ids, names and tags, no credential and no secret. One text with the
 * tenants of all accounts, one for each account and tenant. A text of another version or form counts as none.
 */

const version = 1;

const accountSchema = v.object({ id: v.string(), label: v.string() });
const tenantSchema = v.object({ tenantId: v.string(), displayName: v.string(), defaultDomain: v.optional(v.string()) });

const tenantsSchema = v.object({
  version: v.literal(version),
  at: v.number(),
  accounts: v.array(v.object({ account: accountSchema, tenants: v.array(tenantSchema) })),
});

/** Identities as rows: 10,000 names of properties would be most of the text. */
const identityRow = v.tuple([v.string(), v.string(), v.string(), v.string(), v.string(), v.record(v.string(), v.string())]);

const listingSchema = v.object({
  version: v.literal(version),
  at: v.number(),
  accountId: v.string(),
  tenantId: v.string(),
  subscriptions: v.array(v.object({ subscriptionId: v.string(), displayName: v.string(), state: v.string(), identities: v.optional(v.array(identityRow)) })),
});

/** The tenants that were listed last, with the time in milliseconds since the Unix epoch. */
export interface KeptTenants {
  readonly at: number;
  readonly tenants: readonly Tenant[];
}

/** A subscription with its identities; `undefined` where they were never listed. */
export interface KeptSubscription {
  readonly subscription: Subscription;
  readonly identities: readonly ManagedIdentity[] | undefined;
}

/** What was listed last in a tenant, with the time in milliseconds since the Unix epoch. */
export interface KeptListing {
  readonly at: number;
  readonly subscriptions: readonly KeptSubscription[];
}

/** Writes the tenants of all accounts. */
export function tenantsText({ at, tenants }: KeptTenants): string {
  const accounts = new Map(tenants.map(({ account }) => [account.id, account]));
  return JSON.stringify({
    version,
    at,
    accounts: [...accounts.values()].map((account) => ({
      account: { id: account.id, label: account.label },
      tenants: tenants
        .filter((tenant) => tenant.account.id === account.id)
        .map(({ tenantId, displayName, defaultDomain }) => ({ tenantId, displayName, defaultDomain })),
    })),
  });
}

/** Reads what `tenantsText` wrote; `undefined` for anything else. */
export function tenantsOf(text: string): KeptTenants | undefined {
  const kept = parsed(tenantsSchema, text);
  return kept === undefined
    ? undefined
    : { at: kept.at, tenants: kept.accounts.flatMap(({ account, tenants }) => tenants.map((tenant) => ({ account, ...tenant, defaultDomain: tenant.defaultDomain }))) };
}

/** Writes the listing of a tenant. */
export function listingText(tenant: Tenant, { at, subscriptions }: KeptListing): string {
  return JSON.stringify({
    version,
    at,
    accountId: tenant.account.id,
    tenantId: tenant.tenantId,
    subscriptions: subscriptions.map(({ subscription: { subscriptionId, displayName, state }, identities }) => ({
      subscriptionId,
      displayName,
      state,
      identities: identities?.map(({ id, location, clientId, principalId, homeTenantId, tags }) => [id, location, clientId, principalId, homeTenantId, tags]),
    })),
  });
}

/** Reads what `listingText` wrote for this tenant; `undefined` for anything else. */
export function listingOf(text: string, { account, tenantId }: { readonly account: Account; readonly tenantId: string }): KeptListing | undefined {
  const kept = parsed(listingSchema, text);
  if (kept === undefined || kept.accountId !== account.id || kept.tenantId !== tenantId) {
    return undefined;
  }
  const owner = { account, tenantId };
  try {
    const subscriptions = kept.subscriptions.map(({ identities, ...subscription }) => ({
      subscription: { ...owner, ...subscription },
      identities: identities?.map(([id, location, clientId, principalId, homeTenantId, tags]) => ({
        ...owner, ...parseIdentityId(id), id, location, clientId, principalId, homeTenantId, tags,
      })),
    }));
    return { at: kept.at, subscriptions };
  } catch {
    // An id that is none: the text was damaged.
    return undefined;
  }
}

function parsed<T extends v.GenericSchema>(schema: T, text: string): v.InferOutput<T> | undefined {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return result.success ? result.output : undefined;
}
