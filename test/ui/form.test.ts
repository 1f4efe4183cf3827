import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectView } from '../../src/trust/connectView.ts';
import { openForm } from './formPage/pageDriver.ts';
import type { FormDriver } from './formPage/pageDriver.ts';
import { cosmosView } from './formPage/connectionTypeView.ts';
import { environmentView } from './formPage/environmentView.ts';
import { startFormServer } from './formPage/pageServer.ts';
import type { Theme } from './formPage/pageServer.ts';
import { looks } from './formPage/looks.ts';
import { inBrowser } from './formPage/pageSuite.ts';
import { axeFindings } from './harness/axeFindings.ts';
import { hostileText, hostileView } from './formPage/hostileView.ts';
import { applyingView, doneView, emptyView, reviewView, troubledView } from './formPage/views.ts';

const views: Readonly<Record<string, ConnectView>> = { empty: emptyView, review: reviewView, troubled: troubledView, applying: applyingView, done: doneView, hostile: hostileView, cosmos: cosmosView(), environment: environmentView() };
const pictures = path.resolve(import.meta.dirname, '../../out/screenshots/form');

describe('the form, drawn', function () {
  this.timeout(30_000);
  const openWindow = inBrowser(startFormServer, openForm);
  let form: FormDriver | undefined;

  before(() => mkdir(pictures, { recursive: true }));

  async function open(width: number, theme: Theme = 'dark'): Promise<FormDriver> {
    form = await openWindow(theme, { width });
    return form;
  }

  for (const { theme, width } of looks) {
    it(`is accessible, whole and without sideways scrolling in ${theme}, ${width} px wide`, async () => {
      const { page, complaints } = await open(width, theme);
      for (const [name, view] of Object.entries(views)) {
        await page.setViewportSize({ width, height: 900 });
        await form?.show(view);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `${name} scrolls sideways`);
        assert.deepEqual(await axeFindings(page), [], name);
        // As high as its content, so that the picture shows all of it above the footer.
        await page.setViewportSize({ width, height: await page.evaluate<number>('document.querySelector("main").scrollHeight') });
        await page.screenshot({ path: path.join(pictures, `${name}-${theme}-${width}.png`), fullPage: true });
      }
      assert.deepEqual(complaints, []);
    });
  }

  it('would be told by axe what is wrong, so that its silence means something', async () => {
    const { page } = await open(1200);
    await form?.show(reviewView);
    await page.evaluate(`document.querySelector('input[type="checkbox"]').removeAttribute('id')`);
    assert.match((await axeFindings(page)).join(), /label/);
  });

  it('says that it is loading until the first view is there', async () => {
    const { page } = await open(1200);
    assert.equal((await page.getByRole('status').textContent())?.trim(), 'Loading the form…');
    await form?.show(emptyView);
    assert.match((await page.getByRole('status').textContent()) ?? '', /^Nothing planned yet/);
  });

  it('announces progress in one place only', async () => {
    const { page } = await open(1200);
    for (const view of Object.values(views)) {
      await form?.show(view);
      assert.equal(await page.locator('[role="status"], [role="alert"], [aria-live], output').count(), 1);
    }
  });

  it('remains a table for assistive technology when its rows are stacked', async () => {
    const { page } = await open(320);
    await form?.show(reviewView);
    const table = page.getByRole('table', { name: 'Federated credentials' });
    assert.deepEqual(await table.getByRole('columnheader').allTextContents(), ['Trust', 'Workload', 'Subject', 'Credential name', 'Status']);
    assert.equal(await table.getByRole('rowheader', { name: 'Worker' }).count(), 1);
    assert.equal(await table.getByRole('row', { name: /^Worker/ }).count(), 1);
  });

  it('names every column and every field in whole words where rows are stacked', async () => {
    const { page } = await open(320);
    await form?.show(reviewView);
    const lines = await page.evaluate<Record<string, number>>(`Object.fromEntries([...document.querySelectorAll('thead th, .fields label')].map((name) => {
      const text = document.createRange();
      text.selectNodeContents(name);
      return [name.textContent, new Set([...text.getClientRects()].filter(({ width }) => width > 1).map(({ top }) => top)).size];
    }))`);
    assert.deepEqual(lines, Object.fromEntries(['Trust', 'Workload', 'Subject', 'Credential name', 'Status', 'Role', 'On', 'Type', 'Connection ID', 'Subscription ID (optional)', 'Write to'].map((name) => [name, 1])));
    // Fields of a row stand below the name of their column, which the head of the table is too far away to give.
    const fields = await page.evaluate<string[]>(`[...document.querySelectorAll('tbody td:has(input[type="text"])')].map((cell) => {
      const { content, display, visibility } = getComputedStyle(cell, '::before');
      return [content, display, visibility].join(' ');
    })`);
    assert.deepEqual([...new Set(fields)].sort(), ['"Credential name" block visible', '"Service account" block visible']);
    const wider = await page.evaluate<string[]>(`[...document.querySelectorAll('thead th, label, td[data-heading]')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).map(({ textContent }) => textContent)`);
    assert.deepEqual(wider, []);
  });

  it('names the fields of a type in whole words, with their examples and buttons in sight, wide and narrow', async () => {
    for (const width of [1200, 700, 320]) {
      const { page } = await open(width);
      await form?.show(cosmosView());
      const split = await page.evaluate<string[]>(`[...document.querySelectorAll('.fields label')].filter((label) => {
        const text = document.createRange();
        const words = [...label.textContent.matchAll(/\\S+/g)].map(({ index, 0: word }) => {
          text.setStart(label.firstChild, index);
          text.setEnd(label.firstChild, index + word.length);
          return text.getClientRects().length;
        });
        return words.some((lines) => lines > 1);
      }).map(({ textContent }) => textContent)`);
      assert.deepEqual(split, [], `${width}`);
      const line = page.locator('.line', { has: page.getByRole('button', { name: 'Choose Resource group from your Azure' }) });
      const [field, button] = [await line.getByRole('textbox').boundingBox(), await line.getByRole('button').boundingBox()];
      assert.ok(field !== null && button !== null);
      assert.ok(button.x > field.x + field.width && button.x + button.width <= width && button.y < field.y + field.height, `${width}: beside its field`);
      assert.ok(field.width > 150, `${width}: room to type`);
    }
  });

  it('says each status by a word and a shape', async () => {
    const { page } = await open(1200);
    const shapes = async (): Promise<Record<string, string>> =>
      page.evaluate(`Object.fromEntries([...document.querySelectorAll('tbody[data-status]')].map((row) => [
        row.dataset.status + ' ' + row.querySelector('.status').textContent,
        row.querySelector('.status i').className.replace(/.*codicon-(?!modifier)([a-z-]+)( .*)?$/, '$1'),
      ]))`);
    await form?.show(reviewView);
    assert.deepEqual(await shapes(), {
      'keep Already trusted': 'pass',
      'create Create': 'add',
      'replace Replace': 'arrow-swap',
      'unconfirmed Unconfirmed': 'question',
      'conflict Conflict': 'error',
      'keep Already has it': 'pass',
      'create Give': 'add',
      'conflict Not allowed': 'circle-slash',
    });
    await form?.show(applyingView);
    assert.deepEqual(await shapes(), {
      'keep Already trusted': 'pass',
      'done Created': 'pass',
      'skipped Left out': 'dash',
      'writing Creating': 'loading',
      'waiting Waiting': 'circle-large',
      'keep Already has it': 'pass',
      'done Given': 'pass',
    });
  });

  it('stands still where motion is unwanted', async () => {
    const { page } = await open(1200);
    await form?.show(applyingView);
    const motion = (): Promise<string> => page.evaluate<string>(`getComputedStyle(document.querySelector('.codicon-loading')).animationName`);
    assert.equal(await motion(), 'codicon-spin');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await motion(), 'none');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.evaluate(`document.body.classList.add('vscode-reduce-motion')`);
    assert.equal(await motion(), 'none');
  });

  it("draws the meter in the system's colours where those are forced", async () => {
    const { page } = await open(1200);
    await page.emulateMedia({ forcedColors: 'active' });
    await form?.show(reviewView);
    await page.screenshot({ path: path.join(pictures, 'review-forcedColors-1200.png') });
    const strokes = await page.evaluate<readonly string[]>(`['used', 'planned'].map((name) => getComputedStyle(document.querySelector('.quota .' + name)).stroke)`);
    assert.equal(new Set(strokes).size, 2);
    assert.ok(!strokes.includes('rgb(0, 120, 212)'), "the theme's own blue is not the system's");
  });

  it('takes markup and long words in names as text', async () => {
    const { page, complaints } = await open(320);
    await form?.show(hostileView);
    assert.equal(await page.locator('img, script:not([src]), b').count(), 0);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), hostileText);
    assert.equal(await page.getByLabel(`Credential name, ${hostileText}`).inputValue(), hostileText);
    assert.equal(await page.evaluate('window.hacked'), undefined);
    assert.deepEqual(complaints, []);
  });

  it('runs no script and takes no style that is not its own', async () => {
    const { page, complaints } = await open(1200);
    await form?.show(emptyView);
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.hacked = true';
      document.body.append(script);
      document.body.setAttribute('style', 'color: red');
    }`);
    assert.equal(await page.evaluate('window.hacked'), undefined);
    assert.equal(complaints.length, 2);
    assert.match(complaints.join(), /script-src 'nonce-.*style-src/s);
  });
});
