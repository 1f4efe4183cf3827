import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Deployment } from '../../src/deployment/deployment.ts';
import { workloadsOf } from '../../src/deployment/layouts/layouts.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { LazyTree } from '../../src/vscode/tree/lazyTree.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { answering } from './dialogs.ts';
import type { Dialogs } from './dialogs.ts';
import { ProjectFolder } from './projectFolder.ts';
import { expand, played, product, rowOf, signedIn, text } from './shell.ts';

const { clusters, issuers, groups } = sample;

describe('deployments in clusters', () => {
  let features: ReturnType<ExtensionApi['features']>;
  let tree: LazyTree;

  before(async () => {
    features = await product();
    tree = features.trees.deployments;
    await signedIn(sample.accounts.dana.label);
  });

  afterEach(async () => {
    for (const deployment of await added()) {
      await played(features.services.messages, { confirm: async () => true }, async () => {
        await vscode.commands.executeCommand('airflowIdentity.removeDeployment', { deployment });
      });
    }
  });

  async function added(): Promise<readonly Deployment[]> {
    const { deployments } = await features.services.deployments.listAll(new AbortController().signal);
    return deployments.filter(({ sourceId }) => sourceId !== 'astro');
  }

  async function add(answer: (dialogs: Dialogs) => Promise<void>): Promise<Deployment | undefined> {
    await answering(() => vscode.commands.executeCommand('airflowIdentity.addDeployment'), answer);
    return (await added())[0];
  }

  it('of AKS are added from the clusters of all subscriptions, and shown below their cluster with its issuer', async () => {
    const deployment = await add(async (dialogs) => {
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

  it('of AKS where workload identity is off are added when the user wants it, marked, with the command that enables it', async () => {
    const asked: (readonly string[])[] = [];
    await played(features.services.messages, { confirm: async (...said) => { asked.push(said); return true; } }, async () => {
      await add(async (dialogs) => {
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

  it('of AKS without an issuer are not added: nothing could trust them', async () => {
    const said: string[] = [];
    await played(features.services.messages, { warning: async (message) => { said.push(message); return 'Copy az Command'; } }, async () => {
      await add(async (dialogs) => {
        await dialogs.pick(/AKS cluster/);
        await dialogs.pick(new RegExp(clusters.withoutIssuer.name));
      });
    });
    assert.match(said.join(), /OIDC issuer of the cluster is off/);
    assert.match(await vscode.env.clipboard.readText(), /--enable-oidc-issuer/);
    assert.deepEqual(await added(), []);
  });

  it('take their names from a values.yaml of the workspace', async () => {
    const folder = await ProjectFolder.create({
      'deploy/values-prod.yaml': 'airflowVersion: "3.1.3"\nfullnameOverride: data\nworkers: { serviceAccount: { name: etl-runner } }\ntriggerer: { enabled: false }\n',
      'deploy/values-other.yaml': 'replicaCount: 2\n',
    }, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
    try {
      const deployment = await add(async (dialogs) => {
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
      deployment = await add(async (dialogs) => {
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

  it('of another cluster are added by an issuer that is checked while it is entered', async () => {
    const doubts: string[] = [];
    let deployment: Deployment | undefined;
    await played(features.services.messages, { confirm: async (_text, detail) => { doubts.push(detail); return false; } }, async () => {
      deployment = await add(async (dialogs) => {
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
  });

  it('whose issuer cannot be read from here are added when the user insists', async () => {
    const doubts: string[] = [];
    let deployment: Deployment | undefined;
    await played(features.services.messages, { confirm: async (_text, detail) => { doubts.push(detail); return true; } }, async () => {
      deployment = await add(async (dialogs) => {
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
