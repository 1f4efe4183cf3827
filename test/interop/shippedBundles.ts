import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { projectDir } from '../tasks/projectDir.ts';

/** The bundles that speak to Azure and Astro, in a folder of their own. */
export interface ShippedBundles {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Builds `azure.js` and `identity.js` as `esbuild.mjs` does. */
export async function buildShippedBundles(): Promise<ShippedBundles> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bundles-'));
  await build({
    absWorkingDir: projectDir,
    entryPoints: { azure: 'src/azure/azureBundle.ts', identity: 'src/azure/identityBundle.ts' },
    outdir: folder,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    logLevel: 'error',
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
