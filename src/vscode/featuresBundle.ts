import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { AzureDependencies } from '../azure/azureBundle.ts';
import { systemClock } from '../clock.ts';
import type { Bundles, Texts } from './bundles.ts';
import { once } from './bundles.ts';
import { Actions } from './actions.ts';
import { Commands } from './commands.ts';
import { Journal } from '../trust/journal.ts';
import { copyText } from './copyText.ts';
import { ConnectionCommands } from './connections/connectionCommands.ts';
import { ConnectionsView } from './connections/connectionsView.ts';
import { ConnectContribution } from './connect/connectContribution.ts';
import { IdentityWrites } from './connect/identityWrites.ts';
import { CredentialContribution } from './credentials/credentialContribution.ts';
import { DeploymentCommands } from './deployments/deploymentCommands.ts';
import { deploymentIssuers } from './deployments/deploymentIssuers.ts';
import { DeploymentsView } from './deployments/deploymentsView.ts';
import { DetailsContribution } from './details/detailsContribution.ts';
import { allSources } from './deployments/sources/allSources.ts';
import { AstroTokens } from './deployments/sources/astronomer/astroTokens.ts';
import { ErrorPresenter } from './errorPresenter.ts';
import { IdentitiesView } from './identities/identitiesView.ts';
import { IdentityCommands } from './identities/identityCommands.ts';
import { IdentityCreation } from './identities/identityCreation.ts';
import { LifecycleContribution } from './identities/lifecycleContribution.ts';
import { JournalFiles } from './journal/journalFiles.ts';
import { UnfinishedChanges } from './journal/unfinishedChanges.ts';
import { IdentityListing } from './language/identityListing.ts';
import { LanguageContribution } from './language/languageContribution.ts';
import { Log } from './log.ts';
import { VsCodeMessages } from './messages.ts';
import { PresetsContribution } from './presets/presetsContribution.ts';
import { AstroProjects } from './project/astroProjects.ts';
import { LabelServiceAccounts } from './project/labelServiceAccounts.ts';
import { RightsContribution } from './rights/rightsContribution.ts';
import { RoleDirectory } from './rights/roleDirectory.ts';
import type { SourceKind } from './deployments/sources/sourceKind.ts';
import type { Contribution, Services } from './services.ts';
import { CloudSettings } from './signIn/cloudSettings.ts';
import { ConfiguredSignIn } from './signIn/configuredSignIn.ts';
import { SignInCommands } from './signIn/signInCommands.ts';
import { VsCodeSignIn } from './signIn/vscodeSignIn.ts';
import { ConnectionTargets } from './targets/connectionTargets.ts';
import { EnvironmentTargets } from './targets/environmentTargets.ts';
import { FileTargets } from './targets/fileTargets.ts';
import type { LazyTree } from './tree/lazyTree.ts';
import { NamedIdentities } from './trust/namedIdentities.ts';
import { TreeCommands } from './tree/treeCommands.ts';
import type { TreePlace } from './tree/treePlace.ts';

/*
 * Entry of dist/features.js: everything a user sees, loaded when the first view is opened or the first command is run.
 */

/** What exists from activation on. */
export interface FeaturesPorts {
  readonly context: vscode.ExtensionContext;
  readonly channel: vscode.LogOutputChannel;
  readonly bundles: Bundles;
  readonly places: { readonly identities: TreePlace; readonly deployments: TreePlace; readonly connections: TreePlace };
}

/** What the doors lead to. */
export interface Features {
  readonly services: Services;
  readonly trees: { readonly identities: LazyTree; readonly deployments: LazyTree; readonly connections: LazyTree };
  readonly commands: Commands;
  readonly serializers: { readonly form: vscode.WebviewPanelSerializer; readonly details: vscode.WebviewPanelSerializer };
}

/** Builds the services and the features on them. Sends no request and waits for nothing. */
export function createFeatures({ context, channel, bundles, places }: FeaturesPorts): Features {
  const { extensionUri, globalState, globalStorageUri, secrets, subscriptions, workspaceState } = context;
  const { version } = context.extension.packageJSON as { readonly version: string };
  const clock = systemClock;
  const log = new Log(channel);
  const messages = new VsCodeMessages();
  const clouds = new CloudSettings();
  const signIn = new ConfiguredSignIn({
    vscode: () => new VsCodeSignIn(globalState, clock, clouds),
    credentials: (kind) => bundles.identity().createCredentialTokens(kind, { log, clock, cloud: clouds.cloud(), environment: process.env }),
    onDidChangeCloud: clouds.onDidChange,
  });
  const http: Omit<AzureDependencies, 'tokens' | 'cloud'> = { log, clock, userAgent: `airflow-azure-identity/${version}` };
  const azure = once(() => {
    const made = bundles.azure().createAzure({ ...http, tokens: signIn, cloud: () => clouds.cloud() });
    subscriptions.push(signIn.onDidChange(() => { made.forgetTokens(); }));
    return made;
  });
  const astroTokens = new AstroTokens({ secrets, clock, environment: process.env, cliConfig: bundles.language });
  const astro = once(() => bundles.azure().createAstro({ ...http, tokens: astroTokens }));
  const versions = `Azure Identity for Airflow ${version}, VS Code ${vscode.version}`;
  const presenter = new ErrorPresenter({
    messages,
    log,
    canSignIn: () => signIn.isInteractive,
    signInAgain: (challenge) => signIn.signInAgain(challenge),
    setAstroToken: () => deploymentCommands.setAstroToken(),
    copy: copyText,
    now: () => clock.now(),
    versions,
  });
  const commands = new Commands(new Actions(presenter, log));
  const kubernetes = once(() => bundles.kubernetes().createKubernetes({ ...http, environment: process.env }));
  const sources = allSources({ astro, astroTokens, azure, signIn, language: bundles.language, kubernetes, globalState, log, messages, clouds });
  const roles = new RoleDirectory({ rights: azure, state: globalState, known: () => identities.known(), log });
  const identities = new IdentitiesView({
    place: places.identities, azure, roles, signIn, clouds, commands, log, clock, globalState, workspaceState, storage: globalStorageUri,
    issuers: (signal) => deploymentIssuers(deployments.all, signal),
    knownDeployments: () => deployments.known,
  });
  const deployments = new DeploymentsView({ place: places.deployments, sources, globalState, workspaceState, identities, clouds, commands, log, clock });
  subscriptions.push(deployments.onDidChangeKnown(() => { identities.redrawCredentials(); }));
  const deploymentCommands = new DeploymentCommands({ view: deployments, astro, astroTokens, sources, commands, messages });
  const named = new NamedIdentities({ identities, deployments, clouds, roles, log, clock });
  subscriptions.push(signIn.onDidChange(() => { named.forget(); }), roles.onDidChange((principalId) => { named.forget(principalId); }));
  const services: Services = {
    journal: new Journal(new JournalFiles(vscode.Uri.joinPath(globalStorageUri, 'changes').fsPath, (text) => { log.warn(text); }), clock),
    identityWrites: new IdentityWrites(),
    log, clock, messages, commands, signIn, clouds, azure, environment: astro, language: bundles.language, identities, named, roles, deployments, globalState, extensionUri, versions,
  };
  const projects = new AstroProjects(services);
  const details = new DetailsContribution(services, projects);
  const astroKind = sources.find(({ source }) => source.id === 'astro') as SourceKind;
  const environmentTargets = new EnvironmentTargets(services, astroKind);
  const createIdentity = (): ReturnType<IdentityCreation['run']> => new IdentityCreation(services, identities, undefined, { back: true }).run();
  const connect = new ConnectContribution(services, new ConnectionTargets([environmentTargets, new FileTargets(projects)]), {
    deployment: () => deploymentCommands.addDeployment(),
    identity: createIdentity,
  });
  const listing = new IdentityListing(services);
  const connections = new ConnectionsView({ place: places.connections, services, projects, listing, astro: astroKind });
  subscriptions.push(environmentTargets, environmentTargets.onDidWrite(() => { connections.changed({ environment: true }); }));
  const trees = { identities: identities.tree, deployments: deployments.tree, connections: connections.tree };
  const contributions: readonly Contribution[] = [
    new TreeCommands(Object.values(trees), commands, log),
    new SignInCommands(signIn, identities, commands),
    new IdentityCommands(identities, commands, clouds),
    new LifecycleContribution(services, identities, projects),
    deploymentCommands,
    connect,
    new PresetsContribution(services, projects),
    new RightsContribution(services, identities.tree),
    new CredentialContribution(services, projects, createIdentity),
    new ConnectionCommands({ services, projects, view: connections, astro: astroKind }),
    details,
    new LabelServiceAccounts(services),
    new LanguageContribution(services, listing),
    new UnfinishedChanges(services),
  ];
  subscriptions.push(clouds, signIn, ...sources, roles, identities, deployments, listing, connections, projects);
  contributions.forEach((contribution) => { contribution.register(context); });
  return { services, trees, commands, serializers: { form: connect.serializer, details: details.serializer } };
}

/** Sets the translations of this bundle. */
export function configureText(texts: Texts): void {
  if (texts !== undefined) {
    l10n.config({ contents: texts });
  }
}
