import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AccessScope } from '../../src/identity/accessScope.ts';
import { builtInRoles } from '../../src/identity/roleNames.ts';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { AssignmentTarget } from '../../src/contributions.ts';
import type { LazyTree } from '../../src/vscode/tree/lazyTree.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { cloud, expand, expandTo, played, product, requests, rowOf, signedIn, text } from './shell.ts';

describe('Roles in the Identities view', () => {
  let features: ReturnType<ExtensionApi['features']>;
  let tree: LazyTree;

  /** The row of the roles of an identity in Contoso's production subscription. */
  async function rolesOf(identity: string): Promise<TreeNode> {
    return rowOf(tree, await expandTo(tree, ['Contoso', 'Data Platform Production', 'rg-airflow-identity', identity]), 'Roles');
  }

  /** Scopes with what is below them, as the user reads it. */
  async function outline(roles: TreeNode): Promise<readonly string[]> {
    const scopes = await expand(tree, roles);
    return scopes.flatMap((scope) => [text(tree, scope), ...(scope.children ?? []).map((child) => `  ${text(tree, child)}`)]);
  }

  /** The row of a role on a scope. */
  async function assignment(roles: TreeNode, scope: string, role: string): Promise<TreeNode & AssignmentTarget> {
    const children = rowOf(tree, await expand(tree, roles), scope).children ?? [];
    const row = children.find((child) => text(tree, child).startsWith(role));
    assert.ok(row && 'held' in row);
    return row as TreeNode & AssignmentTarget;
  }

  beforeEach(async () => {
    await signedIn(sample.accounts.dana.label);
    features = await product();
    tree = features.trees.identities;
  });

  afterEach(() => cloud().clearFaults());

  it('show per scope what is held there and what is inherited, with conditions and what is denied', async () => {
    const roles = await rolesOf('id-airflow-prod');
    const operator = '  Contoso Pipeline Operator | inherited from subscription Data Platform Production';
    const denied = '  Deny assignment | denied, whatever roles say · inherited from resource group rg-data-prod';
    assert.deepEqual(await outline(roles), [
      'Data Platform Production | subscription',
      '  Contoso Pipeline Operator',
      'rg-airflow-identity | resource group',
      '  Reader',
      operator,
      'rg-data-prod | resource group',
      '  Deny assignment | denied, whatever roles say',
      operator,
      'kv-contoso-data | key vault',
      '  Key Vault Secrets User',
      operator,
      denied,
      'stcontosolake | storage account',
      '  Storage Blob Data Reader | under a condition',
      operator,
      denied,
      'curated | container in stcontosolake',
      '  Storage Blob Data Contributor',
      operator,
      '  Storage Blob Data Reader | inherited from storage account stcontosolake · under a condition',
      denied,
    ]);
    assert.equal(text(tree, roles), 'Roles | 5 roles');
  });

  it('in other subscriptions are found too, and one that cannot be read there hides none of the others', async () => {
    const prod = sample.identities.airflowProd.principalId;
    const account = `/subscriptions/${sample.subscriptions.development}/resourceGroups/${sample.groups.development}/providers/Microsoft.Storage/storageAccounts/${sample.resources.devStorage.name}`;
    const { services } = features;
    await services.identities.listAll(new AbortController().signal);
    const known = services.identities.known().find(({ identity }) => identity.principalId === prod);
    assert.ok(known);
    const scope: AccessScope = { ...known.tenant, id: account, kind: 'storageAccount', name: 'any', subscriptionId: sample.subscriptions.development };
    await services.azure().assignRole({ scope, roleId: builtInRoles.reader.roleId, principalId: prod }, new AbortController().signal);
    const roles = await rolesOf('id-airflow-prod');
    assert.ok((await outline(roles)).includes(`${sample.resources.devStorage.name} | storage account`));
    await cloud().addFault({ path: `${sample.subscriptions.development}/providers/Microsoft.Authorization/roleAssignments`, effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'not you' } } } });
    await vscode.commands.executeCommand('airflowIdentity.refreshNode', roles);
    const left = await outline(roles);
    assert.ok(left.includes('stcontosolake | storage account') && !left.includes(`${sample.resources.devStorage.name} | storage account`));
    assert.equal(left.at(-1), 'Roles of 1 subscription could not be read. | The log says why.');
    assert.match(text(tree, roles), /incomplete$/);
  });

  it('of identities that hold none say so', async () => {
    const roles = await rolesOf('id-legacy-gov');
    await expand(tree, roles);
    assert.equal(text(tree, roles), 'Roles | none');
  });

  it('are asked for when they are unfolded, for this principal alone, and names of roles once for all', async () => {
    await expand(tree, await rolesOf('id-airflow-prod'));
    const roles = await rolesOf('id-legacy-gov');
    await cloud().clearLog();
    await expand(tree, roles);
    const log = await requests();
    assert.deepEqual(log.filter(({ path }) => path.includes('Microsoft.ResourceGraph')).length, 1, 'one search for other subscriptions');
    const asked = log.filter(({ path }) => !path.includes('Microsoft.ResourceGraph')).map(({ path }) => decodeURIComponent(path).replace(/.*Microsoft\.Authorization\//, '').replace(/api-version=[^&]*&?/, ''));
    const { principalId } = sample.identities.legacyGov;
    assert.deepEqual(asked.sort(), [`denyAssignments?$filter=principalId eq '${principalId}'`, `roleAssignments?$filter=assignedTo('${principalId}')`]);
  });

  it('are taken away after a question that names the scope, and the row follows', async () => {
    const roles = await rolesOf('id-airflow-prod');
    const inherited = await assignment(roles, 'kv-contoso-data', 'Contoso Pipeline Operator');
    const asked: string[] = [];
    const confirm = async (...texts: readonly string[]): Promise<boolean> => asked.push(texts.slice(0, 2).join(' ')) > 0;
    await played(features.services.messages, { confirm }, () => features.services.commands.execute('airflowIdentity.removeAccess', inherited));
    assert.equal(asked.length, 1);
    assert.match(asked[0] ?? '', /^Remove the role Contoso Pipeline Operator from id-airflow-prod\? It was given on subscription Data Platform Production, so id-airflow-prod loses it on everything there, not only on key vault kv-contoso-data\./);
    assert.ok(!(await outline(roles)).some((line) => line.includes('Contoso Pipeline Operator')));
    assert.equal(text(tree, roles), 'Roles | 4 roles');
  });

  it('stay when the question is answered with no', async () => {
    const roles = await rolesOf('id-airflow-prod');
    const row = await assignment(roles, 'kv-contoso-data', 'Key Vault Secrets User');
    await cloud().clearLog();
    await played(features.services.messages, { confirm: async () => false }, () => features.services.commands.execute('airflowIdentity.removeAccess', row));
    assert.ok((await requests()).every(({ method }) => method === 'GET'));
  });

  it('that the user may not take away come with a text for whoever may', async () => {
    const roles = rowOf(tree, await expandTo(tree, ['Fabrikam', 'Fabrikam Analytics', 'rg-fabrikam-etl', 'id-fabrikam-etl']), 'Roles');
    const row = await assignment(roles, sample.resources.fabrikamStorage.name, 'Storage Blob Data Reader');
    let told = '';
    const warning = async (message: string, ...actions: readonly string[]): Promise<string | undefined> => {
      told = message;
      return actions[0];
    };
    await played(features.services.messages, { warning }, () => features.services.commands.execute('airflowIdentity.removeAccess', row));
    assert.match(told, /Microsoft\.Authorization\/roleAssignments\/delete/);
    assert.match(await vscode.env.clipboard.readText(), /az role assignment delete/);
    assert.ok((await requests()).every(({ method }) => method === 'GET' || method === 'POST'));
  });

  it('that Azure itself denies cannot be taken away', async () => {
    const row = await assignment(await rolesOf('id-airflow-prod'), 'rg-data-prod', 'Deny assignment');
    assert.doesNotMatch(tree.getTreeItem(row).contextValue ?? '', /removable/);
  });

  it('are copied as the command that gives them', async () => {
    const row = await assignment(await rolesOf('id-airflow-prod'), 'kv-contoso-data', 'Key Vault Secrets User');
    await features.services.commands.execute('airflowIdentity.copyRoleCommand', row);
    assert.match(await vscode.env.clipboard.readText(), /^# Key Vault Secrets User\naz role assignment create [\s\S]*--role '4633458b-17de-408a-b874-0445c86b69e6'[\s\S]*kv-contoso-data'\n$/);
  });

  it('that cannot be read say why in their place', async () => {
    await cloud().addFault({
      path: 'roleAssignments',
      effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'The client does not have authorization to perform action.' } } },
    });
    const rows = await expand(tree, await rolesOf('id-airflow-prod'));
    assert.deepEqual(rows.map((row) => tree.getTreeItem(row).contextValue), ['error']);
  });
});
