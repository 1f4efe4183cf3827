import * as vscode from 'vscode';
import type { Settings } from '../../contributions.ts';
import { AirflowIdentityError } from '../../errors.ts';
import type { Account } from '../../identity/managedIdentity.ts';
import type { AccessToken, TokenPort, TokenRequest } from '../../identity/tokenPort.ts';
import { readSetting } from '../settings.ts';
import type { SignIn } from '../services.ts';

/** Tokens of the Azure CLI or the environment, as `dist/identity.js` gives them. */
export interface CredentialTokens extends TokenPort {
  accounts(signal?: AbortSignal): Promise<readonly Account[]>;
}

type SignInKind = Settings['airflowIdentity.signIn'];

/** Where the ways of signing in come from; each is made only when the setting asks for it. */
export interface SignInSources {
  readonly vscode: () => SignIn & vscode.Disposable;
  readonly credentials: (kind: Exclude<SignInKind, 'vscode'>) => CredentialTokens;
  readonly onDidChangeCloud: vscode.Event<void>;
}

/** The way of signing in that the setting `airflowIdentity.signIn` names, also after it was changed. */
export class ConfiguredSignIn implements SignIn, vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #sources: SignInSources;
  readonly #subscriptions: vscode.Disposable[] = [];
  #kind = readSetting('airflowIdentity.signIn');
  #session: (SignIn & vscode.Disposable) | undefined;
  #credentials: { readonly kind: SignInKind; readonly tokens: CredentialTokens } | undefined;

  constructor(sources: SignInSources) {
    this.#sources = sources;
    this.onDidChange = this.#changes.event;
    this.#subscriptions.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        // A workspace cannot set it, but an attempt to is told as a change.
        if (event.affectsConfiguration('airflowIdentity.signIn') && readSetting('airflowIdentity.signIn') !== this.#kind) {
          this.#kind = readSetting('airflowIdentity.signIn');
          this.#changed();
        }
      }),
      sources.onDidChangeCloud(() => { this.#changed(); }),
    );
  }

  /** Whether signing in is a dialog of VS Code. */
  get isInteractive(): boolean {
    return readSetting('airflowIdentity.signIn') === 'vscode';
  }

  async accounts(signal?: AbortSignal): Promise<readonly Account[]> {
    return this.#asked(() => this.#tokens().accounts(signal));
  }

  async token(request: TokenRequest, signal: AbortSignal): Promise<AccessToken> {
    return this.#asked(() => this.#tokens().token(request, signal));
  }

  async signIn(request?: TokenRequest): Promise<void> {
    await this.#interactive().signIn(request);
  }

  async signInAgain(challenge?: string): Promise<void> {
    await this.#interactive().signInAgain(challenge);
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
    this.#session?.dispose();
    this.#changes.dispose();
  }

  /** A credential keeps what it read, such as a federated token's file; after a refusal the next try starts with a new one. */
  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof AirflowIdentityError && error.code === 'signedOut') {
        this.#credentials = undefined;
      }
      throw error;
    }
  }

  #changed(): void {
    this.#credentials = undefined;
    this.#changes.fire();
  }

  #tokens(): SignIn | CredentialTokens {
    const kind = readSetting('airflowIdentity.signIn');
    if (kind === 'vscode') {
      return this.#vscodeSession();
    }
    if (this.#credentials?.kind !== kind) {
      this.#credentials = { kind, tokens: this.#sources.credentials(kind) };
    }
    return this.#credentials.tokens;
  }

  #vscodeSession(): SignIn {
    if (this.#session === undefined) {
      this.#session = this.#sources.vscode();
      this.#subscriptions.push(this.#session.onDidChange(() => this.#changes.fire()));
    }
    return this.#session;
  }

  /** The session of VS Code, or an error that says where to sign in instead. */
  #interactive(): SignIn {
    const kind = readSetting('airflowIdentity.signIn');
    switch (kind) {
      case 'vscode':
        return this.#vscodeSession();
      case 'azureCli':
        throw new AirflowIdentityError('invalidInput', vscode.l10n.t('The setting airflowIdentity.signIn takes the session of the Azure CLI.'), {
          fix: vscode.l10n.t('Run "az login" in a terminal, then refresh; or set airflowIdentity.signIn to "vscode".'),
        });
      case 'environment':
        throw new AirflowIdentityError('invalidInput', vscode.l10n.t('The setting airflowIdentity.signIn takes the credentials from environment variables.'), {
          fix: vscode.l10n.t('Set AZURE_TENANT_ID, AZURE_CLIENT_ID and a credential before VS Code starts; or set airflowIdentity.signIn to "vscode".'),
        });
    }
  }
}
