import type { PipelineResponse } from '@azure/core-rest-pipeline';

/**
 * How many milliseconds the service asks to wait, or `undefined` when it does not say. Reads `retry-after-ms` and
 * `x-ms-retry-after-ms` (Azure SDK guidelines: "Retry policy") and `Retry-After` in seconds or as a date (RFC 9110,
 * 10.2.3). A date is measured against the answer's own `Date`, so that a wrong local clock does no harm.
 */
export function retryAfterMs(headers: PipelineResponse['headers'], now: number): number | undefined {
  const exact = numberOf(headers.get('retry-after-ms')) ?? numberOf(headers.get('x-ms-retry-after-ms'));
  if (exact !== undefined) {
    return exact;
  }
  const text = headers.get('retry-after');
  const seconds = numberOf(text);
  if (seconds !== undefined) {
    return seconds * 1000;
  }
  const until = Date.parse(text ?? '');
  const sent = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(until) ? undefined : Math.max(0, until - (Number.isNaN(sent) ? now : sent));
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}
