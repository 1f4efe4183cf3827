import * as vscode from 'vscode';
import { systemClock } from '../../src/clock.ts';
import type { Deployment } from '../../src/deployment/deployment.ts';
import type { AirflowIdentityError } from '../../src/errors.ts';
import type { FoundRoles } from '../../src/identity/heldRoles.ts';
import type { Account } from '../../src/identity/managedIdentity.ts';
import { publicAudience } from '../../src/identity/federatedCredential.ts';
import { language } from '../../src/project/languageBundle.ts';
import { IdentityListing } from '../../src/vscode/language/identityListing.ts';
import { LanguageContribution } from '../../src/vscode/language/languageContribution.ts';
import { Log } from '../../src/vscode/log.ts';
import type { RoleDirectory } from '../../src/vscode/rights/roleDirectory.ts';
import type { KnownIdentity, Services } from '../../src/vscode/services.ts';
import { NamedIdentities } from '../../src/vscode/trust/namedIdentities.ts';
import type { NamedIdentitiesPorts } from '../../src/vscode/trust/namedIdentities.ts';

/** Who is signed in. */
const account: Account = { id: 'ada', label: 'ada@example.com' };
/** The tenant of all identities. */
export const tenantId = '99999999-8888-7777-6666-555555555555';
/** The subscription of all identities. */
export const subscriptionId = '00000000-1111-2222-3333-444444444444';

/** An identity that was listed. */
export function identity(name: string, clientId: string, seenBy: Account = account): KnownIdentity {
  const ref = { account: seenBy, tenantId, subscriptionId, resourceGroup: 'airflow', name };
  return {
    identity: { ...ref, id: `/subscriptions/${subscriptionId}/${name}`, location: 'westeurope', clientId, principalId: clientId, homeTenantId: ref.tenantId, tags: {} },
    tenant: { account: seenBy, tenantId, displayName: 'Contoso', defaultDomain: undefined },
    subscription: { account: seenBy, tenantId, subscriptionId, displayName: 'Production', state: 'Enabled' },
    credentials: undefined,
  };
}

/** Two of them. */
export const first = identity('id-first', '11111111-2222-3333-4444-555555555555');
/** The second. */
export const second = identity('id-second', '22222222-2222-3333-4444-555555555555');

/** What VS Code remembers. */
export class Memory {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get(key: string): unknown {
    return this.#values.get(key);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

/** The services as far as the language features use them, with a directory that lists what `answer` gives. */
export class FakeServices {
  known: readonly KnownIdentity[] = [];
  accounts: readonly Account[] = [account];
  answer: () => Promise<readonly AirflowIdentityError[]> = async () => [];
  listings = 0;
  deployments: readonly Deployment[] | undefined;
  roles: FoundRoles = { scopes: [], unreadSubscriptions: 0, isSearched: true };
  readonly identityChange = new vscode.EventEmitter<void>();
  readonly identitiesForgotten = new vscode.EventEmitter<void>();
  readonly failures: string[] = [];
  readonly signInChange = new vscode.EventEmitter<void>();
  readonly globalState = new Memory();

  /** Registers the language features as the product does. */
  register({ subscriptions }: Pick<vscode.ExtensionContext, 'subscriptions'>): void {
    const services = this.services();
    const listing = new IdentityListing(services);
    subscriptions.push(listing);
    new LanguageContribution(services, listing).register({ subscriptions } as vscode.ExtensionContext);
  }

  services(): Services {
    const silent = (): void => undefined;
    const ports: Pick<Services, keyof NamedIdentitiesPorts> = {
      clock: systemClock,
      log: new Log({ info: silent, warn: silent, error: (text) => { this.failures.push(String(text)); }, debug: silent, trace: silent, show: silent }),
      clouds: { audience: publicAudience } as Services['clouds'],
      roles: { onDidChange: new vscode.EventEmitter<string>().event, roles: async () => this.roles } as unknown as RoleDirectory,
      deployments: {
        listed: this.deployments && { deployments: this.deployments, failures: [] },
        onDidChangeKnown: new vscode.EventEmitter<void>().event,
        listAll: async () => ({ deployments: [], failures: [] }),
      } as unknown as Services['deployments'],
      identities: {
        known: () => this.known,
        isFiltered: false,
        onDidChange: this.identityChange.event,
        onDidForget: this.identitiesForgotten.event,
        listAll: () => {
          this.listings += 1;
          return this.answer();
        },
        updateCredentials: silent,
        showIdentity: silent,
        forgetIdentity: silent,
        refreshIdentity: async () => undefined,
      },
    };
    const services: Partial<Services> = {
      ...ports,
      named: new NamedIdentities(ports),
      language: () => language,
      globalState: this.globalState as vscode.Memento,
      extensionUri: vscode.Uri.file('/extension'),
      signIn: {
        accounts: async () => this.accounts,
        onDidChange: this.signInChange.event,
        signIn: async () => undefined,
        signInAgain: async () => undefined,
        token: () => Promise.reject(new Error('Completions ask for no token.')),
      },
    };
    return services as Services;
  }
}
