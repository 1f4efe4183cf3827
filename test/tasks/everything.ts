// npm test: every check and every layer, each in a process of its own, so that one that dies takes nothing with it; those without a
// window run beside the tests in the extension host. The last line
// is `N passed, N failed`: tests are counted; a check that fails, or a layer that ends without its totals, counts as one failure.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectDir } from './projectDir.ts';
import { readTotals, totalsFileVariable } from './totals.ts';
import type { Totals } from './totals.ts';
import { uiLayer } from './uiLayer.ts';
import { whenAskedToEnd } from './whenAskedToEnd.ts';

interface Step {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  /** A layer reports how many tests passed and failed; a check just passes or fails. */
  readonly isLayer: boolean;
}

/** The longest a step may take, installing VS Code over a slow line included. */
const stepTimeoutMs = 20 * 60_000;

/** How long what a step printed is waited for after its end. */
const leftoverMs = 10_000;

const lint: Step = { name: 'lint', script: 'lint.ts', isLayer: false };
const check: Step = { name: 'check', script: 'check.ts', isLayer: false };
const unit: Step = { name: 'unit', script: 'unit.ts', isLayer: true };
const packing: Step = { name: 'package', script: 'package.ts', isLayer: true };
const host: Step = { name: 'host', script: 'host.ts', isLayer: true };
/** Pages of webviews without a VS Code around them: nothing there depends on how busy the machine is. */
const pageFiles: readonly string[] = ['form', 'formKeyboard', 'formTyping', 'details'].map((name) => path.join(uiLayer.folder, `${name}.test.ts`));
const windowFiles = globSync(path.join(uiLayer.folder, '**/*.test.ts'), { cwd: projectDir }).filter((file) => !pageFiles.includes(file)).sort();
const pages: Step = { name: 'pages', script: 'uiFile.ts', args: pageFiles, isLayer: true };
const ui: Step = { name: 'ui', script: 'ui.ts', args: windowFiles, isLayer: true };
const interop: Step = { name: 'interop', script: 'interop.ts', isLayer: true };

const running = new Set<ChildProcess>();

/** Runs a step and gives its exit code; one that hangs is ended with all it started. What one beside others prints comes when it is over. */
function run(step: Step, totalsFile: string, { isBeside }: { readonly isBeside: boolean }): Promise<number> {
  return new Promise((resolve, reject) => {
    if (!isBeside) {
      console.log(`\n── ${step.name}`);
    }
    const child = spawn(process.execPath, [path.join(import.meta.dirname, step.script), ...(step.args ?? [])], {
      cwd: projectDir,
      stdio: ['ignore', isBeside ? 'pipe' : 'inherit', isBeside ? 'pipe' : 'inherit'],
      env: { ...process.env, [totalsFileVariable]: totalsFile },
    });
    const printed: Buffer[] = [];
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (chunk: Buffer) => printed.push(chunk));
    }
    const timer = setTimeout(() => {
      console.error(`${step.name}: not over after ${stepTimeoutMs / 60_000} minutes, ended.`);
      child.kill('SIGTERM');
    }, stepTimeoutMs);
    running.add(child);
    child.on('error', reject);
    // Something it left running would keep its output open.
    child.on('exit', () => setTimeout(() => { child.stdout?.destroy(); child.stderr?.destroy(); }, leftoverMs).unref());
    // What it printed last may come after `exit`.
    child.on('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      if (isBeside) {
        process.stdout.write(`\n── ${step.name}\n${Buffer.concat(printed).toString()}`);
      }
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
  for (const child of running) {
    child.kill('SIGTERM');
  }
  process.exit(1);
});

const folder = await mkdtemp(path.join(tmpdir(), 'airflow-identity-totals-'));
const results: { name: string; totals: Totals }[] = [];

/** Runs steps one after another. */
async function inTurn(steps: readonly Step[], options: { readonly isBeside: boolean }): Promise<void> {
  for (const step of steps) {
    const totalsFile = path.join(folder, `${step.name}.json`);
    const exitCode = await run(step, totalsFile, options);
    results.push({ name: step.name, totals: totalsOf(step, exitCode, totalsFile) });
  }
}

await inTurn([packing], { isBeside: false });
// Tests inside VS Code wait a third of their time, and need nothing of what the others build or start.
// The pages come last there: the tests inside VS Code have built them by then.
await Promise.all([inTurn([host], { isBeside: false }), inTurn([lint, check, unit, interop, pages], { isBeside: true })]);
await inTurn([ui], { isBeside: false });
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
