import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Deployment } from '../../src/deployment/deployment.ts';
import { workloadsOf } from '../../src/deployment/layouts/layouts.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { LazyTree } from '../../src/vscode/tree/lazyTree.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { addDeployment, addedDeployments, removeAddedDeployments } from './addedDeployments.ts';
import { ProjectFolder } from './projectFolder.ts';
import { expand, played, product, rowOf, signedIn, text } from './shell.ts';

const { clusters, issuers, groups } = sample;

describe('deployments in AKS', () => {
  let features: ReturnType<ExtensionApi['features']>;
  let tree: LazyTree;

  before(async () => {
    features = await product();
    tree = features.trees.deployments;
    await signedIn(sample.accounts.dana.label);
  });

  afterEach(removeAddedDeployments);

  it('are added from the clusters of all subscriptions, and shown below their cluster with its issuer', async () => {
    const deployment = await addDeployment(async (dialogs) => {
      await dialogs.pick(/AKS cluster/);
      const shown = await dialogs.pick(new RegExp(clusters.platform.name));
      assert.ok(shown.some((item) => item.includes(clusters.withoutIssuer.name) && item.includes('issuer of the cluster is off')), shown.join('\n'));
      await dialogs.enter(/namespace/, 'airflow');
      await dialogs.pick(/Official chart/);
      await dialogs.enter(/Helm release/, 'airflow');
      await dialogs.enter(/Name of the Airflow/, 'etl-aks');
    });
    assert.ok(deployment);
    assert.deepEqual([deployment.issuer, deployment.namespace, deployment.layout], [issuers.platform, 'airflow', { kind: 'officialChart', release: 'airflow' }]);
    assert.equal(workloadsOf(deployment)[0]?.serviceAccount, 'airflow-scheduler');
    const cluster = rowOf(tree, await expand(tree), clusters.platform.name);
    assert.equal(text(tree, cluster), `${clusters.platform.name} | AKS, ${groups.analytics}`);
    const row = rowOf(tree, await expand(tree, cluster), 'etl-aks');
    assert.match(tree.getTreeItem(row).contextValue ?? '', /\benteredDeployment\b/);
    assert.doesNotMatch(tree.getTreeItem(row).contextValue ?? '', /\bhasFix\b/);
  });

  it('where workload identity is off are added when the user wants it, marked, with the command that enables it', async () => {
    const asked: (readonly string[])[] = [];
    await played(features.services.messages, { confirm: async (...said) => { asked.push(said); return true; } }, async () => {
      await addDeployment(async (dialogs) => {
        await dialogs.pick(/AKS cluster/);
        await dialogs.pick(new RegExp(clusters.withoutWorkloadIdentity.name));
        await dialogs.enter(/namespace/, 'airflow');
        await dialogs.pick(/Community chart/);
        await dialogs.enter(/Helm release/, 'airflow');
        await dialogs.enter(/Name of the Airflow/, 'dev');
      });
    });
    assert.match(asked.flat().join('\n'), /az aks update .*--enable-workload-identity/);
    const row = rowOf(tree, await expand(tree, rowOf(tree, await expand(tree), clusters.withoutWorkloadIdentity.name)), 'dev');
    assert.match(tree.getTreeItem(row).contextValue ?? '', /\bhasFix\b/);
    await vscode.commands.executeCommand('airflowIdentity.copyDeploymentFix', row);
    assert.match(await vscode.env.clipboard.readText(), new RegExp(`az aks update .*--name '${clusters.withoutWorkloadIdentity.name}'`));
  });

  it('whose cluster has no issuer are not added: nothing could trust them', async () => {
    const said: string[] = [];
    await played(features.services.messages, { warning: async (message) => { said.push(message); return 'Copy az Command'; } }, async () => {
      await addDeployment(async (dialogs) => {
        await dialogs.pick(/AKS cluster/);
        await dialogs.pick(new RegExp(clusters.withoutIssuer.name));
      });
    });
    assert.match(said.join(), /OIDC issuer of the cluster is off/);
    assert.match(await vscode.env.clipboard.readText(), /--enable-oidc-issuer/);
    assert.deepEqual(await addedDeployments(), []);
  });

  it('take their names from a values.yaml of the workspace', async () => {
    const folder = await ProjectFolder.create({
      'deploy/values-prod.yaml': 'airflowVersion: "3.1.3"\nfullnameOverride: data\nworkers: { serviceAccount: { name: etl-runner } }\ntriggerer: { enabled: false }\n',
      'deploy/values-other.yaml': 'replicaCount: 2\n',
    }, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
    try {
      const deployment = await addDeployment(async (dialogs) => {
        await dialogs.pick(/AKS cluster/);
        await dialogs.pick(new RegExp(clusters.platform.name));
        await dialogs.enter(/namespace/, 'data');
        await dialogs.pick(/From a values.yaml/);
        const shown = await dialogs.pick(/values-prod\.yaml/);
        assert.ok(shown.some((item) => /values-prod\.yaml \| Official chart · Airflow 3\.1\.3/.test(item)), shown.join('\n'));
        assert.ok(!shown.some((item) => item.includes('values-other')), 'not of Airflow');
        await dialogs.enter(/Helm release/, 'prod');
        await dialogs.enter(/Name of the Airflow/, 'data');
      });
      assert.ok(deployment);
      const wanted = workloadsOf(deployment).filter(({ recommended }) => recommended).map(({ serviceAccount }) => serviceAccount);
      assert.deepEqual(wanted, ['data-scheduler', 'data-dag-processor', 'etl-runner', 'data-api-server']);
    } finally {
      await folder.remove();
    }
  });

  it('take their service accounts from the cluster itself, through the kubeconfig', async () => {
    const offered: vscode.QuickPickItem[] = [];
    const showQuickPick = async (items: readonly vscode.QuickPickItem[]): Promise<readonly vscode.QuickPickItem[]> => {
      offered.push(...items);
      return items.filter(({ picked }) => picked === true);
    };
    let deployment: Deployment | undefined;
    await played(vscode.window, { showQuickPick: showQuickPick as unknown as typeof vscode.window.showQuickPick }, async () => {
      deployment = await addDeployment(async (dialogs) => {
        await dialogs.pick(/AKS cluster/);
        await dialogs.pick(new RegExp(clusters.platform.name));
        await dialogs.enter(/namespace/, sample.kubernetes.releases.official.namespace);
        await dialogs.pick(/Read from the cluster/);
        await dialogs.pick(new RegExp(`^${clusters.platform.name}$`));
        await dialogs.enter(/Name of the Airflow/, 'from-cluster');
      });
    });
    assert.match(offered.find(({ label }) => label === 'airflow-worker')?.detail ?? '', /1 pod · asks for a token for Azure · client ID /);
    assert.match(offered.find(({ label }) => label === 'airflow-scheduler')?.detail ?? '', /does not ask for a token for Azure yet/);
    assert.deepEqual(deployment?.layout, {
      kind: 'listed', serviceAccounts: ['airflow-api-server', 'airflow-dag-processor', 'airflow-scheduler', 'airflow-triggerer', 'airflow-worker'],
    });
  });
});
