import type { MochaLayer } from './mochaLayer.ts';

/** Playwright in a real VS Code, against the local cloud. */
export const uiLayer: MochaLayer = { name: 'ui', folder: 'test/ui', timeoutMs: 120_000 };
