// Builds what ships into dist/, and with --tests what the tests run inside VS Code into out/.
//   --dev    readable code with source maps, for debugging; never packaged
//   --tests  also out/host (mocha inside the extension host) and out/microsoftAuthentication (sign-in of the test VS Code)
import { build } from 'esbuild';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const dev = process.argv.includes('--dev');
const tests = process.argv.includes('--tests');
process.chdir(import.meta.dirname);

/** Runs in the extension host: CommonJS, because its ESM loader is slower (docs/decisions.md), for the Node of the lowest VS Code supported.
 * @satisfies {import('esbuild').BuildOptions} */
const forHost = {
  bundle: true,
  platform: /** @type {const} */ ('node'),
  format: /** @type {const} */ ('cjs'),
  target: 'node22',
  // The ESM flavour of the Azure packages can be shaken out; their CommonJS one cannot.
  mainFields: ['module', 'main'],
  conditions: ['module', 'import'],
  minify: !dev,
  sourcemap: dev ? /** @type {const} */ ('linked') : false,
  legalComments: /** @type {const} */ ('none'),
  logLevel: /** @type {const} */ ('warning'),
};

/** Runs in a webview.
 * @satisfies {import('esbuild').BuildOptions} */
const forBrowser = {
  ...forHost,
  platform: /** @type {const} */ ('browser'),
  format: /** @type {const} */ ('iife'),
  target: 'es2023',
  conditions: ['module', 'browser'],
  mainFields: ['browser', 'module', 'main'],
};

/** Node's own fetch in the place of node-fetch, of which KubeConfig takes the headers alone: it weighs a third of its bundle and asks for a package that is not there.
 * @type {import('esbuild').Plugin} */
const ownFetch = {
  name: 'ownFetch',
  setup(build) {
    build.onResolve({ filter: /^node-fetch$/ }, () => ({ path: 'node-fetch', namespace: 'ownFetch' }));
    build.onLoad({ filter: /.*/, namespace: 'ownFetch' }, () => ({ contents: 'export const { Headers, Request, Response, FormData } = globalThis; export default globalThis.fetch;' }));
  },
};

/** Entry file of each bundle. The names in dist are fixed: chunks with hashes break running windows after an update. */
const bundles = [
  { name: 'extension', entry: 'src/extension.ts' },
  { name: 'features', entry: 'src/vscode/featuresBundle.ts' },
  { name: 'azure', entry: 'src/azure/azureBundle.ts' },
  { name: 'identity', entry: 'src/azure/identityBundle.ts' },
  { name: 'kubernetes', entry: 'src/kubernetes/kubernetesBundle.ts' },
  { name: 'language', entry: 'src/project/languageBundle.ts' },
];

const pages = [
  { name: 'form', entry: 'src/webview/main.ts' },
  { name: 'details', entry: 'src/webview/details/detailsMain.ts' },
];

/** @param {string} name @param {import('esbuild').BuildOptions} options */
async function bundle(name, options) {
  const result = await build({ ...options, metafile: true, outfile: `dist/${name}.js` });
  writeFileSync(`out/meta/${name}.json`, JSON.stringify(result.metafile));
}

async function buildProduct() {
  for (const { name, entry } of bundles) {
    await bundle(name, { ...forHost, entryPoints: [entry], external: ['vscode'], plugins: [ownFetch] });
  }
  for (const { name, entry } of pages) {
    await bundle(name, { ...forBrowser, entryPoints: [entry] });
  }
  for (const file of ['codicon.css', 'codicon.ttf']) {
    cpSync(path.join('node_modules/@vscode/codicons/dist', file), path.join('dist', file));
  }
}

async function buildTests() {
  const specs = readdirSync('test/host').filter((file) => file.endsWith('.test.ts'));
  await build({
    ...forHost,
    minify: false,
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    entryPoints: ['index.ts', ...specs].map((file) => path.join('test/host', file)),
    outdir: 'out/host',
  });
  await build({
    ...forHost,
    minify: false,
    external: ['vscode'],
    entryPoints: ['test/vscode/microsoftAuthentication/extension.ts'],
    outdir: 'out/microsoftAuthentication',
  });
  cpSync('test/vscode/microsoftAuthentication/package.json', 'out/microsoftAuthentication/package.json');
}

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
mkdirSync('out/meta', { recursive: true });
await buildProduct();
if (tests) {
  rmSync('out/host', { recursive: true, force: true });
  await buildTests();
}
