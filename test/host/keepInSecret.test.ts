import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/vscode/extensionApi.ts';
import type { Dialogs } from './dialogs.ts';
import { answering } from './dialogs.ts';
import { connection as azure, ProjectFolder } from './projectFolder.ts';
import { expand, played, product, rowOf, signedIn, text } from './shell.ts';

const json = `{"conn_type":"azure","extra":${JSON.stringify(azure.extra)}}`;
const values = `# of the team\nexecutor: KubernetesExecutor\nextraEnv: |\n  - name: POD\n    value: {{ .Release.Name }}\n  - name: AIRFLOW_CONN_AZURE_WI\n    value: '${json}'\n`;

describe('keeping a connection of a Helm release in a Kubernetes secret', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  let features: ReturnType<ExtensionApi['features']>;
  let folder: ProjectFolder;

  before(async () => {
    features = await product();
  });

  afterEach(() => folder.remove());

  /** Answers the questions for a connection of a file; gives what was confirmed. */
  async function kept(files: Readonly<Record<string, string>>, name: string, answers: (dialogs: Dialogs) => Promise<void>): Promise<readonly string[]> {
    folder = await ProjectFolder.create(files, root.fsPath);
    await signedIn();
    const tree = features.trees.connections;
    tree.refresh();
    const file = rowOf(tree, await expand(tree), `${path.basename(root.fsPath)}/${path.basename(folder.dir)}/${name}`);
    const row = (await tree.getChildren(file)).find((one) => text(tree, one).startsWith('azure_wi'));
    assert.ok(row);
    const asked: string[][] = [];
    await played(features.services.messages, { confirm: async (...said) => { asked.push(said); return true; } }, () =>
      answering(() => vscode.commands.executeCommand('airflowIdentity.keepInSecret', row), answers));
    return asked.flat();
  }

  it('moves it from the variables into the text of a secret that the chart makes, as one step', async () => {
    const [question, shown] = await kept({ 'values.yaml': values }, 'values.yaml', async (dialogs) => {
      await dialogs.pick(/A new secret that the chart makes/);
      assert.match(await dialogs.enter(/Name of the secret/, 'Not A Name') ?? '', /lower-case letters/);
      await dialogs.enter(/Name of the secret/, 'team-connections');
      await dialogs.enter(/Key of the connection in team-connections/, 'azure_wi');
    });
    assert.equal(question, 'Keep azure_wi in team-connections, under azure_wi?');
    assert.match(shown ?? '', /\n- value: '\{"conn_type":"azure"/);
    assert.equal(await folder.read('values.yaml'), [
      '# of the team', 'executor: KubernetesExecutor', 'extraEnv: |', '  - name: POD', '    value: {{ .Release.Name }}', '  - name: AIRFLOW_CONN_AZURE_WI',
      '    valueFrom: {secretKeyRef: {name: team-connections, key: azure_wi}}', 'extraSecrets:', '  team-connections:', '    stringData: |', `      azure_wi: '${json}'`, '',
    ].join('\n'));
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), values);
  });

  it('names a secret that others make, and copies the command for it, which is not run', async () => {
    const [, shown] = await kept({ '.env': `AIRFLOW_CONN_AZURE_WI=${json}\n`, 'values.yaml': 'executor: LocalExecutor\n' }, '.env', async (dialogs) => {
      await dialogs.pick(new RegExp(`${path.basename(folder.dir)}/values\\.yaml$`));
      await dialogs.pick(/A secret that is made elsewhere/);
      await dialogs.enter(/Name of the secret/, 'airflow-connections');
      await dialogs.enter(/Key of the connection/, 'azure_wi');
      await dialogs.enter(/Namespace of the release/, 'data');
    });
    assert.match(shown ?? '', /It also stays in .*\.env\.\n\nThe kubectl command .* is copied to the clipboard\. Nothing is run\.$/);
    assert.equal(await folder.read('values.yaml'), 'executor: LocalExecutor\nsecret:\n  - envName: AIRFLOW_CONN_AZURE_WI\n    secretName: airflow-connections\n    secretKey: azure_wi\n');
    assert.ok((await vscode.env.clipboard.readText()).startsWith(`kubectl create secret generic airflow-connections --namespace data \\\n  '--from-literal=azure_wi=${json}'\n`));
    assert.equal(await folder.read('.env'), `AIRFLOW_CONN_AZURE_WI=${json}\n`);
  });

  it('writes nothing where the user leaves', async () => {
    assert.deepEqual(await kept({ 'values.yaml': values }, 'values.yaml', (dialogs) => dialogs.escape()), []);
    assert.equal(await folder.read('values.yaml'), values);
  });
});
