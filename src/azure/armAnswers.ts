import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { MalformedAnswer } from '../http/answerErrors.ts';
import { parseIdentityId } from '../identity/armId.ts';
import type { FederatedCredential } from '../identity/federatedCredential.ts';
import type { ManagedIdentity, Subscription, Tenant, TenantRef } from '../identity/managedIdentity.ts';

/*
 * The SDKs type answers and check few of them: a missing or misspelt property arrives as undefined under a type that
 * says otherwise. So every page passes through these schemas (field names: azure-rest-api-specs, msi 2024-11-30 and
 * resources 2022-12-01, as the SDKs flatten them). Unknown properties are ignored.
 */

const text = v.pipe(v.string(), v.minLength(1));
const optionalText = v.optional(v.nullable(v.string()));

const tenantSchema = v.object({ tenantId: text, displayName: optionalText, defaultDomain: optionalText });

const subscriptionSchema = v.object({ subscriptionId: text, displayName: optionalText, state: v.optional(v.string(), 'Enabled') });

const identitySchema = v.object({
  id: text,
  location: v.string(),
  clientId: text,
  principalId: text,
  tenantId: text,
  tags: v.optional(v.nullable(v.record(v.string(), v.string()))),
});

const credentialSchema = v.object({
  name: text,
  issuer: v.string(),
  subject: optionalText,
  audiences: v.optional(v.array(v.string()), []),
});

/** @throws MalformedAnswer */
export function tenantOf(answer: unknown, owner: Pick<TenantRef, 'account'>): Tenant {
  const tenant = checked(tenantSchema, answer, 'tenant');
  const defaultDomain = tenant.defaultDomain ?? undefined;
  return { account: owner.account, tenantId: tenant.tenantId, displayName: tenant.displayName || defaultDomain || tenant.tenantId, defaultDomain };
}

/** @throws MalformedAnswer */
export function subscriptionOf(answer: unknown, owner: TenantRef): Subscription {
  const { subscriptionId, displayName, state } = checked(subscriptionSchema, answer, 'subscription');
  return { account: owner.account, tenantId: owner.tenantId, subscriptionId, displayName: displayName || subscriptionId, state };
}

/** @throws MalformedAnswer */
export function identityOf(answer: unknown, owner: TenantRef): ManagedIdentity {
  const { id, location, clientId, principalId, tenantId, tags } = checked(identitySchema, answer, 'userAssignedIdentity');
  return { account: owner.account, tenantId: owner.tenantId, ...pathOf(id), id, location, clientId, principalId, homeTenantId: tenantId, tags: tags ?? {} };
}

/** @throws MalformedAnswer */
export function credentialOf(answer: unknown): FederatedCredential {
  const { name, issuer, subject, audiences } = checked(credentialSchema, answer, 'federatedIdentityCredential');
  return { name, issuer, subject: subject ?? undefined, audiences };
}

function pathOf(id: string): ReturnType<typeof parseIdentityId> {
  try {
    return parseIdentityId(id);
  } catch (error) {
    throw new MalformedAnswer(l10n.t('the resource ID of an identity'), error);
  }
}

function checked<T extends v.GenericSchema>(schema: T, answer: unknown, resource: string): v.InferOutput<T> {
  const result = v.safeParse(schema, answer);
  if (!result.success) {
    const [issue] = result.issues;
    throw new MalformedAnswer(l10n.t('"{0}" of a {1} is missing or of another kind', v.getDotPath(issue) ?? 'value', resource));
  }
  return result.output;
}
