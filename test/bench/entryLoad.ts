import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectDir } from '../tasks/projectDir.ts';
import { median } from './median.ts';

const runs = 15;

/** A `vscode` whose every property is a class with any property: the entry is only loaded, nothing is called. */
const stub = 'const any = new Proxy(class {}, { get: (target, name) => (name in target ? target[name] : any) }); module.exports = any;\n';

const program = 'const start = performance.now(); require(process.argv[1]); console.log(performance.now() - start);';

/** Median of the milliseconds that `require` of dist/extension.js takes, each time in a fresh process. */
export async function measureEntryLoad(): Promise<{ readonly entryLoadMs: number }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'airflow-identity-bench-'));
  try {
    await writeFile(path.join(folder, 'vscode.js'), stub);
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', program, path.join(projectDir, 'dist', 'extension.js')], {
        env: { ...process.env, NODE_PATH: folder },
      });
      times.push(Number(stdout));
    }
    return { entryLoadMs: median(times) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
