// npm run test:unit [-- FILE… --grep TEXT] [--coverage]
//   --coverage    also says how much of the pure folders and adapters the tests reach (.c8rc.json)
import { runMochaLayer } from './mochaLayer.ts';
import { runCommand } from './runCommand.ts';

const args = process.argv.slice(2).filter((argument) => argument !== '--coverage');
if (process.argv.includes('--coverage')) {
  process.exitCode = await runCommand('c8', [process.execPath, import.meta.filename, ...args]);
} else {
  await runMochaLayer({ name: 'unit', folder: 'test/unit', timeoutMs: 5_000 }, args);
}
