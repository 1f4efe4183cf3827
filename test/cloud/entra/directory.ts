/** A tenant of the world. */
export interface Tenant {
  readonly id: string;
  readonly displayName: string;
  readonly defaultDomain: string;
  readonly countryCode: string;
}

/** An account's place in one tenant: the home tenant first, guest places after it. */
interface Membership {
  readonly tenantId: string;
  readonly objectId: string;
  /** The tenant gives tokens only after an interactive second factor (AADSTS50076). */
  readonly needsMfa: boolean;
}

/** A person who signs in. */
export interface Account {
  /** What VS Code's provider uses: `<object id>.<home tenant id>`. */
  readonly id: string;
  /** User principal name. */
  readonly label: string;
  readonly displayName: string;
  readonly memberships: readonly Membership[];
}

/** An app registration that signs in with a secret (EnvironmentCredential). */
export interface ClientApp {
  readonly clientId: string;
  readonly objectId: string;
  readonly tenantId: string;
  readonly displayName: string;
  readonly secret: string;
}

/** What one account has proved so far; interactive sign-ins change it, revoking takes it back. */
export interface SessionState {
  /** World time at which the session was taken back; `undefined` while it stands. */
  revokedAt: number | undefined;
  /** Goes up when issued tokens are taken back: ARM refuses those of an earlier generation. */
  generation: number;
  /** Tenants in which the second factor was given. */
  readonly mfaTenants: Set<string>;
}

/** Tenants, people and apps. */
export class Directory {
  readonly tenants = new Map<string, Tenant>();
  readonly accounts: Account[] = [];
  readonly apps: ClientApp[] = [];
  readonly #sessions = new Map<string, SessionState>();

  /** The tenant of that id or domain, as the authority path of a request names it. */
  findTenant(idOrDomain: string): Tenant | undefined {
    const wanted = idOrDomain.toLowerCase();
    return this.tenants.get(wanted) ?? [...this.tenants.values()].find((tenant) => tenant.defaultDomain === wanted);
  }

  /** The account of that id or label. */
  findAccount(idOrLabel: string): Account | undefined {
    return this.accounts.find((account) => account.id === idOrLabel || account.label.toLowerCase() === idOrLabel.toLowerCase());
  }

  /** The account that has this object id in some tenant. */
  accountOfObject(objectId: string): Account | undefined {
    return this.accounts.find((account) => account.memberships.some((membership) => membership.objectId === objectId));
  }

  /** The state of an account's session. */
  session(account: Account): SessionState {
    let state = this.#sessions.get(account.id);
    if (state === undefined) {
      state = { revokedAt: undefined, generation: 0, mfaTenants: new Set() };
      this.#sessions.set(account.id, state);
    }
    return state;
  }
}
