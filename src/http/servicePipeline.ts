import { bearerTokenAuthenticationPolicyName } from '@azure/core-rest-pipeline';
import type { Pipeline, PipelinePolicy } from '@azure/core-rest-pipeline';
import type { Clock } from '../clock.ts';
import type { AirflowIdentityError } from '../errors.ts';
import type { RequestLog } from '../requestLog.ts';
import { answerErrorPolicy } from './answerErrors.ts';
import type { Refusal } from './answerErrors.ts';
import { readMethods, readRetryPolicy } from './readRetryPolicy.ts';
import { requestLogPolicy } from './requestLogPolicy.ts';

/** What makes the pipeline of one service. */
export interface ServicePolicies {
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly signal: AbortSignal;
  readonly translate: (refusal: Refusal) => AirflowIdentityError;
  /** Puts the token on a request; absent where none may be sent. */
  readonly authenticate?: PipelinePolicy;
  /** True where a POST asks a question and changes nothing, so that it is repeated as other reads are. */
  readonly postsRead?: boolean;
}

/**
 * Gives an SDK's own pipeline this product's retry, token, error and log policies in place of its own. The signal goes
 * onto every request, because the paging of the modular SDKs forgets it after the first page.
 */
export function installPolicies(pipeline: Pipeline, policies: ServicePolicies): void {
  pipeline.removePolicy({ phase: 'Retry' });
  pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
  pipeline.addPolicy(signalPolicy(policies.signal));
  pipeline.addPolicy(connectionPolicy(readMethods(policies.postsRead)));
  pipeline.addPolicy(answerErrorPolicy(policies.clock, policies.translate), { afterPhase: 'Deserialize' });
  pipeline.addPolicy(readRetryPolicy(policies), { phase: 'Retry' });
  if (policies.authenticate !== undefined) {
    pipeline.addPolicy(policies.authenticate, { phase: 'Sign' });
  }
  pipeline.addPolicy(requestLogPolicy(policies), { afterPhase: 'Sign' });
}

function signalPolicy(signal: AbortSignal): PipelinePolicy {
  return {
    name: 'airflowIdentitySignal',
    async sendRequest(request, next) {
      request.abortSignal ??= signal;
      return next(request);
    },
  };
}

/** A kept connection may be closed from afar in the moment in which it is used again: a read is repeated, a write would count as lost. */
function connectionPolicy(reads: ReadonlySet<string>): PipelinePolicy {
  return {
    name: 'airflowIdentityConnection',
    async sendRequest(request, next) {
      request.disableKeepAlive ||= !reads.has(request.method);
      return next(request);
    },
  };
}
