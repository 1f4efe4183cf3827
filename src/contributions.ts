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
 * `src/common/contributionUtils.ts`). `test/unit/contributions.test.ts` holds package.json against this file.
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

/** Each command with its arguments. `undefined` stands for a call from the palette. */
export interface CommandArguments {
  'airflowIdentity.signIn': [];
  'airflowIdentity.signInToTenant': [target?: TenantTarget];
  'airflowIdentity.manageAccounts': [];
  /** What is given is already chosen when the form opens. */
  'airflowIdentity.connect': [target?: ConnectTarget];
  /** The same flow as quick picks, for the keyboard alone. */
  'airflowIdentity.connectStepByStep': [target?: ConnectTarget];
  /** The page of an identity; from the palette after a pick. */
  'airflowIdentity.openIdentity': [target?: IdentityTarget];
  'airflowIdentity.findIdentity': [];
  'airflowIdentity.editCredential': [target?: CredentialTarget];
  /** The row, and all selected ones; an identity or nothing: credentials are ticked in a list. */
  'airflowIdentity.deleteCredentials': [target?: CredentialTarget | IdentityTarget, selected?: readonly unknown[]];
  /** In the subscription or resource group of the node; both are asked for without one. */
  'airflowIdentity.createIdentity': [target?: SubscriptionTarget | ResourceGroupTarget];
  'airflowIdentity.editTags': [target?: IdentityTarget];
  'airflowIdentity.duplicateCredential': [target?: CredentialTarget | IdentityTarget, selected?: readonly unknown[]];
  'airflowIdentity.moveCredentials': [target?: CredentialTarget | IdentityTarget, selected?: readonly unknown[]];
  /** What of the two is not given is picked. */
  'airflowIdentity.compareCredentials': [target?: ConnectTarget];
  'airflowIdentity.deleteIdentity': [target?: IdentityTarget];
  'airflowIdentity.enableSystemAssigned': [target?: SubscriptionTarget];
  /** Says why no deployment can be connected to it, and leads to what can. */
  'airflowIdentity.connectSystemAssigned': [target?: HostTarget];
  /** An Airflow connection for an identity, written into a file of the workspace. */
  'airflowIdentity.addConnection': [target?: IdentityTarget];
  /** Settings of Airflow's own that sign in as the identity: secrets backend, remote logging, object storage. */
  'airflowIdentity.addPreset': [target?: IdentityTarget];
  /** What a Helm release needs to act as the identity, written into its `values.yaml`. */
  'airflowIdentity.labelServiceAccounts': [target?: IdentityTarget];
  'airflowIdentity.giveAccess': [target?: IdentityTarget | PrincipalTarget];
  'airflowIdentity.removeAccess': [target?: AssignmentTarget];
  'airflowIdentity.copyRoleCommand': [target?: AssignmentTarget];
  'airflowIdentity.filterIdentities': [];
  'airflowIdentity.clearFilter': [];
  'airflowIdentity.clearCachedData': [];
  'airflowIdentity.refreshIdentities': [];
  'airflowIdentity.refreshDeployments': [];
  'airflowIdentity.refreshNode': [target?: NodeTarget];
  'airflowIdentity.retry': [target?: NodeTarget];
  'airflowIdentity.stopLoading': [];
  'airflowIdentity.copyClientId': [target?: IdentityTarget];
  'airflowIdentity.copyPrincipalId': [target?: IdentityTarget | PrincipalTarget];
  'airflowIdentity.copyResourceId': [target?: PortalTarget];
  'airflowIdentity.copyIssuer': [target?: CredentialTarget | DeploymentTarget];
  'airflowIdentity.copySubject': [target?: CredentialTarget];
  'airflowIdentity.openInPortal': [target?: PortalTarget];
  'airflowIdentity.openDeployment': [target?: DeploymentTarget];
  'airflowIdentity.filterDeployments': [];
  'airflowIdentity.clearDeploymentFilter': [];
  /** With the missing workloads ticked: for the identity, or for whichever trusts a part of the deployment. */
  'airflowIdentity.repairTrust': [target?: DeploymentTarget | (IdentityTarget & DeploymentTarget)];
  /** The command that mends what keeps pods from getting a token. */
  'airflowIdentity.copyDeploymentFix': [target?: DeploymentTarget];
  /** Reads the credentials of all identities, to know who trusts what. */
  'airflowIdentity.readTrust': [];
  'airflowIdentity.setAstroToken': [];
  'airflowIdentity.removeAstroToken': [];
  'airflowIdentity.addDeployment': [];
  'airflowIdentity.editDeployment': [target?: DeploymentTarget];
  'airflowIdentity.removeDeployment': [target?: DeploymentTarget];
  'airflowIdentity.refreshConnections': [];
  'airflowIdentity.openConnection': [target?: ConnectionTarget];
  /** What is to be mended is picked where there is more than one fix. */
  'airflowIdentity.fixConnection': [target?: ConnectionTarget];
  'airflowIdentity.moveConnection': [target?: ConnectionTarget];
  /** Side by side with the same connection in another place. */
  'airflowIdentity.compareConnections': [target?: ConnectionTarget];
  /** Its values are written to the other places that hold the same connection. */
  'airflowIdentity.takeConnection': [target?: ConnectionTarget];
  /** Selects it in the Identities view. */
  'airflowIdentity.revealIdentity': [target?: IdentityTarget];
  'airflowIdentity.unfinishedChanges': [];
  'airflowIdentity.showLog': [];
}

/** Id of a command. */
export type CommandId = keyof CommandArguments;

const commandFlags: Readonly<Record<CommandId, { readonly palette: boolean }>> = {
  'airflowIdentity.signIn': { palette: true },
  'airflowIdentity.signInToTenant': { palette: true },
  'airflowIdentity.manageAccounts': { palette: true },
  'airflowIdentity.connect': { palette: true },
  'airflowIdentity.connectStepByStep': { palette: true },
  'airflowIdentity.openIdentity': { palette: true },
  'airflowIdentity.findIdentity': { palette: true },
  'airflowIdentity.editCredential': { palette: true },
  'airflowIdentity.deleteCredentials': { palette: true },
  'airflowIdentity.createIdentity': { palette: true },
  'airflowIdentity.editTags': { palette: false },
  'airflowIdentity.duplicateCredential': { palette: true },
  'airflowIdentity.moveCredentials': { palette: true },
  'airflowIdentity.compareCredentials': { palette: true },
  'airflowIdentity.deleteIdentity': { palette: false },
  'airflowIdentity.enableSystemAssigned': { palette: true },
  'airflowIdentity.connectSystemAssigned': { palette: false },
  'airflowIdentity.addConnection': { palette: true },
  'airflowIdentity.addPreset': { palette: true },
  'airflowIdentity.labelServiceAccounts': { palette: true },
  'airflowIdentity.giveAccess': { palette: true },
  'airflowIdentity.removeAccess': { palette: false },
  'airflowIdentity.copyRoleCommand': { palette: false },
  'airflowIdentity.filterIdentities': { palette: true },
  'airflowIdentity.clearFilter': { palette: true },
  'airflowIdentity.clearCachedData': { palette: true },
  'airflowIdentity.refreshIdentities': { palette: true },
  'airflowIdentity.refreshDeployments': { palette: true },
  'airflowIdentity.refreshNode': { palette: false },
  'airflowIdentity.retry': { palette: false },
  'airflowIdentity.stopLoading': { palette: false },
  'airflowIdentity.copyClientId': { palette: false },
  'airflowIdentity.copyPrincipalId': { palette: false },
  'airflowIdentity.copyResourceId': { palette: false },
  'airflowIdentity.copyIssuer': { palette: false },
  'airflowIdentity.copySubject': { palette: false },
  'airflowIdentity.openInPortal': { palette: false },
  'airflowIdentity.openDeployment': { palette: false },
  'airflowIdentity.filterDeployments': { palette: true },
  'airflowIdentity.clearDeploymentFilter': { palette: true },
  'airflowIdentity.repairTrust': { palette: false },
  'airflowIdentity.copyDeploymentFix': { palette: false },
  'airflowIdentity.readTrust': { palette: false },
  'airflowIdentity.setAstroToken': { palette: true },
  'airflowIdentity.removeAstroToken': { palette: true },
  'airflowIdentity.addDeployment': { palette: true },
  'airflowIdentity.editDeployment': { palette: false },
  'airflowIdentity.removeDeployment': { palette: false },
  'airflowIdentity.refreshConnections': { palette: true },
  'airflowIdentity.openConnection': { palette: false },
  'airflowIdentity.fixConnection': { palette: false },
  'airflowIdentity.moveConnection': { palette: false },
  'airflowIdentity.compareConnections': { palette: false },
  'airflowIdentity.takeConnection': { palette: false },
  'airflowIdentity.revealIdentity': { palette: false },
  'airflowIdentity.unfinishedChanges': { palette: true },
  'airflowIdentity.showLog': { palette: true },
};

/** All command ids; those that need a node are kept out of the palette. */
export const commandIds = Object.keys(commandFlags) as CommandId[];

/** True when the command makes sense without a node. */
export function isPaletteCommand(id: CommandId): boolean {
  return commandFlags[id].palette;
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
