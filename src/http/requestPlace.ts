import type { PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';

/** Where a request went, in the words of the log and of `ErrorDetails`. The query stays out: it may hold secrets. */
export interface RequestPlace {
  readonly method: string;
  readonly host: string;
  readonly path: string;
}

/** The place of a request; collapses nothing and decodes nothing, so that it can be compared with the service's own log. */
export function placeOf(request: Pick<PipelineRequest, 'method' | 'url'>): RequestPlace {
  const url = new URL(request.url);
  return { method: request.method, host: url.host, path: url.pathname };
}

/**
 * The id that the service's support asks for: ARM's `x-ms-correlation-request-id` (ARM docs: "resource-manager request
 * headers"), Entra's `x-ms-request-id`, else the `x-request-id` many gateways set.
 */
export function correlationIdOf(headers: PipelineResponse['headers']): string | undefined {
  return headers.get('x-ms-correlation-request-id') ?? headers.get('x-ms-request-id') ?? headers.get('x-request-id');
}
