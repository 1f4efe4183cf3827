import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { Pipeline } from '@azure/core-rest-pipeline';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AirflowIdentityError } from '../errors.ts';
import type { RequestPlace } from '../http/requestPlace.ts';
import { callOf } from '../http/sdkCalls.ts';
import type { TenantRef } from '../identity/managedIdentity.ts';
import { armPipeline } from './armClients.ts';
import type { ArmConnection } from './armClients.ts';
import { checkedAnswer, parsedBody } from './armRequests.ts';

/*
 * Azure Resource Graph answers for all subscriptions of a tenant at once, from an index that lags behind writes by seconds
 * to minutes. Facts: Microsoft Learn, governance/resource-graph, "work with data" (paging) and "guidance for throttled
 * requests"; azure-rest-api-specs, Microsoft.ResourceGraph 2024-04-01.
 */

/** One page of a query's rows, as `Rows`. */
export interface GraphPage<Rows> {
  readonly rows: Rows;
  /** Rows of the query over all subscriptions asked so far, as the service counts them. */
  readonly total: number;
}

const path = '/providers/Microsoft.ResourceGraph/resources';

/** The most rows that the service gives at once. */
const pageSize = 1000;

/** The guidance asks for fewer than 300 subscriptions per query. */
const subscriptionsPerQuery = 299;

const answerSchema = v.object({
  totalRecords: v.pipe(v.number(), v.minValue(0)),
  /** Looked at with the schema of the query. */
  data: v.unknown(),
  /** The specification makes it a text. */
  resultTruncated: v.optional(v.string(), 'false'),
  $skipToken: v.optional(v.nullable(v.string())),
});

/** How the service writes the rows of an answer. */
type ResultFormat = 'objectArray' | 'table';

type Answer = v.InferOutput<typeof answerSchema>;

/** A query, and what its rows are. */
export interface GraphQuery<T extends v.GenericSchema> {
  /** It must project `id` and order by it, or the service gives no more than the first page. */
  readonly text: string;
  /** Without them it goes over the whole tenant. */
  readonly subscriptionIds?: readonly string[] | undefined;
  /** All rows of a page: an array of objects, or, as `table`, `{ columns: [{ name, type }], rows: [[…]] }`, which takes a fifth less time to read. */
  readonly rows: T;
  readonly format?: ResultFormat;
}

/** What one query goes over; without names the whole tenant. */
interface SubscriptionGroup {
  readonly subscriptions?: readonly string[];
}

/**
 * Runs a query and gives its pages as they arrive; the next one is under way while one is read.
 *
 * @throws AirflowIdentityError: `forbidden` and `invalidInput` where Resource Graph is refused, `unavailable` where it cut
 *   the result off; an AbortError as soon as the signal is aborted.
 */
export async function* graphPages<T extends v.GenericSchema>(
  arm: ArmConnection,
  tenant: TenantRef,
  { text: query, subscriptionIds, rows, format = 'objectArray' }: GraphQuery<T>,
  signal: AbortSignal,
): AsyncGenerator<GraphPage<v.InferOutput<T>>, void, undefined> {
  const place = placeIn(arm);
  const abandoned = new AbortController();
  const stop = AbortSignal.any([signal, abandoned.signal]);
  const pipeline = queryPipeline(arm, tenant, stop);
  const begin = (group: SubscriptionGroup, skipToken?: string): Promise<Answer> => {
    const answer = ask(arm, pipeline, { ...group, query, options: optionsOf(format, skipToken) }, stop);
    // Whoever reads the pages may stop before this one.
    answer.catch(() => undefined);
    return answer;
  };
  let before = 0;
  let isDone = false;
  try {
    for (const group of groupsOf(subscriptionIds)) {
      let inGroup = 0;
      for (let next: Promise<Answer> | undefined = begin(group); next !== undefined; ) {
        const { totalRecords, data, $skipToken, resultTruncated }: Answer = await next;
        inGroup = totalRecords;
        next = $skipToken ? begin(group, $skipToken) : undefined;
        yield { rows: checkedAnswer(rows, data, place), total: before + inGroup };
        if (next === undefined && resultTruncated === 'true') {
          throw cutOff(place);
        }
      }
      before += inGroup;
    }
    isDone = true;
  } finally {
    if (!isDone) {
      abandoned.abort();
    }
  }
}

/** A text inside quotes in a query (KQL: "string literals", where a backslash escapes). */
export function kqlText(text: string): string {
  const escaped = text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`);
  return `'${escaped.replaceAll(/[\r\n\t]/g, ' ')}'`;
}

/** A list of such texts in brackets, for `in~`. */
export function kqlTexts(texts: readonly string[]): string {
  return `(${texts.map(kqlText).join(', ')})`;
}

function groupsOf(subscriptionIds: readonly string[] | undefined): readonly SubscriptionGroup[] {
  if (subscriptionIds === undefined) {
    return [{}];
  }
  const groups = Math.ceil(subscriptionIds.length / subscriptionsPerQuery);
  return Array.from({ length: groups }, (_, index) => ({
    subscriptions: subscriptionIds.slice(index * subscriptionsPerQuery, (index + 1) * subscriptionsPerQuery),
  }));
}

function optionsOf(resultFormat: ResultFormat, skipToken: string | undefined): object {
  return { $top: pageSize, resultFormat, ...(skipToken === undefined ? {} : { $skipToken: skipToken }) };
}

function queryPipeline(arm: ArmConnection, tenant: TenantRef, signal: AbortSignal): Pipeline {
  const pipeline = armPipeline(arm, tenant, signal, { postsRead: true });
  pipeline.addPolicy(arm.graphQuota.policy(tenant, arm), { afterPhase: 'Retry', beforePolicies: ['airflowIdentityArmAuthentication'] });
  return pipeline;
}

async function ask(arm: ArmConnection, pipeline: Pipeline, body: object, signal: AbortSignal): Promise<Answer> {
  const headers = createHttpHeaders({ Accept: 'application/json', 'Content-Type': 'application/json' });
  const url = `${arm.cloud().armEndpoint}${path}?api-version=2024-04-01`;
  const place = placeIn(arm);
  const request = createPipelineRequest({ url, method: 'POST', headers, body: JSON.stringify(body) });
  return callOf(place.host, signal, async () => {
    const response = await pipeline.sendRequest(arm.httpClient, request);
    // Above 10,000 subscriptions the service passes over the rest.
    if (response.headers.get('x-ms-tenant-subscription-limit-hit') === 'true') {
      throw cutOff(place);
    }
    return checkedAnswer(answerSchema, parsedBody(response.bodyAsText), place);
  });
}

function placeIn(arm: ArmConnection): RequestPlace {
  return { method: 'POST', host: arm.cloud().armHost, path };
}

function cutOff(place: RequestPlace): AirflowIdentityError {
  return new AirflowIdentityError('unavailable', l10n.t('Azure Resource Graph gave only a part of the result.'), {
    fix: l10n.t('Restrict the search with a filter.'),
    details: { ...place },
  });
}
