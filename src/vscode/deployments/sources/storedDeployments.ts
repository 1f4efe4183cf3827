import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Deployment } from '../../../deployment/deployment.ts';
import { deploymentSchema } from '../../../deployment/deploymentSchema.ts';
import type { Log } from '../../log.ts';

/** Deployments that the user added, kept over windows. What does not fit its schema any more is left out and logged. */
export class StoredDeployments implements vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #state: vscode.Memento;
  readonly #key: string;
  readonly #log: Log;

  /** @param key what they are kept under; one for each source */
  constructor(state: vscode.Memento, key: string, log: Log) {
    this.#state = state;
    this.#key = key;
    this.#log = log;
    this.onDidChange = this.#changes.event;
  }

  /** All of them, by name. */
  list(): readonly Deployment[] {
    const stored = this.#state.get<unknown>(this.#key);
    const deployments = (Array.isArray(stored) ? stored : []).flatMap((entry: unknown) => {
      const parsed = v.safeParse(deploymentSchema, entry);
      if (!parsed.success) {
        this.#log.warn('A deployment that was added cannot be read any more and is left out.');
        return [];
      }
      return [parsed.output];
    });
    return deployments.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Keeps a deployment, in the place of the one with its id. */
  async save(deployment: Deployment): Promise<Deployment> {
    await this.#write([...this.list().filter(({ id }) => id !== deployment.id), deployment]);
    return deployment;
  }

  async remove(id: string): Promise<void> {
    await this.#write(this.list().filter((known) => known.id !== id));
  }

  dispose(): void {
    this.#changes.dispose();
  }

  async #write(deployments: readonly Deployment[]): Promise<void> {
    await this.#state.update(this.#key, deployments);
    this.#changes.fire();
  }
}
