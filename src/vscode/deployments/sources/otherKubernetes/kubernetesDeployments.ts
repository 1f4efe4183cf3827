import type * as vscode from 'vscode';
import type { Deployment, Workspace } from '../../../../deployment/deployment.ts';
import type { DeploymentSource } from '../../../../deployment/deploymentPort.ts';
import { platformOf } from '../../../../deployment/issuerPlatform.ts';
import type { Log } from '../../../log.ts';
import { addedDeployment } from '../addedDeployment.ts';
import type { Release } from '../askRelease.ts';
import { StoredDeployments } from '../storedDeployments.ts';

const sourceId = 'kubernetes';

/** Deployments in clusters that are known by their issuer alone: EKS, GKE, OpenShift, and those somebody runs themselves. */
export class KubernetesDeployments implements DeploymentSource, vscode.Disposable {
  readonly id = sourceId;
  readonly onDidChange: vscode.Event<void>;
  readonly #stored: StoredDeployments;

  constructor(state: vscode.Memento, log: Log) {
    this.#stored = new StoredDeployments(state, 'airflowIdentity.kubernetesDeployments', log);
    this.onDidChange = this.#stored.onDidChange;
  }

  async *workspaces(): AsyncGenerator<readonly Workspace[]> {
    yield [...new Map(this.#stored.list().map(({ workspace }) => [workspace.id, workspace])).values()];
  }

  async *deployments(workspace: Workspace): AsyncGenerator<readonly Deployment[]> {
    yield this.#stored.list().filter((deployment) => deployment.workspace.id === workspace.id);
  }

  async deployment(_workspace: Workspace, id: string): Promise<Deployment | undefined> {
    return this.#stored.list().find((deployment) => deployment.id === id);
  }

  /** Keeps a deployment; with the id of a known one in its place. */
  async save(issuer: string, release: Release, id: string = crypto.randomUUID()): Promise<Deployment> {
    const platform = platformOf(issuer);
    const clusterName = platform?.clusterName;
    return this.#stored.save(addedDeployment({
      sourceId,
      id,
      ...release,
      workspace: { sourceId, id: issuer, name: clusterName ?? hostOf(issuer), organizationId: '', organizationName: platform?.name ?? '' },
      issuer,
      cloudProvider: platform?.cloudProvider,
      region: platform?.region,
      clusterName,
    }));
  }

  remove(id: string): Promise<void> {
    return this.#stored.remove(id);
  }

  dispose(): void {
    this.#stored.dispose();
  }
}

function hostOf(issuer: string): string {
  return URL.parse(issuer)?.host ?? issuer;
}
