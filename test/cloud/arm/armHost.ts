import { randomBytes, randomUUID } from 'node:crypto';
import type { AccessTokenClaims } from '../entra/accessTokens.ts';
import { pathSegments } from '../exchange.ts';
import type { CloudRequest, CloudResponse } from '../exchange.ts';
import type { LogEntry } from '../requestLog.ts';
import type { World } from '../world.ts';
import { ArmRefusal, WrittenJson } from './armAnswer.ts';
import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { authenticate, requireTenant } from './authenticate.ts';
import { isGraphQuery, routeArm } from './armRoutes.ts';
import { callKind, takeArmCall } from './rateLimits.ts';

const region = 'westus2';

function apiVersionOf(url: URL): string {
  const version = [...url.searchParams].find(([name]) => name.toLowerCase() === 'api-version')?.[1];
  if (version === undefined || version === '') {
    throw new ArmRefusal(400, 'MissingApiVersionParameter', 'The api-version query parameter (?api-version=) is required for all requests.');
  }
  return version;
}

/**
 * Headers that say how the body travels; providers' 200 answers come chunked, all others with their length (recordings).
 * The former are compressed where the client takes it (a log with all headers: https://github.com/Azure/azure-cli/issues/15878).
 */
function bodyHeaders(answer: ArmAnswer, text: string, accepted: string): Record<string, string> {
  if (text === '') {
    return answer.status === 204 ? {} : { 'content-length': '0' };
  }
  const type = { 'content-type': 'application/json; charset=utf-8' };
  const vary = answer.status === 200 ? { vary: 'Accept-Encoding' } : {};
  const chunked = answer.status === 200 && answer.source === 'provider';
  const encoding = chunked && /\bgzip\b/u.test(accepted) ? { 'content-encoding': 'gzip' } : {};
  return { ...type, ...encoding, ...vary, ...(chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(Buffer.byteLength(text)) }) };
}

/** Headers that let Azure's support find the request. */
function tracingHeaders(now: number, answer: ArmAnswer, caller: AccessTokenClaims | undefined, correlationId: string): Record<string, string> {
  const second = `${new Date(now).toISOString().slice(0, 19)}Z`;
  const edge = randomBytes(16).toString('hex').toUpperCase();
  const operation = `tenantId=${caller?.tenantId ?? ''},objectId=${caller?.objectId ?? ''}/${region}/${randomUUID()}`;
  return {
    ...(answer.source === 'provider' ? { 'x-ms-operation-identifier': operation } : {}),
    'x-ms-request-id': randomUUID(),
    'x-ms-correlation-request-id': correlationId,
    'x-ms-routing-request-id': `${region.toUpperCase()}:${second.replaceAll(/[-:]/gu, '')}:${randomUUID()}`,
    'x-cache': 'CONFIG_NOCACHE',
    'x-msedge-ref': `Ref A: ${edge} Ref B: LOCALEDGE01 Ref C: ${second}`,
  };
}

/** What an answer's headers need to know of the request. */
interface Asked {
  readonly now: number;
  /** Encodings that the client takes, as it says them. */
  readonly accepted: string;
  readonly caller: AccessTokenClaims | undefined;
  readonly correlationId: string;
}

function bodyText(body: unknown): string {
  if (body instanceof WrittenJson) {
    return body.text;
  }
  return body === undefined ? '' : JSON.stringify(body);
}

function complete({ now, accepted, caller, correlationId }: Asked, answer: ArmAnswer, limits: Readonly<Record<string, string>>): CloudResponse {
  const body = bodyText(answer.body);
  const headers = {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    ...bodyHeaders(answer, body, accepted),
    expires: '-1',
    ...answer.headers,
    ...limits,
    ...tracingHeaders(now, answer, caller, correlationId),
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  };
  return { status: answer.status, headers, body, ...(answer.body instanceof WrittenJson ? { gzipped: answer.body.gzipped } : {}) };
}

/** Answers for management.azure.com: authentication, rate limits, then the resource the path names. */
export async function handleArm(world: World, request: CloudRequest, entry: LogEntry): Promise<CloudResponse> {
  const correlationId = request.headers['x-ms-correlation-request-id'] ?? randomUUID();
  entry.correlationId = correlationId;
  // The SDKs send double slashes for some scopes, and ARM does not mind.
  const segments = pathSegments(request.url);
  const subscription = segments[0]?.toLowerCase() === 'subscriptions' && segments[1] !== undefined ? world.resources.subscription(segments[1]) : undefined;
  let caller: AccessTokenClaims | undefined;
  let limits: Record<string, string> = {};
  let answer: ArmAnswer;
  try {
    caller = await authenticate(world, request, subscription?.tenantId);
    const call: ArmCall = { world, request, caller, apiVersion: apiVersionOf(request.url), entry };
    if (segments[0]?.toLowerCase() === 'subscriptions' && segments[1] !== undefined) {
      if (subscription === undefined) {
        throw new ArmRefusal(404, 'SubscriptionNotFound', `The subscription '${segments[1]}' could not be found.`);
      }
      requireTenant(caller, subscription.tenantId);
      limits = takeArmCall(world, callKind(request.method), { subscriptionId: subscription.id }, caller.objectId);
    } else if (!isGraphQuery(segments)) {
      limits = takeArmCall(world, callKind(request.method), { tenantId: caller.tenantId }, caller.objectId);
    }
    answer = await routeArm(call, segments, subscription);
  } catch (error) {
    if (!(error instanceof ArmRefusal)) {
      throw error;
    }
    ({ answer } = error);
  }
  return complete({ now: world.clock.now(), accepted: request.headers['accept-encoding'] ?? '', caller, correlationId }, answer, limits);
}
