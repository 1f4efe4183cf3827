import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { HttpMethods } from '@azure/core-rest-pipeline';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { badAnswer } from '../http/answerErrors.ts';
import type { RequestPlace } from '../http/requestPlace.ts';
import { callOf } from '../http/sdkCalls.ts';
import { armPipeline } from './armClients.ts';
import type { ArmConnection, Owner } from './armClients.ts';

/** One request to ARM that no SDK makes. */
export interface ArmRequest {
  readonly method: Extract<HttpMethods, 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'>;
  /** From the first slash on, each name in it encoded, without the query. */
  readonly path: string;
  readonly apiVersion: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** What came back; an error status was thrown before. */
export interface ArmResponse {
  readonly status: number;
  /** The JSON of the answer; `undefined` where it has no body. */
  readonly body: unknown;
  header(name: string): string | undefined;
}

const pageSchema = v.object({ value: v.array(v.unknown()), nextLink: v.optional(v.nullable(v.string())) });

/**
 * Sends one request with the product's policies: token, log, retry of reads, errors in words.
 * @throws AirflowIdentityError; an AbortError as soon as the signal is aborted.
 */
export function armRequest(arm: ArmConnection, owner: Owner, request: ArmRequest, signal: AbortSignal): Promise<ArmResponse> {
  return send(arm, owner, request.method, urlOf(arm, request), request.body, signal);
}

/**
 * One answer, checked against a schema.
 * @throws AirflowIdentityError, `badAnswer` when it is not what the schema says; AbortError.
 */
export async function armAnswer<T extends v.GenericSchema>(arm: ArmConnection, owner: Owner, request: ArmRequest, schema: T, signal: AbortSignal): Promise<v.InferOutput<T>> {
  const { body } = await armRequest(arm, owner, request, signal);
  return checkedAnswer(schema, body, { method: request.method, host: arm.cloud().armHost, path: request.path });
}

/**
 * The pages of a listing (`value`, `nextLink`) as they arrive, each item checked against a schema.
 * @throws AirflowIdentityError; an AbortError as soon as the signal is aborted.
 */
export async function* armPages<T extends v.GenericSchema>(
  arm: ArmConnection,
  owner: Owner,
  request: Omit<ArmRequest, 'method' | 'body'>,
  itemSchema: T,
  signal: AbortSignal,
): AsyncGenerator<readonly v.InferOutput<T>[], void, undefined> {
  const place = { method: 'GET', host: arm.cloud().armHost, path: request.path };
  const items = v.array(itemSchema);
  for (let url: string | undefined = urlOf(arm, request); url !== undefined; ) {
    const { body } = await send(arm, owner, 'GET', url, undefined, signal);
    const page = checkedAnswer(pageSchema, body, place);
    yield checkedAnswer(items, page.value, place);
    url = page.nextLink || undefined;
  }
}

/**
 * The value, when a schema accepts it.
 * @throws AirflowIdentityError `badAnswer` that names the property.
 */
export function checkedAnswer<T extends v.GenericSchema>(schema: T, value: unknown, { method, host, path }: RequestPlace): v.InferOutput<T> {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    throw badAnswer({ method, host, path }, l10n.t('"{0}" is missing or of another kind', v.getDotPath(result.issues[0]) ?? 'value'));
  }
  return result.output;
}

/** The text of a JSON answer as its value; `undefined` for none. @throws SyntaxError, which callers turn into `badAnswer`. */
export function parsedBody(text: string | null | undefined): unknown {
  return text === undefined || text === null || text === '' ? undefined : JSON.parse(text);
}

function urlOf(arm: ArmConnection, { path, apiVersion, query }: Omit<ArmRequest, 'method'>): string {
  const url = new URL(`${arm.cloud().armEndpoint}${path}`);
  url.search = new URLSearchParams({ 'api-version': apiVersion, ...query }).toString();
  return url.href;
}

async function send(arm: ArmConnection, owner: Owner, method: ArmRequest['method'], url: string, body: unknown, signal: AbortSignal): Promise<ArmResponse> {
  return callOf(arm.cloud().armHost, signal, async () => {
    const headers = createHttpHeaders({ Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) });
    const request = createPipelineRequest({ url, method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const response = await armPipeline(arm, owner, signal).sendRequest(arm.httpClient, request);
    return { status: response.status, body: parsedBody(response.bodyAsText), header: (name) => response.headers.get(name) };
  });
}
