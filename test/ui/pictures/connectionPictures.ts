import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sample } from '../../cloud/sampleWorld.ts';
import type { Workbench } from '../harness/workbench.ts';
import { openForm } from '../story/connectForm.ts';
import { windowSize } from './camera.ts';
import type { Camera } from './camera.ts';

const { identities, resources } = sample;

/** Files beside `airflow_settings.yaml` that hold connections. */
const files = {
  '.env': 'AIRFLOW__CORE__LOAD_EXAMPLES=False\n',
  'docker-compose.yaml': 'x-airflow-common:\n  &airflow-common\n  image: apache/airflow:3.0.2\n  environment:\n    &airflow-common-env\n    AIRFLOW__CORE__EXECUTOR: CeleryExecutor\nservices:\n  airflow-scheduler:\n    <<: *airflow-common\n',
  'connections.yaml': '# Read by the local files backend.\nwarehouse:\n  conn_type: postgres\n  host: db.example\n',
};

/** The form's section for types with several fields, and what is said of a wrong value. */
export async function pictureConnectionTypes(workbench: Workbench, camera: Camera): Promise<void> {
  const form = await openForm(workbench);
  await form.chooseDeployment(sample.astro.deployments.customer360.name);
  await form.chooseIdentity(identities.airflowDev.name);
  await form.section('deployment').getByText('Reachable; its discovery document names the same issuer').waitFor();
  for (const type of ['azure', 'wasb', 'azure_data_factory', 'azure_cosmos'] as const) {
    await form.field('Type').selectOption(type);
    await form.section('connection').getByText(`Airflow calls it ${type}.`).waitFor();
    await (type === 'azure_cosmos' ? camera.inEverySize(`connection-${type}`) : camera.inEveryTheme(`connection-${type}`));
  }
  await form.field('Endpoint URI').fill('myaccount');
  await form.field('Subscription ID').fill('c0ffee');
  await form.field('Subscription ID').press('Tab');
  await camera.inEverySize('connection-problems');
  await form.field('Type').selectOption('wasb');
  await form.section('connection').getByRole('button', { name: 'Choose Account URL from your Azure' }).click();
  await workbench.quickInput.row(resources.lake.name).waitFor();
  await camera.look('connection-choose');
  await workbench.quickInput.pick(resources.lake.name);
  await form.button('Give this role too').waitFor();
  await form.section('connection').scrollIntoViewIfNeeded();
  await workbench.page.mouse.move(windowSize.width - 20, windowSize.height / 2);
  await camera.show('connection', form.section('connection'));
  await camera.inEverySize('connection-role');
  await workbench.runCommand('View: Close All Editors');
}

/** A connection alone, into each kind of file. */
export async function pictureAddConnection(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput } = workbench;
  const pathOf = (name: string): string => path.join(workbench.workspaceDir, name);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(pathOf(name), text)));
  for (const name of Object.keys(files)) {
    await workbench.runCommand('Airflow Identity: Add Airflow Connection…');
    await quickInput.row(identities.airflowDev.name).waitFor();
    await camera.look(`add-${name}-1-identity`);
    await quickInput.pick(identities.airflowDev.name);
    await quickInput.waitForTitle('Add Airflow connection (2/3)');
    await camera.look(`add-${name}-2-file`);
    await quickInput.pick(`etl-pipelines/${name}`);
    await quickInput.waitForTitle('Type of connection');
    await camera.look(`add-${name}-3-type`);
    await quickInput.pick('Azure Data Factory');
    await quickInput.row(resources.factory.name).waitFor();
    await camera.look(`add-${name}-4-choose`);
    await quickInput.pick(resources.factory.name);
    await quickInput.waitForTitle('Connection ID');
    await camera.look(`add-${name}-5-id`);
    await quickInput.accept();
    await quickInput.row('Write connection').waitFor();
    await camera.look(`add-${name}-6-preview`);
    await quickInput.accept();
    await workbench.editor.waitForTab(name);
    await camera.look(`add-${name}-7-written`);
  }
  await pictureEnvironment(workbench, camera);
  await workbench.tree('Connections').root.locator('.pane-header').getByText('Connections', { exact: true }).click();
  await workbench.tree('Connections').row(/connections\.yaml/).first().waitFor();
  await camera.inEveryTheme('connections-view');
  await workbench.runCommand('View: Close All Editors');
  await Promise.all(Object.keys(files).map((name) => rm(pathOf(name))));
}

/** The same into Astro's Environment Manager, up to the question that is asked because of the others who get it. */
async function pictureEnvironment(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput, page } = workbench;
  const target = `Environment Manager of ${sample.astro.workspaces.dataPlatform.name}, for all deployments`;
  await workbench.runCommand('Airflow Identity: Add Airflow Connection…');
  await quickInput.row(identities.airflowDev.name).waitFor();
  await quickInput.pick(identities.airflowDev.name);
  await quickInput.row(target).waitFor();
  await camera.look('add-environment-1-place');
  await quickInput.pick(target);
  await quickInput.waitForTitle('Type of connection');
  await quickInput.pick('Azure');
  await quickInput.waitForTitle('Connection ID');
  await quickInput.type('azure_default');
  await quickInput.accept();
  await quickInput.row('Change the existing connection azure_default').waitFor();
  await camera.look('add-environment-2-differs');
  await quickInput.pick('Change the existing connection azure_default');
  await quickInput.row('Write connection').waitFor();
  await camera.look('add-environment-3-preview');
  await quickInput.accept();
  await page.getByRole('button', { name: 'Write Connection' }).waitFor();
  await camera.look('add-environment-4-question');
  await page.keyboard.press('Escape');
  await quickInput.row('Write connection').waitFor();
  await page.keyboard.press('Escape');
}

const command = `for w in scheduler worker triggerer; do
  az identity federated-credential create --name solar-$w --identity-name id-airflow-dev -g rg-airflow-dev \\
    --issuer ${sample.issuers.dev} --subject system:serviceaccount:solar-1234:solar-1234-$w-serviceaccount
done
kubectl rollout restart deployment
`;

/** Deployments that come from elsewhere: a command on the clipboard, a cluster of AKS. */
export async function pictureAddDeployment(workbench: Workbench, camera: Camera): Promise<void> {
  const { quickInput, page } = workbench;
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(command)})`);
  await workbench.tree('Deployments').pressTitleAction('Add Deployment…');
  await quickInput.row('Paste a command…').waitFor();
  await camera.look('source-1-kinds');
  await quickInput.pick('Paste a command…');
  await workbench.dialog.text();
  await camera.look('source-2-pasted');
  await page.keyboard.press('Enter');
  await quickInput.root.getByText('Name of the Airflow deployment').waitFor();
  await camera.look('source-3-name');
  await quickInput.type('solar');
  await quickInput.accept();
  await workbench.tree('Deployments').row(/^Deployment solar/).waitFor();
  await camera.inEveryTheme('source-4-added');
}
