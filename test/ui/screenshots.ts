// npm run screenshots: renders the README's pictures (docs/pictures) from the running product, and the same in other themes and narrow
// into out/screenshots, to be looked at.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { sample } from '../cloud/sampleWorld.ts';
import { outDir, projectDir } from '../tasks/projectDir.ts';
import { buildAll } from '../tasks/runCommand.ts';
import { whenAskedToEnd } from '../tasks/whenAskedToEnd.ts';
import type { Workbench } from './harness/workbench.ts';
import { openForm, shownForm } from './story/connectForm.ts';
import type { ConnectForm } from './story/connectForm.ts';
import { shownDetails } from './story/detailsPage.ts';
import { settingsFile } from './story/settingsFile.ts';
import { openSignedIn } from './story/signedIn.ts';

const pictures = path.join(projectDir, 'docs', 'pictures');
const looks = path.join(outDir, 'screenshots', 'product');
const size = { width: 1300, height: 880 };
/** What the activity bar and the borders take beside a closed side bar. */
const activityBarWidth = 56;
const sideBarWidth = 320;

async function picture(of: Locator | Workbench['page'], file: string): Promise<void> {
  await of.screenshot({ path: file, animations: 'disabled' });
  console.log(path.relative(projectDir, file));
}

/** The window in the other themes. */
async function inEveryTheme(workbench: Workbench, name: string): Promise<void> {
  for (const theme of ['light', 'highContrast', 'dark'] as const) {
    await workbench.setTheme(theme);
    await picture(workbench.page, path.join(looks, `${name}-${theme}.png`));
  }
}

/** The form's whole length, and with 320 px for the page, as on a phone or at 400 %. */
async function inEverySize(workbench: Workbench, name: string): Promise<void> {
  const { page } = workbench;
  await page.setViewportSize({ width: size.width, height: 2_000 });
  await inEveryTheme(workbench, `${name}-tall`);
  await page.keyboard.press('ControlOrMeta+B');
  await page.setViewportSize({ width: 320 + activityBarWidth, height: 2_800 });
  await inEveryTheme(workbench, `${name}-320`);
  await page.setViewportSize(size);
  await page.keyboard.press('ControlOrMeta+B');
  await widenSideBar(workbench);
}

/** Makes the side bar wide enough for what stands in its rows, also after the window was narrow. */
async function widenSideBar(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) {
    throw new Error('There is no side bar.');
  }
  const edge = { x: box.x + box.width, y: box.y + box.height / 2 };
  await page.mouse.move(edge.x, edge.y);
  await page.mouse.down();
  await page.mouse.move(box.x + sideBarWidth, edge.y, { steps: 5 });
  await page.mouse.up();
}

async function trees(workbench: Workbench): Promise<void> {
  const identities = workbench.tree('Identities');
  await identities.expand(/Contoso/);
  await identities.expand(/Data Platform Production/);
  await identities.expand(/^Identity id-airflow-prod/);
  await identities.row(/^Federated credential astro-scheduler/).waitFor();
  await workbench.tree('Deployments').expand(/Data Platform/);
  await workbench.tree('Deployments').row(/customer-360-prod/).waitFor();
  await workbench.page.mouse.move(size.width - 20, size.height / 2);
  await picture(workbench.page.locator('.part.sidebar'), path.join(pictures, 'views.png'));
  await inEveryTheme(workbench, 'views');
}

async function details(workbench: Workbench): Promise<void> {
  await workbench.tree('Identities').pressInline(/^Identity id-airflow-prod, 7 of 20 used/, 'Show Identity Details…');
  await (await shownDetails(workbench)).waitUntilRead();
  await picture(workbench.page, path.join(looks, 'details-dark.png'));
  await inEverySize(workbench, 'details');
  await workbench.runCommand('View: Close All Editors');
}

async function review(workbench: Workbench): Promise<ConnectForm> {
  const form = await openForm(workbench);
  await form.chooseDeployment(sample.astro.deployments.customer360.name);
  await form.chooseIdentity(sample.identities.airflowProd.name);
  await form.section('deployment').getByText('Reachable; its discovery document names the same issuer').waitFor();
  await form.waitForHeadline('Creates 3 federated credentials, adds 1 connection.');
  await picture(workbench.page, path.join(pictures, 'review.png'));
  await inEverySize(workbench, 'review');
  return form;
}

async function done(workbench: Workbench, form: ConnectForm): Promise<void> {
  await form.connect();
  await form.waitForTitle('Connected');
  await workbench.editor.waitForTab(settingsFile);
  await picture(workbench.page, path.join(looks, 'written-dark.png'));
  await workbench.page.locator('.tab', { hasText: 'Connect deployment' }).click();
  await (await shownForm(workbench)).waitForTitle('Connected');
  await picture(workbench.page, path.join(pictures, 'done.png'));
  await inEveryTheme(workbench, 'done');
}

async function keyboardStep(workbench: Workbench): Promise<void> {
  const { quickInput } = workbench;
  await workbench.runCommand('Airflow Identity: Connect by Keyboard, Step by Step…');
  await quickInput.waitForTitle('(1/5)');
  await quickInput.pick(sample.astro.deployments.customer360.name);
  await quickInput.waitForTitle('(2/5)');
  await quickInput.pick(sample.identities.airflowDev.name);
  await quickInput.waitForTitle('(3/5)');
  await picture(quickInput.root, path.join(pictures, 'keyboard.png'));
  await inEveryTheme(workbench, 'keyboard');
  await quickInput.dismiss();
}

async function completion(workbench: Workbench): Promise<void> {
  const { page, editor } = workbench;
  await page.locator('.tab', { hasText: settingsFile }).click();
  await workbench.runCommand('View: Close Editors in Other Groups');
  await page.keyboard.press('Control+G');
  await workbench.quickInput.type(':18');
  await workbench.quickInput.accept();
  await workbench.quickInput.root.waitFor({ state: 'hidden' });
  for (const key of ['Home', 'Home', 'Enter', 'ArrowUp']) {
    await page.keyboard.press(key);
  }
  await page.keyboard.type('    - ');
  await page.keyboard.press('Control+Space');
  await editor.suggestions();
  await picture(page.locator('.part.editor'), path.join(pictures, 'completion.png'));
  await inEveryTheme(workbench, 'completion');
}

mkdirSync(pictures, { recursive: true });
mkdirSync(looks, { recursive: true });
await buildAll();
const workbench = await openSignedIn({ viewport: size, userSettings: { 'window.title': '${rootName}' } });
whenAskedToEnd(() => void workbench.close().finally(() => process.exit(1)));
try {
  await workbench.setTheme('dark');
  await widenSideBar(workbench);
  await trees(workbench);
  await details(workbench);
  const form = await review(workbench);
  await done(workbench, form);
  await keyboardStep(workbench);
  await completion(workbench);
} catch (error) {
  console.error(`The window as it was: ${await workbench.screenshot('screenshots-failed')}`);
  throw error;
} finally {
  await workbench.close();
}
