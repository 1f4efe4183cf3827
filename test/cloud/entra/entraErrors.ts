import { randomUUID } from 'node:crypto';
import { jsonResponse } from '../exchange.ts';
import type { CloudResponse } from '../exchange.ts';
import type { WorldClock } from '../worldClock.ts';

/** OAuth error names that Entra's token endpoint uses. */
export type OauthError = 'invalid_client' | 'invalid_grant' | 'invalid_request' | 'invalid_scope' | 'invalid_tenant' | 'unauthorized_client' | 'interaction_required' | 'unsupported_grant_type';

/** An error as Entra words it: `AADSTS<code>: <text>`. */
export interface EntraError {
  readonly status: number;
  readonly error: OauthError;
  readonly code: number;
  readonly text: string;
  /** `lines`: the older form with CR LF before the trace id; `spaces`: the form of the federation errors since 2024. */
  readonly trailer: 'lines' | 'spaces';
  readonly suberror?: string;
}

/** A second of the world's time the way Entra prints it: `2026-01-18 00:16:16Z`. */
function entraTimestamp(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** The answer for an error; shape from test/cloud/errors/entra-token-errors.json. */
export function entraErrorResponse(error: EntraError, clock: WorldClock, correlationId: string): CloudResponse {
  const timestamp = entraTimestamp(clock.now());
  const traceId = randomUUID();
  const separator = error.trailer === 'lines' ? '\r\n' : ' ';
  const trailer = [`Trace ID: ${traceId}`, `Correlation ID: ${correlationId}`, `Timestamp: ${timestamp}`].join(separator);
  return jsonResponse(error.status, {
    error: error.error,
    error_description: `AADSTS${error.code}: ${error.text}${separator}${trailer}`,
    error_codes: [error.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${error.code}`,
    ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
  });
}

/** AADSTS90002; `endpoint` decides the OAuth error: discovery says invalid_tenant, the token endpoint invalid_request. */
export function tenantNotFound(tenant: string, endpoint: 'discovery' | 'token'): EntraError {
  return endpoint === 'discovery'
    ? {
        status: 400,
        error: 'invalid_tenant',
        code: 90002,
        text: `Tenant '${tenant}' not found. This may happen if there are no active subscriptions for the tenant. Check to make sure you have the correct tenant ID. Check with your subscription administrator.`,
        trailer: 'lines',
      }
    : {
        status: 400,
        error: 'invalid_request',
        code: 90002,
        text: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
        trailer: 'lines',
      };
}
