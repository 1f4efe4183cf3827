import * as vscode from 'vscode';
import type { AksCluster } from '../../../../deployment/aksPort.ts';
import type { Deployment } from '../../../../deployment/deployment.ts';
import type { Messages } from '../../../messages.ts';
import { askRelease } from '../askRelease.ts';
import type { LayoutWay } from '../../layoutWays/layoutWay.ts';
import type { SourceKind } from '../sourceKind.ts';
import { storedSource } from '../storedSource.ts';
import { clusterPlace } from './aksDeployments.ts';
import type { AksDeployments } from './aksDeployments.ts';
import { acceptsObstacle, pickCluster } from './pickCluster.ts';
import type { ClusterPickPorts } from './pickCluster.ts';

/** What adding a deployment in AKS needs. */
interface AksEntryPorts extends ClusterPickPorts {
  readonly messages: Messages;
  readonly ways: readonly LayoutWay[];
}

/** AKS clusters of all subscriptions that the user sees, with the deployments that the user added to them. */
export function aksSource(kept: AksDeployments, ports: AksEntryPorts): SourceKind {
  return storedSource(kept, {
    rows: {
      kind: vscode.l10n.t('AKS cluster'),
      icon: 'server-environment',
      expands: 'expanded',
      description: ({ organizationName }) => vscode.l10n.t('AKS, {0}', organizationName),
      facts: (workspace) => [[vscode.l10n.t('Resource ID'), clusterPlace(workspace).resourceId]],
    },
    entry: {
      label: vscode.l10n.t('AKS cluster…'),
      detail: vscode.l10n.t('From the clusters in your subscriptions'),
      icon: 'azure',
      enter: (known) => enter(kept, ports, known),
    },
  });
}

async function enter(kept: AksDeployments, ports: AksEntryPorts, known: Deployment | undefined): Promise<Deployment | undefined> {
  const title = known === undefined ? vscode.l10n.t('Add deployment in AKS') : vscode.l10n.t('Edit deployment');
  let cluster: AksCluster | undefined = known === undefined ? undefined : await kept.cluster(known.workspace, new AbortController().signal);
  const release = await askRelease({ title, ways: ports.ways, known, apiServer: () => cluster?.apiServer }, known !== undefined ? undefined : async () => {
    const answer = await pickCluster(title, ports);
    if (answer.kind !== 'picked') {
      return answer.kind;
    }
    cluster = answer.value;
    return (await acceptsObstacle(cluster, ports.messages)) ? 'next' : 'cancelled';
  });
  return release === undefined || cluster === undefined ? undefined : kept.save(cluster, release, known?.id);
}
