import type * as vscode from 'vscode';
import type { Clock } from '../clock.ts';
import type { ConnectionResourcePort } from '../connection/connectionResource.ts';
import type { EnvironmentPort } from '../connection/environmentPort.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { DeploymentSource } from '../deployment/deploymentPort.ts';
import type { AirflowIdentityError } from '../errors.ts';
import type { AzurePort, IssuerPort } from '../identity/azurePort.ts';
import type { FederatedCredential } from '../identity/federatedCredential.ts';
import type { IdentityAdminPort } from '../identity/identityAdminPort.ts';
import type { Account, IdentityRef, ManagedIdentity, Subscription, Tenant } from '../identity/managedIdentity.ts';
import type { RightsPort } from '../identity/rightsPort.ts';
import type { IdentitySearchPort } from '../identity/searchPort.ts';
import type { TokenPort, TokenRequest } from '../identity/tokenPort.ts';
import type { LanguageBundle } from '../project/languageBundle.ts';
import type { Journal } from '../trust/journal.ts';
import type { Commands } from './commands.ts';
import type { IdentityWrites } from './connect/identityWrites.ts';
import type { ListedDeployments } from './deployments/listDeployments.ts';
import type { Log } from './log.ts';
import type { CloudSettings } from './signIn/cloudSettings.ts';
import type { Messages } from './messages.ts';
import type { NamedIdentities } from './trust/namedIdentities.ts';
import type { RoleDirectory } from './rights/roleDirectory.ts';

/** A feature that adds its commands, views and providers once, at activation. It asks the network for nothing there. */
export interface Contribution {
  register(context: vscode.ExtensionContext): void;
}

/** Accounts and tokens, whichever way of signing in is set. */
export interface SignIn extends TokenPort {
  /** The accounts the user signed in with here; empty when signed out. Never asks the user. */
  accounts(signal?: AbortSignal): Promise<readonly Account[]>;
  /** Another set of accounts, another cloud, another way of signing in, or a session that works again. Not fired for token refreshes. */
  readonly onDidChange: vscode.Event<void>;
  /**
   * Interactive; only from a user's action. Without a request any account may be picked.
   * @throws AirflowIdentityError `signedOut` when the set way of signing in has no dialog (Azure CLI, environment).
   */
  signIn(request?: TokenRequest): Promise<void>;
  /**
   * Interactive; signs in to whatever last refused a token, account and tenant being those that failed. With the challenge of
   * an error (`details.challenge`) it is the request that was refused for it.
   */
  signInAgain(challenge?: string): Promise<void>;
}

/** An identity that was listed, with what is known about it so far. */
export interface KnownIdentity {
  readonly identity: ManagedIdentity;
  readonly tenant: Tenant;
  readonly subscription: Subscription;
  /** Absent until they were listed. */
  readonly credentials: readonly FederatedCredential[] | undefined;
}

/** The identities that are known without asking Azure again; the Identities view fills it. */
export interface IdentityDirectory {
  known(): readonly KnownIdentity[];
  /** True while a filter leaves identities out of every listing. */
  readonly isFiltered: boolean;
  /** Fired in batches, at most every 300 ms. */
  readonly onDidChange: vscode.Event<void>;
  /** Fired when all that was listed is forgotten, for example since other accounts are signed in: whoever needs it lists again. */
  readonly onDidForget: vscode.Event<void>;
  /**
   * Lists whatever was not listed yet; `known()` grows meanwhile.
   * @returns the errors of tenants and subscriptions that failed; they never hide the others.
   */
  listAll(signal: AbortSignal): Promise<readonly AirflowIdentityError[]>;
  /** Shows and remembers what now stands on an identity, after it was read or written elsewhere. */
  updateCredentials(ref: IdentityRef, credentials: readonly FederatedCredential[]): void;
  /** Adds or changes the row of an identity that was created or read by ARM, which is ahead of every listing. */
  showIdentity(identity: ManagedIdentity): void;
  /** Takes away the row of an identity that was deleted. */
  forgetIdentity(ref: IdentityRef): void;
  /** Reads the identity's credentials again; its node follows. */
  refreshIdentity(ref: IdentityRef, signal: AbortSignal): Promise<void>;
}

/** All places where deployments are known: Astro and the list kept by hand. */
export interface DeploymentSources {
  readonly all: readonly DeploymentSource[];
  /** @throws AirflowIdentityError `notFound` for an unknown id. */
  source(id: string): DeploymentSource;
  /** Lists them all anew; one that fails never hides the others. @throws an `AbortError` when aborted. */
  listAll(signal: AbortSignal): Promise<ListedDeployments>;
  /** All of them once they were all listed, here or in the view; `undefined` before, or when there is none. */
  readonly known: readonly Deployment[] | undefined;
  /** What the last listing of all sources gave, also where some failed; `undefined` before, and after a source changed. */
  readonly listed: ListedDeployments | undefined;
  /** Fired when `known` or `listed` changed. */
  readonly onDidChangeKnown: vscode.Event<void>;
  /** Fired when a token or the list kept by hand changed. */
  readonly onDidChange: vscode.Event<void>;
}

/** What features are built from. Made once by `extension.ts`; whatever costs time is behind a function. */
export interface Services {
  readonly log: Log;
  readonly clock: Clock;
  /** Notifications and confirmations, so that tests can answer them. */
  readonly messages: Messages;
  /** Registers and runs commands; the only place that shows errors. */
  readonly commands: Commands;
  readonly signIn: SignIn;
  /** Which Azure cloud is set, and the audience of its federated credentials. A change is a change of `signIn` as well. */
  readonly clouds: Pick<CloudSettings, 'cloud' | 'azCloud' | 'audience'>;
  /** Loads `dist/azure.js` on first use. */
  readonly azure: () => AzurePort & IdentitySearchPort & IssuerPort & RightsPort & IdentityAdminPort & ConnectionResourcePort;
  /** Astro's Environment Manager. Loads `dist/azure.js` on first use. */
  readonly environment: () => EnvironmentPort;
  /** Loads `dist/language.js` on first use. */
  readonly language: () => LanguageBundle;
  readonly identities: IdentityDirectory;
  /** What connections name: which identities those are, what they trust and hold. */
  readonly named: NamedIdentities;
  /** Who holds which roles, read where they are shown. */
  readonly roles: RoleDirectory;
  readonly deployments: DeploymentSources;
  /** Every change of several steps is noted down here before its first write. */
  readonly journal: Journal;
  /** One write at a time to each identity. */
  readonly identityWrites: IdentityWrites;
  /** For what is remembered across windows: no token, no secret. */
  readonly globalState: vscode.Memento;
  readonly extensionUri: vscode.Uri;
  /** Names and versions of the extension and of VS Code, for what users send to support. */
  readonly versions: string;
}
