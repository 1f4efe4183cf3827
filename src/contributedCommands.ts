import type { AssignmentTarget, ConnectTarget, ConnectionTarget, CredentialTarget, DeploymentTarget, HostTarget, IdentityTarget, NodeTarget, PortalTarget, PrincipalTarget, ResourceGroupTarget, SubscriptionTarget, TenantTarget } from './contributions.ts';

/** Where a command is offered, and what its handler gets: `arguments` carries the type alone and is never set. */
interface ContributedCommand<Arguments extends readonly unknown[]> {
  readonly palette: boolean;
  /** Whether it stands on rows and in the title of a view as well, where nothing may have the focus. */
  readonly viewTitle: boolean;
  readonly arguments?: Arguments;
}

const inPalette = <Arguments extends readonly unknown[] = []>(): ContributedCommand<Arguments> => ({ palette: true, viewTitle: false });
const inPaletteAndTitle = <Arguments extends readonly unknown[] = []>(): ContributedCommand<Arguments> => ({ palette: true, viewTitle: true });
/** On rows, messages and lines of the editor alone: without a target it would make no sense, or nobody looks for it. */
const notInPalette = <Arguments extends readonly unknown[] = []>(): ContributedCommand<Arguments> => ({ palette: false, viewTitle: false });

/** Each command of package.json, once: where it is offered and its arguments. Calls from the palette pass nothing. */
const commands = {
  'airflowIdentity.signIn': inPalette(),
  'airflowIdentity.signInToTenant': inPaletteAndTitle<[target?: TenantTarget]>(),
  'airflowIdentity.manageAccounts': inPalette(),
  /** What is given is already chosen when the form opens. */
  'airflowIdentity.connect': inPalette<[target?: ConnectTarget]>(),
  /** The same flow as quick picks, for the keyboard alone. */
  'airflowIdentity.connectStepByStep': inPalette<[target?: ConnectTarget]>(),
  /** The page of an identity; from the palette after a pick. */
  'airflowIdentity.openIdentity': inPalette<[target?: IdentityTarget]>(),
  'airflowIdentity.findIdentity': inPalette(),
  'airflowIdentity.editCredential': inPalette<[target?: CredentialTarget]>(),
  /** The row, and all selected ones; an identity or nothing: credentials are ticked in a list. */
  'airflowIdentity.deleteCredentials': inPalette<[target?: CredentialTarget | IdentityTarget, selected?: readonly unknown[]]>(),
  /** In the subscription or resource group of the node; both are asked for without one. */
  'airflowIdentity.createIdentity': inPaletteAndTitle<[target?: SubscriptionTarget | ResourceGroupTarget]>(),
  'airflowIdentity.editTags': notInPalette<[target?: IdentityTarget]>(),
  'airflowIdentity.duplicateCredential': inPalette<[target?: CredentialTarget | IdentityTarget, selected?: readonly unknown[]]>(),
  'airflowIdentity.moveCredentials': inPalette<[target?: CredentialTarget | IdentityTarget, selected?: readonly unknown[]]>(),
  /** What of the two is not given is picked. */
  'airflowIdentity.compareCredentials': inPalette<[target?: ConnectTarget]>(),
  'airflowIdentity.deleteIdentity': notInPalette<[target?: IdentityTarget]>(),
  'airflowIdentity.enableSystemAssigned': inPalette<[target?: SubscriptionTarget]>(),
  /** Says why no deployment can be connected to it, and leads to what can. */
  'airflowIdentity.connectSystemAssigned': notInPalette<[target?: HostTarget]>(),
  /** An Airflow connection for an identity, written into a file of the workspace. */
  'airflowIdentity.addConnection': inPalette<[target?: IdentityTarget]>(),
  /** Settings of Airflow's own that sign in as the identity: secrets backend, remote logging, object storage. */
  'airflowIdentity.addPreset': inPalette<[target?: IdentityTarget]>(),
  /** What a Helm release needs to act as the identity, written into its `values.yaml`. */
  'airflowIdentity.labelServiceAccounts': inPalette<[target?: IdentityTarget]>(),
  'airflowIdentity.giveAccess': inPalette<[target?: IdentityTarget | PrincipalTarget]>(),
  'airflowIdentity.removeAccess': notInPalette<[target?: AssignmentTarget]>(),
  'airflowIdentity.copyRoleCommand': notInPalette<[target?: AssignmentTarget]>(),
  'airflowIdentity.filterIdentities': inPalette(),
  'airflowIdentity.clearFilter': inPalette(),
  'airflowIdentity.clearCachedData': inPalette(),
  'airflowIdentity.refreshIdentities': inPalette(),
  'airflowIdentity.refreshDeployments': inPalette(),
  'airflowIdentity.refreshNode': notInPalette<[target?: NodeTarget]>(),
  'airflowIdentity.retry': notInPalette<[target?: NodeTarget]>(),
  'airflowIdentity.stopLoading': notInPalette(),
  'airflowIdentity.copyClientId': notInPalette<[target?: IdentityTarget]>(),
  'airflowIdentity.copyPrincipalId': notInPalette<[target?: IdentityTarget | PrincipalTarget]>(),
  'airflowIdentity.copyResourceId': notInPalette<[target?: PortalTarget]>(),
  'airflowIdentity.copyIssuer': notInPalette<[target?: CredentialTarget | DeploymentTarget]>(),
  'airflowIdentity.copySubject': notInPalette<[target?: CredentialTarget]>(),
  'airflowIdentity.openInPortal': notInPalette<[target?: PortalTarget]>(),
  'airflowIdentity.openDeployment': notInPalette<[target?: DeploymentTarget]>(),
  'airflowIdentity.filterDeployments': inPalette(),
  'airflowIdentity.clearDeploymentFilter': inPalette(),
  /** With the missing workloads ticked: for the identity, or for whichever trusts a part of the deployment. */
  'airflowIdentity.repairTrust': notInPalette<[target?: DeploymentTarget | (IdentityTarget & DeploymentTarget)]>(),
  /** The command that mends what keeps pods from getting a token. */
  'airflowIdentity.copyDeploymentFix': notInPalette<[target?: DeploymentTarget]>(),
  /** Reads the credentials of all identities, to know who trusts what. */
  'airflowIdentity.readTrust': notInPalette(),
  'airflowIdentity.setAstroToken': inPalette(),
  'airflowIdentity.removeAstroToken': inPalette(),
  'airflowIdentity.addDeployment': inPalette(),
  'airflowIdentity.editDeployment': notInPalette<[target?: DeploymentTarget]>(),
  'airflowIdentity.removeDeployment': notInPalette<[target?: DeploymentTarget]>(),
  'airflowIdentity.refreshConnections': inPalette(),
  'airflowIdentity.openConnection': notInPalette<[target?: ConnectionTarget]>(),
  /** What is to be mended is picked where there is more than one fix. */
  'airflowIdentity.fixConnection': notInPalette<[target?: ConnectionTarget]>(),
  'airflowIdentity.moveConnection': notInPalette<[target?: ConnectionTarget]>(),
  /** Side by side with the same connection in another place. */
  'airflowIdentity.compareConnections': notInPalette<[target?: ConnectionTarget]>(),
  /** Its values are written to the other places that hold the same connection. */
  'airflowIdentity.takeConnection': notInPalette<[target?: ConnectionTarget]>(),
  /** Has a Helm release get it from a secret, which its values.yaml names or makes. */
  'airflowIdentity.keepInSecret': notInPalette<[target?: ConnectionTarget]>(),
  /** Selects it in the Identities view. */
  'airflowIdentity.revealIdentity': notInPalette<[target?: IdentityTarget]>(),
  'airflowIdentity.unfinishedChanges': inPalette(),
  'airflowIdentity.showLog': inPalette(),
} as const;

/** Id of a command. */
export type CommandId = keyof typeof commands;

/** The arguments of each command. */
export type CommandArguments = {
  readonly [Id in CommandId]: (typeof commands)[Id] extends ContributedCommand<infer Arguments> ? Arguments : never;
};

/** All command ids; those that need a node are kept out of the palette. */
export const commandIds = Object.keys(commands) as CommandId[];

/** True when the command makes sense without a node. */
export function isPaletteCommand(id: CommandId): boolean {
  return commands[id].palette;
}

/** True for a command with a target that stands in a view's title too, and so may come without one. */
export function isTitleCommand(id: CommandId): boolean {
  return commands[id].viewTitle;
}
