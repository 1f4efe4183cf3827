import type { PipelinePolicy, PipelineRequest, PipelineResponse, SendRequest } from '@azure/core-rest-pipeline';
import * as l10n from '@vscode/l10n';
import { AirflowIdentityError } from '../errors.ts';
import { badAnswer } from '../http/answerErrors.ts';
import { canceled } from '../cancel.ts';
import { placeOf } from '../http/requestPlace.ts';
import type { AzureCloud } from '../identity/azureCloud.ts';
import type { TokenRequest } from '../identity/tokenPort.ts';
import type { RequestLog } from '../requestLog.ts';
import type { ArmTokens } from './armTokens.ts';

/** Whose token goes onto the requests, and where to say why one was sent again. */
export interface ArmAuthentication {
  readonly tokens: ArmTokens;
  readonly owner: Pick<TokenRequest, 'account' | 'tenantId'>;
  readonly log: RequestLog;
  /** The cloud of the moment: what was on its way to another one is stopped. */
  readonly cloud: () => Pick<AzureCloud, 'armHost'>;
}

/**
 * Puts the token on each request. A 401 with a claims challenge (Microsoft Entra docs: "Claims challenges") is answered
 * once by a token for that challenge, any other 401 once by a fresh token; then the 401 stands.
 *
 * @throws AirflowIdentityError `badAnswer` when a paging link leads to another host: the token stays here. AbortError when
 * another cloud was set meanwhile, whose token the former one must not see.
 */
export function armAuthenticationPolicy(parts: ArmAuthentication): PipelinePolicy {
  return {
    name: 'airflowIdentityArmAuthentication',
    async sendRequest(request, next) {
      const url = new URL(request.url);
      const { armHost } = parts.cloud();
      if (url.protocol !== 'https:' || url.host !== armHost) {
        throw badAnswer(placeOf(request), l10n.t('a link to another host'));
      }
      const signal = request.abortSignal instanceof AbortSignal ? request.abortSignal : new AbortController().signal;
      const token = await parts.tokens.token(parts.owner, signal);
      stopUnless(parts, armHost);
      const response = await sendWith(token, request, next);
      if (response.status !== 401) {
        return response;
      }
      parts.tokens.refuse(parts.owner, token);
      const challenge = challengeOf(response);
      const fresh = await nextToken(parts, challenge, request, signal);
      stopUnless(parts, armHost);
      if (fresh === token) {
        return response;
      }
      parts.log.waiting({ ...placeOf(request), attempt: 2, waitMs: 0, reason: challenge === undefined ? '401, new token' : '401, claims challenge' });
      const again = await sendWith(fresh, request, next);
      if (again.status === 401) {
        parts.tokens.refuse(parts.owner, fresh);
      }
      return again;
    },
  };
}

/** The claims challenge of a 401, or `undefined` when it holds none. */
export function challengeOf(response: Pick<PipelineResponse, 'headers'>): string | undefined {
  const header = response.headers.get('www-authenticate');
  return header !== undefined && /\bclaims="/.test(header) ? header : undefined;
}

function stopUnless(parts: ArmAuthentication, armHost: string): void {
  if (parts.cloud().armHost !== armHost) {
    throw canceled();
  }
}

async function sendWith(token: string, request: PipelineRequest, next: SendRequest): Promise<PipelineResponse> {
  request.headers.set('Authorization', `Bearer ${token}`);
  try {
    return await next(request);
  } finally {
    request.headers.delete('Authorization');
  }
}

/** The port does not know the challenge's header when it says that a person is needed; the sign-in action does need it. */
async function nextToken(parts: ArmAuthentication, challenge: string | undefined, request: PipelineRequest, signal: AbortSignal): Promise<string> {
  if (challenge === undefined) {
    return parts.tokens.token(parts.owner, signal);
  }
  try {
    return await parts.tokens.token({ ...parts.owner, challenge }, signal);
  } catch (error) {
    if (error instanceof AirflowIdentityError && error.code === 'interactionRequired') {
      const details = { ...placeOf(request), status: 401, ...error.details, challenge };
      throw new AirflowIdentityError(error.code, error.message, { ...(error.fix === undefined ? {} : { fix: error.fix }), details, cause: error });
    }
    throw error;
  }
}
