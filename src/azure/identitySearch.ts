import * as v from 'valibot';
import { parseIdentityId } from '../identity/armId.ts';
import type { ManagedIdentity, TenantRef } from '../identity/managedIdentity.ts';
import type { IdentityFilter, IdentityPage } from '../identity/searchPort.ts';
import type { ArmConnection } from './armClients.ts';
import { graphPages, kqlText, kqlTexts } from './resourceGraph.ts';

const text = v.pipe(v.string(), v.minLength(1));

/** What the query projects; `id` says group and name. */
const rowSchema = v.object({
  id: text,
  location: v.string(),
  tags: v.optional(v.nullable(v.record(v.string(), v.string()))),
  properties: v.object({ clientId: text, principalId: text, tenantId: text }),
});

/**
 * The identities of a tenant that a filter lets through, page by page, by Resource Graph. Without subscription ids it goes
 * over the whole tenant. Rows come ordered by id, hence one subscription after the other.
 * @throws AirflowIdentityError as `graphPages`; AbortError.
 */
export async function* identityPages(
  arm: ArmConnection,
  tenant: TenantRef,
  subscriptionIds: readonly string[] | undefined,
  filter: IdentityFilter,
  signal: AbortSignal,
): AsyncGenerator<IdentityPage, void, undefined> {
  for await (const { rows, total } of graphPages(arm, tenant, subscriptionIds, identityQuery(filter), rowSchema, signal)) {
    yield { identities: rows.map((row) => identityOf(row, tenant)), total };
  }
}

/** The query behind a filter; tenants are chosen by where it is sent. */
function identityQuery({ subscriptionIds = [], resourceGroups = [], tags = [], name = '' }: IdentityFilter): string {
  return [
    'resources',
    "where type =~ 'microsoft.managedidentity/userassignedidentities'",
    ...(name === '' ? [] : [`where name contains ${kqlText(name)}`]),
    ...(subscriptionIds.length === 0 ? [] : [`where subscriptionId in~ ${kqlTexts(subscriptionIds)}`]),
    ...(resourceGroups.length === 0 ? [] : [`where resourceGroup in~ ${kqlTexts(resourceGroups)}`]),
    ...tags.map((tag) => (tag.value === undefined ? `where isnotempty(tags[${kqlText(tag.name)}])` : `where tags[${kqlText(tag.name)}] =~ ${kqlText(tag.value)}`)),
    'project id, location, tags, properties',
    'order by id asc',
  ].join(' | ');
}

function identityOf({ id, location, tags, properties }: v.InferOutput<typeof rowSchema>, { account, tenantId }: TenantRef): ManagedIdentity {
  const { clientId, principalId, tenantId: homeTenantId } = properties;
  return { account, tenantId, ...parseIdentityId(id), id, location, clientId, principalId, homeTenantId, tags: tags ?? {} };
}
