import * as l10n from '@vscode/l10n';

/**
 * What went wrong, as a stable name: tests, log and telemetry-free statistics key on it, never on message text.
 * Add a member here before throwing it.
 */
export type ErrorCode =
  | 'signedOut' // no usable session for the account or tenant
  | 'interactionRequired' // the tenant wants MFA or consent: only an interactive sign-in helps
  | 'forbidden' // signed in, but a right is missing
  | 'notFound'
  | 'conflict'
  | 'throttled'
  | 'unavailable' // the service failed or did not answer in time
  | 'network' // no connection, name not resolved, proxy refused, TLS not trusted
  | 'badAnswer' // an answer that is not what the API promises
  | 'invalidInput'
  | 'fileUnreadable'
  | 'fileChanged'
  | 'fileReadOnly'
  | 'unexpected';

/** What support asks for; never a token, body or secret. */
export interface ErrorDetails {
  readonly method?: string;
  readonly host?: string;
  readonly path?: string;
  readonly status?: number;
  /** The service's own error code, such as `AuthorizationFailed` or `AADSTS50076`. */
  readonly serviceCode?: string;
  /** `x-ms-correlation-request-id` of Azure, `requestId` of Astro. */
  readonly correlationId?: string;
  /** Value of `WWW-Authenticate` where the service asks for another sign-in (claims challenge). */
  readonly challenge?: string;
  /** How long the service asked to wait. */
  readonly retryAfterMs?: number;
}

/**
 * The one error class. `message` says what happened, `fix` what to do about it; both are shown to the user as text.
 * Adapters translate foreign errors into this once; the command wrapper in `src/vscode` is the only place that shows it.
 */
export class AirflowIdentityError extends Error {
  override readonly name = 'AirflowIdentityError';
  readonly code: ErrorCode;
  readonly fix: string | undefined;
  readonly details: ErrorDetails;

  /**
   * Each bundle in `dist` has its own copy of this class, and an error thrown by one must be recognised by the others, or
   * its code and fix are lost on the way to the user.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'AirflowIdentityError' && 'code' in value && 'details' in value;
  }

  constructor(code: ErrorCode, message: string, options: { fix?: string; details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fix = options.fix;
    this.details = options.details ?? {};
  }
}

/** True for the error that an aborted `AbortSignal` leads to, whoever threw it. Cancel is silent everywhere. */
export function isCancel(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');
}

/** True where somebody has to sign in before the same can be tried again: there is no session, or it does not do for this. */
export function isForWantOfSignIn({ code }: AirflowIdentityError): boolean {
  return code === 'signedOut' || code === 'interactionRequired';
}

/** Gives any thrown value as an `AirflowIdentityError`; what is one already is returned unchanged. */
export function toAirflowIdentityError(error: unknown): AirflowIdentityError {
  if (error instanceof AirflowIdentityError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  return new AirflowIdentityError('unexpected', l10n.t('Unexpected error: {0}', message), { cause: error });
}
