import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { projectDir } from '../tasks/projectDir.ts';
import { zipEntryNames } from './zipEntries.ts';

interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, { readonly bytes: number }>>;
}

function metafile(bundle: string): Metafile {
  return JSON.parse(readFileSync(path.join(projectDir, 'out', 'meta', `${bundle}.json`), 'utf8')) as Metafile;
}

/** npm packages whose code is in a bundle. */
function packagesIn(bundle: string): string[] {
  const names = Object.keys(metafile(bundle).inputs).map((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

describe('what ships', () => {
  const vsix = globSync('dist/*.vsix', { cwd: projectDir }).map((file) => path.join(projectDir, file));
  const entries = zipEntryNames(readFileSync(vsix[0] ?? ''));

  it('is one file under 1 MB', () => {
    assert.equal(vsix.length, 1);
    const { size } = statSync(vsix[0] ?? '');
    assert.ok(size < 1_000_000, `${size} bytes`);
  });

  it('holds the bundles, their assets and the words, and nothing else', () => {
    const allowed = /^extension\/(package(\.nls(\.[\w-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt|l10n\/bundle\.l10n[\w.-]*\.json|dist\/\w+\.(js|css|ttf)|docs\/diagnostics\.md|schemas\/\w+\.schema\.json|media\/.+)$/;
    const known = entries.filter((name) => name !== 'extension.vsixmanifest' && name !== '[Content_Types].xml');
    assert.deepEqual(known.filter((name) => !allowed.test(name)), []);
    assert.deepEqual(entries.filter((name) => /\.(ts|map|py)$|\.test\./.test(name)), []);
  });

  it('holds every bundle that the code loads', () => {
    const bundles = ['extension', 'features', 'azure', 'identity', 'kubernetes', 'language', 'form', 'details'].map((name) => `extension/dist/${name}.js`);
    assert.deepEqual(bundles.filter((name) => !entries.includes(name)), []);
  });

  it('holds every file that package.json names', () => {
    const manifest = readFileSync(path.join(projectDir, 'package.json'), 'utf8');
    const named = [...manifest.matchAll(/"(?:\.\/)?((?:media|dist|schemas)\/[\w./-]+)"/g)].map(([, file = '']) => `extension/${file}`);
    assert.ok(named.length > 2);
    assert.deepEqual(named.filter((file) => !entries.includes(file)), []);
  });

  it('needs nothing at run time but Node and VS Code', () => {
    // A require that esbuild left alone is resolved on the user's machine, where there is no node_modules.
    const wanted = globSync('dist/*.js', { cwd: projectDir }).flatMap((file) =>
      [...readFileSync(path.join(projectDir, file), 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => `${file}: ${name}`),
    );
    assert.deepEqual(wanted.filter((line) => !isBuiltin(line.split(': ')[1] ?? '') && !line.endsWith(': vscode')), []);
  });

  it('starts from an entry under 40 KB', () => {
    const { bytes } = metafile('extension').outputs['dist/extension.js'] ?? { bytes: Infinity };
    assert.ok(bytes < 40_000, `${bytes} bytes`);
  });

  it('keeps SDKs and parsers out of the entry', () => {
    assert.deepEqual(packagesIn('extension').filter((name) => name.startsWith('@azure/') || name.startsWith('@typespec/') || name === 'yaml'), []);
  });

  it('loads @azure/identity only with its own bundle', () => {
    assert.ok(!packagesIn('azure').includes('@azure/identity'));
    assert.ok(packagesIn('identity').includes('@azure/identity'));
  });

  it('refers to no source map', () => {
    const bundles = globSync('dist/*.js', { cwd: projectDir });
    assert.deepEqual(bundles.filter((file) => readFileSync(path.join(projectDir, file), 'utf8').includes('sourceMappingURL')), []);
  });
});
