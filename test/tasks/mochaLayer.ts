import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Mocha from 'mocha';
import { projectDir } from './projectDir.ts';
import { totalsOf, writeTotals } from './totals.ts';
import type { Totals } from './totals.ts';

/** One layer of tests that mocha runs in this process. */
export interface MochaLayer {
  readonly name: string;
  /** Folder of its `*.test.ts`, relative to the project. */
  readonly folder: string;
  /** Longest time one test may take unless it sets its own. */
  readonly timeoutMs: number;
  /** Tests that cannot run, as one failure with one line instead of many. */
  readonly without?: { readonly folder: string; readonly because: string };
}

/** How long a process may stay alive after its last test before that counts as a failure. */
const lingerMs = 10_000;

/**
 * Runs the layer's tests, prints `NAME: N passed, N failed`, and sets the exit code. Arguments of the command line: test files to
 * run instead of all, and `--grep TEXT`. No test file is no failure: a layer may still be empty.
 */
export async function runMochaLayer(layer: MochaLayer, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], options: { grep: { type: 'string' } }, allowPositionals: true });
  const { without } = layer;
  const files = (positionals.length > 0 ? positionals : globSync(path.join(layer.folder, '**/*.test.ts'), { cwd: projectDir }).sort())
    .filter((file) => without === undefined || !path.normalize(file).startsWith(path.normalize(without.folder)));
  const mocha = new Mocha({ timeout: layer.timeoutMs, forbidOnly: true, forbidPending: true, ...(values.grep === undefined ? {} : { grep: values.grep }) });
  for (const file of files) {
    mocha.addFile(path.resolve(projectDir, file));
  }
  await mocha.loadFilesAsync();
  const ran = await runToEnd(mocha);
  const totals: Totals = without === undefined
    ? ran
    : { ...ran, failed: ran.failed + 1, failures: [...ran.failures, `${without.folder} did not run: ${without.because}`] };
  if (without !== undefined) {
    console.error(totals.failures.at(-1));
  }
  console.log(`${layer.name}: ${totals.passed} passed, ${totals.failed} failed`);
  writeTotals(totals);
  process.exitCode = totals.failed === 0 ? 0 : 1;
  failWhenLingering(layer.name);
}

function runToEnd(mocha: Mocha): Promise<Totals> {
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(totals()));
    const totals = totalsOf(runner);
  });
}

/** A test that leaves a server or a process behind would make the whole run hang: name it and end. */
function failWhenLingering(name: string): void {
  setTimeout(() => {
    console.error(`${name}: the tests are over, but something they started still runs: ${process.getActiveResourcesInfo().join(', ')}`);
    process.exit(1);
  }, lingerMs).unref();
}
