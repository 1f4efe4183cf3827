// npm run package: builds dist and packs it, then looks into what would ship (test/package).
import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runMochaLayer } from './mochaLayer.ts';
import { packVsix } from './packVsix.ts';
import { projectDir } from './projectDir.ts';
import { buildAll } from './runCommand.ts';

await buildAll();
for (const old of globSync('dist/*.vsix', { cwd: projectDir })) {
  rmSync(path.join(projectDir, old));
}
await packVsix('dist/');
await runMochaLayer({ name: 'package', folder: 'test/package', timeoutMs: 10_000 }, []);
