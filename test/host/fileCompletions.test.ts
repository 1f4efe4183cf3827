import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { language } from '../../src/project/languageBundle.ts';
import { FakeServices, first, second, subscriptionId, tenantId } from './languageServices.ts';
import { connected, ProjectFolder } from './projectFolder.ts';

const { clientId } = first.identity;
const identityKeys = { managed_identity_client_id: clientId, workload_identity_tenant_id: tenantId };

describe('Completions in files beside airflow_settings.yaml', () => {
  let fake: FakeServices;
  let folder: ProjectFolder;
  let context: Pick<vscode.ExtensionContext, 'subscriptions'>;

  beforeEach(() => {
    fake = new FakeServices();
    fake.known = [first, second];
    context = { subscriptions: [] };
    fake.register(context);
  });

  afterEach(async () => {
    vscode.Disposable.from(...context.subscriptions).dispose();
    await folder.remove();
  });

  /** Opens a file with the cursor at the `|` of its text, which is taken out. */
  async function open(name: string, text: string, beside: Readonly<Record<string, string>> = {}): Promise<vscode.TextEditor> {
    folder = await ProjectFolder.create({ ...beside, [name]: text.replace('|', '') });
    const editor = await vscode.window.showTextDocument(folder.uri(name));
    const position = editor.document.positionAt(text.indexOf('|'));
    editor.selection = new vscode.Selection(position, position);
    return editor;
  }

  async function offered({ document, selection }: vscode.TextEditor): Promise<readonly vscode.CompletionItem[]> {
    return (await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, selection.active)).items;
  }

  function nameOf({ label }: vscode.CompletionItem): string {
    return typeof label === 'string' ? label : label.label;
  }

  /** Takes an offer as the editor does, and gives the text of the file. */
  async function take(editor: vscode.TextEditor, name: string): Promise<string> {
    const items = await offered(editor);
    const item = items.find((one) => nameOf(one) === name);
    assert.ok(item?.insertText instanceof vscode.SnippetString && item.range instanceof vscode.Range, items.map(nameOf).join('\n'));
    await editor.insertSnippet(item.insertText, item.range, { undoStopBefore: true, undoStopAfter: true, keepWhitespace: item.keepWhitespace ?? false });
    return editor.document.getText();
  }

  for (const [name, text] of [
    ['.env', 'AIRFLOW__CORE__LOAD_EXAMPLES=False\n|\n'],
    ['.env', 'AIRFLOW_CONN|\n'],
    ['connections.json', '{\n  |\n}\n'],
    ['connections.json', '{\n  "|"\n}\n'],
    ['connections.json', '{\n  |\n  "other": { "conn_type": "http" }\n}\n'],
    ['connections.yaml', 'other:\n  conn_type: http\n|\n'],
    ['connections.yaml', 'id-fir|\n'],
  ] as const) {
    it(`insert a whole connection that Airflow reads into ${name}: ${JSON.stringify(text)}`, async () => {
      const editor = await open(name, text);
      const written = await take(editor, 'Azure: id-first');
      const content = language.formatOf(`/project/${name}`)?.read(written);
      assert.ok(content !== undefined && !('kind' in content), written);
      const added = content.connections.map(({ connection }) => connection).find(({ type }) => type === 'azure');
      assert.deepEqual([added?.connectionId, added?.extra], ['azure_wi', { ...identityKeys, subscriptionId }], written);
      assert.deepEqual(content.findings, [], written);
      assert.equal(editor.document.getText(editor.selection).toLowerCase(), 'azure_wi', 'the id is what is typed over');
    });
  }

  for (const [name, text] of [
    ['.env', `AIRFLOW_CONN_A={"conn_type":"azure","extra":{"managed_identity_client_id":"|"}}\n`],
    ['connections.json', `{ "a": { "conn_type": "azure", "extra": { "managed_identity_client_id": "|" } } }\n`],
    ['connections.yaml', `a:\n  conn_type: azure\n  extra:\n    managed_identity_client_id: |\n`],
    ['airflow_settings.yaml', `airflow:\n  connections:\n    - conn_id: a\n      conn_type: azure\n      conn_extra: '{"managed_identity_client_id": "|"}'\n`],
  ] as const) {
    it(`offer client ids by the names of their identities in ${name}`, async () => {
      assert.equal(await take(await open(name, text), 'id-second'), text.replace('|', second.identity.clientId));
    });
  }

  it('offer the keys that a connection of its type reads', async () => {
    const names = (await offered(await open('connections.yaml', 'a:\n  conn_type: azure_data_factory\n  extra:\n    |\n'))).map(nameOf);
    assert.deepEqual(['managed_identity_client_id', 'factory_name', 'resource_group_name'].filter((key) => !names.includes(key)), []);
    assert.ok(!names.includes('account_url'));
  });

  it('stay away from other variables and other files', async () => {
    assert.ok(!(await offered(await open('.env', 'PATH=|\n'))).some((item) => nameOf(item) === 'Azure: id-first'));
    await folder.remove();
    assert.ok(!(await offered(await open('package.json', '{\n  |\n}\n'))).some((item) => nameOf(item) === 'Azure: id-first'));
  });

  describe('of Python', () => {
    const json = `{"conn_type":"wasb","host":"https://a.blob.core.windows.net","extra":${JSON.stringify(identityKeys)}}`;
    const beside = {
      '.env': `AIRFLOW_CONN_LAKE=${json}\nAIRFLOW_CONN_WAREHOUSE=postgres://db\n`,
      'docker-compose.yaml': `services:\n  airflow-scheduler:\n    environment:\n      AIRFLOW_CONN_POND: '${json}'\n`,
      'airflow_settings.yaml': connected,
    };
    let inWorkspace: vscode.Uri;

    beforeEach(() => {
      const [workspace] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(workspace);
      inWorkspace = workspace.uri;
    });

    async function openDag(name: string, text: string): Promise<vscode.TextEditor> {
      folder = await ProjectFolder.create({ ...beside, [name]: text.replace('|', '') }, inWorkspace.fsPath);
      const editor = await vscode.window.showTextDocument(folder.uri(name));
      const position = editor.document.positionAt(text.indexOf('|'));
      editor.selection = new vscode.Selection(position, position);
      return editor;
    }

    it('write a hook for a connection of the workspace, at the indentation of the statement', async () => {
      const text = await take(await openDag('dags/etl.py', 'def load():\n    wasb|\n'), 'Blobs of lake with WasbHook');
      assert.equal(text, [
        'def load():',
        '    from airflow.providers.microsoft.azure.hooks.wasb import WasbHook',
        '',
        '    hook = WasbHook(wasb_conn_id="lake")',
        '    blobs = hook.get_blobs_list(container_name="container")',
        '',
      ].join('\n'));
    });

    it('offer ids of connections that sign in as an identity, and no others', async () => {
      const names = (await offered(await openDag('tasks.py', 'from airflow.sdk import dag\nwasb(wasb_conn_id="|")\n'))).map(nameOf);
      // The installed extension offers them too.
      assert.deepEqual(new Set(names.filter((name) => ['lake', 'pond', 'azure_wi', 'warehouse'].includes(name))), new Set(['azure_wi', 'lake', 'pond']));
    });

    it('leave files alone that are none of Airflow', async () => {
      const names = (await offered(await openDag('setup.py', 'import os\nlake|\n'))).map(nameOf);
      assert.deepEqual(names.filter((name) => /WasbHook|AzureBaseHook|DefaultAzureCredential/.test(name)), []);
    });
  });
});
