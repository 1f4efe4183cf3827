import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { ManagedIdentity } from '../../src/identity/managedIdentity.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { LazyTree } from '../../src/vscode/tree/lazyTree.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { answering } from './dialogs.ts';
import { ProjectFolder } from './projectFolder.ts';
import { cloud, expand, expandTo, played, product, requests, rowOf, signedIn, text } from './shell.ts';

const { dana } = sample.accounts;

describe('Making, changing and deleting identities', () => {
  let features: ReturnType<ExtensionApi['features']>;
  let tree: LazyTree;

  const below = (...labels: readonly string[]): Promise<readonly TreeNode[]> => expandTo(tree, labels);

  async function start(account: string): Promise<void> {
    await signedIn(account);
    features = await product();
    tree = features.trees.identities;
    const { identities } = features.services;
    await identities.listAll(new AbortController().signal);
    before = identities.known().map(({ identity }) => identity);
    await cloud().clearLog();
  }

  const writes = async (): Promise<string[]> =>
    (await requests()).filter(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method)).map(({ method, path }) => `${method} ${path.replace(/\?.*/, '').replace(/^.*\/(?=[^/]+\/[^/]+$)/, '')}`);

  /** What was written from here is known for a while, whatever is listed; the next test has another world. */
  let before: readonly ManagedIdentity[] = [];
  let project: ProjectFolder | undefined;

  afterEach(async () => {
    await project?.remove();
    project = undefined;
    await cloud().clearFaults();
    const { identities } = features.services;
    const now = new Map(identities.known().map(({ identity }) => [identity.clientId, identity]));
    const stood = new Set(before.map(({ clientId }) => clientId));
    [...now.values()].filter(({ clientId }) => !stood.has(clientId)).forEach((identity) => { identities.forgetIdentity(identity); });
    before.filter((identity) => !isDeepStrictEqual(now.get(identity.clientId), identity)).forEach((identity) => { identities.showIdentity(identity); });
  });

  // A view in sight lists again with each new world, which tests that count requests would see.
  after(() => vscode.commands.executeCommand('workbench.view.explorer'));

  it('creates an identity in a new resource group after showing what is written, and reveals its row', async () => {
    await start(dana.label);
    const said: string[] = [];
    await played(features.services.messages, { info: async (text) => { said.push(text); return undefined; } }, () =>
      answering(() => vscode.commands.executeCommand('airflowIdentity.createIdentity'), async (dialogs) => {
        await dialogs.pick(/^Data Platform Development$/);
        await dialogs.pick(/New resource group/);
        assert.equal(await dialogs.enter(/new resource group/, sample.groups.development), 'There is a resource group of this name already.');
        await dialogs.enter(/new resource group/, 'rg-new');
        assert.match((await dialogs.enter(/Name of the identity/, 'x')) ?? '', /3 to 128/);
        await dialogs.enter(/Name of the identity/, 'id-new');
        const regions = await dialogs.pick(/^West US 2$/);
        assert.match(regions.at(-1) ?? '', /takes? no federated credentials/);
        await dialogs.pick(/Add tag/);
        await dialogs.enter(/Name of the tag/, 'env');
        await dialogs.enter(/Value of env/, 'prod');
        await dialogs.pick(/Go on with these tags/);
        const plan = await dialogs.pick(/Create$/);
        for (const part of [/New resource group: rg-new/, /New identity: id-new/, /Region: westus2/, /Tags: env: prod/]) {
          assert.ok(plan.some((line) => part.test(line)), `${String(part)} in ${plan.join('; ')}`);
        }
      }));
    assert.deepEqual(await writes(), ['PUT resourcegroups/rg-new', 'PUT userAssignedIdentities/id-new']);
    assert.match(said[0] ?? '', /id-new was created/);
    assert.match(text(tree, rowOf(tree, await below('Contoso', 'Data Platform Development', 'rg-new'), 'id-new')), /^id-new/);
    assert.equal((tree.view.selection[0] as { identity?: { name: string } } | undefined)?.identity?.name, 'id-new');
    const known = features.services.identities.known().find(({ identity }) => identity.name === 'id-new');
    assert.deepEqual(known?.identity.tags, { env: 'prod' });
  });

  it('keeps a creation that Azure put off, with the group that it made for it', async () => {
    await start(dana.label);
    const { journal, messages } = features.services;
    await cloud().addFault({ method: 'PUT', path: 'userAssignedIdentities/id-new', effect: { kind: 'answer', status: 503, headers: { 'retry-after': '300' }, body: { error: { code: 'ServiceUnavailable', message: 'Later.' } } } });
    const said: string[] = [];
    await played(messages, { error: async (text) => { said.push(text); return undefined; } }, () =>
      answering(() => vscode.commands.executeCommand('airflowIdentity.createIdentity'), async (dialogs) => {
        await dialogs.pick(/^Data Platform Development$/);
        await dialogs.pick(/New resource group/);
        await dialogs.enter(/new resource group/, 'rg-new');
        await dialogs.enter(/Name of the identity/, 'id-new');
        await dialogs.pick(/^West US 2$/);
        await dialogs.pick(/Go on without tags/);
        await dialogs.pick(/Create$/);
      }));
    assert.match(said[0] ?? '', /Resource group rg-new was created, the identity was not/);
    const [left] = await journal.unfinished();
    assert.deepEqual(left?.steps.map(({ change, state }) => `${change.kind} ${state}`), ['resourceGroup done', 'identity interrupted']);
    await (await journal.takeOver(left?.id ?? ''))?.dismiss();
  });

  it('starts from a resource group, goes back, and says before writing that a name is taken', async () => {
    await start(dana.label);
    const group = rowOf(tree, await below('Contoso', 'Data Platform Production'), 'rg-airflow-identity');
    await answering(() => vscode.commands.executeCommand('airflowIdentity.createIdentity', group), async (dialogs) => {
      await dialogs.pick(/^rg-airflow-identity$/);
      assert.match((await dialogs.enter(/Name of the identity/, 'ID-AIRFLOW-PROD')) ?? '', /already/);
      await dialogs.escape();
    });
    assert.deepEqual(await writes(), []);
  });

  it('names the right that is missing and offers a text for the admin instead of a dead end', async () => {
    await start(dana.label);
    const row = rowOf(tree, await below('Fabrikam'), 'Fabrikam Analytics');
    await answering(() => vscode.commands.executeCommand('airflowIdentity.createIdentity', row), async (dialogs) => {
      await dialogs.pick(new RegExp(`^${sample.groups.fabrikam}$`));
      await dialogs.enter(/Name of the identity/, 'id-mine');
      await dialogs.pick(/^West US 2$/);
      await dialogs.pick(/Go on without tags/);
      const plan = await dialogs.pick(/Copy text for your admin/);
      assert.ok(plan.some((line) => /Microsoft\.ManagedIdentity\/userAssignedIdentities\/write/.test(line)));
      assert.ok(!plan.some((line) => line.endsWith('Create')));
    });
    assert.match(await vscode.env.clipboard.readText(), /az identity create[^]*'id-mine'/);
    assert.deepEqual(await writes(), []);
  });

  it('writes tags once, and keeps what somebody else wrote meanwhile', async () => {
    await start(dana.label);
    const identity = (): TreeNode => rowOf(tree, rows, 'id-airflow-prod');
    const rows = await below('Contoso', 'Data Platform Production', 'rg-airflow-identity');
    await answering(() => vscode.commands.executeCommand('airflowIdentity.editTags', identity()), async (dialogs) => {
      await dialogs.pick(/Add tag/);
      await dialogs.enter(/Name of the tag/, 'owner');
      await dialogs.enter(/Value of owner/, 'data');
      const items = await dialogs.pick(/Save 1 change/);
      assert.ok(items.some((line) => line.includes('Add owner: data')));
    });
    assert.deepEqual(await writes(), ['PATCH userAssignedIdentities/id-airflow-prod']);
    assert.equal(features.services.identities.known().find((known) => known.identity.name === 'id-airflow-prod')?.identity.tags['owner'], 'data');
  });

  it('says what stands when a deletion fails midway', async () => {
    await start(dana.label);
    const row = rowOf(tree, await below('Contoso', 'Data Platform Production', 'rg-airflow-identity'), 'id-airflow-prod');
    await cloud().addFault({ method: 'DELETE', path: 'userAssignedIdentities/id-airflow-prod', effect: { kind: 'answer', status: 409, body: { error: { code: 'ScopeLocked', message: 'The scope cannot perform delete operation because following scope(s) are locked.' } } } });
    const said: string[] = [];
    await played(features.services.messages, { error: async (text) => { said.push(text); return undefined; } }, () =>
      answering(() => vscode.commands.executeCommand('airflowIdentity.deleteIdentity', row), async (dialogs) => {
        await dialogs.pick(/and its \d+ role assignments/);
        await dialogs.enter(/Type id-airflow-prod/, 'id-airflow-prod');
      }));
    assert.match(said[0] ?? '', /5 role assignments were removed\. id-airflow-prod and its credentials stand as before\./);
    assert.equal(text(tree, rowOf(tree, await below('Contoso', 'Data Platform Production', 'rg-airflow-identity'), 'id-airflow-prod')).split(' |')[0], 'id-airflow-prod');
  });

  it('deletes an identity with its role assignments after its name was typed', async () => {
    await start(dana.label);
    const row = rowOf(tree, await below('Contoso', 'Data Platform Production', 'rg-airflow-identity'), 'id-airflow-prod');
    const extra = JSON.stringify({ managed_identity_client_id: sample.identities.airflowProd.clientId, workload_identity_tenant_id: sample.tenants.contoso.id });
    project = await ProjectFolder.create(
      { 'airflow_settings.yaml': `airflow:\n  connections:\n    - conn_id: orphaned_by_it\n      conn_type: azure\n      conn_extra: '${extra}'\n` },
      vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    );
    const said: string[] = [];
    await played(features.services.messages, { info: async (text) => { said.push(text); return undefined; } }, () =>
      answering(() => vscode.commands.executeCommand('airflowIdentity.deleteIdentity', row), async (dialogs) => {
        const shown = await dialogs.pick(/and its \d+ role assignments/);
        for (const part of ['astro-scheduler', 'orphaned_by_it', 'Storage Blob Data Contributor | container curated in stcontosolake', sample.resources.api.name, sample.resources.runner.name]) {
          assert.ok(shown.some((line) => line.includes(part)), `${part} in ${shown.join('; ')}`);
        }
        assert.match((await dialogs.enter(/Type id-airflow-prod/, 'id-airflow')) ?? '', /not the name/);
        await dialogs.enter(/Type id-airflow-prod/, 'id-airflow-prod');
      }));
    const done = await writes();
    assert.equal(done.at(-1), 'DELETE userAssignedIdentities/id-airflow-prod');
    assert.ok(done.length > 3 && done.slice(0, -1).every((write) => write.startsWith('DELETE roleAssignments/')), done.join('; '));
    assert.deepEqual(said, ['id-airflow-prod was deleted.']);
    const left = await below('Contoso', 'Data Platform Production', 'rg-airflow-identity');
    assert.ok(!left.some((node) => tree.getTreeItem(node).label === 'id-airflow-prod'));
  });

  it('asks once, without a name to type, where nothing depends on it', async () => {
    await start(dana.label);
    const row = rowOf(tree, await below('Contoso', 'Data Platform Development', sample.groups.development), sample.identities.hostileTags.name);
    const asked: string[] = [];
    await played(features.services.messages, { confirm: async (text, detail) => { asked.push(`${text} ${detail}`); return false; } }, async () => {
      await vscode.commands.executeCommand('airflowIdentity.deleteIdentity', row);
    });
    assert.match(asked[0] ?? '', /Delete id-tag-collection\? It holds no federated credentials and no roles/);
    assert.deepEqual(await writes(), []);
  });

  it('lists resources with an identity of their own under their resource group, only when that is unfolded', async () => {
    await start(dana.label);
    const rows = await below('Contoso', 'Data Platform Production');
    await cloud().clearLog();
    const groups = await expand(tree, rowOf(tree, rows, 'System-assigned identities'));
    const hosts = groups.flatMap((group) => [text(tree, group), ...(group.children ?? []).map((child) => `  ${text(tree, child)}`)]);
    assert.deepEqual(hosts, ['rg-data-prod | 3 resources', '  adf-contoso-data | data factory', '  aks-airflow-prod | AKS cluster', '  app-contoso-api | App Service']);
    assert.deepEqual((await requests()).filter(({ path }) => path.includes('ResourceGraph')).length, 1);
  });

  it('says on them that they take no federated credentials, and offers a user-assigned identity', async () => {
    await start(dana.label);
    const groups = await expand(tree, rowOf(tree, await below('Contoso', 'Data Platform Production'), 'System-assigned identities'));
    const host = groups.flatMap(({ children = [] }) => children).find((node) => text(tree, node).startsWith(sample.resources.api.name));
    assert.ok(host);
    const [note, roles] = await expand(tree, host);
    assert.ok(note && roles);
    assert.match(text(tree, note), /^Takes no federated credentials/);
    assert.equal(tree.getTreeItem(roles).label, 'Roles');
    const said: string[] = [];
    await played(features.services.messages, { info: async (told, ...actions) => { said.push(told); return actions[0]; } }, () =>
      answering(() => vscode.commands.executeCommand('airflowIdentity.connectSystemAssigned', note), async (dialogs) => {
        await dialogs.pick(/^rg-data-prod$/);
        await dialogs.escape();
      }));
    assert.match(said[0] ?? '', /no deployment can act as it/);
  });

  it('enables the identity of a virtual machine after showing what is written, and shows its row', async () => {
    await start(dana.label);
    const row = rowOf(tree, await below('Contoso', 'Data Platform Production'), 'System-assigned identities');
    const said: string[] = [];
    await played(features.services.messages, { info: async (told) => { said.push(told); return undefined; } }, () =>
      answering(() => vscode.commands.executeCommand('airflowIdentity.enableSystemAssigned', row), async (dialogs) => {
        await dialogs.pick(new RegExp(`^${sample.resources.machine.name}$`));
        const plan = await dialogs.pick(/Enable$/);
        assert.ok(plan.some((line) => line.includes(`${sample.resources.machine.name} gets an identity of its own`)));
      }));
    assert.deepEqual(await writes(), [`PATCH virtualMachines/${sample.resources.machine.name}`]);
    assert.match(said[0] ?? '', /has a system-assigned identity now/);
    const hosts = (await expand(tree, row)).flatMap(({ children = [] }) => children);
    assert.ok(hosts.some((node) => text(tree, node) === `${sample.resources.machine.name} | virtual machine`));
  });

  it('creates an identity on the way through the connect flow', async () => {
    await start(dana.label);
    process.env['ASTRO_API_TOKEN'] = sample.astro.tokens.organization;
    try {
      features.trees.deployments.refresh();
      await answering(() => vscode.commands.executeCommand('airflowIdentity.connectStepByStep'), async (dialogs) => {
        await dialogs.pick(/^customer-360-prod$/);
        await dialogs.pick(/Create identity/);
        await dialogs.pick(/^Data Platform Development$/);
        await dialogs.pick(new RegExp(`^${sample.groups.development}$`));
        await dialogs.enter(/Name of the identity/, 'id-on-the-way');
        await dialogs.pick(/^West US 2$/);
        await dialogs.pick(/Go on without tags/);
        await dialogs.pick(/Create$/);
        await dialogs.escape();
      });
    } finally {
      delete process.env['ASTRO_API_TOKEN'];
    }
    assert.deepEqual(await writes(), ['PUT userAssignedIdentities/id-on-the-way']);
    assert.ok(features.services.identities.known().some(({ identity }) => identity.name === 'id-on-the-way'));
  });
});
