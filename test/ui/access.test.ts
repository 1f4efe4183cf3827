import assert from 'node:assert/strict';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { Workbench } from './harness/workbench.ts';
import { assertNoTokenShown, assertWellBehaved, writesIn } from './story/cloudLog.ts';
import { openPlan, startAfresh } from './story/freshStart.ts';
import { settingsFile } from './story/settingsFile.ts';
import { openSignedIn } from './story/signedIn.ts';
import { Keyboard } from './story/keyboard.ts';

const { lake } = sample.resources;
const { customer360 } = sample.astro.deployments;

describe('giving access', () => {
  let workbench: Workbench;
  let keyboard: Keyboard;
  let template: string;

  /** Role assignments that were written: the scope's last name and the role's GUID. */
  const given = (): readonly string[] =>
    writesIn(workbench.cloud).filter(({ path }) => path.includes('/roleAssignments/')).map(({ method, path, status }) => `${method} ${/([^/]+)\/providers\/Microsoft\.Authorization/.exec(path)?.[1] ?? ''} ${String(status)}`);

  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn({ viewport: { width: 1400, height: 1200 } });
    keyboard = new Keyboard(workbench);
    template = await workbench.fileText(settingsFile);
  });
  beforeEach(() => startAfresh(workbench, template));
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  it('asks by keyboard who, where and which role, shows what is written, and the row follows', async () => {
    const { quickInput, notifications } = workbench;
    await keyboard.runCommand('Airflow Identity: Give Access…');
    await keyboard.pick('identity (1/4)', 'id-airflow-prod');
    await keyboard.pick('where (2/4)', 'Storage account or container…');
    await quickInput.row(lake.name).waitFor();
    await keyboard.pick('where (2/4)', lake.name);
    await quickInput.row(`Whole account ${lake.name}`).waitFor();
    await keyboard.pick('where (2/4)', 'raw');
    await quickInput.waitForTitle('role (3/4)');
    await quickInput.row('Storage Blob Data Contributor').waitFor();
    assert.match((await quickInput.rows())[0] ?? '', /Storage Blob Data Contributor/);
    await keyboard.pick('role (3/4)', 'Storage Blob Data Contributor');
    await quickInput.waitForTitle('Give id-airflow-prod the role Storage Blob Data Contributor (4/4)');
    assert.deepEqual(given(), []);
    await workbench.screenshot('access-review');
    await keyboard.press('Enter');
    assert.match(await notifications.waitFor(/now has the role/), /id-airflow-prod now has the role Storage Blob Data Contributor on container raw in stcontosolake\./);
    assert.deepEqual(given(), ['PUT raw 201']);

    // The place used last is offered first, and what stands there already is said and not written again.
    await keyboard.runCommand('Airflow Identity: Give Access…');
    await keyboard.pick('identity (1/4)', 'id-airflow-prod');
    await quickInput.waitForTitle('where (2/4)');
    // The title stands before the rows do.
    await quickInput.row('Storage account or container…').waitFor();
    assert.match((await quickInput.rows())[0] ?? '', /raw/);
    await keyboard.press('Enter');
    await keyboard.pick('role (3/4)', 'Storage Blob Data Contributor');
    await quickInput.waitForTitle('(4/4)');
    await keyboard.press('Enter');
    await notifications.waitFor(/already had the role/);
    assert.deepEqual(given().filter((write) => write.endsWith(' 201')), ['PUT raw 201']);
    assertWellBehaved(workbench.cloud);
  });

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
