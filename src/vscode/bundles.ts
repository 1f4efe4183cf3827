import { createRequire } from 'node:module';
import type * as azureBundle from '../azure/azureBundle.ts';
import type * as identityBundle from '../azure/identityBundle.ts';
import type * as kubernetesBundle from '../kubernetes/kubernetesBundle.ts';
import type { LanguageBundle } from '../project/languageBundle.ts';
import type * as featuresBundle from './featuresBundle.ts';

/** Texts of VS Code's display language by their English form; `undefined` in English. */
export type Texts = Readonly<Record<string, string>> | undefined;

/** The bundles beside `dist/extension.js`. Each is loaded on first use, once, because loading is what costs at activation. */
export interface Bundles {
  readonly azure: () => typeof azureBundle;
  readonly identity: () => typeof identityBundle;
  readonly kubernetes: () => typeof kubernetesBundle;
  readonly language: () => LanguageBundle;
  readonly features: () => typeof featuresBundle;
}

/** Bundles in `folder`. Each has its own copy of `@vscode/l10n` and is given `texts` when it is loaded. */
export function lazyBundles(folder: string, texts: Texts): Bundles {
  // Not a plain `require`: esbuild would follow it. Node keeps what is loaded, so each file is read once.
  const load = createRequire(`${folder}/extension.js`);
  return {
    azure: once(() => {
      const bundle = load('./azure.js') as typeof azureBundle;
      if (texts !== undefined) {
        bundle.configureText(JSON.stringify(texts));
      }
      return bundle;
    }),
    identity: once(() => {
      const bundle = load('./identity.js') as typeof identityBundle;
      if (texts !== undefined) {
        bundle.configureText(JSON.stringify(texts));
      }
      return bundle;
    }),
    kubernetes: once(() => {
      const bundle = load('./kubernetes.js') as typeof kubernetesBundle;
      if (texts !== undefined) {
        bundle.configureText(JSON.stringify(texts));
      }
      return bundle;
    }),
    language: once(() => {
      const { language } = load('./language.js') as { readonly language: LanguageBundle };
      language.configureText(texts);
      return language;
    }),
    features: once(() => {
      const bundle = load('./features.js') as typeof featuresBundle;
      bundle.configureText(texts);
      return bundle;
    }),
  };
}

/** Makes a value on the first call and gives the same one ever after. A failure is not kept. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
