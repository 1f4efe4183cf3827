import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ManagedIdentity } from '../../src/identity/managedIdentity.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { answering } from './dialogs.ts';
import { knownIdentity } from './knownIdentity.ts';
import { ProjectFolder } from './projectFolder.ts';
import { signedIn } from './shell.ts';

const values = '# of the team\nexecutor: KubernetesExecutor\nairflowVersion: "3.1.0"\nscheduler:\n  replicas: 2 # both\n';

describe('labelling the service accounts of a Helm release', () => {
  let identity: ManagedIdentity;
  let folder: ProjectFolder;
  let file: RegExp;

  before(async () => {
    await signedIn(sample.accounts.dana.label);
    ({ identity } = await knownIdentity(sample.identities.airflowProd.name));
  });

  beforeEach(async () => {
    folder = await ProjectFolder.create({ 'values.yaml': values, 'other/values.yaml': 'image: nginx\n' }, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
    file = new RegExp(`${path.basename(folder.dir)}/values`);
  });

  afterEach(() => folder.remove());

  it('shows the lines, writes them in one step that Undo takes back, and leaves files of other charts out', async () => {
    await answering(() => vscode.commands.executeCommand('airflowIdentity.labelServiceAccounts', { identity }), async (dialogs) => {
      const files = await dialogs.pick(file);
      assert.ok(!files.some((label) => label.includes(`${path.basename(folder.dir)}/other`)));
      const shown = await dialogs.pick(/Write labels and annotations/);
      assert.match(shown.join('\n'), /azure\.workload\.identity\/client-id/);
    });
    const written = await folder.read('values.yaml');
    assert.ok(written.startsWith(values.trimEnd()));
    assert.equal(written.split(`azure.workload.identity/client-id: '${identity.clientId}'`).length - 1, 5);
    assert.match(written, /labels:\n {2}azure\.workload\.identity\/use: 'true'\n/);
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), values);
  });

  it('writes nothing where the user leaves', async () => {
    await answering(() => vscode.commands.executeCommand('airflowIdentity.labelServiceAccounts', { identity }), async (dialogs) => {
      await dialogs.pick(file);
      await dialogs.escape();
    });
    assert.equal(await folder.read('values.yaml'), values);
  });
});
