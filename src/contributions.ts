import type { Deployment } from './deployment/deployment.ts';
import type { FederatedCredential } from './identity/federatedCredential.ts';
import type { HeldRole } from './identity/heldRoles.ts';
import type { IdentityHost } from './identity/identityAdminPort.ts';
import type { Account, ManagedIdentity, Subscription, Tenant } from './identity/managedIdentity.ts';
import type { Principal } from './identity/principal.ts';
import type { ScopeName } from './identity/scopeName.ts';
import type { ConnectionIssue } from './project/connectionIssues.ts';
import type { PlacedConnection } from './project/placedConnection.ts';

/**
 * Every id this extension contributes, once, with the types that belong to it (after microsoft/vscode-js-debug,
 * `src/common/contributionUtils.ts`); commands are in `contributedCommands.ts`. `test/unit/contributions.test.ts` holds package.json
 * against both.
 */

/** What a command gets when it is run on a node of a tree; palette calls pass nothing. */
export interface NodeTarget {
  /** Stable id of the node. */
  readonly id: string;
}

/** A node that stands for an identity. */
export interface IdentityTarget {
  readonly identity: ManagedIdentity;
}

/** A node that stands for a federated credential. */
export interface CredentialTarget extends IdentityTarget {
  readonly credential: FederatedCredential;
}

/** A node that stands for a deployment. */
export interface DeploymentTarget {
  readonly deployment: Deployment;
}

/** What a connection starts from: one side, or both. */
export type ConnectTarget = IdentityTarget | DeploymentTarget | (IdentityTarget & DeploymentTarget);

/** A node that stands for whoever holds roles, of which an identity is one kind. */
export interface PrincipalTarget {
  readonly principal: Principal;
}

/** A node that stands for a role which a principal holds on a scope. */
export interface AssignmentTarget extends PrincipalTarget {
  /** The scope it is shown for, which inherits it where it was given above. */
  readonly scope: ScopeName;
  readonly held: HeldRole;
}

/** A node that stands for a subscription. */
export interface SubscriptionTarget {
  readonly subscription: Subscription;
  readonly tenant: Tenant;
}

/** A node that stands for a resource group. */
export interface ResourceGroupTarget extends SubscriptionTarget {
  readonly resourceGroup: string;
}

/** A node that stands for a resource with an identity of its own. */
export interface HostTarget extends ResourceGroupTarget {
  readonly host: IdentityHost;
}

/** A node that stands for an Airflow connection in its place. */
export interface ConnectionTarget {
  readonly placed: PlacedConnection;
  /** What is wrong with it; of a row that stands for a problem that one alone. */
  issues(): readonly ConnectionIssue[];
}

/** A node that belongs to an account and, mostly, to one tenant seen with it. */
export interface TenantTarget {
  readonly tenant: { readonly account: Account; readonly tenantId?: string };
}

/** A node that has a page in the Azure portal. */
export interface PortalTarget {
  readonly portal: { readonly tenantId: string; readonly resourceId: string };
}

/** Ids of the container and its views. */
export const viewIds = {
  container: 'airflowIdentity',
  identities: 'airflowIdentity.identities',
  deployments: 'airflowIdentity.deployments',
  connections: 'airflowIdentity.connections',
} as const;

/** View type of the webview form, also in `activationEvents` so that it is restored after a reload. */
export const connectPanelType = 'airflowIdentity.connect';

/** View type of the page of an identity, in `activationEvents` as well. */
export const detailsPanelType = 'airflowIdentity.identity';

/** Settings with their value types. */
export interface Settings {
  /** Where tokens come from. */
  'airflowIdentity.signIn': 'vscode' | 'azureCli' | 'environment';
  /** Audience of federated credentials; empty: the one of the cloud. */
  'airflowIdentity.federatedAudience': string;
  /** Codes of findings that are not shown (`diagnosticCodes`). */
  'airflowIdentity.disabledDiagnostics': readonly string[];
  /** Whether lines about an identity stand above connections. */
  'airflowIdentity.codeLens': boolean;
}

/** Default of each setting, as in package.json. */
export const settingDefaults: Readonly<Settings> = {
  'airflowIdentity.signIn': 'vscode',
  'airflowIdentity.federatedAudience': '',
  'airflowIdentity.disabledDiagnostics': [],
  'airflowIdentity.codeLens': true,
};

/** Context keys with their value types; `when` clauses in package.json use them. */
export interface ContextKeys {
  /** What the Identities view shows; all but `shown` and `noIdentities` have their own welcome content. */
  'airflowIdentity.identitiesState': 'signedOut' | 'noTenants' | 'noSubscriptions' | 'noIdentities' | 'noMatches' | 'shown';
  'airflowIdentity.identitiesFiltered': boolean;
  'airflowIdentity.identitiesLoading': boolean;
  'airflowIdentity.deploymentsState': 'noToken' | 'noDeployments' | 'noMatches' | 'shown';
  'airflowIdentity.deploymentsFiltered': boolean;
  'airflowIdentity.deploymentsLoading': boolean;
  'airflowIdentity.connectionsState': 'noFolder' | 'noConnections' | 'shown';
  'airflowIdentity.connectionsLoading': boolean;
  /** Where the Astro token comes from: only one from the secret storage can be removed. */
  'airflowIdentity.astroTokenKept': boolean;
}

/** Id of a context key. */
export type ContextKey = keyof ContextKeys;

const contextKeyNames: Readonly<Record<ContextKey, true>> = {
  'airflowIdentity.identitiesState': true,
  'airflowIdentity.identitiesFiltered': true,
  'airflowIdentity.identitiesLoading': true,
  'airflowIdentity.deploymentsState': true,
  'airflowIdentity.deploymentsFiltered': true,
  'airflowIdentity.deploymentsLoading': true,
  'airflowIdentity.connectionsState': true,
  'airflowIdentity.connectionsLoading': true,
  'airflowIdentity.astroTokenKept': true,
};

/** All context keys. */
export const contextKeys = Object.keys(contextKeyNames) as ContextKey[];
