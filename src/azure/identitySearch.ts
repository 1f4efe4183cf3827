import * as v from 'valibot';
import { parseIdentityId } from '../identity/armId.ts';
import type { IdentityPath } from '../identity/armId.ts';
import type { ManagedIdentity, TenantRef } from '../identity/managedIdentity.ts';
import type { IdentityFilter, IdentityPage } from '../identity/searchPort.ts';
import type { ArmConnection } from './armClients.ts';
import { graphPages, kqlText, kqlTexts } from './resourceGraph.ts';

const text = v.pipe(v.string(), v.minLength(1));

const tagsSchema = v.record(v.string(), v.string());

type Tags = v.InferOutput<typeof tagsSchema>;

/** What the query projects, in this order; the id says subscription, group and name. */
const columns = ['id', 'location', 'tags', 'clientId', 'principalId', 'homeTenantId'] as const;

/** Says what is wrong with a table that `identitiesOf` does not take. A hundred thousand rows pass through there, at a tenth of this one's time. */
const describedTable = v.object({
  columns: v.tuple(columns.map((name) => v.object({ name: v.literal(name) }))),
  rows: v.array(v.tuple([text, v.string(), v.pipe(v.string(), v.check((tags) => readTags(tags) !== undefined, 'Expected a JSON object of texts')), text, text, v.string()])),
});

function identitiesSchema(tenant: TenantRef, tagTexts: TagTexts): v.GenericSchema<unknown, readonly ManagedIdentity[]> {
  return v.lazy((table) => {
    const identities = identitiesOf(table, tenant, tagTexts);
    return identities === undefined ? v.pipe(describedTable, v.transform(() => [])) : v.pipe(v.unknown(), v.transform(() => identities));
  });
}

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
  const query = { text: identityQuery(tenant, filter), subscriptionIds, rows: identitiesSchema(tenant, new TagTexts()), format: 'table' } as const;
  for await (const { rows, total } of graphPages(arm, tenant, query, signal)) {
    yield { identities: rows, total };
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
    // Most identities of a company have the tags of others: as texts they are read once, as objects they take half of the page's time.
    // The tenant is nearly always the one that is asked: a tenth of a page's bytes would say so again in each row.
    `project id, location, tags = tostring(tags), clientId = tostring(properties.clientId), principalId = tostring(properties.principalId), homeTenantId = iff(${homeTenantId} == ${kqlText(tenantId)}, '', ${homeTenantId})`,
    'order by id asc',
  ].join(' | ');
}

/** Tags by the text that the service writes for them, each text read once. */
class TagTexts {
  readonly #read = new Map<unknown, Tags>();

  /** `undefined` where it is no text of a JSON object of texts. */
  tags(text: unknown): Tags | undefined {
    let tags = this.#read.get(text);
    if (tags === undefined && typeof text === 'string') {
      tags = readTags(text);
      if (tags !== undefined) {
        this.#read.set(text, tags);
      }
    }
    return tags;
  }
}

function readTags(text: string): Tags | undefined {
  try {
    // Without tags it is the text of nothing.
    const tags: unknown = JSON.parse(text || '{}');
    return isRecord(tags) && v.is(tagsSchema, tags) ? tags : undefined;
  } catch {
    return undefined;
  }
}

/**
 * `undefined` where this is no table of identities. Rows come ordered by id, so most have the subscription and the group of the one before:
 * both are then in memory once.
 */
function identitiesOf(table: unknown, { account, tenantId }: TenantRef, tagTexts: TagTexts): readonly ManagedIdentity[] | undefined {
  const rows = rowsOf(table);
  const identities: ManagedIdentity[] = [];
  let start = '/';
  let path: IdentityPath | undefined;
  for (const row of rows ?? []) {
    if (!Array.isArray(row)) {
      return undefined;
    }
    // By index: taken apart as an array, each row would cost an iterator.
    const fields: readonly unknown[] = row;
    const id = fields[0];
    const location = fields[1];
    const clientId = fields[3];
    const principalId = fields[4];
    const homeTenantId = fields[5];
    const tags = tagTexts.tags(fields[2]);
    if (!isText(id) || typeof location !== 'string' || tags === undefined || !isText(clientId) || !isText(principalId) || typeof homeTenantId !== 'string') {
      return undefined;
    }
    const nameAt = id.lastIndexOf('/') + 1;
    if (path === undefined || nameAt !== start.length || !id.startsWith(start) || nameAt === id.length) {
      path = parseIdentityId(id);
      start = id.slice(0, nameAt);
    }
    const { subscriptionId, resourceGroup } = path;
    identities.push({ account, tenantId, subscriptionId, resourceGroup, name: id.slice(nameAt), id, location, clientId, principalId, homeTenantId: homeTenantId || tenantId, tags });
  }
  return rows === undefined ? undefined : identities;
}

/** Rows of a table with our columns, or without rows, whatever its columns. */
function rowsOf(table: unknown): readonly unknown[] | undefined {
  if (!isRecord(table) || !Array.isArray(table['columns']) || !Array.isArray(table['rows'])) {
    return undefined;
  }
  const given: readonly unknown[] = table['columns'];
  const rows: readonly unknown[] = table['rows'];
  const areNamed = columns.every((name, index) => isRecord(given[index]) && given[index]['name'] === name);
  return areNamed || rows.length === 0 ? rows : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
