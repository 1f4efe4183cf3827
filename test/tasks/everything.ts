// npm test: every check and every layer, each in a process of its own, so that one that dies takes nothing with it. The last line
// is `N passed, N failed`: tests are counted; a check that fails, or a layer that ends without its totals, counts as one failure.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectDir } from './projectDir.ts';
import { readTotals, totalsFileVariable } from './totals.ts';
import type { Totals } from './totals.ts';
import { whenAskedToEnd } from './whenAskedToEnd.ts';

interface Step {
  readonly name: string;
  readonly script: string;
  /** A layer reports how many tests passed and failed; a check just passes or fails. */
  readonly isLayer: boolean;
}

/** The longest a step may take, installing VS Code over a slow line included. */
const stepTimeoutMs = 20 * 60_000;

const steps: readonly Step[] = [
  { name: 'lint', script: 'lint.ts', isLayer: false },
  { name: 'check', script: 'check.ts', isLayer: false },
  { name: 'unit', script: 'unit.ts', isLayer: true },
  { name: 'package', script: 'package.ts', isLayer: true },
  { name: 'host', script: 'host.ts', isLayer: true },
  { name: 'ui', script: 'ui.ts', isLayer: true },
  { name: 'interop', script: 'interop.ts', isLayer: true },
];

let running: ChildProcess | undefined;

/** Runs a step and gives its exit code; one that hangs is ended with all it started. */
function run(step: Step, totalsFile: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, step.script)], {
      cwd: projectDir,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, [totalsFileVariable]: totalsFile },
    });
    const timer = setTimeout(() => {
      console.error(`${step.name}: not over after ${stepTimeoutMs / 60_000} minutes, ended.`);
      child.kill('SIGTERM');
    }, stepTimeoutMs);
    running = child;
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}

function totalsOf(step: Step, exitCode: number, totalsFile: string): Totals {
  const totals = step.isLayer ? readTotals(totalsFile) : undefined;
  const { passed, failed, failures } = totals ?? { passed: 0, failed: step.isLayer ? 1 : 0, failures: [] };
  // A layer whose tests passed can still fail, for instance by leaving something running.
  return failed > 0 || exitCode === 0
    ? { passed, failed, failures }
    : { passed, failed: 1, failures: [`ended with exit code ${exitCode}; the reason stands above, under "── ${step.name}"`] };
}

whenAskedToEnd(() => {
  running?.kill('SIGTERM');
  process.exit(1);
});

const folder = await mkdtemp(path.join(tmpdir(), 'airflow-identity-totals-'));
const results: { name: string; totals: Totals }[] = [];
for (const step of steps) {
  console.log(`\n── ${step.name}`);
  const totalsFile = path.join(folder, `${step.name}.json`);
  const exitCode = await run(step, totalsFile);
  results.push({ name: step.name, totals: totalsOf(step, exitCode, totalsFile) });
}
await rm(folder, { recursive: true });

const sum = (pick: (totals: Totals) => number): number => results.reduce((total, { totals }) => total + pick(totals), 0);
const failed = sum((totals) => totals.failed);
// Again at the end, because the output of the layers is long and the first to be cut.
for (const { name, totals } of results) {
  for (const failure of totals.failures) {
    console.log(`${name} failed: ${failure}`);
  }
}
console.log(`\n${results.map(({ name, totals }) => `${name}: ${totals.failed === 0 ? 'passed' : `${totals.failed} failed`}`).join(', ')}`);
console.log(`${sum((totals) => totals.passed)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
