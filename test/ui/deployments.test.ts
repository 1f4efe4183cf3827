import assert from 'node:assert/strict';
import { sample } from '../cloud/sampleWorld.ts';
import { pictureOnFailure } from './harness/failurePictures.ts';
import type { Workbench } from './harness/workbench.ts';
import { shownForm } from './story/connectForm.ts';
import { openSignedIn } from './story/signedIn.ts';

const { clusters, identities } = sample;

describe('the Deployments view', () => {
  let workbench: Workbench;
  before(async function start() {
    this.timeout(120_000);
    workbench = await openSignedIn();
  });
  after(() => workbench.close());
  pictureOnFailure(() => workbench);

  async function asked(prompt: RegExp): Promise<void> {
    await workbench.quickInput.root.getByText(prompt).waitFor();
  }

  it('takes in a deployment of an AKS cluster, which it shows below the cluster', async () => {
    const { quickInput } = workbench;
    await workbench.tree('Deployments').pressTitleAction('Add Deployment…');
    await quickInput.pick('AKS cluster…');
    await quickInput.row(clusters.withoutIssuer.name).waitFor();
    await workbench.screenshot('deployments-clusters');
    await quickInput.pick(clusters.platform.name);
    await asked(/Kubernetes namespace/);
    await quickInput.accept();
    await quickInput.row('Official chart').waitFor();
    await workbench.screenshot('deployments-ways');
    await quickInput.pick('Official chart');
    await asked(/Name of the Helm release/);
    await quickInput.accept();
    await asked(/Name of the Airflow deployment/);
    await quickInput.type('etl-aks');
    await quickInput.accept();
    const deployments = workbench.tree('Deployments');
    await deployments.row(/^AKS cluster aks-data-platform, AKS, rg-analytics/).waitFor();
    await deployments.row(/^Deployment etl-aks/).waitFor();
  });

  it('shows who trusts a deployment and what they miss, and repairs that with the missing workloads ticked', async () => {
    const deployments = workbench.tree('Deployments');
    await deployments.expand(/^Workspace Data Platform/);
    await deployments.row(/^Deployment clickstream-aws, AWS/).waitFor();
    await deployments.expand(/^Deployment customer-360-prod/);
    const trusting = new RegExp(`^Trusted by ${identities.airflowProd.name}, trusts 1 of 5, not `);
    await deployments.row(trusting).waitFor();
    for (const theme of ['light', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`deployments-${theme}`);
    }
    await deployments.pressInline(trusting, 'Repair Trust…');
    const form = await shownForm(workbench);
    await form.waitForStatus('DAG processor', 'Create');
    const rows = await form.rows();
    assert.deepEqual(rows.filter(({ status }) => status === 'Create').map(({ ticked }) => ticked), rows.filter(({ status }) => status === 'Create').map(() => true));
    assert.equal(rows.find(({ title }) => title === 'Scheduler')?.status, 'Already trusted');
  });
});
