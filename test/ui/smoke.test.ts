import assert from 'node:assert/strict';
import { pictureOnFailure } from './harness/failurePictures.ts';
import { openWorkbench } from './harness/workbench.ts';
import type { Workbench } from './harness/workbench.ts';

describe('a fresh VS Code with the sample project', () => {
  let workbench: Workbench;
  before(async function start() {
    this.timeout(120_000);
    workbench = await openWorkbench();
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  it('offers to sign in before anything is asked of Azure', async () => {
    await workbench.openContainer();
    assert.match(await workbench.tree('Identities').welcome(), /Sign in/);
    assert.deepEqual(workbench.cloud.world.refusedHosts, []);
  });

  it('signs in with the account that is picked, once the user allows it', async () => {
    await workbench.runCommand('Airflow Identity: Sign In to Azure');
    await workbench.dialog.allowSignIn();
    await workbench.quickInput.pick('dana@contoso.example');
    await workbench.tree('Identities').row(/Contoso/).first().waitFor();
    await workbench.screenshot('smoke-signed-in');
  });

  it('opens a file of the project', async () => {
    await workbench.editor.open('airflow_settings.yaml');
    assert.match(await workbench.fileText('airflow_settings.yaml'), /conn_id/);
  });
});
