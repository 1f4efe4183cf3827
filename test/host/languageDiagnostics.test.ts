import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Deployment } from '../../src/deployment/deployment.ts';
import { subjectOf } from '../../src/deployment/workload.ts';
import { publicAudience } from '../../src/identity/federatedCredential.ts';
import { deployment, issuer } from '../unit/trust/trustSamples.ts';
import { FakeServices, first, second, subscriptionId, tenantId } from './languageServices.ts';
import { ProjectFolder } from './projectFolder.ts';

const { clientId } = first.identity;
const principalId = '77777777-7777-4777-8777-777777777777';
const both = `"managed_identity_client_id":"${clientId}","workload_identity_tenant_id":"${tenantId}"`;
const healthy = `airflow:\n  connections:\n    - conn_id: a\n      conn_type: azure\n      conn_extra: '{${both}}'\n`;
const half = healthy.replace(`,"workload_identity_tenant_id":"${tenantId}"`, '');

describe('What the editor says of connections', () => {
  let fake: FakeServices;
  let folder: ProjectFolder;
  let context: Pick<vscode.ExtensionContext, 'subscriptions'>;

  beforeEach(() => {
    fake = new FakeServices();
    fake.known = [first, second];
    context = { subscriptions: [] };
  });

  afterEach(async () => {
    vscode.Disposable.from(...context.subscriptions).dispose();
    await folder.remove();
    await vscode.workspace.getConfiguration().update('airflowIdentity.disabledDiagnostics', undefined, vscode.ConfigurationTarget.Global);
    await vscode.workspace.getConfiguration().update('airflowIdentity.codeLens', undefined, vscode.ConfigurationTarget.Global);
  });

  async function open(name: string, files: Readonly<Record<string, string>>): Promise<vscode.TextEditor> {
    folder = await ProjectFolder.create(files);
    fake.register(context);
    // Opened by an extension's call, a document would stay open for minutes after its editor.
    await vscode.commands.executeCommand('vscode.open', folder.uri(name));
    assert.ok(vscode.window.activeTextEditor);
    return vscode.window.activeTextEditor;
  }

  function codes(uri: vscode.Uri): readonly unknown[] {
    return own(uri).map(({ code }) => (typeof code === 'object' ? code.value : code));
  }

  /** The installed extension looks at the same file, without our identities: what both find counts once. */
  function own(uri: vscode.Uri): readonly vscode.Diagnostic[] {
    const all = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Azure Identity');
    return [...new Map(all.map((one) => [JSON.stringify([one.range, one.message]), one])).values()];
  }

  /** Waits until the findings are these. */
  async function shows(uri: vscode.Uri, ...wanted: readonly string[]): Promise<void> {
    const isThere = (): boolean => JSON.stringify(codes(uri)) === JSON.stringify(wanted);
    if (isThere()) {
      return;
    }
    let told: vscode.Disposable | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        timer = setTimeout(() => { reject(new Error(`${JSON.stringify(codes(uri))} is not ${JSON.stringify(wanted)}`)); }, 10_000);
        told = vscode.languages.onDidChangeDiagnostics(() => {
          if (isThere()) {
            resolve();
          }
        });
      });
    } finally {
      told?.dispose();
      clearTimeout(timer);
    }
  }

  async function fixesAt(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): Promise<readonly vscode.CodeAction[]> {
    return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, diagnostic.range, vscode.CodeActionKind.QuickFix.value);
  }

  async function apply(action: vscode.CodeAction | undefined): Promise<void> {
    assert.ok(action?.edit, 'the fix has an edit');
    assert.ok(await vscode.workspace.applyEdit(action.edit));
  }

  for (const [name, text, code] of [
    ['airflow_settings.yaml', half, 'half-identity'],
    ['.env', `AIRFLOW_CONN_A='{"conn_type": "azure", "extra": {${both}}}'\n`, 'env-quoted'],
    ['connections.json', `{"a": {"conn_type": "azure", "extra": {"managed_identity_client_id": "${principalId}", "workload_identity_tenant_id": "x"}}}`, 'id-form'],
    ['connections.yaml', `a:\n  conn_type: azure-batch\n`, 'type-dashes'],
    ['connections.env', 'a=azure_batch://\n', 'uri-scheme'],
  ] as const) {
    it(`comes in ${name}, with a code that leads to its explanation`, async () => {
      const { document } = await open(name, { [name]: text });
      await shows(document.uri, code);
      const [diagnostic] = own(document.uri);
      assert.ok(typeof diagnostic?.code === 'object');
      assert.match(diagnostic.code.target.toString(), new RegExp(`docs/diagnostics\\.md#${code}$`));
    });
  }

  it('has identities listed for a file that names one only once that is in sight', async () => {
    const listed = new Promise<void>((resolve) => { fake.answer = async () => { resolve(); return []; }; });
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': half });
    fake.register(context);
    const document = await vscode.workspace.openTextDocument(folder.uri('airflow_settings.yaml'));
    await shows(document.uri, 'half-identity');
    assert.equal(fake.listings, 0);
    await vscode.window.showTextDocument(document);
    await listed;
    assert.equal(fake.listings, 1);
  });

  it('goes with its fix, comes back with undo, and goes when the file is closed', async () => {
    const { document } = await open('airflow_settings.yaml', { 'airflow_settings.yaml': half });
    await shows(document.uri, 'half-identity');
    const [diagnostic] = own(document.uri);
    assert.ok(diagnostic !== undefined);
    const actions = await fixesAt(document, diagnostic);
    const fix = actions.find(({ title }) => title === 'Add the tenant of id-first');
    assert.equal(fix?.isPreferred, true);

    await apply(fix);
    await shows(document.uri);
    assert.equal(document.getText(), healthy);
    await vscode.commands.executeCommand('undo');
    await shows(document.uri, 'half-identity');
    assert.equal(document.getText(), half);

    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await shows(document.uri);
  });

  it('follows what is typed', async () => {
    const { document } = await open('airflow_settings.yaml', { 'airflow_settings.yaml': healthy });
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(document.getText().length), '    - conn_id: a\n      conn_type: azure\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await shows(document.uri, 'duplicate-id', 'duplicate-id');
  });

  it('knows a principal ID as soon as identities are listed, which the file alone is reason for', async () => {
    fake.known = [];
    fake.answer = async () => {
      fake.known = [{ ...first, identity: { ...first.identity, principalId } }];
      fake.identityChange.fire();
      return [];
    };
    const { document } = await open('airflow_settings.yaml', { 'airflow_settings.yaml': healthy.replace(clientId, principalId) });
    await shows(document.uri, 'client-id-is-principal-id');
    const [diagnostic] = own(document.uri);
    assert.ok(diagnostic !== undefined);
    await apply((await fixesAt(document, diagnostic)).find(({ title }) => title === 'Write the client ID of id-first'));
    await shows(document.uri);
    assert.equal(document.getText(), healthy);
  });

  it('says nothing of a code that is turned off', async () => {
    const { document } = await open('airflow_settings.yaml', { 'airflow_settings.yaml': half });
    await shows(document.uri, 'half-identity');
    await vscode.workspace.getConfiguration().update('airflowIdentity.disabledDiagnostics', ['half-identity'], vscode.ConfigurationTarget.Global);
    await shows(document.uri);
  });

  it('looks at requirements.txt beside the file, and raises the provider there', async () => {
    const { document } = await open('airflow_settings.yaml', { 'airflow_settings.yaml': healthy, 'requirements.txt': 'apache-airflow-providers-microsoft-azure==8.1.0\n' });
    await shows(document.uri, 'provider-old');
    const [diagnostic] = own(document.uri);
    assert.ok(diagnostic !== undefined);
    await apply((await fixesAt(document, diagnostic)).find(({ title }) => title.startsWith('Require 8.2.0')));
    await shows(document.uri);
    const requirements = await vscode.workspace.openTextDocument(folder.uri('requirements.txt'));
    assert.equal(requirements.getText(), 'apache-airflow-providers-microsoft-azure>=8.2.0\n');
    await vscode.window.showTextDocument(requirements);
  });

  it('tells a connection that stands beside it with other values', async () => {
    const { document } = await open('airflow_settings.yaml', { 'airflow_settings.yaml': healthy, '.env': `AIRFLOW_CONN_A={"conn_type":"azure","extra":{${both},"subscriptionId":"${subscriptionId}"}}\n` });
    await shows(document.uri, 'places-differ');
    const [diagnostic] = own(document.uri);
    assert.ok(diagnostic !== undefined);
    await apply((await fixesAt(document, diagnostic)).find(({ title }) => title === 'Take the values from .env'));
    await shows(document.uri);
  });

  it('mends at once what needs no decision', async () => {
    const { document } = await open('airflow_settings.yaml', { 'airflow_settings.yaml': half.replace('conn_type: azure', 'conn_type: azure\n      conn_uri: azure://') });
    await shows(document.uri, 'uri-ignored', 'half-identity');
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, whole, vscode.CodeActionKind.SourceFixAll.value);
    // The installed extension can mend less: it knows no identities.
    await apply(actions.find(({ edit }) => JSON.stringify(edit?.entries() ?? []).includes('workload_identity_tenant_id')));
    await shows(document.uri);
  });

  it('says on a client ID which identity it is, without taking its name for markup', async () => {
    fake.known = [{ ...first, identity: { ...first.identity, name: 'id_<b>*x*</b>' }, credentials: [] }];
    fake.deployments = [deployment];
    const { document } = await open('airflow_settings.yaml', { 'airflow_settings.yaml': healthy });
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, document.positionAt(healthy.indexOf(clientId) + 3));
    const text = hovers.flatMap(({ contents }) => contents).map((content) => (content as vscode.MarkdownString).value).join('\n');
    assert.match(text, /id\\_\\<b\\>\\\*x\\\*\\<\\\/b\\>/);
    assert.match(text, /Subscription: Production/);
    assert.match(text, /Trusts: no deployment/);
    assert.match(text, /command:airflowIdentity\.revealIdentity\?/);
  });

  it('stands above a connection with its action in sight, however many deployments are concerned', async () => {
    const accounts = ['scheduler', 'worker'];
    const known = ['one', 'two', 'three', 'four', 'five', 'six'].map((name): Deployment => ({ ...deployment, id: name, name, namespace: name, layout: { kind: 'listed', serviceAccounts: accounts } }));
    const credentials = known.flatMap(({ name, namespace }, index) => accounts.slice(0, index < 3 ? 2 : 1).map((account) => (
      { name: `${name}-${account}`, issuer, subject: subjectOf(namespace, account), audiences: [publicAudience] })));
    fake.known = [{ ...first, credentials }];
    fake.deployments = known;
    const { document } = await open('airflow_settings.yaml', { 'airflow_settings.yaml': healthy });
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    assert.deepEqual(lenses.map(({ command }) => command?.title), [
      '$(key) id-first', '$(shield) trusts one, two and 1 more', '$(warning) four: 1 of 2 missing', '$(warning) five: 1 of 2 missing', '1 more', 'Give access',
    ]);
  });

  it('stands above a connection, unless that is turned off', async () => {
    fake.known = [{ ...first, credentials: [] }];
    fake.deployments = [deployment];
    const { document } = await open('airflow_settings.yaml', { 'airflow_settings.yaml': healthy });
    const lenses = async (): Promise<readonly (string | undefined)[]> =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri)).map(({ command }) => command?.title);
    assert.deepEqual(await lenses(), ['$(key) id-first', '$(warning) trusts no deployment', 'Give access']);
    await vscode.workspace.getConfiguration().update('airflowIdentity.codeLens', false, vscode.ConfigurationTarget.Global);
    assert.deepEqual(await lenses(), []);
  });
});
