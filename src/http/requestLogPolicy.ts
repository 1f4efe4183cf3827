import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { Clock } from '../clock.ts';
import { AirflowIdentityError, isCancel } from '../errors.ts';
import type { RequestEntry, RequestLog } from '../requestLog.ts';
import { wireCodes } from './connectionErrors.ts';
import { correlationIdOf, placeOf } from './requestPlace.ts';

/** Reports every request that goes out, tries and redirects one by one: it stands last, directly before the HTTP client. */
export function requestLogPolicy(parts: { readonly clock: Clock; readonly log: RequestLog }): PipelinePolicy {
  return {
    name: 'airflowIdentityRequestLog',
    async sendRequest(request, next) {
      const place = placeOf(request);
      const start = parts.clock.now();
      const report = (outcome: RequestEntry['outcome'], correlationId: string | undefined): void => {
        parts.log.request({ ...place, outcome, durationMs: parts.clock.now() - start, correlationId });
      };
      try {
        const response = await next(request);
        report(response.status, correlationIdOf(response.headers));
        return response;
      } catch (error) {
        report(outcomeOf(error), undefined);
        throw error;
      }
    },
  };
}

function outcomeOf(error: unknown): RequestEntry['outcome'] {
  if (isCancel(error)) {
    return 'aborted';
  }
  return error instanceof AirflowIdentityError && error.details.serviceCode === wireCodes.silent ? 'timeout' : 'network';
}
