import type { Features } from './featuresBundle.ts';

/** What `activate` returns, for tests inside VS Code: the same objects the product runs on. */
export interface ExtensionApi {
  /** Milliseconds that `activate` took. */
  readonly activationMs: number;
  /** Loads the features as opening a view would. */
  readonly features: () => Pick<Features, 'services' | 'trees'>;
}
