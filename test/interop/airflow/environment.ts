import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cachedInstallation } from '../../cached/cachedInstallation.ts';
import type { PythonProgram } from './pythonPrograms.ts';
import { pythonPrograms } from './pythonPrograms.ts';
import type { AirflowRelease } from './releases.ts';
import { airflowReleases } from './releases.ts';

const run = promisify(execFile);

/** Installs two hundred packages in seconds where pip takes minutes. */
const uvVersion = '0.13.8';

const releaseTitles = airflowReleases.map(({ airflow, provider }) => `Airflow ${airflow} with provider ${provider}`).join(' and ');

function requirementsFile({ airflow }: AirflowRelease): string {
  return path.join(import.meta.dirname, 'requirements', `airflow-${airflow}.txt`);
}

/**
 * Gives the Python that a release is installed for, installing all releases into the user's cache directory first where no clone did
 * so before. Throws with one sentence when no Python suits, or when the package index cannot be reached.
 */
export async function airflowPython(release: AirflowRelease): Promise<string> {
  return pythonIn(await installedReleases(), release);
}

async function installedReleases(): Promise<string> {
  const locks = await Promise.all(airflowReleases.map((each) => readFile(requirementsFile(each), 'utf8')));
  const folder = `airflow-${createHash('sha256').update(locks.join(uvVersion)).digest('hex').slice(0, 12)}`;
  return cachedInstallation({ folder, title: `${releaseTitles} (about 500 MB, once per machine)`, install });
}

/** Why Airflow cannot be had here, as one sentence, after installing it where need be; `undefined` when it is there. */
export async function airflowProblem(): Promise<string | undefined> {
  try {
    await installedReleases();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function pythonIn(installation: string, { airflow }: AirflowRelease): string {
  return path.join(installation, airflow, 'bin', 'python');
}

async function install(staging: string): Promise<void> {
  const { airflow, pip } = await pythonPrograms();
  const uvDir = path.join(staging, 'uv');
  await command(pip.path, ['-m', 'pip', 'install', '--quiet', '--target', uvDir, `uv==${uvVersion}`]);
  const uv = path.join(uvDir, 'bin', 'uv');
  const env = await uvEnvironment(pip, path.join(staging, 'packages'));
  for (const release of airflowReleases) {
    await command(uv, ['venv', '--quiet', '--python', airflow.path, path.join(staging, release.airflow)], env);
    // The lock names every package, so nothing has to be resolved.
    await command(uv, ['pip', 'install', '--quiet', '--no-deps', '--python', pythonIn(staging, release), '--requirement', requirementsFile(release)], env);
  }
  await rm(path.join(staging, 'packages'), { recursive: true });
  await rm(uvDir, { recursive: true });
}

/** uv has settings of its own and does not read pip's: the package index of this machine stands in those. */
async function uvEnvironment({ path: python }: PythonProgram, cache: string): Promise<NodeJS.ProcessEnv> {
  const { stdout } = await run(python, ['-m', 'pip', 'config', 'list']);
  const pip = new Map([...stdout.matchAll(/^\S*\.(\S+?)='(.*)'$/gmu)].map(([, name = '', value = '']) => [name, value]));
  const settings = { 'UV_DEFAULT_INDEX': 'index-url', 'UV_INDEX': 'extra-index-url', 'UV_INSECURE_HOST': 'trusted-host', 'SSL_CERT_FILE': 'cert' };
  const fromPip = Object.entries(settings).flatMap(([variable, name]) => (pip.has(name) ? [[variable, pip.get(name)]] : []));
  return {
    ...(Object.fromEntries(fromPip) as NodeJS.ProcessEnv),
    ...process.env,
    UV_CACHE_DIR: cache,
    UV_NO_CONFIG: '1',
    UV_PYTHON_DOWNLOADS: 'never',
  };
}

async function command(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  try {
    await run(program, args, { env, maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    const reason = stderr?.trim().split('\n').at(-1) ?? String(error);
    throw new Error(`${releaseTitles} could not be installed; the Python package index must be reachable (${path.basename(program)} said: ${reason.trim()})`, { cause: error });
  }
}
