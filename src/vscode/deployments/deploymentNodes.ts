import * as vscode from 'vscode';
import type { DeploymentTarget } from '../../contributions.ts';
import type { Deployment, Workspace } from '../../deployment/deployment.ts';
import type { DeploymentFilter } from '../../deployment/deploymentFilter.ts';
import { letsDeploymentThrough } from '../../deployment/deploymentFilter.ts';
import type { Fact } from '../tree/facts.ts';
import { row } from '../tree/row.ts';
import type { LoadState, TreeNode } from '../tree/treeNode.ts';
import { cloudNames } from './filter/filterText.ts';
import type { SourceKind } from './sources/sourceKind.ts';
import type { TrustLookup } from './trust/trustLookup.ts';
import { TrustingIdentityNode, TrustNoteNode } from './trust/trustNodes.ts';

/** What the rows of a workspace need. */
interface WorkspacePorts {
  readonly trust: TrustLookup;
  readonly filter: () => DeploymentFilter;
}

/** What deployments are grouped under: a workspace of Astro, the list kept by hand. */
export class WorkspaceNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode;
  readonly workspace: Workspace;
  readonly #kind: SourceKind;
  readonly #ports: WorkspacePorts;

  constructor(parent: TreeNode, workspace: Workspace, kind: SourceKind, ports: WorkspacePorts) {
    this.id = `/${kind.source.id}/organizations/${workspace.organizationId}/workspaces/${workspace.id}`;
    this.parent = parent;
    this.workspace = workspace;
    this.#kind = kind;
    this.#ports = ports;
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly DeploymentNode[]> {
    const { trust, filter } = this.#ports;
    const wanted = filter();
    const nodes: DeploymentNode[] = [];
    for await (const page of this.#kind.source.deployments(this.workspace, signal)) {
      const shown = page.filter((deployment) => letsDeploymentThrough(wanted, deployment));
      nodes.push(...shown.map((deployment) => new DeploymentNode(this, deployment, this.#kind, trust)));
      nodes.sort((a, b) => a.deployment.name.localeCompare(b.deployment.name));
      yield [...nodes];
    }
  }

  item(state: LoadState): vscode.TreeItem {
    const { rows, entry } = this.#kind;
    const failed = state.status === 'failed';
    return row({
      id: this.id,
      kind: rows.kind,
      label: this.workspace.name,
      description: rows.description(this.workspace),
      icon: failed ? 'warning' : rows.icon,
      ...(failed ? { color: 'list.warningForeground' } : {}),
      facts: [...rows.facts(this.workspace), [vscode.l10n.t('Error'), failed ? state.error.message : undefined]],
      traits: [entry === undefined ? 'workspace' : 'enteredWorkspace', 'refreshable'],
      expands: rows.expands,
    });
  }
}

/** An Airflow deployment with how far it is trusted, and below it by whom. */
export class DeploymentNode implements TreeNode, DeploymentTarget {
  readonly id: string;
  readonly parent: TreeNode;
  readonly deployment: Deployment;
  readonly #kind: SourceKind;
  readonly #trust: TrustLookup;

  constructor(parent: TreeNode, deployment: Deployment, kind: SourceKind, trust: TrustLookup) {
    this.id = `${parent.id}/deployments/${deployment.id}`;
    this.parent = parent;
    this.deployment = deployment;
    this.#kind = kind;
    this.#trust = trust;
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    if (this.deployment.issuer === undefined) {
      return;
    }
    yield this.trustNodes();
    await this.#trust.read({ all: false }, signal);
    yield this.trustNodes();
  }

  /** Rows of the identities that trust it, and one for what is not known. */
  trustNodes(): readonly TreeNode[] {
    const trusting = this.#trust.index().identitiesTrusting(this.deployment);
    const { known } = this.#trust;
    return [
      ...trusting.map((trust) => new TrustingIdentityNode(this, trust)),
      ...(known.unread > 0 || trusting.length === 0 ? [new TrustNoteNode(this, known)] : []),
    ];
  }

  item(): vscode.TreeItem {
    const { deployment } = this;
    const trust = this.#describeTrust();
    const isEntered = this.#kind.entry !== undefined;
    const hasIssuer = deployment.issuer !== undefined;
    const elsewhere = outsideAzure(deployment);
    const needsAttention = deployment.status === 'UNHEALTHY' || deployment.obstacle !== undefined;
    const parts = [elsewhere, hasIssuer ? trust.description : vscode.l10n.t('no issuer yet'), isSettled(deployment.status) ? undefined : deployment.status?.toLowerCase()];
    return row({
      id: this.id,
      kind: vscode.l10n.t('Deployment'),
      label: deployment.name,
      description: parts.filter((part) => part !== undefined).join(', '),
      icon: needsAttention ? 'warning' : trust.icon,
      ...(needsAttention ? { color: 'list.warningForeground' } : trust.color === undefined ? {} : { color: trust.color }),
      facts: [
        [vscode.l10n.t('Workspace'), isEntered ? undefined : deployment.workspace.name],
        [vscode.l10n.t('Namespace'), deployment.namespace],
        [vscode.l10n.t('Issuer'), deployment.issuer ?? vscode.l10n.t('none yet')],
        [vscode.l10n.t('Runs on'), [deployment.cloudProvider, deployment.region, deployment.clusterName].filter(Boolean).join(', ')],
        [vscode.l10n.t('Outside Azure'), elsewhere === undefined ? undefined : meaningOutsideAzure(deployment)],
        [vscode.l10n.t('What is missing'), deployment.obstacle?.text],
        [vscode.l10n.t('Executor'), deployment.executor === 'unknown' ? undefined : deployment.executor],
        [vscode.l10n.t('Remote execution'), deployment.remoteExecution ? vscode.l10n.t('yes') : undefined],
        [vscode.l10n.t('Astro Runtime'), deployment.runtimeVersion],
        [vscode.l10n.t('Airflow'), deployment.airflowVersion],
        [vscode.l10n.t('Status'), deployment.status],
        ...trust.facts,
      ],
      traits: [
        isEntered ? 'enteredDeployment' : 'deployment',
        ...(hasIssuer ? (['hasIssuer'] as const) : []),
        ...(deployment.url === undefined ? [] : (['hasPage'] as const)),
        ...(deployment.obstacle === undefined ? [] : (['hasFix'] as const)),
        ...(trust.isRepairable ? (['repairable'] as const) : []),
      ],
      expands: hasIssuer ? 'collapsed' : 'no',
    });
  }

  #describeTrust(): { readonly description: string | undefined; readonly icon: string; readonly color?: string; readonly facts: readonly Fact[]; readonly isRepairable: boolean } {
    const index = this.#trust.index();
    const { workloads, trusted } = index.trustOf(this.deployment);
    if ((trusted === 0 && !index.isComplete) || workloads.length === 0) {
      return { description: undefined, icon: 'rocket', facts: [], isRepairable: false };
    }
    const facts = workloads.map(({ workload, holders }): Fact => [
      workload.title,
      holders.length === 0 ? vscode.l10n.t('trusted by no known identity') : vscode.l10n.t('trusted by {0}', holders.map(({ identity }) => identity.name).join(', ')),
    ]);
    return {
      description: vscode.l10n.t('{0} of {1} trusted', trusted, workloads.length),
      icon: trusted === workloads.length ? 'pass' : 'rocket',
      ...(trusted === workloads.length ? { color: 'charts.green' } : {}),
      facts: [...facts, ...this.#recoveryFact()],
      isRepairable: trusted > 0 && trusted < workloads.length,
    };
  }

  #recoveryFact(): readonly Fact[] {
    const { drIssuer } = this.deployment;
    if (drIssuer === undefined) {
      return [];
    }
    const { workloads, trusted } = this.#trust.index().trustOf(this.deployment, drIssuer);
    return [[vscode.l10n.t('Disaster recovery'), vscode.l10n.t('{0} of {1} trusted', trusted, workloads.length)]];
  }
}

/** The name of the cloud, where that is another one than Azure. */
function outsideAzure({ cloudProvider }: Deployment): string | undefined {
  return cloudProvider === undefined || cloudProvider === 'AZURE' ? undefined : (cloudNames().get(cloudProvider) ?? cloudProvider);
}

function meaningOutsideAzure({ layout }: Deployment): string {
  return layout.kind === 'astro'
    ? vscode.l10n.t('Azure trusts it as well, but pods there get no token for Azure by themselves: nothing sets AZURE_FEDERATED_TOKEN_FILE. Astro documents Azure workload identity for deployments on Azure only.')
    : vscode.l10n.t('Azure trusts it as well; its pods get a token for Azure once the webhook of Azure Workload Identity runs in their cluster.');
}

/** Astro's word for a deployment that needs no attention. */
function isSettled(status: string | undefined): boolean {
  return status === undefined || status === 'HEALTHY';
}
