// npm run test:ui [-- FILE… --grep TEXT]: Playwright in a real VS Code, against the local cloud.
import { runMochaLayer } from './mochaLayer.ts';
import { buildAll } from './runCommand.ts';

await buildAll();
await runMochaLayer({ name: 'ui', folder: 'test/ui', timeoutMs: 120_000 });
