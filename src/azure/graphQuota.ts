import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Clock } from '../clock.ts';
import { placeOf } from '../http/requestPlace.ts';
import type { RequestLog } from '../requestLog.ts';
import type { Owner } from './armClients.ts';

/**
 * How many queries Azure Resource Graph still takes from an account in a tenant. Each answer says it; a query that would
 * be refused waits instead until the quota is filled up again.
 *
 * @see https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 */
export class GraphQuota {
  /** When queries are taken again, in milliseconds since the Unix epoch. */
  readonly #resumes = new Map<string, number>();

  /** Stands after the retries, so that these wait too. */
  policy(owner: Owner, parts: { readonly clock: Clock; readonly log: RequestLog }): PipelinePolicy {
    const key = `${owner.account.id}/${owner.tenantId ?? ''}`;
    return {
      name: 'airflowIdentityGraphQuota',
      sendRequest: async (request, next) => {
        await this.#turn(key, request, parts);
        const response = await next(request);
        const waitMs = exhaustedFor(response.headers);
        if (waitMs !== undefined) {
          this.#resumes.set(key, parts.clock.now() + waitMs);
        }
        return response;
      },
    };
  }

  async #turn(key: string, request: PipelineRequest, { clock, log }: { readonly clock: Clock; readonly log: RequestLog }): Promise<void> {
    const resumes = this.#resumes.get(key) ?? 0;
    const waitMs = resumes - clock.now();
    if (waitMs > 0) {
      log.waiting({ ...placeOf(request), attempt: 1, waitMs, reason: 'query quota used up' });
      await clock.sleep(waitMs, request.abortSignal instanceof AbortSignal ? request.abortSignal : undefined);
    }
    // An answer that came meanwhile may have set a later time.
    if (this.#resumes.get(key) === resumes) {
      this.#resumes.delete(key);
    }
  }
}

/** Milliseconds until the quota is full again, when this answer took the last of it (`x-ms-user-quota-resets-after: 00:00:05`). */
function exhaustedFor(headers: PipelineResponse['headers']): number | undefined {
  if (headers.get('x-ms-user-quota-remaining')?.trim() !== '0') {
    return undefined;
  }
  const [, hours, minutes, seconds] = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(headers.get('x-ms-user-quota-resets-after')?.trim() ?? '') ?? [];
  return seconds === undefined ? undefined : (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}
