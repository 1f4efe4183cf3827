import * as vscode from 'vscode';
import type { Deployment, Workspace } from '../../../../deployment/deployment.ts';
import type { DeploymentSource } from '../../../../deployment/deploymentPort.ts';
import type { Log } from '../../../log.ts';
import { addedDeployment } from '../addedDeployment.ts';
import { StoredDeployments } from '../storedDeployments.ts';

/** Id of the source of deployments entered by hand. */
const manualSourceId = 'manual';

/** What the user enters for a deployment. */
export interface ManualDeployment {
  readonly name: string;
  readonly namespace: string;
  readonly issuer: string;
  readonly serviceAccounts: readonly string[];
}

/** Deployments entered by hand. */
export class ManualDeployments implements DeploymentSource, vscode.Disposable {
  readonly id = manualSourceId;
  readonly onDidChange: vscode.Event<void>;
  readonly #stored: StoredDeployments;

  constructor(state: vscode.Memento, log: Log) {
    this.#stored = new StoredDeployments(state, 'airflowIdentity.manualDeployments', log);
    this.onDidChange = this.#stored.onDidChange;
  }

  async *workspaces(): AsyncGenerator<readonly Workspace[]> {
    yield this.#stored.list().length === 0 ? [] : [this.#workspace()];
  }

  async *deployments(): AsyncGenerator<readonly Deployment[]> {
    yield this.#stored.list();
  }

  async deployment(_workspace: Workspace, id: string): Promise<Deployment | undefined> {
    return this.#stored.list().find((deployment) => deployment.id === id);
  }

  /** Keeps a deployment; with the id of a known one in its place. */
  async save(entered: ManualDeployment, id: string = crypto.randomUUID()): Promise<Deployment> {
    const { name, namespace, issuer, serviceAccounts } = entered;
    const layout = { kind: 'listed', serviceAccounts } as const;
    return this.#stored.save(addedDeployment({ sourceId: manualSourceId, id, name, workspace: this.#workspace(), namespace, issuer, layout }));
  }

  remove(id: string): Promise<void> {
    return this.#stored.remove(id);
  }

  dispose(): void {
    this.#stored.dispose();
  }

  #workspace(): Workspace {
    return { sourceId: manualSourceId, id: 'manual', name: vscode.l10n.t('Entered by hand'), organizationId: '', organizationName: '' };
  }
}
