// npm run test:interop [-- FILE… --grep TEXT]: other people's clients against the local cloud.
import { runMochaLayer } from './mochaLayer.ts';

await runMochaLayer({ name: 'interop', folder: 'test/interop', timeoutMs: 60_000 });
