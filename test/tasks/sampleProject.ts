import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectDir } from './projectDir.ts';

/** A copy of the sample Astro project that a run may change. */
export interface ProjectCopy {
  readonly dir: string;
  remove(): Promise<void>;
}

/** Copies `test/sample/etl-pipelines` to a temporary folder, so that what a user or a test writes there never reaches the clone. */
export async function copySampleProject(): Promise<ProjectCopy> {
  const parent = await mkdtemp(path.join(tmpdir(), 'airflow-identity-project-'));
  const dir = path.join(parent, 'etl-pipelines');
  await cp(path.join(projectDir, 'test', 'sample', 'etl-pipelines'), dir, { recursive: true });
  return { dir, remove: () => rm(parent, { recursive: true, force: true }) };
}
