// npm run test:ui [-- FILE… --grep TEXT]: Playwright in a real VS Code, against the local cloud.
import { runMochaLayer } from './mochaLayer.ts';
import { buildAll } from './runCommand.ts';
import { uiLayer } from './uiLayer.ts';

await buildAll();
await runMochaLayer(uiLayer);
