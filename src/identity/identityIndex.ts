import type { ManagedIdentity } from './managedIdentity.ts';

interface Entry<Item> {
  readonly item: Item;
  readonly name: string;
  /** Everything that is searched, in lower case; line breaks keep words from being found over two values. */
  readonly text: string;
}

/** Finds identities by parts of their name, client id, principal id, ARM id, or by the URL of their page in the portal. */
export class IdentityIndex<Item extends { readonly identity: ManagedIdentity }> {
  readonly #entries: readonly Entry<Item>[];

  constructor(items: readonly Item[]) {
    this.#entries = items.map((item) => {
      const { name, clientId, principalId, id } = item.identity;
      return { item, name: name.toLowerCase(), text: `${name}\n${clientId}\n${principalId}\n${id}`.toLowerCase() };
    });
  }

  /** The best `limit` finds: by the name's beginning first, then by any part of the name, then by the rest. All words must occur. */
  find(query: string, limit: number): readonly Item[] {
    const words = (resourceIdIn(query) ?? query).toLowerCase().split(/\s+/).filter((word) => word !== '');
    const ranked: [Item[], Item[], Item[]] = [[], [], []];
    for (const { item, name, text } of this.#entries) {
      if (words.every((word) => text.includes(word))) {
        ranked[words.every((word) => name.startsWith(word)) ? 0 : words.every((word) => name.includes(word)) ? 1 : 2].push(item);
      }
    }
    return ranked.flat().slice(0, limit);
  }
}

/** The ARM id inside a URL of any cloud's portal (`…/#@tenant/resource/subscriptions/…`), which is what people copy. */
function resourceIdIn(query: string): string | undefined {
  const match = /^https:\/\/\S*?\/resource(\/subscriptions\/\S*?\/userAssignedIdentities\/[^\s/?#]+)/i.exec(query.trim());
  try {
    return match?.[1] === undefined ? undefined : decodeURIComponent(match[1]);
  } catch {
    return match?.[1];
  }
}
