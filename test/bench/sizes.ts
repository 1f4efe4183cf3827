import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packVsix } from '../tasks/packVsix.ts';
import { projectDir } from '../tasks/projectDir.ts';

/** Sizes in KB of 1,000 bytes. */
export interface Sizes {
  readonly entryKB: number;
  readonly vsixKB: number;
  readonly bundlesKB: Readonly<Record<'extension' | 'features' | 'azure' | 'identity' | 'kubernetes' | 'language' | 'form' | 'details', number>>;
}

/** Looks at what was built into dist, and packs it into a temporary file. @throws when vsce cannot pack it. */
export async function measureSizes(): Promise<Sizes> {
  const folder = await mkdtemp(path.join(tmpdir(), 'airflow-identity-bench-'));
  try {
    const vsix = path.join(folder, 'bench.vsix');
    await packVsix(vsix);
    const bundlesKB = {
      extension: bundleKB('extension'),
      features: bundleKB('features'),
      azure: bundleKB('azure'),
      identity: bundleKB('identity'),
      kubernetes: bundleKB('kubernetes'),
      language: bundleKB('language'),
      form: bundleKB('form'),
      details: bundleKB('details'),
    };
    return { entryKB: bundlesKB.extension, vsixKB: fileKB(vsix), bundlesKB };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function bundleKB(name: string): number {
  return fileKB(path.join(projectDir, 'dist', `${name}.js`));
}

function fileKB(file: string): number {
  return Math.round(statSync(file).size / 100) / 10;
}
