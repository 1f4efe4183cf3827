import { sample } from '../../cloud/sampleWorld.ts';
import type { Workbench } from '../harness/workbench.ts';
import { openForm, shownForm } from '../story/connectForm.ts';
import type { ConnectForm } from '../story/connectForm.ts';
import { shownDetails } from '../story/detailsPage.ts';
import { Keyboard } from '../story/keyboard.ts';
import { settingsFile } from '../story/settingsFile.ts';
import { windowSize } from './camera.ts';
import type { Camera } from './camera.ts';

/** The two views, filled. */
export async function pictureViews(workbench: Workbench, camera: Camera): Promise<void> {
  const identities = workbench.tree('Identities');
  await identities.expand(/Contoso/);
  await identities.expand(/Data Platform Production/);
  await identities.expand(/^Identity id-airflow-prod/);
  await identities.row(/^Federated credential astro-scheduler/).waitFor();
  await workbench.tree('Deployments').expand(/Data Platform/);
  await workbench.tree('Deployments').row(/customer-360-prod, 1 of 5 trusted/).waitFor();
  await workbench.page.mouse.move(windowSize.width - 20, windowSize.height / 2);
  await camera.show('views', workbench.page.locator('.part.sidebar'));
  await camera.inEveryTheme('views');
}

/** The page of an identity. */
export async function pictureDetails(workbench: Workbench, camera: Camera): Promise<void> {
  await workbench.runCommand('Airflow Identity: Show Identity Details…');
  await workbench.quickInput.pick(sample.identities.airflowProd.name);
  await (await shownDetails(workbench)).waitUntilRead();
  await camera.show('identity');
  await camera.inEverySize('details');
  await workbench.runCommand('View: Close All Editors');
}

/** The flow in the form and by keyboard, and what it leaves in the project. */
export async function pictureStory(workbench: Workbench, camera: Camera): Promise<void> {
  await pictureDone(workbench, camera, await pictureReview(workbench, camera));
  await pictureKeyboardStep(workbench, camera);
  await pictureCompletion(workbench, camera);
  await workbench.runCommand('File: Revert File');
  await workbench.runCommand('View: Close All Editors');
}

/** The form before anything is chosen, and with a plan that gives access as well. */
async function pictureReview(workbench: Workbench, camera: Camera): Promise<ConnectForm> {
  const { quickInput } = workbench;
  const form = await openForm(workbench);
  await camera.look('form-empty');
  await form.chooseDeployment(sample.astro.deployments.customer360.name);
  await form.chooseIdentity(sample.identities.airflowProd.name);
  await form.section('deployment').getByText('Reachable; its discovery document names the same issuer').waitFor();
  await form.waitForHeadline('Creates 3 federated credentials, adds 1 connection.');
  await camera.show('review');
  const places = [['Key vault…', sample.resources.vault.name, 'Key Vault Secrets User'], ['Storage account or container…', sample.resources.lake.name, 'raw', 'Storage Blob Data Contributor']];
  for (const picks of places) {
    await form.button('Add access…').click();
    for (const label of picks) {
      await quickInput.pick(label);
    }
  }
  await form.waitForHeadline('Creates 3 federated credentials, gives 1 role, adds 1 connection.');
  await new Keyboard(workbench).tabTo(form, 'Add access…');
  await camera.inEverySize('review');
  return form;
}

/** What was written, and the result in the form. */
async function pictureDone(workbench: Workbench, camera: Camera, form: ConnectForm): Promise<void> {
  await form.connect();
  await form.waitForTitle('Connected');
  await workbench.editor.waitForTab(settingsFile);
  await camera.look('written');
  await workbench.page.locator('.tab', { hasText: 'Connect deployment' }).click();
  await (await shownForm(workbench)).waitForTitle('Connected');
  await camera.show('done');
  await camera.inEverySize('done');
}

/** A step of the same flow by keyboard. */
async function pictureKeyboardStep(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput } = workbench;
  await workbench.runCommand('Airflow Identity: Connect by Keyboard, Step by Step…');
  await quickInput.waitForTitle('(1/5)');
  await camera.look('keyboard-deployment');
  await quickInput.pick(sample.astro.deployments.customer360.name);
  await quickInput.waitForTitle('(2/5)');
  await camera.look('keyboard-identity');
  await quickInput.pick(sample.identities.airflowDev.name);
  await quickInput.waitForTitle('(3/5)');
  await camera.show('keyboard', quickInput.root);
  await camera.inEveryTheme('keyboard');
  await quickInput.accept();
  await quickInput.waitForTitle('connection (4/5)');
  await camera.look('keyboard-project');
  await quickInput.pick('etl-pipelines/airflow_settings.yaml');
  await quickInput.waitForTitle('type of connection (4/5)');
  await camera.look('keyboard-type');
  await quickInput.pick('Azure');
  await quickInput.waitForTitle('Connection ID (4/5)');
  await camera.look('keyboard-connection');
  await quickInput.accept();
  await quickInput.waitForTitle('holds other values');
  await camera.look('keyboard-differs');
  await quickInput.pick('Leave it as it is');
  await quickInput.waitForTitle('(5/5)');
  await camera.look('keyboard-plan');
  await quickInput.dismiss();
}

/** Connections offered while somebody writes one by hand. */
async function pictureCompletion(workbench: Workbench, camera: Camera): Promise<void> {
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
  await camera.show('completion', page.locator('.part.editor'));
  await camera.inEveryTheme('completion');
}
