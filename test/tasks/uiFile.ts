// UI tests of what was built already: node test/tasks/uiFile.ts FILE…
import { runMochaLayer } from './mochaLayer.ts';
import { uiLayer } from './uiLayer.ts';

await runMochaLayer(uiLayer);
