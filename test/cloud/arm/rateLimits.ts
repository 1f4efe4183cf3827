import type { World } from '../world.ts';
import type { BucketSize } from '../worldSettings.ts';
import { ArmRefusal } from './armAnswer.ts';

/** Kinds of calls that ARM counts apart. */
export type CallKind = 'reads' | 'writes' | 'deletes';

/** ARM counts a method as read, write or delete; a POST that lists carries no write header in the recordings. */
export function callKind(method: string): CallKind {
  if (method === 'DELETE') {
    return 'deletes';
  }
  return method === 'PUT' || method === 'PATCH' ? 'writes' : 'reads';
}

/**
 * Takes one call from ARM's bucket of a subscription (or of the tenant) and its caller.
 * Gives the remaining-calls header.
 * @throws ArmRefusal 429 SubscriptionRequestsThrottled with Retry-After.
 */
export function takeArmCall(world: World, kind: CallKind, scope: { readonly subscriptionId: string } | { readonly tenantId: string }, objectId: string): Record<string, string> {
  const sizes: Record<CallKind, BucketSize> = { reads: world.settings.armReads, writes: world.settings.armWrites, deletes: world.settings.armDeletes };
  const [level, id] = 'subscriptionId' in scope ? (['subscription', scope.subscriptionId.toLowerCase()] as const) : (['tenant', scope.tenantId] as const);
  const taken = world.buckets.take(`arm/${kind}/${level}/${id}/${objectId}`, sizes[kind]);
  if (taken.allowed) {
    const remaining = { [`x-ms-ratelimit-remaining-${level}-${kind}`]: String(taken.left) };
    // Over all principals a subscription has 15 times the calls of one (Microsoft's page on request limits; both headers seen in April 2026).
    const used = sizes[kind].burst - taken.left;
    return level === 'tenant' ? remaining : { ...remaining, [`x-ms-ratelimit-remaining-subscription-global-${kind}`]: String(sizes[kind].burst * 15 - used) };
  }
  const message = `Number of '${kind.slice(0, -1)}' requests for ${level} '${id}' actor '${objectId}' exceeded. Please try again after '${taken.retryAfterSeconds}' seconds.`;
  throw new ArmRefusal(429, level === 'subscription' ? 'SubscriptionRequestsThrottled' : 'TenantRequestsThrottled', message, { headers: { 'retry-after': String(taken.retryAfterSeconds) } });
}

/**
 * Takes one call from the identity service's own bucket of one identity.
 * @throws ArmRefusal 429 TooManyRequests with Retry-After (code and text not read in any source; the rates are documented).
 */
export function takeIdentityCall(world: World, kind: 'writes' | 'gets' | 'lists' | 'deletes', identity: string): void {
  const { identityWrites, identityGets, identityLists, identityDeletes } = world.settings;
  const sizes = { writes: identityWrites, gets: identityGets, lists: identityLists, deletes: identityDeletes };
  const taken = world.buckets.take(`identity/${kind}/${identity.toLowerCase()}`, sizes[kind]);
  if (!taken.allowed) {
    throw new ArmRefusal(429, 'TooManyRequests', 'The request rate for this resource is too high. Please try again later.', {
      headers: { 'retry-after': String(taken.retryAfterSeconds) },
      source: 'provider',
    });
  }
}
