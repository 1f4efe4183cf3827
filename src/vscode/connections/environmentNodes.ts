import * as vscode from 'vscode';
import type { EnvironmentConnection, EnvironmentPlace, EnvironmentPort } from '../../connection/environmentPort.ts';
import type { Deployment, Workspace } from '../../deployment/deployment.ts';
import type { DeploymentSource } from '../../deployment/deploymentPort.ts';
import type { EnvironmentManagerConnection } from '../../project/placedConnection.ts';
import { Limiter } from '../limiter.ts';
import { row } from '../tree/row.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import { ConnectionNode } from './connectionNode.ts';
import type { ConnectionNodePorts } from './connectionNode.ts';

/** What the Environment Manager's rows need. */
export interface EnvironmentNodePorts extends ConnectionNodePorts {
  readonly environment: () => EnvironmentPort;
  readonly astro: DeploymentSource;
  readonly isAzure: (connection: EnvironmentConnection['connection']) => boolean;
  /** Reads what is not known about the identities of connections. */
  readonly look: (connections: readonly EnvironmentConnection[], signal: AbortSignal) => Promise<void>;
}

/** Deployments asked at once for what they have of their own. */
const atOnce = 5;

/** Astro's Environment Manager; asked only when the row is unfolded. */
export class EnvironmentNode implements TreeNode {
  readonly id = '/connections/environment';
  readonly parent: TreeNode;
  readonly #ports: EnvironmentNodePorts;

  constructor(parent: TreeNode, ports: EnvironmentNodePorts) {
    this.parent = parent;
    this.#ports = ports;
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    const nodes: EnvironmentWorkspaceNode[] = [];
    for await (const page of this.#ports.astro.workspaces(signal)) {
      nodes.push(...page.map((workspace) => new EnvironmentWorkspaceNode(this, workspace, this.#ports)));
      nodes.sort((a, b) => a.workspace.name.localeCompare(b.workspace.name));
      yield [...nodes];
    }
  }

  item(): vscode.TreeItem {
    return row({
      id: this.id,
      kind: vscode.l10n.t('Connections of'),
      label: vscode.l10n.t('Environment Manager'),
      description: vscode.l10n.t('Astro'),
      icon: 'cloud',
      facts: [[vscode.l10n.t('Read by'), vscode.l10n.t('Deployments of Astro, before their environment variables and their database.')]],
      traits: ['refreshable'],
      expands: 'collapsed',
    });
  }
}

/** The connections of a workspace of Astro and of its deployments. */
class EnvironmentWorkspaceNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode;
  readonly workspace: Workspace;
  readonly #ports: EnvironmentNodePorts;

  constructor(parent: TreeNode, workspace: Workspace, ports: EnvironmentNodePorts) {
    this.id = `${parent.id}/${workspace.organizationId}/${workspace.id}`;
    this.parent = parent;
    this.workspace = workspace;
    this.#ports = ports;
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    const { workspace } = this;
    const { environment, astro, look } = this.#ports;
    const deployments = (await Array.fromAsync(astro.deployments(workspace, signal))).flat();
    const own = await this.#listed(environment(), this.#place('workspace', workspace.id), signal);
    yield this.#nodes(own, deployments);
    const limit = new Limiter(atOnce);
    const places = deployments.map(({ id }) => this.#place('deployment', id));
    const all = [...own, ...(await Promise.all(places.map((place) => limit.run(() => this.#listed(environment(), place, signal))))).flat()];
    yield this.#nodes(all, deployments);
    await look(all, signal);
    yield this.#nodes(all, deployments);
  }

  item(): vscode.TreeItem {
    return row({
      id: this.id,
      kind: vscode.l10n.t('Workspace'),
      label: this.workspace.name,
      description: this.workspace.organizationName,
      icon: 'folder-library',
      facts: [[vscode.l10n.t('Organization'), this.workspace.organizationName]],
      traits: ['refreshable'],
      expands: 'collapsed',
    });
  }

  #place(scope: EnvironmentPlace['scope'], scopeId: string): EnvironmentPlace {
    return { organizationId: this.workspace.organizationId, scope, scopeId };
  }

  async #listed(port: EnvironmentPort, place: EnvironmentPlace, signal: AbortSignal): Promise<readonly EnvironmentConnection[]> {
    return (await Array.fromAsync(port.environmentConnections(place, signal))).flat().filter(({ connection }) => this.#ports.isAzure(connection));
  }

  #nodes(found: readonly EnvironmentConnection[], deployments: readonly Deployment[]): readonly ConnectionNode[] {
    return found.map((environment) => {
      const { id, connection, place } = environment;
      const name = deployments.find((deployment) => deployment.id === place.scopeId)?.name;
      const placed: EnvironmentManagerConnection = {
        kind: 'environment', environment, connection, workspace: this.workspace,
        label: [vscode.l10n.t('Environment Manager'), this.workspace.name, ...(name === undefined ? [] : [name])].join(', '),
        issues: [],
        reaches: deployments.filter((deployment) => isReached(environment, deployment.id)),
      };
      return new ConnectionNode(this, id, placed, this.#ports);
    });
  }
}

function isReached({ place, links }: EnvironmentConnection, deploymentId: string): boolean {
  if (place.scope === 'deployment') {
    return place.scopeId === deploymentId;
  }
  const link = links.deployments.find(({ id }) => id === deploymentId);
  return link === undefined ? links.all && !links.excluded.includes(deploymentId) : !link.isOverridden;
}
