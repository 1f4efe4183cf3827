import { spawn } from 'node:child_process';
import { projectDir } from './projectDir.ts';

/** Runs a program in the project folder with this process's input and output, and gives its exit code (1 when a signal ended it). */
export function runCommand(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: projectDir, stdio: 'inherit', env });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Builds dist and what the tests need in out (esbuild.mjs); throws when the build fails, after esbuild printed why. */
export async function buildAll(): Promise<void> {
  if ((await runCommand(process.execPath, ['esbuild.mjs', '--tests'])) !== 0) {
    throw new Error('The build failed.');
  }
}
