import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Deployment } from '../../src/deployment/deployment.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { LazyTree } from '../../src/vscode/tree/lazyTree.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { addDeployment, addedDeployments, removeAddedDeployments } from './addedDeployments.ts';
import { answering } from './dialogs.ts';
import { expand, played, product, rowOf, signedIn, text } from './shell.ts';

const { issuers } = sample;

describe('deployments in other clusters', () => {
  let features: ReturnType<ExtensionApi['features']>;
  let tree: LazyTree;

  before(async () => {
    features = await product();
    tree = features.trees.deployments;
    await signedIn(sample.accounts.dana.label);
  });

  afterEach(removeAddedDeployments);

  it('are added by an issuer that is checked while it is entered', async () => {
    const doubts: string[] = [];
    let deployment: Deployment | undefined;
    await played(features.services.messages, { confirm: async (_text, detail) => { doubts.push(detail); return false; } }, async () => {
      deployment = await addDeployment(async (dialogs) => {
        await dialogs.pick(/Another Kubernetes cluster/);
        assert.match((await dialogs.enter(/OIDC issuer/, 'https://kubernetes.default.svc.cluster.local')) ?? '', /Only pods in the cluster reach this issuer/);
        await dialogs.enter(/OIDC issuer/, issuers.gkeMisnamed);
        await dialogs.enter(/OIDC issuer/, issuers.gke);
        await dialogs.enter(/namespace/, 'etl');
        await dialogs.pick(/Name the service accounts/);
        await dialogs.enter(/Service accounts/, 'dbt, airflow-worker');
        await dialogs.enter(/Name of the Airflow/, 'on-gke');
      });
    });
    assert.match(doubts.join('\n'), /^Its discovery document names another issuer: .*Pods would be refused\.$/, 'asked once, and not taken');
    assert.deepEqual([deployment?.issuer, deployment?.cloudProvider, deployment?.clusterName], [issuers.gke, 'GCP', 'airflow-gke']);
    const row = rowOf(tree, await expand(tree, rowOf(tree, await expand(tree), 'airflow-gke')), 'on-gke');
    assert.match(text(tree, row), /Google Cloud/);
    await answering(() => vscode.commands.executeCommand('airflowIdentity.editDeployment', row), async (dialogs) => {
      await dialogs.enter(/OIDC issuer/, issuers.gke);
      await dialogs.enter(/namespace/, 'etl');
      await dialogs.pick(/Community chart/);
      await dialogs.enter(/Helm release/, 'etl');
      await dialogs.enter(/Name of the Airflow/, 'on-gke-2');
    });
    assert.deepEqual((await addedDeployments()).map(({ id, name, layout }) => [id, name, layout]), [[deployment?.id, 'on-gke-2', { kind: 'communityChart', release: 'etl' }]], 'in its place');
  });

  it('whose issuer cannot be read from here are added when the user insists', async () => {
    const doubts: string[] = [];
    let deployment: Deployment | undefined;
    await played(features.services.messages, { confirm: async (_text, detail) => { doubts.push(detail); return true; } }, async () => {
      deployment = await addDeployment(async (dialogs) => {
        await dialogs.pick(/Another Kubernetes cluster/);
        await dialogs.enter(/OIDC issuer/, issuers.eksUnreachable);
        await dialogs.enter(/namespace/, 'etl');
        await dialogs.pick(/Community chart/);
        await dialogs.enter(/Helm release/, 'etl');
        await dialogs.enter(/Name of the Airflow/, 'on-eks');
      });
    });
    assert.match(doubts.join(), /must be able to read it from the Internet/);
    assert.deepEqual([deployment?.name, deployment?.region], ['on-eks', 'eu-west-1']);
  });
});
