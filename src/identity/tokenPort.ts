import type { Account } from './managedIdentity.ts';

/** A bearer token for ARM. Lives in memory only. */
export interface AccessToken {
  readonly token: string;
  /** Milliseconds since the Unix epoch; 0 when unknown. */
  readonly expiresOnTimestamp: number;
}

/** Asks for a token of one account in one tenant. */
export interface TokenRequest {
  readonly account: Account;
  /** Absent: the account's home tenant. */
  readonly tenantId?: string;
  /** The `WWW-Authenticate` value of a 401 with a claims challenge (continuous access evaluation, MFA for writes). */
  readonly challenge?: string;
}

/** Where tokens come from. Never asks the user anything; interactive sign-in is the user's own action. */
export interface TokenPort {
  /**
   * @throws AirflowIdentityError `signedOut` when there is no session, `interactionRequired` when only a sign-in to this
   * tenant helps.
   */
  token(request: TokenRequest, signal: AbortSignal): Promise<AccessToken>;
}
