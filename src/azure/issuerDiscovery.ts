import { createPipelineFromOptions, createPipelineRequest } from '@azure/core-rest-pipeline';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Clock } from '../clock.ts';
import { AirflowIdentityError } from '../errors.ts';
import { badAnswer, unavailableError } from '../http/answerErrors.ts';
import type { Refusal } from '../http/answerErrors.ts';
import { defaultSilenceMs, guardedHttpClient } from '../http/guardedHttpClient.ts';
import { callOf } from '../http/sdkCalls.ts';
import { installPolicies } from '../http/servicePipeline.ts';
import type { IssuerPort } from '../identity/azurePort.ts';
import type { RequestLog } from '../requestLog.ts';

/** What the look-up needs; `silenceMs` is the time without a byte after which an issuer counts as silent. */
export interface IssuerDiscoveryParts {
  readonly log: RequestLog;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly silenceMs?: number;
}

const discoverySchema = v.object({ issuer: v.string() });

/** Discovery documents are about 1 KB. */
const maxAnswerBytes = 64 * 1024;

/** The public discovery document of an issuer, asked for without any token. */
export class IssuerDiscovery implements IssuerPort {
  readonly #parts: IssuerDiscoveryParts;

  constructor(parts: IssuerDiscoveryParts) {
    this.#parts = parts;
  }

  async discoveredIssuer(issuer: string, signal: AbortSignal): Promise<string> {
    const url = discoveryUrl(issuer);
    const { log, clock, userAgent, silenceMs = defaultSilenceMs } = this.#parts;
    const pipeline = createPipelineFromOptions({
      userAgentOptions: { userAgentPrefix: userAgent },
      redirectOptions: { maxRetries: 3, allowCrossOriginRedirects: true },
    });
    installPolicies(pipeline, { log, clock, signal, translate: discoveryError });
    const request = createPipelineRequest({ url: url.href, disableKeepAlive: true });
    request.headers.set('Accept', 'application/json');
    const response = await callOf(url.host, signal, () => pipeline.sendRequest(guardedHttpClient({ silenceMs, maxBytes: maxAnswerBytes }), request));
    const result = v.safeParse(v.pipe(v.string(), v.parseJson(), discoverySchema), response.bodyAsText);
    if (!result.success) {
      throw badAnswer({ method: 'GET', host: url.host, path: url.pathname, status: response.status }, l10n.t('no OpenID discovery document'));
    }
    return result.output.issuer;
  }
}

/**
 * Where an issuer publishes its discovery document: the path is appended after removing a terminating slash (OpenID
 * Connect Discovery 1.0, section 4).
 *
 * @throws AirflowIdentityError `invalidInput` when the issuer is no https URL without query and fragment (same spec).
 */
export function discoveryUrl(issuer: string): URL {
  const url = URL.parse(issuer);
  if (url === null || url.protocol !== 'https:' || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new AirflowIdentityError('invalidInput', l10n.t('The issuer must be an https URL: {0}', issuer), {
      fix: l10n.t('Copy the issuer from the deployment, with its trailing slash if it has one.'),
    });
  }
  return new URL(`${url.origin}${url.pathname.replace(/\/$/, '')}/.well-known/openid-configuration`);
}

function discoveryError(refusal: Refusal): AirflowIdentityError {
  const { status, details } = refusal;
  if (status === 429 || status >= 500) {
    return unavailableError(details, undefined);
  }
  return new AirflowIdentityError('notFound', l10n.t('{0} has no discovery document for this issuer ({1}).', details.host, status), {
    fix: l10n.t('Compare the issuer with the one that the deployment names, including its trailing slash.'),
    details,
  });
}
