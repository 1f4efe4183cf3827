import type { PipelinePolicy, PipelineRequest, PipelineResponse, SendRequest } from '@azure/core-rest-pipeline';
import type { Clock } from '../clock.ts';
import type { RequestLog } from '../requestLog.ts';
import { isBrokenConnection } from './connectionErrors.ts';
import { placeOf } from './requestPlace.ts';
import { retryAfterMs } from './retryAfter.ts';

/** Tries of one read, the first included. */
const maxTries = 4;

/** Longest wait that is sat out, in milliseconds; what asks for more ends as an error that says so. */
const maxWaitMs = 60_000;

const firstWaitMs = 500;

interface Wait {
  readonly waitMs: number;
  readonly reason: string;
}

interface Try {
  readonly response: PipelineResponse | undefined;
  readonly error: unknown;
}

/** Methods of requests that change nothing: GET, HEAD, and POST where `postsRead` says so. */
export function readMethods(postsRead = false): ReadonlySet<string> {
  return new Set(['GET', 'HEAD', ...(postsRead ? ['POST'] : [])]);
}

/**
 * Sends reads (GET, HEAD, and POST where `postsRead` says so) up to `maxTries` times: on 429, 408, every 5xx but 501 and 505, and on broken connections.
 * `Retry-After` is honoured, else waits double from half a second with up to a quarter of jitter, so that hundreds of
 * listings do not come back at the same moment. Writes pass once: only `src/trust/apply.ts` can tell the user what is
 * waited for.
 */
export function readRetryPolicy(parts: { readonly clock: Clock; readonly log: RequestLog; readonly postsRead?: boolean }): PipelinePolicy {
  const reads = readMethods(parts.postsRead);
  return {
    name: 'airflowIdentityReadRetry',
    async sendRequest(request, next) {
      const isRead = reads.has(request.method);
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await oneTry(request, next);
        const wait = isRead && attempt < maxTries ? waitAfter(outcome, attempt, parts.clock) : undefined;
        if (wait === undefined || wait.waitMs > maxWaitMs) {
          return settle(outcome);
        }
        parts.log.waiting({ ...placeOf(request), attempt: attempt + 1, ...wait });
        await parts.clock.sleep(wait.waitMs, nativeSignal(request));
      }
    },
  };
}

async function oneTry(request: PipelineRequest, next: SendRequest): Promise<Try> {
  try {
    return { response: await next(request), error: undefined };
  } catch (error) {
    return { response: undefined, error };
  }
}

function settle(outcome: Try): PipelineResponse {
  if (outcome.response === undefined) {
    throw outcome.error;
  }
  return outcome.response;
}

function waitAfter(outcome: Try, attempt: number, clock: Clock): Wait | undefined {
  const backoff = Math.round(firstWaitMs * 2 ** (attempt - 1) * (1 + Math.random() / 4));
  const { response, error } = outcome;
  if (response === undefined) {
    return isBrokenConnection(error) ? { waitMs: backoff, reason: error.details.serviceCode ?? error.code } : undefined;
  }
  const { status } = response;
  if (status !== 429 && status !== 408 && (status < 500 || status === 501 || status === 505)) {
    return undefined;
  }
  const asked = retryAfterMs(response.headers, clock.now());
  return asked === undefined
    ? { waitMs: backoff, reason: String(status) }
    : { waitMs: asked, reason: `${status}, Retry-After ${asked / 1000} s` };
}

function nativeSignal(request: PipelineRequest): AbortSignal | undefined {
  return request.abortSignal instanceof AbortSignal ? request.abortSignal : undefined;
}
