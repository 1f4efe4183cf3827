import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** VS Code 1.139 as a server, from npm (coder/code-server); the revision counts changes to how it is installed here. */
const codeServerVersion = '4.139.1';
const folderName = 'vscode-1.139-r2';

/** A lock that nobody has touched for so long belongs to an installer that was killed. */
const staleLockMs = 10 * 60_000;

/** The user's cache directory: XDG_CACHE_HOME, else what the platform uses. */
function cacheDir(): string {
  const xdg = process.env['XDG_CACHE_HOME'];
  if (xdg !== undefined && path.isAbsolute(xdg)) {
    return xdg;
  }
  return process.platform === 'darwin' ? path.join(homedir(), 'Library', 'Caches') : path.join(homedir(), '.cache');
}

/**
 * Gives the folder of VS Code's server (`out/server-main.js` is in it), installing it into the user's cache directory first where no
 * clone did so before. The installation is shared and never changed afterwards. Throws with one sentence when npm fails.
 */
export async function installedVsCode(): Promise<string> {
  const parent = path.join(cacheDir(), 'airflow-azure-identity');
  const target = path.join(parent, folderName);
  const server = path.join(target, 'node_modules', 'code-server', 'lib', 'vscode');
  if (existsSync(target)) {
    return server;
  }
  await mkdir(parent, { recursive: true });
  await withLock(`${target}.lock`, async () => {
    if (!existsSync(target)) {
      console.log(`Installing VS Code (code-server ${codeServerVersion}, about 600 MB, once per machine) into ${target}…`);
      await install(target);
    }
  });
  return server;
}

async function install(target: string): Promise<void> {
  const staging = `${target}.${process.pid}.part`;
  const server = path.join(staging, 'node_modules', 'code-server', 'lib', 'vscode');
  try {
    await mkdir(staging);
    await writeFile(path.join(staging, 'package.json'), '{ "private": true }\n');
    // Install scripts stay off: they compile native modules that are not needed here and want Kerberos headers.
    await npm(['install', `code-server@${codeServerVersion}`], staging);
    await npm(['install', '--omit=dev'], server);
    await npm(['install', '--omit=dev'], path.join(server, 'extensions'));
    await cp(path.join(import.meta.dirname, 'spdlog'), path.join(server, 'node_modules', '@vscode', 'spdlog'), { recursive: true, force: true });
    await rename(staging, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function npm(args: readonly string[], cwd: string): Promise<void> {
  const all = [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const own = process.env['npm_execpath'];
  // What `npm run` sets for the project's own scripts (its prefix, its package) must not reach an installation elsewhere.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)_|^npm_config_local_prefix$/.test(name)));
  const child = own?.endsWith('.js') === true
    ? spawn(process.execPath, [own, ...all], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawn('npm', all, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) {
        resolve();
      } else {
        reject(new Error(`VS Code could not be installed: "npm ${args.join(' ')}" failed in ${cwd} (its reason stands above; the npm registry must be reachable).`));
      }
    });
  });
}

/** Holds a lock file while `work` runs, waiting for another process that holds it, and taking over a lock whose process is gone. */
async function withLock(lock: string, work: () => Promise<void>): Promise<void> {
  let said = false;
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    if (await isAbandoned(lock)) {
      await rm(lock, { force: true });
    } else {
      if (!said) {
        console.log('Another process is installing VS Code: waiting for it…');
        said = true;
      }
      await delay(500);
    }
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(lock, 'utf8'));
    return pid > 0 ? !isAlive(pid) : Date.now() - (await stat(lock)).mtimeMs > staleLockMs;
  } catch {
    return false; // released meanwhile
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
