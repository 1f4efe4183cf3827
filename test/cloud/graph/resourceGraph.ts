import { ArmRefusal, WrittenJson } from '../arm/armAnswer.ts';
import type { ArmAnswer, ArmCall } from '../arm/armAnswer.ts';
import type { Subscription } from '../arm/resources.ts';
import { isRecord, isStringList, parseJson } from '../exchange.ts';
import type { GraphRow } from './graphRow.ts';
import { assignmentRow, groupRow, identityRow, resourceRow, subscriptionRow } from './graphRows.ts';
import { KqlFailure } from './kqlTokens.ts';
import { readKql } from './kqlQuery.ts';
import type { GraphTable, KqlQuery } from './kqlQuery.ts';

/** https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data, as of 2021; since then 1,000 too, but nobody should count on more. */
const defaultPage = 100;

const versions = ['2019-04-01', '2020-04-01-preview', '2021-03-01', '2021-06-01-preview', '2022-10-01', '2024-04-01'];

/** Resource Graph's errors: a sentence for support, and what is wrong in the details (bodies quoted in public repositories, 2022 to 2026). */
function refusal(call: ArmCall, status: number, code: string, details: readonly object[], headers: Readonly<Record<string, string>> = {}): ArmRefusal {
  const at = new Date(call.world.clock.now()).toISOString().replace('Z', '0000Z');
  const message = `Please provide below info when asking for support: timestamp = ${at}, correlationId = ${call.entry.correlationId ?? ''}.`;
  return new ArmRefusal(status, code, message, { details, headers, source: 'provider' });
}

function unreadable(call: ArmCall, failure?: KqlFailure): ArmRefusal {
  // Also for what the real service would read: nobody shall rely on an answer that was made up here.
  call.entry.unmodelled = true;
  const { line = 1, column = 0, text = '' } = failure?.token ?? {};
  return refusal(call, 400, 'BadRequest', [
    { code: 'InvalidQuery', message: 'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.' },
    { code: 'ParserFailure', message: 'ParserFailure', line, characterPositionInLine: column, token: text },
  ]);
}

/** @throws ArmRefusal 429 RateLimiting */
function takeQuota(call: ArmCall): Record<string, string> {
  const { world, caller } = call;
  const { allowed, remaining, resetsAfterMs } = world.graph.takeQuery(`${caller.tenantId}/${caller.objectId}`, world.clock.now(), world.settings.graphQuota);
  const seconds = Math.ceil(resetsAfterMs / 1000);
  const resets = new Date(seconds * 1000).toISOString().slice(11, 19);
  const headers = { 'x-ms-user-quota-remaining': String(remaining), 'x-ms-user-quota-resets-after': resets, 'x-ms-ratelimit-remaining-tenant-resource-requests': String(remaining) };
  if (!allowed) {
    const help = 'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.';
    throw refusal(call, 429, 'RateLimiting', [{ code: 'RateLimiting', message: help }], { ...headers, 'retry-after': String(seconds) });
  }
  return headers;
}

/** The subscriptions of the token's tenant that the query may look into; unreadable ones among named ones are left out without a word, as the service does. */
function scopeOf(call: ArmCall, named: readonly string[] | undefined): Subscription[] {
  const { resources, rights } = call.world;
  const wanted = named === undefined ? resources.subscriptions() : named.map((id) => resources.subscription(id)).filter((item) => item !== undefined);
  const readable = wanted.filter(({ id, tenantId }) => tenantId === call.caller.tenantId && rights.sees(call.caller.objectId, `/subscriptions/${id}`));
  if (readable.length === 0) {
    const given = (named ?? []).join(', ');
    const message = `There must be at least one subscription that is eligible to contain resources. Given: '${given}'.`;
    throw refusal(call, 400, 'BadRequest', [{ code: 'NoValidSubscriptionsInQueryRequest', message }]);
  }
  return readable;
}

/** The rows of a table below one subscription, whoever asks. */
function rowsBelow(call: ArmCall, table: Exclude<GraphTable, 'authorizationresources'>, subscription: Subscription): GraphRow[] {
  const { resources } = call.world;
  return table === 'resources'
    ? [...resources.identities(subscription.id).map(identityRow), ...resources.others(subscription.id).map((resource) => resourceRow(resource, resources))]
    : [subscriptionRow(subscription), ...resources.groups(subscription.id).map((group) => groupRow(group, subscription.tenantId))];
}

function mayRead(call: ArmCall, row: GraphRow): boolean {
  const { rights } = call.world;
  const [id, type] = [String(row['id']), String(row['type'])];
  return type.startsWith('microsoft.resources/') ? rights.sees(call.caller.objectId, id) : rights.allows(call.caller.objectId, `${type}/read`, id);
}

/** Role assignments below subscriptions; who may not read them gets none. What is given above subscriptions is not part of the world. */
function assignmentRows(call: ArmCall, scope: readonly Subscription[]): GraphRow[] {
  const subscriptions = new Map(scope.map((subscription) => [subscription.id.toLowerCase(), subscription]));
  return call.world.rights.assignments().flatMap((assignment) => {
    const subscription = subscriptions.get(assignment.scope.split('/')[2]?.toLowerCase() ?? '');
    const row = subscription === undefined ? undefined : assignmentRow(assignment, subscription);
    return row !== undefined && mayRead(call, row) ? [row] : [];
  });
}

function tableRows(call: ArmCall, table: GraphTable, scope: readonly Subscription[]): GraphRow[] {
  if (table === 'authorizationresources') {
    return assignmentRows(call, scope);
  }
  const { world, caller } = call;
  const rows = scope.flatMap((subscription) => {
    const below = rowsBelow(call, table, subscription);
    const all = world.rights.allows(caller.objectId, '*/read', `/subscriptions/${subscription.id}`);
    return all ? below : below.filter((row) => mayRead(call, row));
  });
  const outdated = world.graph.history.outdated(world.clock.now(), world.settings.graphLagMs);
  if (outdated.size === 0) {
    return rows;
  }
  const inScope = new Set(scope.map(({ id }) => id.toLowerCase()));
  const former = [...outdated.values()]
    .filter((row) => row !== undefined)
    .filter((row) => inScope.has(String(row['subscriptionId']).toLowerCase()) && String(row['type']).startsWith('microsoft.resources/') === (table === 'resourcecontainers') && mayRead(call, row));
  return [...rows.filter((row) => !outdated.has(String(row['id']).toLowerCase())), ...former];
}

interface Question {
  readonly query: string;
  readonly subscriptions: readonly string[] | undefined;
  readonly top: number | undefined;
  readonly skip: number;
  readonly skipToken: string | undefined;
  readonly format: ResultFormat;
}

type ResultFormat = 'objectArray' | 'table';

function readQuestion(call: ArmCall): Question {
  const body = parseJson(call.request.body);
  const { query, subscriptions, options, facets, managementGroups } = isRecord(body) ? body : {};
  const { $top: top, $skip: skip = 0, $skipToken: skipToken, resultFormat = 'objectArray' } = isRecord(options) ? options : {};
  const counts = [top ?? 1, skip].every((count) => typeof count === 'number' && Number.isInteger(count) && count >= 0);
  const known = facets === undefined && managementGroups === undefined && counts;
  if (typeof query !== 'string' || !known || !isResultFormat(resultFormat) || (skipToken !== undefined && typeof skipToken !== 'string') || (subscriptions !== undefined && !isStringList(subscriptions))) {
    throw unreadable(call);
  }
  return { query, subscriptions: subscriptions?.length === 0 ? undefined : subscriptions, top: typeof top === 'number' ? top : undefined, skip: Number(skip), skipToken, format: resultFormat };
}

function isResultFormat(value: unknown): value is ResultFormat {
  return value === 'objectArray' || value === 'table';
}

function understand(call: ArmCall, query: string): KqlQuery {
  try {
    return readKql(query);
  } catch (error) {
    throw error instanceof KqlFailure ? unreadable(call, error) : error;
  }
}

interface PageToken {
  readonly result: string;
  readonly start: number;
  readonly size: number;
}

function readToken(text: string): PageToken | undefined {
  const value = parseJson(Buffer.from(text, 'base64').toString());
  return isRecord(value) && typeof value['result'] === 'string' && typeof value['start'] === 'number' && typeof value['size'] === 'number' ? { result: value['result'], start: value['start'], size: value['size'] } : undefined;
}

/** The rows of one page with what stands around them. */
function findPage(call: ArmCall, question: Question, asked: string): object {
  const query = understand(call, question.query);
  const token = question.skipToken === undefined ? undefined : readToken(question.skipToken);
  const kept = token === undefined ? undefined : call.world.graph.result(token.result);
  if (question.skipToken !== undefined && (token === undefined || kept?.question !== asked)) {
    // That it is refused is certain, its code and text are a guess.
    throw refusal(call, 400, 'BadRequest', [{ code: 'InvalidSkipToken', message: 'The skip token is invalid for this query.' }]);
  }
  const rows = kept?.rows ?? query.run(tableRows(call, query.table, scopeOf(call, question.subscriptions)));
  const start = token?.start ?? question.skip;
  const size = Math.min(question.top ?? token?.size ?? defaultPage, call.world.settings.graphPage);
  const data = rows.slice(start, start + size);
  const more = start + data.length < rows.length;
  const hasId = query.columns.has('id');
  const next = more && hasId ? Buffer.from(JSON.stringify({ result: token?.result ?? call.world.graph.keep({ rows, question: asked }), start: start + size, size })).toString('base64') : undefined;
  return { totalRecords: rows.length, count: data.length, data: question.format === 'table' ? tableOf(data, [...query.columns]) : data, facets: [], resultTruncated: String(more && !hasId), ...(next === undefined ? {} : { $skipToken: next }) };
}

/** Rows without the names of their columns, which stand before them once (azure-rest-api-specs, Microsoft.ResourceGraph 2019-04-01, ResourcesBasicQuery). */
function tableOf(rows: readonly GraphRow[], columns: readonly string[]): object {
  const typeOf = (name: string): string => {
    const value = rows.find((row) => (row[name] ?? undefined) !== undefined)?.[name];
    return typeof value === 'number' ? 'integer' : typeof value === 'undefined' ? 'string' : typeof value;
  };
  return { columns: columns.map((name) => ({ name, type: typeOf(name) })), rows: rows.map((row) => columns.map((name) => row[name] ?? null)) };
}

/** The page as it was written for the same question before. */
function rememberedPage(call: ArmCall, question: Question, asked: string): WrittenJson {
  const { answers } = call.world.graph;
  const key = JSON.stringify([asked, question.top, question.skip, question.skipToken, question.format]);
  const page = answers.get(key) ?? new WrittenJson(JSON.stringify(findPage(call, question, asked)));
  answers.set(key, page);
  return page;
}

/**
 * POST of a query: `resources`, `resourcecontainers` and `authorizationresources` (role assignments alone, without lag) of the token's tenant, with the part of KQL that `readKql` reads.
 * `resultTruncated` is a text and stays "false" while there is a `$skipToken`; it is "true" where the service can give no
 * further pages, since `id` was not projected (work-with-data, and responses seen in 2026).
 * @throws ArmRefusal 400 with the details InvalidQuery or NoValidSubscriptionsInQueryRequest, 429 RateLimiting
 */
export function queryResourceGraph(call: ArmCall): ArmAnswer {
  if (!versions.includes(call.apiVersion)) {
    throw new ArmRefusal(400, 'InvalidResourceType', `The resource type 'resources' could not be found in the namespace 'Microsoft.ResourceGraph' for api version '${call.apiVersion}'. The supported api-versions are '${versions.join(',')}'.`);
  }
  const quota = takeQuota(call);
  const started = performance.now();
  const question = readQuestion(call);
  const asked = JSON.stringify([call.caller.tenantId, call.caller.objectId, question.query, question.subscriptions]);
  return {
    status: 200,
    body: call.world.settings.graphKeepsAnswers ? rememberedPage(call, question, asked) : findPage(call, question, asked),
    headers: { ...quota, 'x-ms-resource-graph-request-duration': `0:00:00:0${((performance.now() - started) / 1000).toFixed(7)}` },
    source: 'provider',
  };
}
