import * as vscode from 'vscode';
import { enableWorkloadIdentity } from '../../../../deployment/aksCommand.ts';
import type { AksCluster } from '../../../../deployment/aksPort.ts';
import { isCancel, toAirflowIdentityError } from '../../../../errors.ts';
import type { Account, Tenant } from '../../../../identity/managedIdentity.ts';
import { pickStep } from '../../../connect/stepPick.ts';
import type { StepAnswer, StepItem } from '../../../connect/stepPick.ts';
import type { Log } from '../../../log.ts';
import type { Messages } from '../../../messages.ts';
import { mergePages } from '../../../mergePages.ts';
import { obstacleOf } from './aksDeployments.ts';
import type { AksSourcePorts } from './aksDeployments.ts';

/** Asks for an AKS cluster; those of all tenants and subscriptions appear as they are listed, and what fails says so in its place. */
export async function pickCluster(title: string, ports: AksSourcePorts & { readonly log: Log; readonly signInAzure: () => Promise<void> }): Promise<StepAnswer<AksCluster>> {
  return pickStep<AksCluster>({
    title,
    placeholder: vscode.l10n.t('Which AKS cluster does Airflow run in?'),
    load: async (show, signal) => {
      const found: StepItem<AksCluster>[] = [];
      const failed: StepItem<AksCluster>[] = [];
      const draw = (): void => {
        found.sort((a, b) => a.label.localeCompare(b.label));
        show([...found, ...failed]);
      };
      const fail = (name: string, caught: unknown): void => {
        if (!isCancel(caught)) {
          const error = toAirflowIdentityError(caught);
          ports.log.failure(`listing AKS clusters of ${name}`, error);
          failed.push({ label: `$(error) ${vscode.l10n.t('Could not list {0}', name)}`, detail: error.fix === undefined ? error.message : `${error.message} ${error.fix}`, alwaysShow: true });
          draw();
        }
      };
      const accounts = await ports.signIn.accounts(signal);
      const tenants: Tenant[] = [];
      for await (const arrived of mergePages<Account, Tenant>(accounts, (account) => ports.azure().tenants(account, signal))) {
        if ('page' in arrived) {
          tenants.push(...arrived.page);
        } else {
          fail(arrived.source.label, arrived.error);
        }
      }
      for await (const arrived of mergePages<Tenant, AksCluster>(tenants, (tenant) => ports.azure().clusters(tenant, signal))) {
        if ('page' in arrived) {
          // Two accounts may see the same cluster.
          const fresh = arrived.page.filter(({ id }) => found.every(({ value }) => value?.id.toLowerCase() !== id.toLowerCase()));
          found.push(...fresh.map((cluster) => clusterItem(cluster, arrived.source)));
          draw();
        } else {
          fail(arrived.source.displayName, arrived.error);
        }
      }
      if (accounts.length === 0) {
        failed.push({ label: `$(sign-in) ${vscode.l10n.t('Sign in to Azure…')}`, alwaysShow: true, run: ports.signInAzure });
      } else if (found.length === 0) {
        failed.push({ label: vscode.l10n.t('No AKS cluster in your subscriptions'), alwaysShow: true });
      }
      draw();
    },
  });
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
    await vscode.env.clipboard.writeText(command);
  }
  return false;
}
