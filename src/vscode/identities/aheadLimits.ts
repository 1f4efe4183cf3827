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

/**
 * Subscriptions and identities as in microsoft/vscode-azuretools `auth`. Its 3 tenants at once would make four rounds of
 * twelve tenants, of which each is asked one small question, and ARM counts them apart.
 */
export function newAheadLimits(): AheadLimits {
  return { tenants: new Limiter(12), inSight: new Limiter(Infinity), subscriptions: new Limiter(subscriptionsAtOnce), identities: new Limiter(5) };
}
