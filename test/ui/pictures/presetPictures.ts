import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sample } from '../../cloud/sampleWorld.ts';
import type { Workbench } from '../harness/workbench.ts';
import type { Camera } from './camera.ts';

const { identities, resources } = sample;

/** Remote logging into a `.env` that has other settings of it, up to what is left to do. */
export async function picturePreset(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput, page } = workbench;
  const env = path.join(workbench.workspaceDir, '.env');
  await writeFile(env, 'AIRFLOW__CORE__LOAD_EXAMPLES=False\nAIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER=s3://old-logs\n');
  await workbench.runCommand('Airflow Identity: Add Airflow Preset…');
  await quickInput.row(identities.airflowProd.name).waitFor();
  await quickInput.pick(identities.airflowProd.name);
  await quickInput.row('Remote logging to Blob Storage').waitFor();
  await camera.look('preset-1-kinds');
  await quickInput.pick('Remote logging to Blob Storage');
  await quickInput.row(resources.lake.name).waitFor();
  await quickInput.pick(resources.lake.name);
  await quickInput.row('airflow-logs').waitFor();
  await camera.look('preset-2-container');
  await quickInput.pick('airflow-logs');
  await quickInput.waitForTitle('Folder');
  await camera.look('preset-3-folder');
  await quickInput.accept();
  await quickInput.waitForTitle('Connection ID');
  await quickInput.accept();
  await quickInput.row('etl-pipelines/.env').waitFor();
  await camera.look('preset-4-file');
  await quickInput.pick('etl-pipelines/.env');
  await quickInput.row('Change what stands there').waitFor();
  await camera.look('preset-5-review');
  await quickInput.accept();
  await quickInput.row('Done').waitFor();
  await camera.inEveryTheme('preset-6-left');
  await page.keyboard.press('Escape');
  await workbench.runCommand('View: Close All Editors');
  await rm(env);
}
