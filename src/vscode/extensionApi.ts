import type { Services } from './services.ts';
import type { LazyTree } from './tree/lazyTree.ts';

/** What `activate` returns: the same objects the product runs on, for tests inside VS Code. */
export interface ExtensionApi {
  readonly services: Services;
  readonly trees: { readonly identities: LazyTree; readonly deployments: LazyTree };
}
