import * as vscode from 'vscode';
import { enableWorkloadIdentity } from '../../../../deployment/aksCommand.ts';
import type { AksCluster } from '../../../../deployment/aksPort.ts';
import { isCancel, isForWantOfSignIn, toAirflowIdentityError } from '../../../../errors.ts';
import type { Account, Tenant, TenantRef } from '../../../../identity/managedIdentity.ts';
import { pickStep } from '../../../connect/stepPick.ts';
import type { StepAnswer, StepItem } from '../../../connect/stepPick.ts';
import { copyText } from '../../../copyText.ts';
import type { Log } from '../../../log.ts';
import type { Messages } from '../../../messages.ts';
import { obstacleOf } from './aksDeployments.ts';
import type { AksSourcePorts } from './aksDeployments.ts';

/** What picking a cluster needs. */
export interface ClusterPickPorts extends AksSourcePorts {
  readonly log: Log;
  /** Interactive; to one tenant where only that is asked for. */
  readonly signInAzure: (tenant?: TenantRef) => Promise<void>;
}

/** Asks for an AKS cluster; those of all tenants and subscriptions appear as they are listed, and what fails says so in its place. */
export async function pickCluster(title: string, ports: ClusterPickPorts): Promise<StepAnswer<AksCluster>> {
  return pickStep<AksCluster>({
    title,
    placeholder: vscode.l10n.t('Which AKS cluster does Airflow run in?'),
    load: (show, signal) => new ClusterListing(ports, show, signal).list(),
  });
}

class ClusterListing {
  readonly #ports: ClusterPickPorts;
  readonly #show: (items: readonly StepItem<AksCluster>[]) => void;
  readonly #signal: AbortSignal;
  readonly #found: StepItem<AksCluster>[] = [];
  readonly #failed = new Map<string, StepItem<AksCluster>>();

  constructor(ports: ClusterPickPorts, show: (items: readonly StepItem<AksCluster>[]) => void, signal: AbortSignal) {
    this.#ports = ports;
    this.#show = show;
    this.#signal = signal;
  }

  async list(): Promise<void> {
    const { signIn, signInAzure } = this.#ports;
    const accounts = await signIn.accounts(this.#signal);
    await Promise.all(accounts.map((account) => this.#addAccount(account)));
    if (accounts.length === 0) {
      this.#failed.set('', { label: `$(sign-in) ${vscode.l10n.t('Sign in to Azure…')}`, alwaysShow: true, run: () => signInAzure() });
    } else if (this.#found.length === 0) {
      this.#failed.set('', { label: vscode.l10n.t('No AKS cluster in your subscriptions'), alwaysShow: true });
    }
    this.#draw();
  }

  async #addAccount(account: Account): Promise<void> {
    try {
      for await (const tenants of this.#ports.azure().tenants(account, this.#signal)) {
        await Promise.all(tenants.map((tenant) => this.#addTenant(tenant)));
      }
    } catch (error) {
      this.#fail(account.label, error, undefined);
    }
  }

  async #addTenant(tenant: Tenant): Promise<void> {
    try {
      for await (const clusters of this.#ports.azure().clusters(tenant, this.#signal)) {
        // Two accounts may see the same cluster.
        const fresh = clusters.filter(({ id }) => this.#found.every(({ value }) => value?.id.toLowerCase() !== id.toLowerCase()));
        this.#found.push(...fresh.map((cluster) => clusterItem(cluster, tenant)));
        this.#draw();
      }
    } catch (error) {
      this.#fail(tenant.displayName, error, tenant);
    }
  }

  #fail(name: string, caught: unknown, tenant: Tenant | undefined): void {
    if (isCancel(caught)) {
      return;
    }
    const error = toAirflowIdentityError(caught);
    this.#ports.log.failure(`listing AKS clusters of ${name}`, error);
    const waitsForSignIn = isForWantOfSignIn(error);
    this.#failed.set(name, {
      label: waitsForSignIn ? `$(sign-in) ${vscode.l10n.t('Sign in to {0}…', name)}` : `$(error) ${vscode.l10n.t('Could not list {0}', name)}`,
      detail: error.fix === undefined ? error.message : `${error.message} ${error.fix}`,
      alwaysShow: true,
      ...(waitsForSignIn && tenant !== undefined ? { run: () => this.#signInTo(name, tenant) } : {}),
    });
    this.#draw();
  }

  async #signInTo(name: string, tenant: Tenant): Promise<void> {
    await this.#ports.signInAzure(tenant);
    this.#failed.delete(name);
    await this.#addTenant(tenant);
    this.#draw();
  }

  #draw(): void {
    this.#found.sort((a, b) => a.label.localeCompare(b.label));
    this.#show([...this.#found, ...this.#failed.values()]);
  }
}

function clusterItem(cluster: AksCluster, { displayName }: Tenant): StepItem<AksCluster> {
  const obstacle = obstacleOf(cluster);
  return {
    label: cluster.name,
    description: [cluster.resourceGroup, cluster.region, displayName].filter((part) => part !== '').join(' · '),
    detail: obstacle === undefined ? vscode.l10n.t('OIDC issuer and workload identity are on') : `$(warning) ${obstacle}`,
    iconPath: new vscode.ThemeIcon('server-environment'),
    value: cluster,
  };
}

/**
 * True when a cluster is ready, or the deployment is to be added all the same; without an issuer nothing could be trusted, so
 * then only the command that enables it is offered.
 */
export async function acceptsObstacle(cluster: AksCluster, messages: Messages): Promise<boolean> {
  const obstacle = obstacleOf(cluster);
  if (obstacle === undefined) {
    return true;
  }
  const command = enableWorkloadIdentity(cluster);
  if (cluster.issuer !== undefined) {
    return messages.confirm(vscode.l10n.t('{0} is not ready for workload identity', cluster.name), `${obstacle}\n\n${command}`, vscode.l10n.t('Add All the Same'));
  }
  const copy = vscode.l10n.t('Copy az Command');
  if ((await messages.warning(`${cluster.name}: ${obstacle}`, copy)) === copy) {
    await copyText(command);
  }
  return false;
}
