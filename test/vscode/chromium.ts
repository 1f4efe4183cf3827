import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);

/**
 * Gives the path of a Chromium: CHROME_PATH, else one that is installed, else one that apt-get installs where that is possible without
 * asking. Throws with one sentence that says what to do otherwise.
 */
export function chromiumPath(): string {
  const wished = process.env['CHROME_PATH'];
  if (wished !== undefined && wished !== '') {
    if (!isExecutable(wished)) {
      throw new Error(`CHROME_PATH names ${wished}, which is no program.`);
    }
    return wished;
  }
  const found = findInstalled() ?? (installByApt() ? findInstalled() : undefined);
  if (found === undefined) {
    throw new Error('A Chromium is needed to drive VS Code: install Chrome or Chromium, or set CHROME_PATH to one.');
  }
  return found;
}

/**
 * Starts a Chromium without a window. It resolves no host name: the workbench is on 127.0.0.1, and whatever else the page would like to
 * ask (extension gallery, telemetry) stays unasked.
 */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-proxy-server',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
}

function findInstalled(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).concat('/usr/bin', '/usr/local/bin', '/snap/bin');
  return [...names.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...macApps].find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Installs Debian's chromium as root or through a sudo that asks nothing; false where neither is there, or apt-get fails. */
function installByApt(): boolean {
  if (!existsSync('/usr/bin/apt-get')) {
    return false;
  }
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (prefix.length > 0 && spawnSync('sudo', ['-n', 'true']).status !== 0) {
    return false;
  }
  console.log('Installing Chromium with apt-get…');
  const run = (...args: readonly string[]): boolean => {
    const [command = '', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  };
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  return run(...install) || (run('update') && run(...install));
}
