import axe from 'axe-core';
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { ConnectView } from '../../src/trust/connectView.ts';
import { launchChromium } from '../vscode/chromium.ts';
import { openForm } from './formPage/formDriver.ts';
import { startFormServer } from './formPage/formServer.ts';
import type { FormServer, Theme } from './formPage/formServer.ts';
import { applyingView, doneView, emptyView, reviewView, troubledView } from './formPage/views.ts';

const views: Readonly<Record<string, ConnectView>> = { empty: emptyView, review: reviewView, troubled: troubledView, applying: applyingView, done: doneView };
const themes: readonly Theme[] = ['dark', 'light', 'highContrast'];
const pictures = path.resolve(import.meta.dirname, '../../out/screenshots/form');

describe('the form, drawn', function () {
  this.timeout(30_000);
  let browser: Browser;
  let server: FormServer;

  before(async () => {
    [browser, server] = await Promise.all([launchChromium(), startFormServer(), mkdir(pictures, { recursive: true })]);
  });

  after(async () => {
    await browser.close();
    await server.close();
  });

  for (const theme of themes) {
    for (const width of [1200, 700, 320]) {
      it(`is complete and accessible in ${theme}, ${width} px wide`, async () => {
        const form = await openForm(browser, server.urlOf(theme), { width });
        await form.page.evaluate(axe.source);
        for (const [name, view] of Object.entries(views)) {
          await form.show(view);
          assert.equal(await form.page.evaluate('document.documentElement.scrollWidth'), width, `${name} scrolls sideways`);
          const found = await form.page.evaluate<readonly string[]>(`axe.run().then((result) => result.violations
            .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
            .map((violation) => violation.id + ': ' + violation.nodes.map((node) => node.html + ' ' + node.failureSummary).join('\\n')))`);
          assert.deepEqual(found, [], name);
          await form.page.screenshot({ path: path.join(pictures, `${name}-${theme}-${width}.png`), fullPage: true });
        }
        assert.deepEqual(form.complaints, []);
        await form.page.context().close();
      });
    }
  }
});
