import { Limiter } from '../limiter.ts';

/** How many of a kind are asked at once. */
export interface AheadLimits {
  readonly tenants: Limiter;
  /** Subscriptions in sight: they share one search, so that all may wait for it. */
  readonly inSight: Limiter;
  /** Subscriptions that are asked one by one where there is no search. */
  readonly subscriptions: Limiter;
  /** Identities in sight, for how many of their 20 credentials are used. */
  readonly identities: Limiter;
}

/** Subscriptions that are asked for their identities at once, as in microsoft/vscode-azuretools `auth`. */
export const subscriptionsAtOnce = 5;

/** The bounds of microsoft/vscode-azuretools `auth`: 3 tenants, 5 subscriptions; identities as subscriptions. */
export function newAheadLimits(): AheadLimits {
  return { tenants: new Limiter(3), inSight: new Limiter(Infinity), subscriptions: new Limiter(subscriptionsAtOnce), identities: new Limiter(5) };
}
