import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import { escapeMarkdown } from '../../src/vscode/tree/facts.ts';
import type { LazyTree } from '../../src/vscode/tree/lazyTree.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { knownIdentity } from './knownIdentity.ts';
import { cloud, expand, expandTo, played, product, requests, rowOf, settledTexts, signedIn, text } from './shell.ts';
import { until } from './until.ts';

const { production, development } = sample.subscriptions;

describe('Identities view', () => {
  let features: ReturnType<ExtensionApi['features']>;
  let tree: LazyTree;

  const below = (...labels: readonly string[]): Promise<readonly TreeNode[]> => expandTo(tree, labels);

  const texts = (rows: readonly TreeNode[]): string[] => rows.map((row) => text(tree, row));

  beforeEach(async () => {
    await signedIn(sample.accounts.dana.label);
    features = await product();
    tree = features.trees.identities;
  });

  afterEach(() => cloud().clearFaults());

  it('shows what the cloud holds, and asks only for what is shown', async () => {
    assert.deepEqual(await settledTexts(tree, await below()), ['Contoso | contoso.example', 'Fabrikam | fabrikam.example', 'Northwind (MFA required) | sign-in needed']);
    assert.deepEqual(await settledTexts(tree, await below('Contoso')), ['Data Platform Development | 2 identities', 'Data Platform Production | 5 identities', 'Sandbox | no identities']);
    assert.deepEqual(texts(await below('Contoso', 'Data Platform Production')), ['rg-airflow-identity | 3 identities', 'rg-analytics | 2 identities', 'System-assigned identities']);
    const identities = await below('Contoso', 'Data Platform Production', 'rg-airflow-identity');
    assert.deepEqual(identities.map((row) => tree.getTreeItem(row).label), ['id-airflow-nz', 'id-airflow-prod', 'id-legacy-gov']);
    assert.equal(texts(identities)[0], 'id-airflow-nz | newzealandnorth takes no federated credentials');
    const credentials = await expand(tree, rowOf(tree, identities, 'id-airflow-prod'));
    // Seven credentials and the row of the roles, which is not read before it is unfolded.
    assert.equal(credentials.length, 8);
    assert.equal(texts(credentials)[7], 'Roles');
    assert.equal(texts(credentials)[0], 'astro-scheduler | weightless-diameter-8927-scheduler-serviceaccount');
    assert.equal(texts(identities)[1], 'id-airflow-prod | 7 of 20 used');
    // The identities in sight are asked how much is used, those of the group that was not opened are not.
    await Promise.all(identities.map((row) => tree.loaded(row)));
    assert.equal(texts(identities)[2], 'id-legacy-gov | 1 of 20 used');
    const asked = (await requests()).map(({ path }) => path.replace(/\?.*/, '').replace(/.*\/providers\/Microsoft\.ManagedIdentity/, '…'));
    assert.deepEqual(asked.sort(), [
      '/providers/Microsoft.ResourceGraph/resources', '/subscriptions', '/subscriptions', '/tenants',
      ...['id-airflow-nz', 'id-airflow-prod', 'id-legacy-gov'].map((name) => `…/userAssignedIdentities/${name}/federatedIdentityCredentials`),
    ].sort());
  });

  it('gives ids that hold account and tenant', async () => {
    const [row] = await below('Contoso');
    assert.match(row?.id ?? '', /^\/accounts\/[^/]+\/tenants\/[^/]+\/subscriptions\/[^/]+$/);
  });

  it('shows a tenant that wants a second factor in its place, with its reason and its sign-in', async () => {
    const northwind = rowOf(tree, await below(), 'Northwind (MFA required)');
    const [error] = await expand(tree, northwind);
    assert.ok(error);
    const item = tree.getTreeItem(error);
    assert.match(text(tree, error), /wants dana@contoso.example to sign in again/);
    assert.equal(item.contextValue, 'error;needsSignIn');
    assert.match(tree.getTreeItem(northwind).contextValue ?? '', /\bneedsSignIn\b/);
  });

  it('lists by ARM where Resource Graph is refused, shows a failing subscription in its place; retry asks for it alone', async () => {
    await cloud().addFault({ path: 'Microsoft.ResourceGraph', effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No authorization.' } } } });
    await cloud().addFault({
      path: `${production}/providers/Microsoft.ManagedIdentity`,
      effect: { kind: 'answer', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'The client does not have authorization to perform action.' } } },
    });
    const rows = await below('Contoso');
    assert.deepEqual(await settledTexts(tree, rows), ['Data Platform Development | 2 identities', 'Data Platform Production | no access', 'Sandbox | no identities']);
    const failed = rowOf(tree, rows, 'Data Platform Production');
    const [error] = await expand(tree, failed);
    assert.equal(tree.getTreeItem(error as TreeNode).contextValue, 'error');
    await cloud().clearFaults();
    await cloud().clearLog();
    await vscode.commands.executeCommand('airflowIdentity.retry', error);
    assert.deepEqual(texts(await expand(tree, failed)), ['rg-airflow-identity | 3 identities', 'rg-analytics | 2 identities', 'System-assigned identities']);
    assert.deepEqual((await requests()).map(({ path }) => path.includes(production)), [true]);
  });

  it('refreshes one node without the rest', async () => {
    const rows = await below('Contoso');
    await settledTexts(tree, rows);
    await cloud().clearLog();
    const row = rowOf(tree, rows, 'Data Platform Development');
    await vscode.commands.executeCommand('airflowIdentity.refreshNode', row);
    await expand(tree, row);
    assert.deepEqual((await requests()).map(({ path }) => path.includes(development)), [true]);
  });

  it('stops requests under way, says so in their place, and lists again on retry', async () => {
    await cloud().addFault({ path: 'Microsoft.ResourceGraph', times: 1, effect: { kind: 'silence' } });
    const rows = await below('Contoso');
    const waiting = Promise.all(rows.map((row) => tree.loaded(row)));
    await until(async () => (await requests()).some(({ path }) => path.includes('Microsoft.ResourceGraph')));
    await vscode.commands.executeCommand('airflowIdentity.stopLoading');
    await waiting;
    const [row] = rows;
    assert.ok(row);
    assert.match(texts(await tree.getChildren(row))[0] ?? '', /^Stopped before everything was listed/);
    await vscode.commands.executeCommand('airflowIdentity.refreshNode', row);
    assert.deepEqual(texts(await expand(tree, row)), ['rg-airflow-dev | 2 identities', 'System-assigned identities']);
  });

  it('copies client id, principal id, resource id, issuer and subject', async () => {
    const identity = rowOf(tree, await below('Contoso', 'Data Platform Production', 'rg-airflow-identity'), 'id-airflow-prod');
    const credential = rowOf(tree, await expand(tree, identity), 'astro-scheduler');
    const copied: string[] = [];
    for (const [command, row] of [['copyClientId', identity], ['copyPrincipalId', identity], ['copyResourceId', identity], ['copyIssuer', credential], ['copySubject', credential]] as const) {
      await vscode.commands.executeCommand(`airflowIdentity.${command}`, row);
      copied.push(await vscode.env.clipboard.readText());
    }
    const { clientId, principalId } = sample.identities.airflowProd;
    assert.deepEqual(copied.slice(0, 2), [clientId, principalId]);
    assert.match(copied[2] ?? '', /^\/subscriptions\/.*\/userAssignedIdentities\/id-airflow-prod$/);
    assert.deepEqual(copied.slice(3), [sample.issuers.prod, 'system:serviceaccount:weightless-diameter-8927:weightless-diameter-8927-scheduler-serviceaccount']);
  });

  it('shows tags with quotes, markdown and HTML as text', async () => {
    const known = await knownIdentity(sample.identities.hostileTags.name);
    const row = rowOf(tree, await below(known.tenant.displayName, known.subscription.displayName, known.identity.resourceGroup), known.identity.name);
    const { tooltip } = tree.getTreeItem(row);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml && !tooltip.supportThemeIcons);
    assert.ok(tooltip.value.includes(escapeMarkdown(Object.entries(known.identity.tags).map(([name, value]) => `${name}: ${value}`).join(', '))));
    assert.doesNotMatch(tooltip.value, /(?<!\\)[<[`$]/);
  });

  it('says what a row is to a screen reader', async () => {
    const row = rowOf(tree, await below('Contoso', 'Data Platform Production', 'rg-airflow-identity'), 'id-airflow-prod');
    await expand(tree, row);
    assert.equal(tree.getTreeItem(row).accessibilityInformation?.label, 'Identity id-airflow-prod, 7 of 20 used');
  });

  it('lists everything for the pickers, each failing place once, and nothing twice', async () => {
    const errors = await features.services.identities.listAll(new AbortController().signal);
    assert.deepEqual(errors.map(({ code }) => code), ['interactionRequired']);
    const names = features.services.identities.known().map(({ identity }) => identity.name);
    assert.deepEqual(names.sort(), Object.values(sample.identities).map(({ name }) => name).sort());
    await cloud().clearLog();
    await features.services.identities.listAll(new AbortController().signal);
    assert.deepEqual(await requests(), []);
  });

  it('finds an identity and reveals its row', async () => {
    await features.services.identities.listAll(new AbortController().signal);
    const finding = vscode.commands.executeCommand('airflowIdentity.findIdentity').then(() => 'found');
    const accept = async (): Promise<string> => {
      // Does nothing until the pick is drawn with its first item.
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return 'again';
    };
    while ((await Promise.race([finding, accept()])) === 'again');
    const [row] = tree.view.selection;
    assert.ok(row && 'identity' in row);
  });

  it('does nothing but say so when a row is pressed that VS Code draws anew just then', async () => {
    const said: string[] = [];
    // What VS Code passes then: no row, and no selection.
    await played(features.services.messages, { error: async (told) => { said.push(told); return undefined; } }, async () => {
      await vscode.commands.executeCommand('airflowIdentity.giveAccess', undefined, undefined);
      await vscode.commands.executeCommand('airflowIdentity.deleteCredentials', undefined, undefined);
      await vscode.commands.executeCommand('airflowIdentity.showLog', undefined, undefined);
    });
    assert.equal(said.length, 2);
    assert.match(said[0] ?? '', /^That row was being drawn anew/);
  });

  it('follows what was written elsewhere', async () => {
    const identities = await below('Contoso', 'Data Platform Production', 'rg-airflow-identity');
    const row = rowOf(tree, identities, 'id-airflow-prod');
    await expand(tree, row);
    const known = features.services.identities.known().find(({ identity }) => identity.name === 'id-airflow-prod');
    assert.ok(known?.credentials);
    features.services.identities.updateCredentials(known.identity, known.credentials.slice(0, 3));
    assert.equal(text(tree, row), 'id-airflow-prod | 3 of 20 used');
    assert.deepEqual((await tree.getChildren(row)).map((child) => tree.getTreeItem(child).contextValue), ['credential', 'credential', 'credential', 'roles;refreshable']);
  });
});
