import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { outDir, projectDir } from '../tasks/projectDir.ts';
import { copySampleProject } from '../tasks/sampleProject.ts';
import { installedVsCode } from '../vscode/installation.ts';
import { median } from './median.ts';
import { resultFileVariable } from './resultFile.ts';

const runs = 3;

/** Median of the milliseconds that `activate` takes, each time in a VS Code that was just started. @throws when VS Code does not come up. */
export async function measureActivation(env: Readonly<Record<string, string>>): Promise<{ readonly activateMs: number }> {
  await installedVsCode();
  const program = path.join(outDir, 'bench', 'hostActivation.js');
  await build({
    absWorkingDir: projectDir,
    entryPoints: ['test/bench/hostActivation.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'error',
  });
  const project = await copySampleProject();
  const folder = await mkdtemp(path.join(tmpdir(), 'airflow-identity-bench-'));
  try {
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const result = path.join(folder, `${run}.txt`);
      await runTests({
        extensionDevelopmentPath: projectDir,
        launchArgs: [project.dir],
        vscodeExecutablePath: path.join(projectDir, 'test', 'vscode', 'launcher'),
        extensionTestsPath: program,
        extensionTestsEnv: { ...env, [resultFileVariable]: result },
      });
      times.push(Number(await readFile(result, 'utf8')));
    }
    return { activateMs: median(times) };
  } finally {
    await project.remove();
    await rm(folder, { recursive: true, force: true });
  }
}
