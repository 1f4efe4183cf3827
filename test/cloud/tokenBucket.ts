import type { WorldClock } from './worldClock.ts';
import type { BucketSize } from './worldSettings.ts';

interface Level {
  tokens: number;
  at: number;
}

/** What taking one token gave: how many whole tokens are left, or how many seconds until there is one. */
export type Taken = { readonly allowed: true; readonly left: number } | { readonly allowed: false; readonly retryAfterSeconds: number };

/** Token buckets by key (a subscription and its caller, one identity, one API token), refilled by the world's clock. */
export class TokenBuckets {
  readonly #levels = new Map<string, Level>();
  readonly #clock: WorldClock;

  constructor(clock: WorldClock) {
    this.#clock = clock;
  }

  /** Takes one token from the bucket of that key. */
  take(key: string, size: BucketSize): Taken {
    const now = this.#clock.now();
    const level = this.#levels.get(key) ?? { tokens: size.burst, at: now };
    const tokens = Math.min(size.burst, level.tokens + (Math.max(0, now - level.at) / 1000) * size.perSecond);
    if (tokens < 1) {
      this.#levels.set(key, { tokens, at: now });
      return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil((1 - tokens) / size.perSecond)) };
    }
    this.#levels.set(key, { tokens: tokens - 1, at: now });
    return { allowed: true, left: Math.floor(tokens - 1) };
  }
}
