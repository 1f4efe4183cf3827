import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import * as l10n from '@vscode/l10n';
import type { Clock } from '../clock.ts';
import { AirflowIdentityError } from '../errors.ts';
import type { ErrorDetails } from '../errors.ts';
import { correlationIdOf, placeOf } from './requestPlace.ts';
import { retryAfterMs } from './retryAfter.ts';

/** A refusal as it came, ready to be put into the user's words by the service's own translation. */
export interface Refusal {
  readonly status: number;
  readonly headers: PipelineResponse['headers'];
  /** The parsed JSON body, or `undefined` when it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly details: ErrorDetails & { readonly host: string };
}

/**
 * Turns every answer but 2xx with JSON or nothing into an error, once, before an SDK makes its own out of it. What a proxy or an overloaded
 * front end says is the same for all services; the rest goes to `translate`.
 */
export function answerErrorPolicy(clock: Clock, translate: (refusal: Refusal) => AirflowIdentityError): PipelinePolicy {
  return {
    name: 'airflowIdentityAnswerErrors',
    async sendRequest(request, next) {
      const response = await next(request);
      if (response.status >= 200 && response.status < 300) {
        return jsonOrEmpty(response);
      }
      const refusal = refusalOf(response, clock.now());
      throw gatewayError(refusal) ?? translate(refusal);
    },
  };
}

/**
 * The SDKs take a page without the JSON they look for as an empty one: a listing would end early, and nobody would know.
 * The first character is enough to tell a page of a proxy; what is broken further on fails in the SDK.
 */
function jsonOrEmpty(response: PipelineResponse): PipelineResponse {
  const text = response.bodyAsText ?? '';
  const isComplete = text === '' ? response.request.method !== 'GET' || response.status === 204 : /^\s*[{[]/.test(text);
  if (!isComplete) {
    throw badAnswer({ ...placeOf(response.request), status: response.status }, l10n.t('not the JSON that was expected'));
  }
  return response;
}

/** The error for an answer that has the right status and the wrong content. `what` says what was expected, as a noun. */
export function badAnswer(details: ErrorDetails, what: string, cause?: unknown): AirflowIdentityError {
  return new AirflowIdentityError('badAnswer', l10n.t('{0} gave an answer that is not understood: {1}.', details.host ?? l10n.t('The service'), what), {
    fix: l10n.t('A proxy or sign-in page of the network may have answered instead. The log shows which request it was.'),
    details,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** What a translation throws that finds an answer malformed; `sdkCalls.ts` knows which host gave it and makes a `badAnswer` of it. */
export class MalformedAnswer extends Error {
  /** @param what says what was expected, as a noun */
  constructor(what: string, cause?: unknown) {
    super(what, cause === undefined ? undefined : { cause });
  }
}

/** The error for 429 of any service. */
export function throttledError(details: ErrorDetails, message: string): AirflowIdentityError {
  const seconds = Math.ceil((details.retryAfterMs ?? 0) / 1000);
  return new AirflowIdentityError('throttled', message, {
    fix: seconds > 0 ? l10n.t('Try again in {0} seconds.', seconds) : l10n.t('Try again in a minute.'),
    details,
  });
}

/** The error for 5xx of any service. */
export function unavailableError(details: ErrorDetails, serviceText: string | undefined): AirflowIdentityError {
  const message = l10n.t('{0} failed to answer ({1}).', details.host ?? '', details.status ?? 0);
  return new AirflowIdentityError('unavailable', serviceText === undefined ? message : `${message} ${serviceText}`, {
    fix: l10n.t('Try again. If it stays like this, look at the status page of the service.'),
    details,
  });
}

function refusalOf(response: PipelineResponse, now: number): Refusal {
  const { status, headers } = response;
  const correlationId = correlationIdOf(headers);
  const wait = retryAfterMs(headers, now);
  return {
    status,
    headers,
    body: parsedObject(response.bodyAsText),
    details: {
      ...placeOf(response.request),
      status,
      ...(correlationId === undefined ? {} : { correlationId }),
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    },
  };
}

/** What stands between here and the service answers without the service's own JSON. */
function gatewayError(refusal: Refusal): AirflowIdentityError | undefined {
  const { status, details, body } = refusal;
  if (status === 407) {
    return new AirflowIdentityError('network', l10n.t('The proxy wants a sign-in before it connects to {0} (407).', details.host), {
      fix: l10n.t('Put user name and password into the setting "http.proxy" or into HTTPS_PROXY.'),
      details,
    });
  }
  if (status < 400) {
    return badAnswer(details, l10n.t('a redirect to another page ({0})', status));
  }
  if (body !== undefined || status === 404 || status === 429 || (status >= 500 && details.correlationId !== undefined)) {
    return undefined;
  }
  if (status >= 500) {
    return unavailableError(details, undefined);
  }
  if (details.correlationId !== undefined) {
    return undefined;
  }
  return new AirflowIdentityError('network', l10n.t('Something between here and {0} refused the connection ({1}).', details.host, status), {
    fix: l10n.t('If there is a proxy or firewall, {0} must be allowed in it.', details.host),
    details,
  });
}

function parsedObject(text: string | null | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
