import * as v from 'valibot';
import type { TenantRef } from '../identity/managedIdentity.ts';
import type { IdentityFilter, IdentityPage } from '../identity/searchPort.ts';
import { identityOf } from './armAnswers.ts';
import type { ArmConnection } from './armClients.ts';
import { graphPages, kqlText, kqlTexts } from './resourceGraph.ts';

/** `identityOf` looks at the values; Resource Graph keeps below `properties` what the SDK flattens. */
const rowSchema = v.object({
  id: v.unknown(),
  location: v.unknown(),
  tags: v.unknown(),
  properties: v.object({ clientId: v.unknown(), principalId: v.unknown(), tenantId: v.unknown() }),
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
    yield { identities: rows.map(({ id, location, tags, properties }) => identityOf({ id, location, tags, ...properties }, tenant)), total };
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
    'project id, name, location, resourceGroup, subscriptionId, tenantId, tags, properties',
    'order by id asc',
  ].join(' | ');
}
