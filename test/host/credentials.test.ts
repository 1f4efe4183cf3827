import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { CredentialNode } from '../../src/vscode/identities/identityNodes.ts';
import type { LazyTree } from '../../src/vscode/tree/lazyTree.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { cloud, expand, expandTo, played, product, requests, rowOf, signedIn, text } from './shell.ts';

describe('federated credentials', () => {
  let features: ReturnType<ExtensionApi['features']>;
  let tree: LazyTree;

  beforeEach(async () => {
    process.env['ASTRO_API_TOKEN'] = sample.astro.tokens.organization;
    await signedIn(sample.accounts.dana.label);
    features = await product();
    tree = features.trees.identities;
  });
  afterEach(async () => {
    delete process.env['ASTRO_API_TOKEN'];
    await cloud().clearFaults();
  });

  async function identityRow(name: string, group: string = sample.groups.airflow): Promise<TreeNode> {
    return rowOf(tree, await expandTo(tree, ['Contoso', 'Data Platform Production', group]), name);
  }

  async function credentialRows(identity: TreeNode): Promise<readonly CredentialNode[]> {
    return (await expand(tree, identity)).filter((row): row is CredentialNode => 'credential' in row);
  }

  const names = (rows: readonly TreeNode[]): readonly string[] => rows.map((row) => text(tree, row).replace(/ \|.*/, ''));
  const deletions = async (): Promise<readonly string[]> => (await requests()).filter(({ method }) => method === 'DELETE').map(({ path }) => path.replace(/.*\/|\?.*/g, ''));

  it('are deleted together after showing who uses them; the row follows', async () => {
    const identity = await identityRow(sample.identities.airflowProd.name);
    const rows = await credentialRows(identity);
    const chosen = rows.filter((row) => /^(astro-scheduler|stellar-orbit)/.test(text(tree, row)));
    assert.equal(chosen.length, 2);
    await cloud().clearLog();
    const asked: string[] = [];
    const told: string[] = [];
    await played(features.services.messages, {
      confirm: async (question, detail, action) => { asked.push(`${question}\n${detail}\n${action}`); return true; },
      info: async (said) => { told.push(said); return undefined; },
    }, async () => { await vscode.commands.executeCommand('airflowIdentity.deleteCredentials', chosen[0], chosen); });
    assert.match(asked.join(), /^Delete 2 credentials of id-airflow-prod\?/);
    assert.match(asked.join(), /astro-scheduler: Scheduler of customer-360-prod\nstellar-orbit-3310-worker: no deployment known here/);
    assert.deepEqual(told, ['2 credentials of id-airflow-prod are deleted.']);
    assert.deepEqual(await deletions(), ['astro-scheduler', 'stellar-orbit-3310-worker']);
    assert.equal((await credentialRows(identity)).length, rows.length - 2);
    assert.equal(text(tree, identity), 'id-airflow-prod | 5 of 20 used');
  });

  it('are marked as perhaps unused once all deployments are known', async () => {
    const identity = await identityRow(sample.identities.airflowProd.name);
    const marked = async (): Promise<readonly string[]> => (await credentialRows(identity)).map((row) => text(tree, row)).filter((row) => row.includes('unused?'));
    const { deployments } = features.services;
    assert.equal((await marked()).length > 0, deployments.known !== undefined);
    await deployments.listAll(new AbortController().signal);
    assert.deepEqual(await marked(), ['stellar-orbit-3310-worker | unused? stellar-orbit-3310-worker-serviceaccount']);
    await cloud().addFault({ host: 'api.astronomer.io', effect: { kind: 'answer', status: 500, body: {} } });
    features.trees.deployments.refresh();
    assert.equal((await deployments.listAll(new AbortController().signal)).failures.length > 0, true);
    assert.equal((await marked()).length, 1, 'a failure teaches nothing new');
  });

  it('stay where the user does not confirm', async () => {
    const [row] = await credentialRows(await identityRow(sample.identities.airflowProd.name));
    await played(features.services.messages, { confirm: async () => false }, async () => {
      await vscode.commands.executeCommand('airflowIdentity.deleteCredentials', row);
    });
    assert.deepEqual(await deletions(), []);
  });

  it('that could not be deleted are named, with the reason', async () => {
    const identity = await identityRow(sample.identities.airflowProd.name);
    const rows = await credentialRows(identity);
    const [first, second] = rows;
    await cloud().addFault({
      method: 'DELETE',
      path: `/${first?.credential.name ?? ''}`,
      effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'The client does not have authorization to perform action.' } } },
    });
    const shown: string[] = [];
    await played(features.services.messages, { confirm: async () => true, error: async (said) => { shown.push(said); return undefined; } }, async () => {
      await vscode.commands.executeCommand('airflowIdentity.deleteCredentials', first, [first, second]);
    });
    const [name] = names(rows);
    assert.equal(shown.length, 1);
    assert.ok(shown[0]?.startsWith(`1 of 2 deleted. Still there: ${name}. `), shown[0]);
    assert.ok(names(await credentialRows(identity)).includes(name ?? ''));
  });

  it('of a user without the right are not touched: the right is named beforehand, with a text for the admin', async () => {
    // The rights on an identity are asked for once, so it is one that no other test asked about.
    const [row] = await credentialRows(await identityRow(sample.identities.reporting.name, sample.groups.analytics));
    await cloud().addFault({ path: '/permissions', effect: { kind: 'answer', status: 200, body: { value: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }] } } });
    await played(features.services.messages, { warning: async (said, ...actions) => { assert.match(said, /federatedIdentityCredentials\/delete/); return actions[0]; } }, async () => {
      await vscode.commands.executeCommand('airflowIdentity.deleteCredentials', row);
    });
    assert.match(await vscode.env.clipboard.readText(), /az identity federated-credential delete/);
    assert.deepEqual(await deletions(), []);
  });
});
