import * as vscode from 'vscode';
import type { Contribution, Services } from '../services.ts';
import { ConnectionCompletions } from './connectionCompletions.ts';
import { ConnectionDiagnostics } from './connectionDiagnostics.ts';
import { ConnectionFixes } from './connectionFixes.ts';
import { FileKnowledge } from './fileKnowledge.ts';
import { IdentityFacts } from './identityFacts.ts';
import { IdentityHover } from './identityHover.ts';
import { IdentityLens } from './identityLens.ts';
import { IdentityListing } from './identityListing.ts';
import { connectionFiles, pythonFiles } from './languageFiles.ts';
import { PythonConnections } from './pythonConnections.ts';

/** Language features of the files that hold connections. */
export class LanguageContribution implements Contribution {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  register(context: vscode.ExtensionContext): void {
    const services = this.#services;
    const listing = new IdentityListing(services);
    const knowledge = new FileKnowledge(services, listing);
    const diagnostics = new ConnectionDiagnostics(services, knowledge, listing);
    const facts = new IdentityFacts(services);
    const lens = new IdentityLens(facts, diagnostics, services);
    const completions = new ConnectionCompletions(services, listing);
    const python = new PythonConnections(services);
    context.subscriptions.push(
      python,
      listing,
      knowledge,
      diagnostics,
      lens,
      services.signIn.onDidChange(() => { facts.forget(); }),
      services.roles.onDidChange((principalId) => { facts.forget(principalId); }),
      // A dash starts an entry, a space follows it or a colon, a quote starts a key or a value: where something fits without a letter typed.
      vscode.languages.registerCompletionItemProvider(connectionFiles, completions, '-', ' ', '"'),
      vscode.languages.registerCompletionItemProvider(pythonFiles, python, '"', "'"),
      vscode.languages.registerCodeActionsProvider(connectionFiles, new ConnectionFixes(services, diagnostics, knowledge), { providedCodeActionKinds: ConnectionFixes.kinds }),
      vscode.languages.registerHoverProvider(connectionFiles, new IdentityHover(facts, listing)),
      vscode.languages.registerCodeLensProvider(connectionFiles, lens),
    );
  }
}
