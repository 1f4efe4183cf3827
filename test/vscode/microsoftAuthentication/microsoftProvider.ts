import * as vscode from 'vscode';
import type { CloudAccount, ControlHost } from './controlHost.ts';

/** From VS Code's proposed API `authenticationChallenges` (microsoft/vscode, src/vscode-dts): parsed `WWW-Authenticate` headers. */
interface AuthenticationConstraint {
  readonly challenges: readonly { readonly scheme: string; readonly params: Readonly<Record<string, string>> }[];
  readonly fallbackScopes?: readonly string[];
}

interface Wish {
  readonly scopes: readonly string[];
  readonly claims?: string | undefined;
  readonly account?: vscode.AuthenticationSessionAccountInformation | undefined;
}

const signedInKey = 'signedIn';
const tenantScope = 'VSCODE_TENANT:';

/**
 * Behaves as VS Code's own provider `microsoft` does (microsoft/vscode, extensions/microsoft-authentication/src/node/authProvider.ts): one session
 * per signed-in account whatever the scopes, the account's id as the session's id, accounts that cannot get a token silently are passed
 * over, `changed` events while tokens are fetched, `VSCODE_TENANT:` scopes, and claims challenges.
 */
export class MicrosoftProvider implements vscode.AuthenticationProvider {
  private readonly changes = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.changes.event;
  /** Account and tenant of tokens handed out: the first of each counts as a change, as with the real one's token cache. */
  private readonly known = new Set<string>();
  private readonly cloud: ControlHost;
  private readonly state: vscode.Memento;

  constructor(cloud: ControlHost, state: vscode.Memento) {
    this.cloud = cloud;
    this.state = state;
  }

  async getSessions(scopes: readonly string[] | undefined, options: vscode.AuthenticationProviderSessionOptions): Promise<vscode.AuthenticationSession[]> {
    // Without scopes VS Code itself asks, for its accounts menu: no token is needed.
    return scopes === undefined ? this.signedIn().map((account) => listedSession(account)) : this.silentSessions({ scopes, account: options.account });
  }

  createSession(scopes: readonly string[], options: vscode.AuthenticationProviderSessionOptions): Promise<vscode.AuthenticationSession> {
    return this.signIn({ scopes, account: options.account });
  }

  getSessionsFromChallenges(constraint: AuthenticationConstraint, options: vscode.AuthenticationProviderSessionOptions): Promise<vscode.AuthenticationSession[]> {
    return this.silentSessions({ ...challenged(constraint), account: options.account });
  }

  createSessionFromChallenges(constraint: AuthenticationConstraint, options: vscode.AuthenticationProviderSessionOptions): Promise<vscode.AuthenticationSession> {
    return this.signIn({ ...challenged(constraint), account: options.account });
  }

  async removeSession(sessionId: string): Promise<void> {
    const removed = this.signedIn().filter((account) => account.id === sessionId);
    await this.state.update(signedInKey, this.signedIn().filter((account) => account.id !== sessionId));
    this.changes.fire({ added: [], changed: [], removed: removed.map((account) => listedSession(account)) });
  }

  /** Signs an account in without asking anybody. Throws when the local cloud knows no such account. */
  async signInAs(label: string): Promise<void> {
    const account = (await this.cloud.accounts()).find((known) => known.label === label);
    if (account === undefined) {
      throw new Error(`The local cloud knows no account ${label}.`);
    }
    await this.remember(account);
  }

  /** Signs every account out. */
  async signOut(): Promise<void> {
    for (const { id } of this.signedIn()) {
      await this.removeSession(id);
    }
  }

  private signedIn(): readonly CloudAccount[] {
    return this.state.get<readonly CloudAccount[]>(signedInKey, []);
  }

  private async silentSessions(wish: Wish): Promise<vscode.AuthenticationSession[]> {
    const sessions: vscode.AuthenticationSession[] = [];
    for (const account of this.signedIn().filter(({ id }) => wish.account === undefined || wish.account.id === id)) {
      try {
        sessions.push(await this.session(account, wish, false));
      } catch (error) {
        console.info(`[microsoft] ${account.label} is passed over: ${String(error)}`);
        continue;
      }
      const use = `${account.id} ${wish.scopes.join(' ')}`;
      if (!this.known.has(use)) {
        this.known.add(use);
        this.changes.fire({ added: [], changed: [listedSession(account)], removed: [] });
      }
    }
    return sessions;
  }

  private async signIn(wish: Wish): Promise<vscode.AuthenticationSession> {
    const account = await this.pickAccount(wish.account);
    const session = await this.session(account, wish, true);
    await this.remember(account);
    return session;
  }

  private async remember(account: CloudAccount): Promise<void> {
    const before = this.signedIn();
    const isNew = before.every(({ id }) => id !== account.id);
    if (isNew) {
      await this.state.update(signedInKey, [...before, account]);
    }
    const session = listedSession(account);
    this.changes.fire({ added: isNew ? [session] : [], changed: isNew ? [] : [session], removed: [] });
  }

  private async session(account: CloudAccount, wish: Wish, interactive: boolean): Promise<vscode.AuthenticationSession> {
    const tenant = wish.scopes.find((scope) => scope.startsWith(tenantScope))?.slice(tenantScope.length);
    const accessToken = await this.cloud.userToken({
      account: account.label,
      interactive,
      scopes: wish.scopes.filter((scope) => !scope.startsWith('VSCODE_')),
      ...(tenant === undefined ? {} : { tenant }),
      ...(wish.claims === undefined ? {} : { claims: wish.claims }),
    });
    return { id: account.id, accessToken, account: { id: account.id, label: account.label }, scopes: wish.scopes };
  }

  /** Entra's account picker. */
  private async pickAccount(wanted: vscode.AuthenticationSessionAccountInformation | undefined): Promise<CloudAccount> {
    const accounts = await this.cloud.accounts();
    const candidates = wanted === undefined ? accounts : accounts.filter(({ id }) => id === wanted.id);
    const only = candidates.length === 1 ? candidates[0] : undefined;
    const picked = only ?? (await vscode.window.showQuickPick(candidates.map((account) => ({ label: account.label, account })), { title: 'Microsoft: pick an account', ignoreFocusOut: true }))?.account;
    if (picked === undefined) {
      throw new vscode.CancellationError();
    }
    return picked;
  }
}

/** The session that stands for an account where nobody uses its token. */
function listedSession({ id, label }: CloudAccount): vscode.AuthenticationSession {
  return { id, accessToken: '1234', account: { id, label }, scopes: [] };
}

function challenged({ challenges, fallbackScopes }: AuthenticationConstraint): { scopes: readonly string[]; claims: string | undefined } {
  const bearer = challenges.filter(({ scheme }) => scheme.toLowerCase() === 'bearer').map(({ params }) => params);
  const scopes = bearer.find((params) => params['scope'] !== undefined)?.['scope']?.split(' ') ?? fallbackScopes;
  const claims = bearer.find((params) => params['claims'] !== undefined)?.['claims'];
  if (scopes === undefined || scopes.length === 0) {
    throw new Error('No scopes found in authentication challenges or fallback scopes');
  }
  return { scopes, claims: claims?.startsWith('{') === false ? Buffer.from(claims, 'base64').toString() : claims };
}
