// npm run test:unit [-- FILE… --grep TEXT] [--coverage] [--explore] [--update]
//   --coverage    also says how much of the pure folders and adapters the tests reach (.c8rc.json)
//   --explore     property tests try other values than the last time; else the same ones on every run, so that a run that
//                 is red was made so by a change
//   --update      writes docs/reliability.md anew instead of comparing it
import fc from 'fast-check';
import { runMochaLayer } from './mochaLayer.ts';
import { runCommand } from './runCommand.ts';

const flags: readonly string[] = ['--coverage', '--explore', '--update'];
const args = process.argv.slice(2).filter((argument) => !flags.includes(argument));
if (process.argv.includes('--coverage')) {
  process.exitCode = await runCommand('c8', [process.execPath, import.meta.filename, ...process.argv.slice(2).filter((argument) => argument !== '--coverage')]);
} else {
  if (!process.argv.includes('--explore')) {
    fc.configureGlobal({ seed: 20_261_121 });
  }
  await runMochaLayer({ name: 'unit', folder: 'test/unit', timeoutMs: 30_000 }, args);
}
