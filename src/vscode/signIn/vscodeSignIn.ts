import * as vscode from 'vscode';
import type { Clock } from '../../clock.ts';
import { AirflowIdentityError, isCancel } from '../../errors.ts';
import type { AzureCloud } from '../../identity/azureCloud.ts';
import type { Account } from '../../identity/managedIdentity.ts';
import type { AccessToken, TokenRequest } from '../../identity/tokenPort.ts';
import type { SignIn } from '../services.ts';
import type { CloudSettings } from './cloudSettings.ts';
import { isProviderMissing, isRefusedByUser } from './providerFailures.ts';
import { RefusedTokens } from './refusedTokens.ts';
import { SessionEvents } from './sessionEvents.ts';
import { tokenExpiry } from './tokenExpiry.ts';

/** Accounts the user signed in with here: tells an expired session from an account that was never allowed. Each cloud has its own. */
const storedAccounts = 'airflowIdentity.accounts';

/** Sign-in through VS Code's own Microsoft providers: silent, except from `signIn` and `signInAgain`. */
export class VsCodeSignIn implements SignIn, vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #state: vscode.Memento;
  readonly #clouds: CloudSettings;
  readonly #events: SessionEvents;
  readonly #subscription: vscode.Disposable;
  readonly #inFlight = new Map<string, Promise<AccessToken>>();
  readonly #refused = new RefusedTokens();

  constructor(state: vscode.Memento, clock: Clock, clouds: CloudSettings) {
    this.#state = state;
    this.#clouds = clouds;
    this.onDidChange = this.#changes.event;
    this.#events = new SessionEvents({
      clock,
      snapshot: async () => snapshotOf(await this.#listAccounts()),
      changed: () => this.#changes.fire(),
    });
    this.#subscription = vscode.authentication.onDidChangeSessions((event) => {
      if (event.provider.id === this.#providerId) {
        void this.#events.received();
      }
    });
  }

  async accounts(signal?: AbortSignal): Promise<readonly Account[]> {
    const accounts = await abortable(this.#listAccounts(), signal);
    this.#events.remember(snapshotOf(accounts));
    return accounts;
  }

  async token(request: TokenRequest, signal: AbortSignal): Promise<AccessToken> {
    const key = JSON.stringify([this.#clouds.kind, request.account.id, request.tenantId, request.challenge]);
    const pending = this.#inFlight.get(key);
    if (pending !== undefined) {
      return abortable(pending, signal);
    }
    const call = this.#silentToken(request).finally(() => {
      if (this.#inFlight.get(key) === call) {
        this.#inFlight.delete(key);
      }
    });
    this.#inFlight.set(key, call);
    return abortable(call, signal);
  }

  async signIn(request?: TokenRequest): Promise<void> {
    await this.#interactive(request, { createIfNone: true });
  }

  async signInAgain(challenge?: string): Promise<void> {
    const refused = this.#refused.latest(challenge);
    // Without a refused request the service did not take a token that VS Code still holds for good.
    await (refused === undefined ? this.#interactive(undefined, { forceNewSession: true }) : this.#interactive(refused, { createIfNone: true }));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  async #listAccounts(): Promise<readonly Account[]> {
    const listed = await this.#allAccounts();
    const kept = this.#kept();
    const accounts: Account[] = [];
    for (const { id, label } of listed) {
      if (kept.includes(id) || (await this.#silentSession({ account: { id, label } }).catch(() => undefined)) !== undefined) {
        accounts.push({ id, label });
      }
    }
    await this.#keep(accounts.map(({ id }) => id));
    return accounts;
  }

  async #allAccounts(): Promise<readonly Account[]> {
    this.#clouds.cloudToSignInTo();
    try {
      return await vscode.authentication.getAccounts(this.#providerId);
    } catch (error) {
      throw providerError(error, undefined);
    }
  }

  async #silentToken(request: TokenRequest): Promise<AccessToken> {
    try {
      const session = await this.#silentSession(request);
      if (session === undefined) {
        throw await this.#refusal(request);
      }
      this.#refused.given(request);
      return { token: session.accessToken, expiresOnTimestamp: tokenExpiry(session.accessToken) };
    } catch (error) {
      this.#refused.refused(request);
      throw providerError(error, request);
    }
  }

  async #silentSession(request: TokenRequest): Promise<vscode.AuthenticationSession | undefined> {
    const scopes = scopesOf(this.#clouds.cloudToSignInTo(), request);
    return this.#events.own(async () => vscode.authentication.getSession(this.#providerId, scopes, { silent: true, account: request.account }));
  }

  /** A tenant can refuse, or ask for more, while the account's own session still works; then only a sign-in to that tenant helps. */
  async #refusal({ account, tenantId, challenge }: TokenRequest): Promise<AirflowIdentityError> {
    const isHome = tenantId === undefined && challenge === undefined;
    if (!isHome && (await this.#silentSession({ account })) !== undefined) {
      return new AirflowIdentityError('interactionRequired', vscode.l10n.t('This tenant wants {0} to sign in again, for example with a second factor.', account.label), {
        fix: vscode.l10n.t('Sign in to this tenant.'),
      });
    }
    return new AirflowIdentityError('signedOut', vscode.l10n.t('The Azure session of {0} has expired or was revoked.', account.label), {
      fix: vscode.l10n.t('Sign in again.'),
    });
  }

  async #interactive(request: TokenRequest | undefined, how: { createIfNone: true } | { forceNewSession: true }): Promise<void> {
    const scopes = scopesOf(this.#clouds.cloudToSignInTo(), request);
    const account = request === undefined ? { clearSessionPreference: true } : { account: request.account };
    const session = await this.#events.own(async (): Promise<vscode.AuthenticationSession | undefined> => {
      try {
        return await vscode.authentication.getSession(this.#providerId, scopes, { ...account, ...how });
      } catch (error) {
        throw isRefusedByUser(error) ? new vscode.CancellationError() : providerError(error, request);
      }
    });
    if (session === undefined) {
      throw new vscode.CancellationError();
    }
    await this.#keep([...this.#kept(), session.account.id]);
    this.#refused.forget();
    // What was asked before the sign-in may be refused yet.
    this.#inFlight.clear();
    this.#events.told();
    this.#changes.fire();
  }

  async #keep(ids: readonly string[]): Promise<void> {
    const kept = this.#kept();
    const wanted = [...new Set(ids)];
    if (kept.length !== wanted.length || wanted.some((id) => !kept.includes(id))) {
      await this.#state.update(this.#storedAccounts, wanted);
    }
  }

  #kept(): readonly string[] {
    return this.#state.get<readonly string[]>(this.#storedAccounts, []);
  }

  get #storedAccounts(): string {
    const { kind } = this.#clouds;
    return kind === 'public' ? storedAccounts : `${storedAccounts}.${kind}`;
  }

  /** VS Code has one provider for the public cloud and one for all others (microsoft/vscode-azuretools `configuredAzureEnv.ts`). */
  get #providerId(): string {
    return this.#clouds.kind === 'public' ? 'microsoft' : 'microsoft-sovereign-cloud';
  }
}

/** The one scope that is ever asked for, since each further one is a further consent (microsoft/vscode#225223). */
function scopesOf({ signInScope }: AzureCloud, request: Partial<TokenRequest> | undefined): readonly string[] | vscode.AuthenticationWwwAuthenticateRequest {
  const scopes = request?.tenantId === undefined ? [signInScope] : [signInScope, `VSCODE_TENANT:${request.tenantId}`];
  return request?.challenge === undefined ? scopes : { wwwAuthenticate: request.challenge, fallbackScopes: scopes };
}

function providerError(error: unknown, request: TokenRequest | undefined): Error {
  if (error instanceof AirflowIdentityError || isCancel(error)) {
    return error as Error;
  }
  if (isProviderMissing(error)) {
    return new AirflowIdentityError('unavailable', vscode.l10n.t('VS Code offers no Microsoft account here.'), {
      fix: vscode.l10n.t('Enable its extension "Microsoft Account", or set airflowIdentity.signIn to "azureCli" or "environment".'),
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  // The native broker fails this way for tenants that no longer take the account (microsoft/vscode-azuretools#2215).
  const text = message.includes('platform_broker_error') ? vscode.l10n.t('The sign-in of the operating system refused this tenant.') : message;
  return new AirflowIdentityError(request?.tenantId === undefined ? 'signedOut' : 'interactionRequired', vscode.l10n.t('Signing in to Azure failed: {0}', text), {
    fix: vscode.l10n.t('Sign in again.'),
    cause: error,
  });
}

function snapshotOf(accounts: readonly Account[]): string {
  return accounts.map(({ id }) => id).sort().join('\n');
}

/** VS Code's calls cannot be aborted; the caller at least stops waiting for them. */
async function abortable<T>(call: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return call;
  }
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError'));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([call, aborted]);
  } finally {
    if (onAbort !== undefined) {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
