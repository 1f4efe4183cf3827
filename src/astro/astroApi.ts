import { createHttpHeaders, createPipelineFromOptions, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { HttpClient, PipelinePolicy } from '@azure/core-rest-pipeline';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Clock } from '../clock.ts';
import type { AstroToken } from '../deployment/astroTokenPort.ts';
import type { ErrorDetails } from '../errors.ts';
import { badAnswer } from '../http/answerErrors.ts';
import { defaultSilenceMs, guardedHttpClient } from '../http/guardedHttpClient.ts';
import { callOf } from '../http/sdkCalls.ts';
import { installPolicies } from '../http/servicePipeline.ts';
import type { RequestLog } from '../requestLog.ts';
import { astroError, astroHost, unusableTokenError } from './astroErrors.ts';

/** What the client needs of its surroundings. */
export interface AstroConnection {
  readonly log: RequestLog;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly httpClient: HttpClient;
}

/** Whose token goes onto the requests; `new` is one that the user is just entering. */
export interface AstroCaller {
  readonly token: string;
  readonly origin: AstroToken['origin'] | 'new';
}

/** Most entries that the API gives at once (Astro API docs: pagination). */
const pageSize = 1000;

const pageSchema = v.looseObject({ totalCount: v.pipe(v.number(), v.minValue(0)) });

/** A thousand deployments are about 4 MB; this only keeps a broken answer from filling the memory. */
const maxAnswerBytes = 64 * 1024 * 1024;

/** The HTTP client for Astro; `silenceMs` is the time without a byte after which Astro counts as silent. */
export function astroHttpClient(silenceMs = defaultSilenceMs): HttpClient {
  return guardedHttpClient({ silenceMs, maxBytes: maxAnswerBytes });
}

/** Calls of the Astro API v1 at `https://api.astronomer.io/v1`, with one caller's token. */
export class AstroApi {
  readonly #connection: AstroConnection;
  readonly #caller: AstroCaller;

  constructor(connection: AstroConnection, caller: AstroCaller) {
    this.#connection = connection;
    this.#caller = caller;
  }

  /**
   * The pages of a listing, as they arrive.
   * @param key the name of the array in the answer
   * @throws AirflowIdentityError; AbortError.
   */
  async *pages<T extends v.GenericSchema>(
    path: string,
    key: string,
    item: T,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly v.InferOutput<T>[], void, undefined> {
    const schema = v.array(item);
    for (let offset = 0; ; ) {
      const answer = await this.get(path, pageSchema, { ...query, limit: String(pageSize), offset: String(offset) }, signal);
      const items = checked(schema, answer[key], { method: 'GET', host: astroHost, path: `/v1${path}` });
      yield items;
      offset += items.length;
      if (items.length === 0 || offset >= answer.totalCount) {
        return;
      }
    }
  }

  /**
   * One answer, checked.
   * @throws AirflowIdentityError; AbortError.
   */
  async get<T extends v.GenericSchema>(path: string, schema: T, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<v.InferOutput<T>> {
    return this.#answer({ method: 'GET', path, query }, schema, signal);
  }

  /**
   * Sends a write, once, and gives the answer, checked.
   * @throws AirflowIdentityError; AbortError.
   */
  async post<T extends v.GenericSchema>(path: string, body: Readonly<Record<string, unknown>>, schema: T, signal: AbortSignal): Promise<v.InferOutput<T>> {
    return this.#answer({ method: 'POST', path, body }, schema, signal);
  }

  /** Deletes, once. @throws AirflowIdentityError; AbortError. */
  async delete(path: string, signal: AbortSignal): Promise<void> {
    await this.#send({ method: 'DELETE', path }, signal, () => undefined);
  }

  async #answer<T extends v.GenericSchema>(call: AstroCall, schema: T, signal: AbortSignal): Promise<v.InferOutput<T>> {
    return this.#send(call, signal, (text, details) => {
      const json = v.safeParse(v.pipe(v.string(), v.parseJson()), text);
      if (!json.success) {
        throw badAnswer(details, l10n.t('not the JSON that was expected'));
      }
      return checked(schema, json.output, details);
    });
  }

  async #send<T>({ method, path, query = {}, body }: AstroCall, signal: AbortSignal, read: (text: unknown, details: ErrorDetails) => T): Promise<T> {
    if (!/^[\x21-\x7e]+$/.test(this.#caller.token)) {
      throw unusableTokenError(this.#caller.origin);
    }
    const { log, clock, userAgent, httpClient } = this.#connection;
    const pipeline = createPipelineFromOptions({ userAgentOptions: { userAgentPrefix: userAgent }, redirectOptions: { maxRetries: 0 } });
    installPolicies(pipeline, {
      log,
      clock,
      signal,
      translate: (refusal) => astroError(refusal, this.#caller.origin),
      authenticate: authenticationPolicy(this.#caller.token),
    });
    const url = new URL(`https://${astroHost}/v1${path}`);
    url.search = new URLSearchParams(query).toString();
    const headers = createHttpHeaders({
      Accept: 'application/json',
      'x-astro-client-identifier': 'airflow-azure-identity',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    });
    return callOf(astroHost, signal, async () => {
      const response = await pipeline.sendRequest(httpClient, createPipelineRequest({ url: url.href, method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }));
      return read(response.bodyAsText, { method, host: astroHost, path: url.pathname, status: response.status });
    });
  }
}

interface AstroCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

function authenticationPolicy(token: string): PipelinePolicy {
  return {
    name: 'airflowIdentityAstroAuthentication',
    async sendRequest(request, next) {
      request.headers.set('Authorization', `Bearer ${token}`);
      try {
        return await next(request);
      } finally {
        request.headers.delete('Authorization');
      }
    },
  };
}

function checked<T extends v.GenericSchema>(schema: T, value: unknown, details: ErrorDetails): v.InferOutput<T> {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    throw badAnswer(details, l10n.t('"{0}" is missing or of another kind', v.getDotPath(result.issues[0]) ?? 'value'));
  }
  return result.output;
}
