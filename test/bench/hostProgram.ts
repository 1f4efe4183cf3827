import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { outDir, projectDir } from '../tasks/projectDir.ts';
import { copySampleProject } from '../tasks/sampleProject.ts';
import { installedVsCode } from '../vscode/installation.ts';
import { resultFileVariable } from './resultFile.ts';

/**
 * Runs a program of this folder inside a VS Code that is just started, so many times, and gives what each run wrote into
 * its result file. @throws when VS Code does not come up.
 */
export async function runInHost(program: string, runs: number, env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  await installedVsCode();
  const outfile = path.join(outDir, 'bench', `${program}.js`);
  await build({
    absWorkingDir: projectDir,
    entryPoints: [`test/bench/${program}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'error',
  });
  const project = await copySampleProject();
  const folder = await mkdtemp(path.join(tmpdir(), 'airflow-identity-bench-'));
  try {
    const results: string[] = [];
    for (let run = 0; run < runs; run += 1) {
      const result = path.join(folder, `${run}.txt`);
      await runTests({
        extensionDevelopmentPath: projectDir,
        launchArgs: [project.dir],
        vscodeExecutablePath: path.join(projectDir, 'test', 'vscode', 'launcher'),
        extensionTestsPath: outfile,
        extensionTestsEnv: { ...env, [resultFileVariable]: result },
      });
      results.push(await readFile(result, 'utf8'));
    }
    return results;
  } finally {
    await project.remove();
    await rm(folder, { recursive: true, force: true });
  }
}
