import * as vscode from 'vscode';
import type { Completion } from '../../project/airflowSettings/completions.ts';
import type { KnownIdentity } from '../../project/language/knowledge.ts';
import { recentIdentities } from '../project/recentIdentities.ts';
import type { Services } from '../services.ts';
import type { IdentityListing } from './identityListing.ts';

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  connection: vscode.CompletionItemKind.Snippet,
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
};

/** Offers Azure connections and their keys in `airflow_settings.yaml`, from the identities listed so far. */
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
    this.#listing.start();
    const completions = this.#services.language().completionsAt(document.getText(), document.offsetAt(position), this.#known());
    return new vscode.CompletionList(completions.map((completion) => itemOf(completion, document)), this.#listing.isRunning);
  }

  /** Each identity once, also where several accounts see it. */
  #known(): readonly KnownIdentity[] {
    const lastUsed = new Map(recentIdentities(this.#services.globalState).map(({ clientId, at }) => [clientId, at]));
    const known = this.#services.identities.known().map(({ identity, subscription }): [string, KnownIdentity] => {
      const { name, clientId, principalId, homeTenantId: tenantId, subscriptionId } = identity;
      const at = lastUsed.get(clientId);
      return [clientId, { name, clientId, principalId, tenantId, subscriptionId, subscriptionName: subscription.displayName, ...(at === undefined ? {} : { lastUsed: at }) }];
    });
    return [...new Map(known).values()];
  }
}

function itemOf(completion: Completion, document: vscode.TextDocument): vscode.CompletionItem {
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
