import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { workloadsOf } from '../../src/deployment/layouts/layouts.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { LazyTree } from '../../src/vscode/tree/lazyTree.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { addDeployment, addedDeployments, removeAddedDeployments } from './addedDeployments.ts';
import { answering } from './dialogs.ts';
import { expand, product, rowOf, signedIn } from './shell.ts';

describe('deployments entered by hand', () => {
  let features: ReturnType<ExtensionApi['features']>;
  let tree: LazyTree;

  before(async () => {
    features = await product();
    tree = features.trees.deployments;
    await signedIn();
  });

  afterEach(removeAddedDeployments);

  it('are kept with issuer, namespace and service accounts, and can be edited in their place', async () => {
    await addDeployment(async (dialogs) => {
      await dialogs.pick(/Enter by hand/);
      await dialogs.enter(/Name of the Airflow/, 'local');
      await dialogs.enter(/OIDC issuer/, sample.issuers.kind);
      assert.match((await dialogs.enter(/namespace/, 'Not A Namespace')) ?? '', /lower-case letters/);
      await dialogs.enter(/namespace/, 'airflow');
      await dialogs.enter(/Service accounts/, 'dbt, dbt; airflow-worker');
    });
    const [row] = await expand(tree, rowOf(tree, await expand(tree), 'Entered by hand'));
    assert.ok(row);
    await answering(() => vscode.commands.executeCommand('airflowIdentity.editDeployment', row), async (dialogs) => {
      await dialogs.enter(/Name of the Airflow/, 'local 2');
      await dialogs.enter(/OIDC issuer/, sample.issuers.kind);
      await dialogs.enter(/namespace/, 'airflow');
      await dialogs.enter(/Service accounts/, 'dbt');
    });
    const found = await addedDeployments();
    assert.deepEqual(found.map(({ name, issuer, namespace }) => [name, issuer, namespace]), [['local 2', sample.issuers.kind, 'airflow']]);
    assert.deepEqual(found.flatMap(workloadsOf).map(({ serviceAccount }) => serviceAccount), ['dbt']);
  });

  it('of an earlier version are still there', async () => {
    const state = features.services.globalState;
    const workspace = { sourceId: 'manual', id: 'manual', name: 'Entered by hand', organizationId: '', organizationName: '' };
    await state.update('airflowIdentity.manualDeployments', [
      { sourceId: 'manual', id: 'old', name: 'old', workspace, namespace: 'airflow', issuer: sample.issuers.kind, executor: 'unknown', remoteExecution: false, serviceAccounts: ['dbt'] },
      { broken: true },
    ]);
    const found = await addedDeployments();
    assert.deepEqual(found.map(({ id, layout }) => [id, layout]), [['old', { kind: 'listed', serviceAccounts: ['dbt'] }]]);
  });
});
