// npm run test:ui [-- FILE… --grep TEXT]: Playwright in a real VS Code, against the local cloud.
import { runMochaLayer } from './mochaLayer.ts';
import { buildAll } from './runCommand.ts';

await buildAll();
// VS Code may lose a click or a key when it draws rows anew just then; its own smoke tests try again for that (microsoft/vscode, test/smoke).
await runMochaLayer({ name: 'ui', folder: 'test/ui', timeoutMs: 120_000, retries: 1 });
