import * as vscode from 'vscode';
import type { Completion } from '../../project/language/completion.ts';
import type { Services } from '../services.ts';
import type { IdentityListing } from './identityListing.ts';
import { knownIdentities } from './knownIdentities.ts';

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  connection: vscode.CompletionItemKind.Snippet,
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
};

/** Offers Azure connections, their keys and values in the files that hold them, from the identities listed so far. */
export class ConnectionCompletions implements vscode.CompletionItemProvider {
  readonly #services: Pick<Services, 'language' | 'identities' | 'globalState'>;
  readonly #listing: IdentityListing;

  constructor(services: Pick<Services, 'language' | 'identities' | 'globalState'>, listing: IdentityListing) {
    this.#services = services;
    this.#listing = listing;
  }

  /** Answers at once with what is known; while identities are still being listed, VS Code asks again at the next key. */
  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): vscode.CompletionList | undefined {
    if (token.isCancellationRequested) {
      return undefined;
    }
    const language = this.#services.language();
    const format = language.formatOf(document.uri.path);
    if (format === undefined) {
      return undefined;
    }
    this.#listing.start();
    const completions = language.fileCompletions(format.id, document.getText(), document.offsetAt(position), knownIdentities(this.#services));
    return new vscode.CompletionList(completions.map((completion) => completionItem(completion, document)), this.#listing.isRunning);
  }
}

/** A completion as VS Code takes it. */
export function completionItem(completion: Completion, document: vscode.TextDocument): vscode.CompletionItem {
  const label = completion.detail === undefined ? completion.label : { label: completion.label, description: completion.detail };
  const item = new vscode.CompletionItem(label, kinds[completion.kind]);
  item.insertText = new vscode.SnippetString(completion.snippet);
  // The snippet holds the indentation of the list it goes into, which the editor would add once more.
  item.keepWhitespace = true;
  item.sortText = completion.sortText;
  item.filterText = completion.filterText;
  const { offset, length } = completion.replaced;
  item.range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  return item;
}
