import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { AstroProjects } from '../../src/vscode/project/astroProjects.ts';
import { astroProjects, connected, connection, editOf, extra, ProjectFolder, settings } from './projectFolder.ts';

describe('Writing the connection into airflow_settings.yaml', () => {
  let projects: AstroProjects;
  let folder: ProjectFolder;

  async function writeConnection(): Promise<{ readonly line: number; readonly updated: boolean }> {
    const uri = folder.uri().toString();
    return projects.write(uri, connection, editOf(await projects.plan(uri, connection)));
  }

  function cursorLine(): string | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.lineAt(editor.selection.active.line).text;
  }

  before(() => {
    projects = astroProjects();
  });

  after(() => {
    projects.dispose();
  });

  afterEach(async () => {
    await folder.remove();
  });

  it('adds the entry, saves, and leaves the cursor on it', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });

    const result = await writeConnection();

    assert.deepEqual(result, { line: 5, updated: false });
    assert.equal(await folder.read(), connected);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), folder.uri().toString());
    assert.equal(vscode.window.activeTextEditor?.document.isDirty, false);
    assert.equal(cursorLine(), '    - conn_id: azure_wi');
  });

  it('is one step to undo', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
    await writeConnection();

    await vscode.commands.executeCommand('undo');

    assert.equal(vscode.window.activeTextEditor?.document.getText(), settings);
  });

  it('leaves alone what is typed right after it was saved', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
    const typed = new Promise<boolean>((resolve) => {
      const told = vscode.workspace.onDidSaveTextDocument(() => {
        told.dispose();
        void vscode.window.activeTextEditor?.edit((edit) => { edit.insert(new vscode.Position(0, 0), '# mine\n'); }).then(resolve);
      });
    });

    await writeConnection();

    assert.ok(await typed);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), `# mine\n${connected}`);
    assert.equal(await folder.read(), connected);
  });

  // Auto save does the same: VS Code takes no other save of a file while those who take part in its saving are at work.
  it('is written once, and nothing is said, when the file is being saved just then', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
    const document = await vscode.workspace.openTextDocument(folder.uri());
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => { release = resolve; });
    const slow = vscode.workspace.onWillSaveTextDocument((saving) => { saving.waitUntil(gate); });
    const saved = new Promise<boolean>((resolve) => {
      const told = vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.document === document && document.isDirty) {
          told.dispose();
          resolve(document.save());
        }
      });
    });
    try {
      const written = writeConnection();
      await new Promise<void>((resolve) => {
        const told = vscode.window.onDidChangeTextEditorSelection(() => { told.dispose(); resolve(); });
      });
      // Behind the save that the write asks for.
      await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
      release();
      await written;
      assert.ok(await saved);
      assert.deepEqual([await folder.read(), document.getText(), document.isDirty], [connected, connected, false]);
    } finally {
      release();
      slow.dispose();
    }
  });

  it('is one step each, however many connections are written one after the other', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
    await writeConnection();
    const uri = folder.uri().toString();
    const second = { ...connection, connectionId: 'azure_two' };
    await projects.write(uri, second, editOf(await projects.plan(uri, second)));

    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), connected);
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), settings);
    assert.equal(vscode.window.activeTextEditor?.document.isDirty, true);
  });

  it('fills the empty first entry of the template, and one undo brings back every byte', async () => {
    const template = await readFile(path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'airflow_settings.yaml'), 'utf8');
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': template });

    assert.deepEqual(await writeConnection(), { line: 10, updated: false });

    assert.equal(
      await folder.read(),
      template
        .replace('conn_id:', 'conn_id: azure_wi')
        .replace('conn_type:', 'conn_type: azure')
        .replace(/conn_extra:\n +example_extra_field: example-value/, () => `conn_extra: '${extra}'`),
    );
    assert.equal(cursorLine(), '    - conn_id: azure_wi');
    await vscode.commands.executeCommand('undo');
    await vscode.window.activeTextEditor?.document.save();
    assert.equal(await folder.read(), template);
  });

  it('keeps CRLF and the byte order mark', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': `\uFEFF${settings.replaceAll('\n', '\r\n')}` });

    assert.equal((await writeConnection()).line, 5);

    assert.equal(await folder.read(), `\uFEFF${connected.replaceAll('\n', '\r\n')}`);
    assert.equal(cursorLine(), '    - conn_id: azure_wi');
    await vscode.commands.executeCommand('undo');
    await vscode.window.activeTextEditor?.document.save();
    assert.equal(await folder.read(), `\uFEFF${settings.replaceAll('\n', '\r\n')}`);
  });

  it('plans on unsaved changes and leaves them unsaved', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
    const editor = await vscode.window.showTextDocument(folder.uri());
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), '# half done\n');
    });

    assert.equal((await writeConnection()).line, 6);

    assert.equal(editor.document.getText(), `# half done\n${connected}`);
    assert.equal(editor.document.isDirty, true);
    assert.equal(await folder.read(), settings);
  });

  it('does not let format on save touch the rest of the file', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': `${settings}# spaces   \n` });
    const files = vscode.workspace.getConfiguration('files');
    await files.update('trimTrailingWhitespace', true, vscode.ConfigurationTarget.Global);
    try {
      await writeConnection();
    } finally {
      await files.update('trimTrailingWhitespace', undefined, vscode.ConfigurationTarget.Global);
    }
    assert.equal(await folder.read(), `${connected}# spaces   \n`);
  });

  it('creates a file that does not exist yet, and one undo takes it away', async () => {
    folder = await ProjectFolder.create();
    const uri = folder.uri().toString();
    const plan = editOf(await projects.plan(uri, connection));
    assert.equal(plan.action, 'create');

    assert.deepEqual(await projects.write(uri, connection, plan), { line: 3, updated: false });

    assert.equal(await folder.read(), `airflow:\n  connections:\n    - conn_id: azure_wi\n      conn_type: azure\n      conn_extra: '${extra}'\n`);
    assert.equal(vscode.window.activeTextEditor?.document.isDirty, false);
    assert.match(cursorLine() ?? '', /conn_id: azure_wi/);
    await vscode.commands.executeCommand('undo');
    await assert.rejects(folder.read(), { code: 'ENOENT' });
  });

  it('shows the file beside the form, which stays in sight with its result', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
    const form = vscode.window.createWebviewPanel('test.form', 'Form', vscode.ViewColumn.One);
    try {
      await writeConnection();

      assert.equal(form.visible, true);
      assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.Two);
      assert.equal(await folder.read(), connected);
    } finally {
      form.dispose();
    }
  });

  it('uses the editor that shows the file already', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings, 'other.txt': '' });
    await vscode.window.showTextDocument(folder.uri(), { viewColumn: vscode.ViewColumn.Two, preview: false });
    await vscode.window.showTextDocument(folder.uri('other.txt'), { viewColumn: vscode.ViewColumn.One, preview: false });

    await writeConnection();

    assert.deepEqual(vscode.window.tabGroups.all.map((group) => group.tabs.map(({ label }) => label)), [['other.txt'], ['airflow_settings.yaml']]);
    assert.equal(cursorLine(), '    - conn_id: azure_wi');
  });

  it('changes an entry of the same id only as shown', async () => {
    const other = connected.replace('11111111-2222-3333-4444-555555555555', '77777777-2222-3333-4444-555555555555');
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': other });
    const uri = folder.uri().toString();
    const plan = await projects.plan(uri, connection);
    assert.equal(plan.kind, 'differs');

    assert.deepEqual(await projects.write(uri, connection, plan.overwrite), { line: 5, updated: true });

    assert.equal(await folder.read(), connected);
  });

  it('has nothing to write the second time', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
    await writeConnection();

    assert.equal((await projects.plan(folder.uri().toString(), connection)).kind, 'unchanged');
  });

  describe('when the file was changed after the preview', () => {
    const rejects = { code: 'fileChanged', message: 'airflow_settings.yaml was changed meanwhile, so nothing was written.' };

    it('writes nothing when the same place changed in the editor', async () => {
      folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
      const shown = editOf(await projects.plan(folder.uri().toString(), connection));
      const editor = await vscode.window.showTextDocument(folder.uri());
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(4, 0), '      conn_host: db\n');
      });
      const text = editor.document.getText();

      await assert.rejects(projects.write(folder.uri().toString(), connection, shown), rejects);

      assert.equal(editor.document.getText(), text);
      assert.equal(await folder.read(), settings);
    });

    it('writes nothing when the file changed on disk', async () => {
      folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
      const shown = editOf(await projects.plan(folder.uri().toString(), connection));
      const changed = settings.replace('"postgres"', '"mysql"');
      await folder.write('airflow_settings.yaml', changed);

      await assert.rejects(projects.write(folder.uri().toString(), connection, shown), rejects);

      assert.equal(await folder.read(), changed);
    });

    it('writes nothing when somebody else added the connection', async () => {
      folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
      const shown = editOf(await projects.plan(folder.uri().toString(), connection));
      await folder.write('airflow_settings.yaml', connected);

      await assert.rejects(projects.write(folder.uri().toString(), connection, shown), rejects);

      assert.equal(await folder.read(), connected);
    });

    it('writes what was shown when only other lines changed', async () => {
      folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
      const shown = editOf(await projects.plan(folder.uri().toString(), connection));
      const editor = await vscode.window.showTextDocument(folder.uri());
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), '# mine\n');
      });

      assert.equal((await projects.write(folder.uri().toString(), connection, shown)).line, 6);

      assert.equal(editor.document.getText(), `# mine\n${connected}`);
    });
  });

  it('opens the file on the connection, and at the top when there is none of that id', async () => {
    folder = await ProjectFolder.create({ 'airflow_settings.yaml': connected });

    await projects.open(folder.uri().toString(), 'azure_wi');
    assert.equal(cursorLine(), '    - conn_id: azure_wi');

    await projects.open(folder.uri().toString(), 'unknown');
    assert.equal(cursorLine(), 'airflow:');
  });
});
