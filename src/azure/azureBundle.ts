import * as l10n from '@vscode/l10n';
import { astroHttpClient } from '../astro/astroApi.ts';
import { AstroDeployments } from '../astro/astroDeployments.ts';
import { AstroEnvironment } from '../astro/astroEnvironment.ts';
import type { Clock } from '../clock.ts';
import type { AksPort } from '../deployment/aksPort.ts';
import type { EnvironmentPort } from '../connection/environmentPort.ts';
import type { AstroTokenCheck, AstroTokenPort } from '../deployment/astroTokenPort.ts';
import type { DeploymentSource } from '../deployment/deploymentPort.ts';
import type { ConnectionResourcePort } from '../connection/connectionResource.ts';
import type { AzureCloud } from '../identity/azureCloud.ts';
import type { AzurePort, IssuerPort } from '../identity/azurePort.ts';
import type { IdentityAdminPort } from '../identity/identityAdminPort.ts';
import type { RightsPort } from '../identity/rightsPort.ts';
import type { IdentitySearchPort } from '../identity/searchPort.ts';
import type { TokenPort } from '../identity/tokenPort.ts';
import type { RequestLog } from '../requestLog.ts';
import { AksClusters } from './aksClusters.ts';
import { armHttpClient } from './armClients.ts';
import type { ArmConnection } from './armClients.ts';
import { ArmIdentityAdmin } from './armIdentityAdmin.ts';
import { ArmResources } from './armResources.ts';
import { ArmRights } from './armRights.ts';
import { ArmTokens } from './armTokens.ts';
import { GraphQuota } from './graphQuota.ts';
import { identityPages } from './identitySearch.ts';
import { connectionResources } from './connectionResources.ts';
import { IssuerDiscovery } from './issuerDiscovery.ts';

/*
 * Entry of dist/azure.js: everything that speaks HTTP, loaded when the first tree is opened. A bundle holds its own copy
 * of `@vscode/l10n`, so its texts are set here and not in the composition root.
 */

/** What reaching Azure needs. */
export interface AzureDependencies {
  readonly tokens: TokenPort;
  /** The cloud that is set at the moment; what throws here is what every call throws. */
  readonly cloud: () => AzureCloud;
  readonly log: RequestLog;
  readonly clock: Clock;
  /** First word of the User-Agent header, such as `airflow-azure-identity/0.1.0`. */
  readonly userAgent: string;
  /** Milliseconds without a byte after which a service counts as silent; half a minute when absent. */
  readonly silenceMs?: number;
}

/** Azure as the product sees it. */
export interface Azure extends AzurePort, IdentitySearchPort, IssuerPort, RightsPort, IdentityAdminPort, AksPort, ConnectionResourcePort {
  /** Forgets all tokens and rights in memory; call it when accounts were signed in or out. */
  forgetTokens(): void;
}

/** Connects the ports of `src/identity` to Azure Resource Manager and to OIDC issuers. Sends nothing by itself. */
export function createAzure(dependencies: AzureDependencies): Azure {
  const { log, clock, userAgent, silenceMs, cloud } = dependencies;
  const tokens = new ArmTokens(dependencies.tokens, clock);
  const connection: ArmConnection = { tokens, log, clock, userAgent, cloud, httpClient: armHttpClient(silenceMs), graphQuota: new GraphQuota() };
  const arm = new ArmResources(connection);
  const rights = new ArmRights(connection);
  const admin = new ArmIdentityAdmin(connection);
  const aks = new AksClusters(connection, (tenant, signal) => arm.subscriptions(tenant, signal));
  const issuers = new IssuerDiscovery({ log, clock, userAgent, ...(silenceMs === undefined ? {} : { silenceMs }) });
  return {
    tenants: (account, signal, asksNext) => arm.tenants(account, signal, asksNext),
    subscriptions: (tenant, signal) => arm.subscriptions(tenant, signal),
    identities: (subscription, signal) => arm.identities(subscription, signal),
    identity: (ref, signal) => arm.identity(ref, signal),
    credentials: (ref, signal) => arm.credentials(ref, signal),
    writeCredential: (ref, credential, signal) => arm.writeCredential(ref, credential, signal),
    searchIdentities: (tenant, subscriptionIds, filter, signal) => identityPages(connection, tenant, subscriptionIds, filter, signal),
    discoveredIssuer: (issuer, signal) => issuers.discoveredIssuer(issuer, signal),
    roleAssignments: (place, principalId, signal) => rights.roleAssignments(place, principalId, signal),
    subscriptionsWithRoles: (tenant, principalId, signal) => rights.subscriptionsWithRoles(tenant, principalId, signal),
    roleDefinitions: (place, signal) => rights.roleDefinitions(place, signal),
    assignRole: (write, signal) => rights.assignRole(write, signal),
    removeRoleAssignment: (place, assignmentId, signal) => rights.removeRoleAssignment(place, assignmentId, signal),
    permissions: (place, scopeId, signal) => rights.permissions(place, scopeId, signal),
    scopes: (tenant, kinds, signal) => rights.scopes(tenant, kinds, signal),
    connectionResources: (tenant, source, signal) => connectionResources(connection, tenant, source, signal),
    containers: (account, signal) => rights.containers(account, signal),
    createIdentity: (write, signal) => admin.createIdentity(write, signal),
    setTags: (ref, tags, signal) => admin.setTags(ref, tags, signal),
    deleteIdentity: (ref, signal) => admin.deleteIdentity(ref, signal),
    deleteCredential: (ref, name, signal) => admin.deleteCredential(ref, name, signal),
    resourceGroups: (subscription, signal) => admin.resourceGroups(subscription, signal),
    createResourceGroup: (subscription, group, signal) => admin.createResourceGroup(subscription, group, signal),
    regions: (subscription, signal) => admin.regions(subscription, signal),
    hostsOf: (identity, signal) => admin.hostsOf(identity, signal),
    identityHosts: (place, filter, signal) => admin.identityHosts(place, filter, signal),
    enableSystemAssigned: (host, signal) => admin.enableSystemAssigned(host, signal),
    clusters: (tenant, signal) => aks.clusters(tenant, signal),
    cluster: (ref, signal) => aks.cluster(ref, signal),
    forgetTokens: () => {
      tokens.forget();
      rights.forget();
    },
  };
}

/** What reaching Astro needs. */
export interface AstroDependencies extends Omit<AzureDependencies, 'tokens' | 'cloud'> {
  readonly tokens: AstroTokenPort;
}

/** Astro as the product sees it. */
export interface Astro extends DeploymentSource, EnvironmentPort {
  /**
   * Which organizations a token sees that the user is about to keep.
   * @throws AirflowIdentityError `signedOut` when Astro refuses it, `forbidden` when it sees no organization.
   */
  checkToken(token: string, signal: AbortSignal): Promise<AstroTokenCheck>;
}

/** The Astro API v1 as a source of deployments, and its Environment Manager. Sends nothing by itself. */
export function createAstro(dependencies: AstroDependencies): Astro {
  const { tokens, log, clock, userAgent, silenceMs } = dependencies;
  const connection = { log, clock, userAgent, httpClient: astroHttpClient(silenceMs) };
  const deployments = new AstroDeployments(connection, tokens);
  const environment = new AstroEnvironment(connection, tokens);
  return {
    id: deployments.id,
    workspaces: (signal) => deployments.workspaces(signal),
    deployments: (workspace, signal) => deployments.deployments(workspace, signal),
    deployment: (workspace, id, signal) => deployments.deployment(workspace, id, signal),
    checkToken: (token, signal) => deployments.checkToken(token, signal),
    environmentConnections: (place, signal) => environment.environmentConnections(place, signal),
    createEnvironmentConnection: (place, wanted, signal, reach) => environment.createEnvironmentConnection(place, wanted, signal, reach),
    updateEnvironmentConnection: (target, wanted, without, signal, reach) => environment.updateEnvironmentConnection(target, wanted, without, signal, reach),
    deleteEnvironmentConnection: (target, signal) => environment.deleteEnvironmentConnection(target, signal),
  };
}

/** Sets the translations of this bundle: the text of `l10n/bundle.l10n.<language>.json`, or `vscode.l10n.bundle` as JSON. */
export function configureText(bundle: string): void {
  l10n.config({ contents: bundle });
}
