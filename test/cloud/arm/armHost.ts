import { randomBytes, randomUUID } from 'node:crypto';
import type { AccessTokenClaims } from '../entra/accessTokens.ts';
import type { CloudRequest, CloudResponse } from '../exchange.ts';
import type { LogEntry } from '../requestLog.ts';
import type { World } from '../world.ts';
import { ArmRefusal } from './armAnswer.ts';
import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { authenticate, requireTenant } from './authenticate.ts';
import { routeArm } from './armRoutes.ts';
import { callKind, takeArmCall } from './rateLimits.ts';

const region = 'westus2';

function apiVersionOf(url: URL): string {
  const version = [...url.searchParams].find(([name]) => name.toLowerCase() === 'api-version')?.[1];
  if (version === undefined || version === '') {
    throw new ArmRefusal(400, 'MissingApiVersionParameter', 'The api-version query parameter (?api-version=) is required for all requests.');
  }
  return version;
}

function headersFor(world: World, answer: ArmAnswer, caller: AccessTokenClaims | undefined, limits: Readonly<Record<string, string>>, correlationId: string): Record<string, string> {
  const stamp = new Date(world.clock.now()).toISOString();
  const routing = `${region.toUpperCase()}:${stamp.slice(0, 19).replaceAll(/[-:]/gu, '')}Z:${randomUUID()}`;
  const edge = (): string => randomBytes(16).toString('hex').toUpperCase();
  return {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    ...(answer.body === undefined ? { 'content-length': '0' } : { 'content-type': 'application/json; charset=utf-8' }),
    expires: '-1',
    ...(answer.body !== undefined && answer.status === 200 ? { vary: 'Accept-Encoding' } : {}),
    ...answer.headers,
    ...limits,
    ...(answer.source === 'provider' && caller !== undefined
      ? { 'x-ms-operation-identifier': `tenantId=${caller.tenantId},objectId=${caller.objectId}/${region}/${randomUUID()}` }
      : {}),
    'x-ms-request-id': randomUUID(),
    'x-ms-correlation-request-id': correlationId,
    'x-ms-routing-request-id': routing,
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-cache': 'CONFIG_NOCACHE',
    'x-msedge-ref': `Ref A: ${edge()} Ref B: LOCALEDGE01 Ref C: ${stamp.slice(0, 19)}Z`,
  };
}

/** Answers for management.azure.com: authentication, rate limits, then the resource the path names. */
export async function handleArm(world: World, request: CloudRequest, entry: LogEntry): Promise<CloudResponse> {
  const correlationId = request.headers['x-ms-correlation-request-id'] ?? randomUUID();
  entry.correlationId = correlationId;
  // The SDKs send double slashes for some scopes, and ARM does not mind.
  const segments = request.url.pathname.split('/').filter((part) => part !== '').map(decodeURIComponent);
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
    } else {
      limits = takeArmCall(world, callKind(request.method), { tenantId: caller.tenantId }, caller.objectId);
    }
    answer = await routeArm(call, segments, subscription);
  } catch (error) {
    if (!(error instanceof ArmRefusal)) {
      throw error;
    }
    ({ answer } = error);
  }
  const headers = headersFor(world, answer, caller, limits, correlationId);
  return { status: answer.status, headers, body: answer.body === undefined ? '' : JSON.stringify(answer.body) };
}
