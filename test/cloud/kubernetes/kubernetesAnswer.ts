import { randomUUID } from 'node:crypto';
import { seededUuid } from '../seededIds.ts';
import type { CloudResponse } from '../exchange.ts';

/** Reasons of a `Status` (kubernetes/apimachinery pkg/apis/meta/v1/types.go). */
type StatusReason = 'BadRequest' | 'Forbidden' | 'NotFound' | 'Unauthorized' | 'Expired';

/** What a `Status` is about. */
interface StatusDetails {
  readonly name?: string | undefined;
  readonly kind?: string | undefined;
}

/** Ends a call with a `Status` as its body. */
export class KubernetesRefusal extends Error {
  readonly code: number;
  readonly reason: StatusReason;
  readonly details: StatusDetails | undefined;

  constructor(code: number, reason: StatusReason, message: string, details?: StatusDetails) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** The answer; keys in the order of the API server. */
  response(now: number): CloudResponse {
    const { code, message, reason, details } = this;
    return kubernetesJson(now, code, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, ...(details === undefined ? {} : { details }), code });
  }
}

/** An answer with the headers of an API server, as `kubectl -v=8` prints them. */
export function kubernetesJson(now: number, status: number, value: object): CloudResponse {
  const body = `${JSON.stringify(value)}\n`;
  const headers = {
    'audit-id': randomUUID(),
    'cache-control': 'no-cache, private',
    'content-type': 'application/json',
    'x-kubernetes-pf-flowschema-uid': seededUuid('flow schema'),
    'x-kubernetes-pf-prioritylevel-uid': seededUuid('priority level'),
    date: new Date(now).toUTCString(),
    'content-length': String(Buffer.byteLength(body)),
  };
  return { status, headers, body };
}
