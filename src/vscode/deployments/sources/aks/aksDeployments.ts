import * as vscode from 'vscode';
import { enableWorkloadIdentity } from '../../../../deployment/aksCommand.ts';
import type { AksCluster, AksPort } from '../../../../deployment/aksPort.ts';
import type { Deployment, Workspace } from '../../../../deployment/deployment.ts';
import type { DeploymentSource } from '../../../../deployment/deploymentPort.ts';
import { AirflowIdentityError } from '../../../../errors.ts';
import type { AzurePort } from '../../../../identity/azurePort.ts';
import type { Account, TenantRef } from '../../../../identity/managedIdentity.ts';
import type { Log } from '../../../log.ts';
import type { SignIn } from '../../../services.ts';
import { addedDeployment } from '../addedDeployment.ts';
import type { Release } from '../askRelease.ts';
import { StoredDeployments } from '../storedDeployments.ts';

const sourceId = 'aks';

/** What reading clusters needs. */
export interface AksSourcePorts {
  readonly azure: () => AksPort & Pick<AzurePort, 'tenants'>;
  readonly signIn: Pick<SignIn, 'accounts'>;
}

/**
 * Deployments in AKS clusters. Which Airflow runs in a cluster is kept here; issuer and switches are read from the cluster
 * each time, because enabling the issuer or making the cluster anew changes them.
 */
export class AksDeployments implements DeploymentSource, vscode.Disposable {
  readonly id = sourceId;
  readonly onDidChange: vscode.Event<void>;
  readonly #stored: StoredDeployments;
  readonly #ports: AksSourcePorts;
  readonly #accounts = new Map<string, Account>();

  constructor(state: vscode.Memento, log: Log, ports: AksSourcePorts) {
    this.#stored = new StoredDeployments(state, 'airflowIdentity.aksDeployments', log);
    this.#ports = ports;
    this.onDidChange = this.#stored.onDidChange;
  }

  async *workspaces(): AsyncGenerator<readonly Workspace[]> {
    yield [...new Map(this.#stored.list().map(({ workspace }) => [workspace.id, workspace])).values()];
  }

  async *deployments(workspace: Workspace, signal: AbortSignal): AsyncGenerator<readonly Deployment[]> {
    const cluster = await this.cluster(workspace, signal);
    yield this.#stored.list().filter((deployment) => deployment.workspace.id === workspace.id).map((deployment) => inCluster(deployment, cluster));
  }

  async deployment(workspace: Workspace, id: string, signal: AbortSignal): Promise<Deployment | undefined> {
    const found = this.#stored.list().find((deployment) => deployment.id === id);
    return found === undefined ? undefined : inCluster(found, await this.cluster(workspace, signal));
  }

  /** Keeps a deployment; with the id of a known one in its place. */
  async save(cluster: AksCluster, release: Release, id: string = crypto.randomUUID()): Promise<Deployment> {
    const workspace: Workspace = { sourceId, id: `/tenants/${cluster.tenantId}${cluster.id}`, name: cluster.name, organizationId: '', organizationName: cluster.resourceGroup };
    this.#accounts.set(cluster.tenantId, cluster.account);
    const deployment = addedDeployment({ sourceId, id, ...release, workspace, issuer: cluster.issuer, cloudProvider: 'AZURE' });
    return inCluster(await this.#stored.save(deployment), cluster);
  }

  remove(id: string): Promise<void> {
    return this.#stored.remove(id);
  }

  /**
   * The cluster of a workspace as it is now, seen with an account that belongs to its tenant.
   * @throws AirflowIdentityError, `signedOut` when no account does.
   */
  async cluster(workspace: Workspace, signal: AbortSignal): Promise<AksCluster> {
    const { tenantId, subscriptionId, resourceGroup } = clusterPlace(workspace);
    const tenant = await this.#tenant(tenantId, signal);
    return this.#ports.azure().cluster({ ...tenant, subscriptionId, resourceGroup, name: workspace.name }, signal);
  }

  dispose(): void {
    this.#stored.dispose();
  }

  async #tenant(tenantId: string, signal: AbortSignal): Promise<TenantRef> {
    const accounts = await this.#ports.signIn.accounts(signal);
    const used = accounts.find(({ id }) => id === this.#accounts.get(tenantId)?.id);
    if (used !== undefined) {
      return { account: used, tenantId };
    }
    for (const account of accounts) {
      for await (const page of this.#ports.azure().tenants(account, signal)) {
        if (page.some((tenant) => tenant.tenantId === tenantId)) {
          this.#accounts.set(tenantId, account);
          return { account, tenantId };
        }
      }
    }
    throw new AirflowIdentityError('signedOut', vscode.l10n.t('No account that is signed in belongs to the tenant of this cluster.'), {
      fix: vscode.l10n.t('Run "Airflow Identity: Sign In to Azure".'),
      details: { host: 'management.azure.com' },
    });
  }
}

/** Where the cluster of a workspace is, and its ARM id. */
export function clusterPlace({ id }: Workspace): { readonly tenantId: string; readonly resourceId: string; readonly subscriptionId: string; readonly resourceGroup: string } {
  const [, tenantId = '', resourceId = '', subscriptionId = '', resourceGroup = ''] = /^\/tenants\/([^/]+)(\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/.+)$/i.exec(id) ?? [];
  return { tenantId, resourceId, subscriptionId, resourceGroup };
}

function inCluster({ obstacle: _before, ...deployment }: Deployment, cluster: AksCluster): Deployment {
  const problem = obstacleOf(cluster);
  return {
    ...deployment,
    issuer: cluster.issuer,
    region: cluster.region,
    clusterName: cluster.name,
    ...(problem === undefined ? {} : { obstacle: { text: problem, command: enableWorkloadIdentity(cluster) } }),
  };
}

/** What a cluster lacks for its pods to get a token for Azure. */
export function obstacleOf({ issuer, workloadIdentity }: AksCluster): string | undefined {
  if (issuer === undefined) {
    return vscode.l10n.t('The OIDC issuer of the cluster is off, so nothing can trust its pods. Enabling it restarts the API server.');
  }
  return workloadIdentity ? undefined : vscode.l10n.t('Workload identity is off in the cluster, so pods get no token to exchange.');
}
