import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { identityKeys } from '../../src/connection/identityKeys.ts';
import type { ManagedIdentity } from '../../src/identity/managedIdentity.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { answering } from './dialogs.ts';
import { knownIdentity } from './knownIdentity.ts';
import { ProjectFolder, settings } from './projectFolder.ts';
import { cloud, played, product, signedIn } from './shell.ts';

describe('adding a connection for an identity', () => {
  let identity: ManagedIdentity;
  let folder: ProjectFolder;
  let target: RegExp;

  before(async () => {
    await signedIn(sample.accounts.dana.label);
    ({ identity } = await knownIdentity(sample.identities.airflowProd.name));
  });

  beforeEach(async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings }, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
    target = new RegExp(`${path.basename(folder.dir)}/airflow_settings`);
  });

  afterEach(() => folder.remove());

  it('takes type, account and name by keyboard, writes the file in one step, and nothing to Azure', async () => {
    await cloud().clearLog();
    await answering(() => vscode.commands.executeCommand('airflowIdentity.addConnection', { identity }), async (dialogs) => {
      await dialogs.pick(target);
      const types = await dialogs.pick(/^Azure Blob Storage/);
      assert.match(types.join('\n'), /Microsoft Graph API.*client secret or a certificate only/);
      await dialogs.pick(/^stcontosolake$/);
      await dialogs.enter(/finds the connection by this name/, 'blobs');
      const shown = await dialogs.pick(/Write connection/);
      assert.match(shown.join('\n'), /\+\s+- conn_id: blobs/);
    });
    const extra = JSON.stringify({ [identityKeys.clientId]: identity.clientId, [identityKeys.tenantId]: identity.homeTenantId });
    assert.equal(await folder.read(), settings.replace(
      '  pools:',
      `    - conn_id: blobs\n      conn_type: wasb\n      conn_host: 'https://stcontosolake.blob.core.windows.net'\n      conn_extra: '${extra}'\n  pools:`,
    ));
    assert.deepEqual((await cloud().log()).filter(({ method }) => method === 'PUT' || method === 'DELETE'), []);
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), settings);
  });

  it('lets a value be typed where it cannot be chosen, and says what is wrong with it', async () => {
    await answering(() => vscode.commands.executeCommand('airflowIdentity.addConnection', { identity }), async (dialogs) => {
      await dialogs.pick(target);
      await dialogs.pick(/^Azure Data Explorer/);
      await dialogs.pick(/Type it instead/);
      assert.match(await dialogs.enter(/address of the cluster/, 'mycluster.kusto.windows.net') ?? '', /https:\/\//);
      await dialogs.enter(/address of the cluster/, 'https://mycluster.kusto.windows.net');
      await dialogs.enter(/finds the connection by this name/, 'kusto');
      await dialogs.pick(/Write connection/);
    });
    assert.match(await folder.read(), /conn_type: azure_data_explorer\n +conn_host: 'https:\/\/mycluster.kusto.windows.net'\n.*"auth_method":"AZURE_TOKEN_CRED"/);
  });

  it('goes into whatever file of the workspace holds connections, as the file does it', async () => {
    await folder.write('docker-compose.yaml', 'x-airflow-common: &airflow-common\n  image: apache/airflow:3.0.2\n  environment: &airflow-common-env\n    AIRFLOW__CORE__EXECUTOR: CeleryExecutor\nservices:\n  airflow-scheduler:\n    <<: *airflow-common\n');
    await folder.write('k8s/deployment.yaml', 'apiVersion: apps/v1\nkind: Deployment\n');
    await answering(() => vscode.commands.executeCommand('airflowIdentity.addConnection', { identity }), async (dialogs) => {
      const files = await dialogs.pick(new RegExp(`${path.basename(folder.dir)}/docker-compose.yaml`));
      const own = files.filter((file) => file.includes(path.basename(folder.dir))).join('\n');
      for (const name of ['airflow_settings.yaml', '.env', 'docker-compose.yaml']) {
        assert.ok(own.includes(`/${name}`), own);
      }
      assert.doesNotMatch(own, /k8s/);
      await dialogs.pick(/^Azure Blob Storage/);
      await dialogs.pick(/^stcontosolake$/);
      await dialogs.enter(/finds the connection by this name/, 'blobs');
      await dialogs.pick(/Write connection/);
    });
    assert.match(await folder.read('docker-compose.yaml'), /AIRFLOW__CORE__EXECUTOR: CeleryExecutor\n    AIRFLOW_CONN_BLOBS: '\{"conn_type":\s*"wasb"/);
  });

  it('asks for the factory that tasks are about, fills its subscription, and can do without', async () => {
    await answering(() => vscode.commands.executeCommand('airflowIdentity.addConnection', { identity }), async (dialogs) => {
      const targets = await dialogs.pick(target);
      assert.doesNotMatch(targets.join('\n'), /Do not write a connection/);
      await dialogs.pick(/^Azure Data Factory/);
      const factories = await dialogs.pick(new RegExp(`^${sample.resources.factory.name}$`));
      assert.match(factories.join('\n'), /Leave it to the tasks/);
      await dialogs.enter(/finds the connection by this name. Operators look for azure_data_factory_default/, 'factory');
      await dialogs.pick(/Write connection/);
    });
    assert.match(await folder.read(), new RegExp(`"factory_name":"${sample.resources.factory.name}"`));
    assert.match(await folder.read(), new RegExp(`"subscriptionId":"${sample.subscriptions.production}"`));
  });

  it('offers the role that tasks need on the chosen account, once the connection is written', async () => {
    const { services: { messages } } = await product();
    const asked: (readonly string[])[] = [];
    await played(messages, { info: async (...said) => { asked.push(said); return undefined; } }, async () => {
      await answering(() => vscode.commands.executeCommand('airflowIdentity.addConnection', { identity }), async (dialogs) => {
        await dialogs.pick(target);
        await dialogs.pick(/^Azure Blob Storage/);
        await dialogs.pick(/^stcontosolake$/);
        await dialogs.enter(/finds the connection by this name/, 'blobs');
        await dialogs.pick(/Write connection/);
      });
    });
    assert.deepEqual(asked, [['blobs was written. Tasks need the role Storage Blob Data Contributor on stcontosolake.', 'Give Access…']]);
  });

  it('writes nothing when it is left before the end', async () => {
    await answering(() => vscode.commands.executeCommand('airflowIdentity.addConnection', { identity }), async (dialogs) => {
      await dialogs.pick(target);
      await dialogs.pick(/^Azure$/);
      await dialogs.enter(/finds the connection by this name/, 'left');
      await dialogs.escape();
    });
    assert.equal(await folder.read(), settings);
  });
});
