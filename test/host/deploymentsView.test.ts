import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DeploymentsView } from '../../src/vscode/deployments/deploymentsView.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import { escapeMarkdown } from '../../src/vscode/tree/facts.ts';
import type { LazyTree } from '../../src/vscode/tree/lazyTree.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { answering } from './dialogs.ts';
import type { Dialogs } from './dialogs.ts';
import { knownIdentity } from './knownIdentity.ts';
import { cloud, expand, played, product, rowOf, signedIn, text } from './shell.ts';

const { deployments, tokens, workspaces } = sample.astro;

describe('Deployments view', () => {
  let features: ReturnType<ExtensionApi['features']>;
  let tree: LazyTree;

  before(async () => {
    features = await product();
    tree = features.trees.deployments;
  });

  afterEach(async () => {
    delete process.env['ASTRO_API_TOKEN'];
    await cloud().clearFaults();
  });

  /** The views as they are with this token in the environment. */
  async function withToken(token: string): Promise<void> {
    process.env['ASTRO_API_TOKEN'] = token;
    await signedIn(sample.accounts.dana.label);
    await features.services.identities.listAll(new AbortController().signal);
  }

  it('asks Astro for nothing without a token', async () => {
    await signedIn();
    assert.deepEqual(await expand(tree), []);
    assert.deepEqual(await cloud().log(), []);
  });

  it('shows workspaces and deployments as the cloud holds them', async () => {
    await withToken(tokens.organization);
    const rows = await expand(tree);
    assert.deepEqual(rows.map((row) => text(tree, row)), [`${workspaces.dataPlatform.name} | Contoso Data`, `${workspaces.marketing.name} | Contoso Data`]);
    const platform = await expand(tree, rowOf(tree, rows, workspaces.dataPlatform.name));
    const labels = platform.map((row) => tree.getTreeItem(row).label);
    for (const { name } of [deployments.customer360, deployments.ordersDev, deployments.withoutIssuer]) {
      assert.ok(labels.includes(name), name);
    }
    assert.match(text(tree, rowOf(tree, platform, deployments.withoutIssuer.name)), /no issuer yet/);
  });

  it('says how many workloads known identities trust, as soon as their credentials are listed', async () => {
    await withToken(tokens.organization);
    const platform = await expand(tree, rowOf(tree, await expand(tree), workspaces.dataPlatform.name));
    const row = rowOf(tree, platform, deployments.customer360.name);
    const { identities } = features.services;
    const known = await knownIdentity(sample.identities.airflowProd.name);
    const told = new Promise<void>((resolve) => { const listener = identities.onDidChange(() => { listener.dispose(); resolve(); }); });
    await identities.refreshIdentity(known.identity, new AbortController().signal);
    await told;
    // Of deployments that nothing known trusts it says nothing: other identities were not asked for their credentials.
    assert.equal(text(tree, rowOf(tree, platform, deployments.ordersDev.name)), deployments.ordersDev.name);
    assert.match(text(tree, row), /^customer-360-prod \| 1 of 5 trusted$/);
  });

  it('shows below a deployment who trusts it and what is missing, and repairs that in the form', async () => {
    await withToken(tokens.organization);
    const platform = await expand(tree, rowOf(tree, await expand(tree), workspaces.dataPlatform.name));
    const deployment = rowOf(tree, platform, deployments.customer360.name);
    const trusting = rowOf(tree, await expand(tree, deployment), sample.identities.airflowProd.name);
    assert.match(text(tree, trusting), /^id-airflow-prod \| trusts 1 of 5, not .*Worker/);
    assert.match(tree.getTreeItem(trusting).contextValue ?? '', /\brepairable\b/);
    const asked: unknown[] = [];
    await played(features.services.commands, { execute: async (...args: readonly unknown[]) => { asked.push(args); } }, async () => {
      await vscode.commands.executeCommand('airflowIdentity.repairTrust', trusting);
    });
    const [[command, target]] = asked as [[string, { readonly deployment: unknown; readonly identity: { readonly name: string } }]];
    assert.deepEqual([command, target.identity.name], ['airflowIdentity.connect', sample.identities.airflowProd.name]);
  });

  it('says of a deployment that nobody trusts that nobody does, once all credentials were read', async () => {
    await withToken(tokens.organization);
    const platform = await expand(tree, rowOf(tree, await expand(tree), workspaces.dataPlatform.name));
    await vscode.commands.executeCommand('airflowIdentity.readTrust');
    const rows = await expand(tree, rowOf(tree, platform, deployments.financeRemote.name));
    assert.deepEqual(rows.map((row) => text(tree, row)), ['No identity trusts it']);
    assert.equal(tree.getTreeItem(rowOf(tree, platform, deployments.withoutIssuer.name)).collapsibleState, vscode.TreeItemCollapsibleState.None, 'nobody can trust what has no issuer');
  });

  it('marks deployments outside Azure and says what that means', async () => {
    await withToken(tokens.organization);
    const platform = await expand(tree, rowOf(tree, await expand(tree), workspaces.dataPlatform.name));
    const item = tree.getTreeItem(rowOf(tree, platform, deployments.aws.name));
    assert.match(String(item.description), /^AWS/);
    assert.ok(item.tooltip instanceof vscode.MarkdownString);
    assert.match(item.tooltip.value, /pods there get no token for Azure/);
  });

  it('shows the deployments of one organization of several, and of one cloud', async () => {
    const { filter } = features.services.deployments as DeploymentsView;
    const { labs } = sample.astro;
    await withToken(tokens.user);
    try {
      assert.ok((await expand(tree)).length >= 4);
      await filter.set({ organizationIds: [labs.organization.id], clouds: ['GCP'] }, 'workspace');
      const rows = await expand(tree);
      assert.ok(rows.every((row) => text(tree, row).endsWith(`| ${labs.organization.name}`)) && rows.length === 2);
      const below = (await Promise.all(rows.map((row) => expand(tree, row)))).flat();
      assert.deepEqual(below.map((row) => tree.getTreeItem(row).label), [labs.deployments.training.name]);
      assert.equal(tree.view.description, 'Filter: 1 organization, Google Cloud');
    } finally {
      await filter.clear();
    }
  });

  it('shows what the filter lets through, says so beside the title, and keeps it for this workspace alone', async () => {
    const { filter } = features.services.deployments as DeploymentsView;
    await withToken(tokens.organization);
    try {
      await filter.set({ workspaceIds: [workspaces.dataPlatform.id], clouds: ['AWS'] }, 'workspace');
      const rows = await expand(tree);
      assert.deepEqual(rows.map((row) => tree.getTreeItem(row).label), [workspaces.dataPlatform.name]);
      const [platform] = rows;
      assert.deepEqual((await expand(tree, platform)).map((row) => tree.getTreeItem(row).label), [deployments.aws.name]);
      assert.equal(tree.view.description, 'Filter: 1 workspace, AWS');
      assert.equal(filter.place(), 'workspace');
      await filter.set({ workspaceIds: ['gone'] }, 'workspace');
      assert.deepEqual(await expand(tree), []);
    } finally {
      await filter.clear();
    }
    assert.ok((await expand(tree)).length > 1);
  });

  it('asks for a filter one condition after the other, says each, and clears it from the same menu', async () => {
    await withToken(tokens.organization);
    const filtering = (answer: (dialogs: Dialogs) => Promise<void>): Promise<void> =>
      answering(() => vscode.commands.executeCommand('airflowIdentity.filterDeployments'), answer);
    try {
      await filtering(async (dialogs) => {
        const untouched = await dialogs.pick(/Name…/);
        assert.ok(untouched.includes('$(save) Keep the filter for | all my windows'), untouched.join('\n'));
        await dialogs.enter(/part of the name/, '360');
        const named = await dialogs.pick(/Keep the filter for/);
        assert.ok(named.includes('$(symbol-text) Name… | 360'), named.join('\n'));
        const chosen = await dialogs.pick(/Show Deployments/);
        assert.ok(chosen.includes('$(save) Keep the filter for | this workspace'), chosen.join('\n'));
      });
      assert.equal((features.services.deployments as DeploymentsView).filter.place(), 'workspace');
      const below = (await Promise.all((await expand(tree)).map((row) => expand(tree, row)))).flat();
      assert.deepEqual(below.map((row) => tree.getTreeItem(row).label), [deployments.customer360.name]);
    } finally {
      await filtering(async (dialogs) => { await dialogs.pick(/Clear Filter/); });
    }
    assert.ok((await expand(tree)).length > 1);
  });

  it('shows a name with HTML, markdown and quotes as text', async () => {
    await withToken(tokens.organization);
    const rows = (await Promise.all((await expand(tree)).map((workspace) => expand(tree, workspace)))).flat();
    const item = tree.getTreeItem(rowOf(tree, rows, deployments.hostileName.name));
    assert.ok(item.tooltip instanceof vscode.MarkdownString);
    assert.ok(!item.tooltip.isTrusted && !item.tooltip.supportHtml);
    assert.ok(item.tooltip.value.startsWith(`**${escapeMarkdown(deployments.hostileName.name)}**`));
  });

  it('says in its place that a token has expired, and asks for another one once', async () => {
    const shown: (readonly string[])[] = [];
    await played(features.services.messages, { error: async (...said) => { shown.push(said); return undefined; } }, async () => {
      await withToken(tokens.expired);
      const [row] = await expand(tree);
      assert.ok(row);
      assert.match(text(tree, row), /Astro did not accept the token/);
    });
    assert.deepEqual(shown.map(([, action]) => action), ['Set Astro API Token']);
  });

  it('shows a failing workspace in its place and the other beside it', async () => {
    await withToken(tokens.organization);
    await cloud().addFault({ host: 'api.astronomer.io', path: `deployments.*${workspaces.marketing.id}`, effect: { kind: 'answer', status: 403, body: { message: 'No access', requestId: 'r-1', statusCode: 403 } } });
    const rows = await expand(tree);
    const [error] = await expand(tree, rowOf(tree, rows, workspaces.marketing.name));
    assert.ok(error);
    assert.match(text(tree, error), /does not allow this/);
    assert.ok((await expand(tree, rowOf(tree, rows, workspaces.dataPlatform.name))).length > 3);
  });
});
