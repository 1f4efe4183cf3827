// npm run package: builds dist and packs it, then looks into what would ship (test/package).
import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runMochaLayer } from './mochaLayer.ts';
import { projectDir } from './projectDir.ts';
import { buildAll, runCommand } from './runCommand.ts';

await buildAll();
for (const old of globSync('dist/*.vsix', { cwd: projectDir })) {
  rmSync(path.join(projectDir, old));
}
// The bundles hold every dependency; the project has no repository whose address could complete relative links.
const packed = await runCommand('vsce', ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', 'dist/']);
if (packed !== 0) {
  throw new Error('vsce could not pack the extension.');
}
await runMochaLayer({ name: 'package', folder: 'test/package', timeoutMs: 10_000 }, []);
