import * as vscode from 'vscode';
import type { Contribution, Services } from '../services.ts';
import { ConnectionCompletions } from './connectionCompletions.ts';
import { IdentityListing } from './identityListing.ts';

/** By name and not by language: the file is YAML, plain text or Docker Compose to VS Code, as other extensions have it. */
const settingsFiles: vscode.DocumentSelector = { pattern: '**/airflow_settings.yaml' };

/** Language features of `airflow_settings.yaml`. */
export class LanguageContribution implements Contribution {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  register(context: vscode.ExtensionContext): void {
    const listing = new IdentityListing(this.#services);
    const completions = new ConnectionCompletions(this.#services, listing);
    context.subscriptions.push(
      listing,
      // A dash starts an entry, a space follows it or a colon: the places where something fits without a letter typed.
      vscode.languages.registerCompletionItemProvider(settingsFiles, completions, '-', ' '),
    );
  }
}
