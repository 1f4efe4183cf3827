import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { AzureDependencies } from './azure/azureBundle.ts';
import { systemClock } from './clock.ts';
import { lazyBundles, once } from './vscode/bundles.ts';
import { Commands } from './vscode/commands.ts';
import { ConnectContribution } from './vscode/connect/connectContribution.ts';
import { AstroTokens } from './vscode/deployments/astroTokens.ts';
import { DeploymentCommands } from './vscode/deployments/deploymentCommands.ts';
import { DeploymentsView } from './vscode/deployments/deploymentsView.ts';
import { ManualDeployments } from './vscode/deployments/manualDeployments.ts';
import { ErrorPresenter } from './vscode/errorPresenter.ts';
import type { ExtensionApi } from './vscode/extensionApi.ts';
import { IdentitiesView } from './vscode/identities/identitiesView.ts';
import { IdentityCommands } from './vscode/identities/identityCommands.ts';
import { LanguageContribution } from './vscode/language/languageContribution.ts';
import { Log } from './vscode/log.ts';
import { VsCodeMessages } from './vscode/messages.ts';
import { AstroProjects } from './vscode/project/astroProjects.ts';
import type { Contribution, Services } from './vscode/services.ts';
import { ConfiguredSignIn } from './vscode/signIn/configuredSignIn.ts';
import { SignInCommands } from './vscode/signIn/signInCommands.ts';
import { VsCodeSignIn } from './vscode/signIn/vscodeSignIn.ts';
import { TreeCommands } from './vscode/tree/treeCommands.ts';

/** Composition root: builds the services and registers the features. Sends no request and waits for nothing. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const started = performance.now();
  if (vscode.l10n.bundle !== undefined) {
    l10n.config({ contents: vscode.l10n.bundle });
  }
  const { extensionUri, globalState, workspaceState, secrets, subscriptions } = context;
  const { version } = context.extension.packageJSON as { readonly version: string };
  const clock = systemClock;
  const channel = vscode.window.createOutputChannel('Azure Identity for Airflow', { log: true });
  const log = new Log(channel);
  const messages = new VsCodeMessages();
  const bundles = lazyBundles(context.asAbsolutePath('dist'), vscode.l10n.bundle);
  const signIn = new ConfiguredSignIn({
    vscode: () => new VsCodeSignIn(globalState, clock),
    credentials: (kind) => bundles.identity().createCredentialTokens(kind, { log, clock, environment: process.env }),
  });
  const http: Omit<AzureDependencies, 'tokens'> = { log, clock, userAgent: `airflow-azure-identity/${version}` };
  const azure = once(() => {
    const made = bundles.azure().createAzure({ ...http, tokens: signIn });
    subscriptions.push(signIn.onDidChange(() => { made.forgetTokens(); }));
    return made;
  });
  const astroTokens = new AstroTokens({ secrets, clock, environment: process.env, cliConfig: bundles.language });
  const astro = once(() => bundles.azure().createAstro({ ...http, tokens: astroTokens }));
  const presenter = new ErrorPresenter({
    messages,
    log,
    signInAgain: () => signIn.signInAgain(),
    setAstroToken: () => deploymentCommands.setAstroToken(),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    now: () => clock.now(),
    versions: `Azure Identity for Airflow ${version}, VS Code ${vscode.version}`,
  });
  const commands = new Commands(presenter, log);
  const manual = new ManualDeployments(globalState, log);
  const identities = new IdentitiesView({ azure, signIn, commands, log, clock });
  const deployments = new DeploymentsView({ astro, astroTokens, manual, identities, commands, log, clock });
  const deploymentCommands = new DeploymentCommands({ view: deployments, astro, astroTokens, manual, commands, messages });
  const services: Services = { log, clock, messages, commands, signIn, azure, language: bundles.language, identities, deployments, globalState, workspaceState, extensionUri };
  const projects = new AstroProjects(services);
  const trees = { identities: identities.tree, deployments: deployments.tree };
  const contributions: readonly Contribution[] = [
    new TreeCommands(Object.values(trees), commands, log),
    new SignInCommands(signIn, identities, commands),
    new IdentityCommands(identities, commands),
    deploymentCommands,
    new ConnectContribution(services, projects, () => deploymentCommands.addDeployment()),
    new LanguageContribution(services),
  ];
  subscriptions.push(channel, signIn, astroTokens, manual, identities, deployments, projects);
  contributions.forEach((contribution) => { contribution.register(context); });
  log.info(`Activated in ${(performance.now() - started).toFixed(1)} ms`);
  return { services, trees };
}
