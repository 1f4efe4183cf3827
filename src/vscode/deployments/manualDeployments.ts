import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Deployment, Workspace } from '../../deployment/deployment.ts';
import type { DeploymentSource } from '../../deployment/deploymentPort.ts';
import { deploymentSchema } from '../../deployment/deploymentSchema.ts';
import type { Log } from '../log.ts';

const storedDeployments = 'airflowIdentity.manualDeployments';

/** Id of the source of deployments entered by hand. */
export const manualSourceId = 'manual';

/** What the user enters for a deployment. */
export interface ManualDeployment {
  readonly name: string;
  readonly namespace: string;
  readonly issuer: string;
  readonly serviceAccounts: readonly string[];
}

/** Deployments entered by hand, kept over windows. What does not fit its schema any more is left out and logged. */
export class ManualDeployments implements DeploymentSource, vscode.Disposable {
  readonly id = manualSourceId;
  readonly onDidChange: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #state: vscode.Memento;
  readonly #log: Log;

  constructor(state: vscode.Memento, log: Log) {
    this.#state = state;
    this.#log = log;
    this.onDidChange = this.#changes.event;
  }

  async *workspaces(): AsyncGenerator<readonly Workspace[]> {
    yield this.list().length === 0 ? [] : [this.#workspace()];
  }

  async *deployments(): AsyncGenerator<readonly Deployment[]> {
    yield this.list();
  }

  async deployment(_workspace: Workspace, id: string): Promise<Deployment | undefined> {
    return this.list().find((deployment) => deployment.id === id);
  }

  /** All of them, by name. */
  list(): readonly Deployment[] {
    const stored = this.#state.get<unknown>(storedDeployments);
    const deployments = (Array.isArray(stored) ? stored : []).flatMap((entry: unknown) => {
      const parsed = v.safeParse(deploymentSchema, entry);
      if (!parsed.success) {
        this.#log.warn('A deployment entered by hand cannot be read any more and is left out.');
        return [];
      }
      return [parsed.output];
    });
    return deployments.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Keeps a deployment; with the id of a known one in its place. */
  async save(entered: ManualDeployment, id: string = crypto.randomUUID()): Promise<Deployment> {
    const deployment: Deployment = {
      sourceId: manualSourceId,
      id,
      name: entered.name,
      workspace: this.#workspace(),
      namespace: entered.namespace,
      issuer: entered.issuer,
      executor: 'unknown',
      remoteExecution: false,
      runtimeVersion: undefined,
      airflowVersion: undefined,
      cloudProvider: undefined,
      region: undefined,
      clusterName: undefined,
      status: undefined,
      url: undefined,
      serviceAccounts: entered.serviceAccounts,
    };
    await this.#write([...this.list().filter((known) => known.id !== id), deployment]);
    return deployment;
  }

  async remove(id: string): Promise<void> {
    await this.#write(this.list().filter((known) => known.id !== id));
  }

  dispose(): void {
    this.#changes.dispose();
  }

  async #write(deployments: readonly Deployment[]): Promise<void> {
    await this.#state.update(storedDeployments, deployments);
    this.#changes.fire();
  }

  #workspace(): Workspace {
    return { sourceId: manualSourceId, id: 'manual', name: vscode.l10n.t('Entered by hand'), organizationId: '', organizationName: '' };
  }
}
