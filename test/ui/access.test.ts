import assert from 'node:assert/strict';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { Workbench } from './harness/workbench.ts';
import { assertNoTokenShown, assertWellBehaved, writesIn } from './story/cloudLog.ts';
import { openPlan, startAfresh } from './story/freshStart.ts';
import { settingsFile } from './story/settingsFile.ts';
import { openSignedIn } from './story/signedIn.ts';

const { lake } = sample.resources;
const { customer360 } = sample.astro.deployments;

describe('giving access', () => {
  let workbench: Workbench;
  let template: string;

  /** Role assignments that were written: the scope's last name and the role's GUID. */
  const given = (): readonly string[] =>
    writesIn(workbench.cloud).filter(({ path }) => path.includes('/roleAssignments/')).map(({ method, path, status }) => `${method} ${/([^/]+)\/providers\/Microsoft\.Authorization/.exec(path)?.[1] ?? ''} ${String(status)}`);

  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn({ viewport: { width: 1400, height: 1200 } });
    template = await workbench.fileText(settingsFile);
  });
  beforeEach(() => startAfresh(workbench, template));
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  it('is part of the form: planned, written after the credentials, and told', async () => {
    const form = await openPlan(workbench, customer360.name, 'id-airflow-prod');
    await form.waitForHeadline('Creates 3 federated credentials, adds 1 connection.');
    await form.button('Add access…').click();
    const { quickInput } = workbench;
    await quickInput.pick('Key vault…');
    await quickInput.pick(sample.resources.vault.name);
    await quickInput.pick('Key Vault Secrets User');
    await form.section('access').getByText('Already has it', { exact: true }).waitFor();
    await form.waitForHeadline('Creates 3 federated credentials, adds 1 connection.');
    await form.button('Add access…').click();
    await quickInput.pick('Storage account or container…');
    await quickInput.pick(lake.name);
    await quickInput.pick('raw');
    await quickInput.pick('Storage Blob Data Contributor');
    await form.waitForHeadline('Creates 3 federated credentials, gives 1 role, adds 1 connection.');
    await form.section('access').getByText('Give', { exact: true }).waitFor();
    await workbench.screenshot('access-form');
    await form.assertAccessible();
    assert.deepEqual(given(), []);

    await form.connect();
    await form.waitForTitle('Connected');
    await form.section('outcome').getByText('Gave the role Storage Blob Data Contributor on container raw in stcontosolake').waitFor();
    await workbench.screenshot('access-done');
    const writes = writesIn(workbench.cloud).map(({ path }) => (path.includes('/roleAssignments/') ? 'role' : 'credential'));
    assert.deepEqual(writes, ['credential', 'credential', 'credential', 'role']);
    assertWellBehaved(workbench.cloud);
    await assertNoTokenShown(workbench);
  });
});
