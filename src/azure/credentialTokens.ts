import type { AsyncLocalStorage } from 'node:async_hooks';
import { Buffer } from 'node:buffer';
import * as l10n from '@vscode/l10n';
import type { TokenCredential } from '@azure/core-auth';
import * as v from 'valibot';
import { AirflowIdentityError } from '../errors.ts';
import { untilCanceled } from '../cancel.ts';
import type { AzureCloud } from '../identity/azureCloud.ts';
import type { Account } from '../identity/managedIdentity.ts';
import type { AccessToken, TokenPort, TokenRequest } from '../identity/tokenPort.ts';
import { credentialError } from './credentialErrors.ts';

/** Claims that say who a token belongs to (Microsoft Entra docs: "Access token claims reference"). Only shown, never trusted. */
const claimsSchema = v.object({
  oid: v.optional(v.string()),
  tid: v.optional(v.string()),
  appid: v.optional(v.string()),
  upn: v.optional(v.string()),
  unique_name: v.optional(v.string()),
  preferred_username: v.optional(v.string()),
  name: v.optional(v.string()),
});

/** What broke below a credential: `@azure/identity` makes a text of it, and the translation made there is the better one. */
interface WireFailure {
  error: unknown;
}

/** Holds the failure of each `getToken` apart, also of those that run at the same time. */
export type WireFailures = AsyncLocalStorage<WireFailure>;

/** Tokens of the one account that a credential of `@azure/identity` stands for. */
export class CredentialTokens implements TokenPort {
  readonly #kind: 'azureCli' | 'environment';
  readonly #credential: TokenCredential;
  readonly #failures: WireFailures;
  readonly #cloud: AzureCloud;

  constructor(kind: 'azureCli' | 'environment', credential: TokenCredential, failures: WireFailures, cloud: AzureCloud) {
    this.#kind = kind;
    this.#credential = credential;
    this.#failures = failures;
    this.#cloud = cloud;
  }

  /** @throws AirflowIdentityError `signedOut` or `interactionRequired`; AbortError. */
  async token(request: Pick<TokenRequest, 'tenantId' | 'challenge'>, signal: AbortSignal): Promise<AccessToken> {
    const { tenantId, challenge } = request;
    const claims = challenge === undefined ? undefined : claimsIn(challenge);
    const options = { abortSignal: signal, ...(tenantId === undefined ? {} : { tenantId }), ...(claims === undefined ? {} : { claims, enableCae: true }) };
    const failure: WireFailure = { error: undefined };
    try {
      const token = await untilCanceled(this.#failures.run(failure, () => this.#credential.getToken(this.#cloud.armScope, options)), signal);
      if (token === null) {
        throw new AirflowIdentityError('signedOut', l10n.t('There is no Azure token.'));
      }
      return { token: token.token, expiresOnTimestamp: token.expiresOnTimestamp };
    } catch (error) {
      throw failure.error ?? credentialError(this.#kind, error, { tenantId, cloud: this.#cloud });
    }
  }

  /**
   * The one account, read from its own token.
   * @throws AirflowIdentityError `signedOut` when there is none, with what to do about it; AbortError.
   */
  async accounts(signal: AbortSignal = new AbortController().signal): Promise<readonly Account[]> {
    const { token } = await this.token({}, signal);
    const { oid, tid, appid, upn, unique_name: uniqueName, preferred_username: preferred, name } = claimsOf(token);
    return [{ id: `${oid ?? this.#kind}.${tid ?? ''}`, label: upn ?? uniqueName ?? preferred ?? name ?? appid ?? this.#kind }];
  }
}

function claimsOf(token: string): v.InferOutput<typeof claimsSchema> {
  const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), claimsSchema), text);
  return parsed.success ? parsed.output : {};
}

/** The claims of a `WWW-Authenticate` header, decoded as `getToken` wants them (Microsoft Entra docs: "Claims challenges"). */
function claimsIn(challenge: string): string | undefined {
  const encoded = /\bclaims="([^"]+)"/.exec(challenge)?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}
