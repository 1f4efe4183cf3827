import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { DetailsView } from '../../src/trust/details/detailsView.ts';
import { emptyState, failedState, loadingState, readState, viewOf } from '../unit/trust/detailsSamples.ts';
import { hostileText } from './formPage/hostileView.ts';
import { openDetails } from './formPage/pageDriver.ts';
import type { DetailsDriver } from './formPage/pageDriver.ts';
import { startDetailsServer } from './formPage/pageServer.ts';
import type { Theme } from './formPage/pageServer.ts';
import { looks } from './formPage/looks.ts';
import { inBrowser } from './formPage/pageSuite.ts';
import { axeFindings } from './harness/axeFindings.ts';

const longWord = 'x'.repeat(600);
const readView = viewOf(readState);
const hostileView: DetailsView = {
  ...readView,
  title: hostileText,
  subtitle: longWord,
  facts: { ...readView.facts, columns: [[{ label: hostileText, value: longWord, style: 'text' }], [{ label: longWord, value: hostileText, style: 'code' }]] },
  credentials: {
    ...readView.credentials,
    text: longWord,
    groups: readView.credentials.groups.map((group) => ({
      ...group,
      title: hostileText,
      detail: longWord,
      remark: hostileText,
      rows: group.rows.map((row, index) => ({ ...row, name: index === 0 ? longWord : hostileText, remarks: [longWord], statusText: hostileText })),
    })),
  },
};
const views: Readonly<Record<string, DetailsView>> = {
  read: readView, loading: viewOf(loadingState), failed: viewOf(failedState), empty: viewOf(emptyState), hostile: hostileView,
};
const pictures = path.resolve(import.meta.dirname, '../../out/screenshots/details');

describe('the page of an identity, drawn', function () {
  this.timeout(30_000);
  const openWindow = inBrowser(startDetailsServer, openDetails);
  let driver: DetailsDriver | undefined;

  before(() => mkdir(pictures, { recursive: true }));

  async function open(width: number, theme: Theme = 'dark'): Promise<DetailsDriver> {
    driver = await openWindow(theme, { width });
    return driver;
  }

  for (const { theme, width } of looks) {
    it(`is accessible, whole and without sideways scrolling in ${theme}, ${width} px wide`, async () => {
      const { page, complaints } = await open(width, theme);
      for (const [name, view] of Object.entries(views)) {
        await driver?.show(view);
        await page.screenshot({ path: path.join(pictures, `${name}-${theme}-${width}.png`), fullPage: true });
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `${name} scrolls sideways`);
        assert.deepEqual(await axeFindings(page), [], name);
      }
      assert.deepEqual(complaints, []);
    });
  }

  it('announces progress in one place only', async () => {
    const { page } = await open(1200);
    for (const view of Object.values(views)) {
      await driver?.show(view);
      assert.equal(await page.locator('[role="status"], [role="alert"], [aria-live], output').count(), 1);
    }
  });

  it('remains tables for assistive technology when rows are stacked', async () => {
    const { page } = await open(320);
    await driver?.show(readView);
    const table = page.getByRole('table', { name: 'Federated credentials by deployment' });
    assert.deepEqual(await table.getByRole('columnheader').allTextContents(), ['Name', 'Subject', 'Status', 'Actions']);
    assert.equal(await table.getByRole('rowheader', { name: 'astro-scheduler' }).count(), 1);
    assert.equal(await table.getByRole('rowheader', { name: /customer-360-prod 1 of 5 workloads trusted/ }).count(), 1);
  });

  it('says each status of a credential by a word and a shape', async () => {
    const { page } = await open(1200);
    await driver?.show(readView);
    const shapes = await page.evaluate<Record<string, string>>(`Object.fromEntries([...document.querySelectorAll('[data-section="credentials"] tr[data-status]')].map((row) => [
      row.querySelector('.status').textContent,
      row.querySelector('.status i').className.replace(/.*codicon-(?!modifier)([a-z-]+)( .*)?$/, '$1'),
    ]))`);
    assert.deepEqual(shapes, { 'In order': 'pass', 'Other issuer': 'arrow-swap', 'Other audience': 'error', 'Unused?': 'question', Flexible: 'regex' });
  });

  it('tells the host what the user does, and does nothing by a button that can do nothing', async () => {
    const { page } = await open(1200);
    await driver?.show(viewOf(loadingState));
    await page.getByRole('button', { name: 'Connect deployment…' }).dispatchEvent('click');
    await driver?.show(readView);
    await page.getByRole('button', { name: 'Repair trust of customer-360-prod' }).click();
    await page.getByRole('button', { name: 'Copy client ID' }).click();
    await page.getByRole('button', { name: 'azure_wi: open etl-pipelines/airflow_settings.yaml, line 10' }).click();
    await page.getByRole('button', { name: 'Refresh', exact: true }).click();
    assert.deepEqual(await driver?.userEvents(), [
      { kind: 'repair', sourceId: 'astro', deploymentId: 'dep' },
      { kind: 'copy', what: 'clientId' },
      { kind: 'openConnection', uri: 'file:///etl/airflow_settings.yaml', connectionId: 'azure_wi' },
      { kind: 'refresh' },
    ]);
  });

  it('keeps the focus where it is while parts arrive, and leaves it nearby when its row goes', async () => {
    const { page } = await open(1200);
    await driver?.show(readView);
    await page.getByRole('button', { name: 'Refresh', exact: true }).focus();
    await driver?.show(viewOf({ ...readState, parts: { ...readState.parts, roles: loadingState.parts.roles } }));
    assert.equal(await driver?.focused(), 'button Refresh');
    await page.getByRole('button', { name: /^adf_ingest: open/ }).focus();
    await driver?.show(viewOf({ ...readState, parts: { ...readState.parts, connections: emptyState.parts.connections } }));
    assert.notEqual(await driver?.focused(), 'body');
  });

  it('takes markup and long words in names as text', async () => {
    const { page, complaints } = await open(320);
    await driver?.show(hostileView);
    assert.equal(await page.locator('img, script:not([src]), b').count(), 0);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), hostileText);
    assert.equal(await page.evaluate('window.hacked'), undefined);
    assert.deepEqual(complaints, []);
  });
});
