import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What both releases of Airflow run on (3.3.2: from 3.10 on; 2.11.2: up to 3.12; provider 15.2.1: from 3.11 on), best first. */
const versions = ['3.11', '3.12'];

/** A Python on this machine. */
export interface PythonProgram {
  readonly path: string;
  /** Such as `3.11`. */
  readonly version: string;
  readonly hasPip: boolean;
}

const question = 'import importlib.util as u, json, sys; print(json.dumps([sys.executable, "%d.%d" % sys.version_info[:2], bool(u.find_spec("pip"))]))';

async function describe(command: string): Promise<PythonProgram | undefined> {
  try {
    const { stdout } = await run(command, ['-c', question], { timeout: 20_000 });
    const [program, version, hasPip] = JSON.parse(stdout) as [string, string, boolean];
    return { path: program, version, hasPip };
  } catch {
    return undefined; // not there, or a shim of pyenv for a version that is not chosen
  }
}

/** The Pythons of the PATH, of Debian and of pyenv, each once. */
async function installedPythons(): Promise<readonly PythonProgram[]> {
  const names = [...versions.map((version) => `python${version}`), 'python3', 'python'];
  const pyenv = path.join(process.env['PYENV_ROOT'] ?? path.join(homedir(), '.pyenv'), 'versions');
  const commands = [...names, ...names.map((name) => `/usr/bin/${name}`), ...globSync(versions.map((version) => path.join(pyenv, `${version}*`, 'bin', 'python')))];
  const found = (await Promise.all(commands.map((command) => describe(command)))).filter((python) => python !== undefined);
  return [...new Map(found.map((python) => [python.path, python])).values()];
}

/**
 * Gives a Python that Airflow runs on, and one that has pip; often the same. Throws with one sentence where there is none.
 */
export async function pythonPrograms(): Promise<{ readonly airflow: PythonProgram; readonly pip: PythonProgram }> {
  const pythons = await installedPythons();
  const suited = versions.flatMap((version) => pythons.filter((python) => python.version === version));
  const airflow = suited.find(({ hasPip }) => hasPip) ?? suited[0];
  if (airflow === undefined) {
    throw new Error(`Airflow needs Python ${versions.join(' or ')}, and there is none on the PATH.`);
  }
  const pip = airflow.hasPip ? airflow : pythons.find(({ hasPip }) => hasPip);
  if (pip === undefined) {
    throw new Error(`Airflow cannot be installed: ${airflow.path} has no pip.`);
  }
  return { airflow, pip };
}
