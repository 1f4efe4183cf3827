import type * as vscode from 'vscode';
import type { Contribution, Services } from '../services.ts';
import { deleteChosen } from './deleteChosen.ts';

/** What is done with federated credentials that stand on an identity. */
export class CredentialContribution implements Contribution {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  register(context: vscode.ExtensionContext): void {
    const { commands } = this.#services;
    context.subscriptions.push(commands.register('airflowIdentity.deleteCredentials', (...args) => deleteChosen(this.#services, args)));
  }
}
