// npm run test:unit [-- FILE… --grep TEXT]
import { runMochaLayer } from './mochaLayer.ts';

await runMochaLayer({ name: 'unit', folder: 'test/unit', timeoutMs: 5_000 });
