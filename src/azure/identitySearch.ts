import * as v from 'valibot';
import { parseIdentityId } from '../identity/armId.ts';
import type { IdentityPath } from '../identity/armId.ts';
import type { ManagedIdentity, TenantRef } from '../identity/managedIdentity.ts';
import type { IdentityFilter, IdentityPage } from '../identity/searchPort.ts';
import type { ArmConnection } from './armClients.ts';
import { graphPages, kqlText, kqlTexts } from './resourceGraph.ts';

const text = v.pipe(v.string(), v.minLength(1));

/** What the query projects, in this order; the id says subscription, group and name. */
const columns = ['id', 'location', 'tags', 'clientId', 'principalId', 'homeTenantId'] as const;

const describedTable = v.object({
  columns: v.tuple(columns.map((name) => v.object({ name: v.literal(name) }))),
  rows: v.array(v.tuple([text, v.string(), v.nullable(v.record(v.string(), v.string())), text, text, v.string()])),
});

type Table = v.InferOutput<typeof describedTable>;

const goodTable = v.custom<Table>(() => true);

/** A hundred thousand rows pass through here: the whole schema is only asked what is wrong with some. */
const tableSchema = v.lazy((table): v.GenericSchema<unknown, Table> => (isGoodTable(table) ? goodTable : describedTable));

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
  for await (const { rows, total } of graphPages(arm, tenant, subscriptionIds, identityQuery(tenant, filter), tableSchema, signal, 'table')) {
    yield { identities: identitiesOf(rows, tenant), total };
  }
}

/** What a filter asks of resources, as steps of a query; tenants are chosen by where it is sent. */
export function filterConditions({ subscriptionIds = [], resourceGroups = [], tags = [], name = '' }: IdentityFilter): readonly string[] {
  return [
    ...(name === '' ? [] : [`where name contains ${kqlText(name)}`]),
    ...(subscriptionIds.length === 0 ? [] : [`where subscriptionId in~ ${kqlTexts(subscriptionIds)}`]),
    ...(resourceGroups.length === 0 ? [] : [`where resourceGroup in~ ${kqlTexts(resourceGroups)}`]),
    ...tags.map((tag) => (tag.value === undefined ? `where isnotempty(tags[${kqlText(tag.name)}])` : `where tags[${kqlText(tag.name)}] =~ ${kqlText(tag.value)}`)),
  ];
}

function identityQuery({ tenantId }: TenantRef, filter: IdentityFilter): string {
  const homeTenantId = 'tostring(properties.tenantId)';
  return [
    'resources',
    "where type =~ 'microsoft.managedidentity/userassignedidentities'",
    ...filterConditions(filter),
    // `columns`, side by side and nothing else: with properties as an object a page takes a third longer to parse.
    // The tenant is nearly always the one that is asked: a tenth of a page's bytes would say so again in each row.
    `project id, location, tags, clientId = tostring(properties.clientId), principalId = tostring(properties.principalId), homeTenantId = iff(${homeTenantId} == ${kqlText(tenantId)}, '', ${homeTenantId})`,
    'order by id asc',
  ].join(' | ');
}

/** True for what `describedTable` lets through, at a tenth of its time, and for a table without rows, whatever its columns. */
function isGoodTable(table: unknown): boolean {
  if (!isRecord(table) || !Array.isArray(table['columns']) || !Array.isArray(table['rows'])) {
    return false;
  }
  const given: readonly unknown[] = table['columns'];
  const areNamed = columns.every((name, index) => isRecord(given[index]) && given[index]['name'] === name);
  return table['rows'].length === 0 || (areNamed && table['rows'].every(isGoodRow));
}

function isGoodRow(row: unknown): boolean {
  if (!Array.isArray(row)) {
    return false;
  }
  const fields: readonly unknown[] = row;
  const tags = fields[2];
  const isGood = isText(fields[0]) && typeof fields[1] === 'string' && isText(fields[3]) && isText(fields[4]) && typeof fields[5] === 'string';
  return isGood && (tags === null || (isRecord(tags) && areTexts(tags)));
}

/** Without an array of the values for each row. */
function areTexts(tags: Readonly<Record<string, unknown>>): boolean {
  for (const name in tags) {
    if (typeof tags[name] !== 'string') {
      return false;
    }
  }
  return true;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Rows come ordered by id, so most have the subscription and the group of the one before: both are then in memory once. */
function identitiesOf({ rows }: Table, { account, tenantId }: TenantRef): ManagedIdentity[] {
  let start = '/';
  let path: IdentityPath | undefined;
  return rows.map((row) => {
    // By index: taken apart as an array, each row would cost an iterator.
    const id = row[0];
    const nameAt = id.lastIndexOf('/') + 1;
    if (path === undefined || nameAt !== start.length || !id.startsWith(start) || nameAt === id.length) {
      path = parseIdentityId(id);
      start = id.slice(0, nameAt);
    }
    const { subscriptionId, resourceGroup } = path;
    return { account, tenantId, subscriptionId, resourceGroup, name: id.slice(nameAt), id, location: row[1], clientId: row[3], principalId: row[4], homeTenantId: row[5] || tenantId, tags: row[2] ?? {} };
  });
}
