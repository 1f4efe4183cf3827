import * as vscode from 'vscode';
import type { Contribution, Services } from '../services.ts';
import { ConnectionCompletions } from './connectionCompletions.ts';
import { ConnectionDiagnostics } from './connectionDiagnostics.ts';
import { ConnectionFixes } from './connectionFixes.ts';
import { FileKnowledge } from './fileKnowledge.ts';
import { IdentityHover } from './identityHover.ts';
import { IdentityLens } from './identityLens.ts';
import type { IdentityListing } from './identityListing.ts';
import { connectionFiles, pythonFiles } from './languageFiles.ts';
import { PythonConnections } from './pythonConnections.ts';

/** Language features of the files that hold connections. */
export class LanguageContribution implements Contribution {
  readonly #services: Services;
  readonly #listing: IdentityListing;

  constructor(services: Services, listing: IdentityListing) {
    this.#services = services;
    this.#listing = listing;
  }

  register(context: vscode.ExtensionContext): void {
    const services = this.#services;
    const listing = this.#listing;
    const knowledge = new FileKnowledge(services, listing);
    const diagnostics = new ConnectionDiagnostics(services, knowledge, listing);
    const lens = new IdentityLens(services, diagnostics);
    const completions = new ConnectionCompletions(services, listing);
    const python = new PythonConnections(services);
    context.subscriptions.push(
      python,
      knowledge,
      diagnostics,
      lens,
      // A dash starts an entry, a space follows it or a colon, a quote starts a key or a value: where something fits without a letter typed.
      vscode.languages.registerCompletionItemProvider(connectionFiles, completions, '-', ' ', '"'),
      vscode.languages.registerCompletionItemProvider(pythonFiles, python, '"', "'"),
      vscode.languages.registerCodeActionsProvider(connectionFiles, new ConnectionFixes(services, diagnostics, knowledge), { providedCodeActionKinds: ConnectionFixes.kinds }),
      vscode.languages.registerHoverProvider(connectionFiles, new IdentityHover(services.named, listing)),
      vscode.languages.registerCodeLensProvider(connectionFiles, lens),
    );
  }
}
