import type { TokenRequest } from '../../identity/tokenPort.ts';

/**
 * Which requests for tokens only the user can help with, for `signInAgain`. A tenant that is refused in the background and a
 * write that waits for a second factor may come together; the one that the user answers is the one to sign in to.
 */
export class RefusedTokens {
  readonly #requests = new Map<string, TokenRequest>();

  /** Remembers a request that was refused, as the latest. */
  refused(request: TokenRequest): void {
    this.#requests.delete(keyOf(request));
    this.#requests.set(keyOf(request), request);
  }

  /** Forgets a request that gave a token meanwhile. A token without a challenge's claims is no answer to that challenge. */
  given(request: TokenRequest): void {
    this.#requests.delete(keyOf(request));
  }

  /** The latest with this challenge, else the latest; `undefined` when none was refused. */
  latest(challenge: string | undefined): TokenRequest | undefined {
    const requests = [...this.#requests.values()];
    return requests.findLast((request) => challenge !== undefined && request.challenge === challenge) ?? requests.at(-1);
  }

  /** Forgets all, because the user signed in. */
  forget(): void {
    this.#requests.clear();
  }
}

function keyOf({ account, tenantId, challenge }: TokenRequest): string {
  return JSON.stringify([account.id, tenantId, challenge]);
}
