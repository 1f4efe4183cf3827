import { spawn } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cachedInstallation } from '../cached/cachedInstallation.ts';

/** VS Code 1.139 as a server, from npm (coder/code-server); the revision counts changes to how it is installed here. */
const codeServerVersion = '4.139.1';
const folder = 'vscode-1.139-r2';

/**
 * Gives the folder of VS Code's server (`out/server-main.js` is in it), installing it into the user's cache directory first where no
 * clone did so before. The installation is shared and never changed afterwards. Throws with one sentence when npm fails.
 */
export async function installedVsCode(): Promise<string> {
  const title = `VS Code (code-server ${codeServerVersion}, about 600 MB, once per machine)`;
  return serverIn(await cachedInstallation({ folder, title, install }));
}

function serverIn(installation: string): string {
  return path.join(installation, 'node_modules', 'code-server', 'lib', 'vscode');
}

async function install(staging: string): Promise<void> {
  const server = serverIn(staging);
  await writeFile(path.join(staging, 'package.json'), '{ "private": true }\n');
  // Install scripts stay off: they compile native modules that are not needed here and want Kerberos headers.
  await npm(['install', `code-server@${codeServerVersion}`], staging);
  await npm(['install', '--omit=dev'], server);
  await npm(['install', '--omit=dev'], path.join(server, 'extensions'));
  await cp(path.join(import.meta.dirname, 'spdlog'), path.join(server, 'node_modules', '@vscode', 'spdlog'), { recursive: true, force: true });
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
