import type { Clock } from '../clock.ts';
import { canceled, untilCanceled } from '../cancel.ts';
import type { AccessToken, TokenPort, TokenRequest } from '../identity/tokenPort.ts';

/** A token is not used in its last two minutes (as `@azure/core-rest-pipeline`'s own token cycler does it). */
const refreshBeforeMs = 120_000;

/** How long a token of unknown age is taken to be good; a 401 before that fetches a fresh one anyway. */
const unknownLifetimeMs = 300_000;

interface Pending {
  readonly promise: Promise<AccessToken>;
  readonly stop: AbortController;
  waiting: number;
}

interface Kept {
  readonly token: AccessToken;
  readonly goodUntil: number;
}

/** Tokens per account and tenant, in memory only. Hundreds of listings that start at once share one question to the port. */
export class ArmTokens {
  readonly #port: TokenPort;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  readonly #pending = new Map<string, Pending>();

  constructor(port: TokenPort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
  }

  /**
   * A token that is good for two more minutes at least, as far as its expiry is known.
   * @throws AirflowIdentityError as `TokenPort` does; AbortError.
   */
  async token(request: TokenRequest, signal: AbortSignal): Promise<string> {
    const kept = this.#kept.get(keyOf(request));
    if (kept !== undefined && request.challenge === undefined && kept.goodUntil > this.#clock.now()) {
      return kept.token.token;
    }
    return (await this.#fetched(request, signal)).token;
  }

  /** Forgets a token that the service refused, unless another one took its place meanwhile. */
  refuse(request: TokenRequest, token: string): void {
    if (this.#kept.get(keyOf(request))?.token.token === token) {
      this.#kept.delete(keyOf(request));
    }
  }

  /** Forgets all tokens, for example because accounts were signed in or out. */
  forget(): void {
    this.#kept.clear();
    this.#pending.clear();
  }

  async #fetched(request: TokenRequest, signal: AbortSignal): Promise<AccessToken> {
    const key = `${keyOf(request)} ${request.challenge ?? ''}`;
    const pending = this.#pending.get(key) ?? this.#ask(key, request);
    pending.waiting += 1;
    try {
      return await untilCanceled(pending.promise, signal);
    } finally {
      pending.waiting -= 1;
      if (pending.waiting === 0) {
        pending.stop.abort(canceled());
        this.#drop(key, pending);
      }
    }
  }

  #ask(key: string, request: TokenRequest): Pending {
    const stop = new AbortController();
    const promise = this.#port.token(request, stop.signal).then((token) => {
      if (this.#pending.get(key) === pending) {
        this.#kept.set(keyOf(request), { token, goodUntil: this.#goodUntil(token) });
      }
      return token;
    });
    const pending: Pending = { promise, stop, waiting: 0 };
    this.#pending.set(key, pending);
    return pending;
  }

  #goodUntil(token: AccessToken): number {
    return token.expiresOnTimestamp === 0 ? this.#clock.now() + unknownLifetimeMs : token.expiresOnTimestamp - refreshBeforeMs;
  }

  #drop(key: string, pending: Pending): void {
    if (this.#pending.get(key) === pending) {
      this.#pending.delete(key);
    }
  }
}

function keyOf(request: TokenRequest): string {
  return JSON.stringify([request.account.id, request.tenantId ?? '']);
}
