// `node test/run.mjs TASK [arguments]`: the one door to every npm script.
// Plain JavaScript for Node 20 without a dependency, because it is what installs the dependencies; then it hands over
// to the Node 24 that comes with them (npm package `node`), which runs the TypeScript of the tasks as it stands.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.installed-lockfile');

/** What each task runs, relative to the project. Arguments of the command line follow. */
const tasks = new Map([
  ['start', ['test/tasks/start.ts']],
  ['test', ['test/tasks/everything.ts']],
  ['test:unit', ['test/tasks/unit.ts']],
  ['test:host', ['test/tasks/host.ts']],
  ['test:ui', ['test/tasks/ui.ts']],
  ['test:interop', ['test/tasks/interop.ts']],
  ['package', ['test/tasks/package.ts']],
  ['lint', ['test/tasks/lint.ts']],
  ['check', ['test/tasks/check.ts']],
  ['build', ['esbuild.mjs']],
  ['cloud', ['test/cloud/main.ts']],
  ['bench', ['test/bench/main.ts']],
  ['screenshots', ['test/ui/screenshots.ts']],
]);

/** @param {string} sentence */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Runs npm: the one that started this script, else the one on the PATH. Gives its exit code.
 * @param {string[]} args @param {string} cwd */
function npm(args, cwd) {
  const own = process.env['npm_execpath'];
  const [command, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []];
  return spawnSync(command, [...first, ...args], { cwd, stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1;
}

/** @param {string} file */
function readLockfile(file) {
  return /** @type {{ packages: Record<string, { version?: string, optional?: boolean }> }} */ (JSON.parse(readFileSync(file, 'utf8')));
}

/** True when node_modules already holds what the lockfile asks for, for instance after a plain `npm install`. */
function installedByHand() {
  const hidden = path.join(modules, '.package-lock.json');
  if (!existsSync(hidden)) {
    return false;
  }
  const installed = readLockfile(hidden).packages;
  return Object.entries(readLockfile(path.join(root, 'package-lock.json')).packages).every(
    ([place, wanted]) => place === '' || wanted.optional === true || installed[place]?.version === wanted.version,
  );
}

/** Installs the dependencies when the lockfile is another than at the last time. */
function installDependencies() {
  const wanted = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  if (!installedByHand()) {
    console.log(existsSync(modules) ? 'The lockfile changed: installing the dependencies again…' : 'Installing the dependencies…');
    if (npm(['ci', '--no-audit', '--no-fund'], root) !== 0) {
      fail('The dependencies could not be installed: npm ci failed (its reason stands above; without network it cannot work the first time).');
    }
  }
  writeFileSync(stamp, wanted);
}

/** Gives the path of the Node that the project is written for; asks npm for it once more where install scripts are switched off. */
function projectNode() {
  const nested = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const places = ['node', `node/node_modules/${nested}`, nested].map((place) => path.join(modules, place, 'bin', binary));
  const find = () => places.find((place) => existsSync(place) && spawnSync(place, ['--version']).status === 0);
  const found = find();
  if (found !== undefined) {
    return found;
  }
  const version = /** @type {{ version: string }} */ (JSON.parse(readFileSync(path.join(modules, 'node', 'package.json'), 'utf8'))).version;
  console.log(`Installing Node ${version} for the project's scripts…`);
  npm(['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', `${nested}@${version}`], path.join(modules, 'node'));
  return find() ?? fail(`Node ${version} (npm package ${nested}) could not be installed, and the project's scripts need it.`);
}

const [name = '', ...args] = process.argv.slice(2);
const task = tasks.get(name) ?? fail(`Usage: node test/run.mjs ${[...tasks.keys()].join('|')} [arguments]`);
if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Node 20 or newer is needed; this is ${process.version}.`);
}
if (task !== undefined) {
  installDependencies();
  const node = projectNode() ?? process.execPath;
  const child = spawn(node, [...task, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [path.dirname(node), path.join(modules, '.bin'), process.env['PATH']].join(path.delimiter),
    },
  });
  // Ctrl-C reaches the task by itself; what is sent to this process alone is handed on, and the task ends in its own time.
  process.on('SIGINT', () => undefined);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  // npm killed the shell between, and that told nobody.
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000);
  watch.unref();
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal === null ? 1 : constants.signals[signal])));
}
