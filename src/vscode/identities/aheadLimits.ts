import { Limiter } from '../limiter.ts';

/** How many tenants and subscriptions are asked at once. */
export interface AheadLimits {
  readonly tenants: Limiter;
  readonly subscriptions: Limiter;
}

/** Subscriptions that are asked for their identities at once, as in microsoft/vscode-azuretools `auth`. */
export const subscriptionsAtOnce = 5;

/** The bounds of microsoft/vscode-azuretools `auth`: 3 tenants, 5 subscriptions. */
export function newAheadLimits(): AheadLimits {
  return { tenants: new Limiter(3), subscriptions: new Limiter(subscriptionsAtOnce) };
}
