import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { EditPlan } from '../../src/project/textEdit.ts';
import type { AstroProjects } from '../../src/vscode/project/astroProjects.ts';
import { MemoryFileSystem } from './memoryFileSystem.ts';
import { astroProjects, connected, connection, editOf, ProjectFolder, settings } from './projectFolder.ts';

describe('A settings file that the connection cannot be written to', () => {
  let projects: AstroProjects;

  before(() => {
    projects = astroProjects();
  });

  after(() => {
    projects.dispose();
  });

  /** Says what the user reads. */
  function refusal(plan: EditPlan): { readonly code: string; readonly message: string } {
    assert.equal(plan.kind, 'refused', JSON.stringify(plan));
    assert.notEqual(plan.fix, '');
    return { code: plan.code, message: plan.message };
  }

  describe('because of what it holds', () => {
    let folder: ProjectFolder;

    beforeEach(async () => {
      folder = await ProjectFolder.create();
    });

    afterEach(async () => {
      await folder.remove();
    });

    async function planOn(content: Buffer | string): Promise<EditPlan> {
      await folder.write('airflow_settings.yaml', content);
      return projects.plan(folder.uri().toString(), connection);
    }

    it('binary', async () => {
      const { code, message } = refusal(await planOn(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0, 0, 0])));
      assert.equal(code, 'fileUnreadable');
      assert.match(message, /^airflow_settings\.yaml could not be read: .*binary/);
    });

    it('text that is not UTF-8, which saving would damage', async () => {
      const { code, message } = refusal(await planOn(Buffer.from('airflow: # gr\u00fcn\n', 'latin1')));
      assert.equal(code, 'fileUnreadable');
      assert.equal(message, 'airflow_settings.yaml is not UTF-8 text. Saving it would damage what cannot be read.');
    });

    it('line endings of both kinds, of which saving would change one', async () => {
      const { message } = refusal(await planOn(settings.replace('\n', '\r\n')));
      assert.equal(message, 'airflow_settings.yaml mixes line endings. Saving it would change lines that are not part of the edit.');
    });

    it('more than 5 MB', async () => {
      const { message } = refusal(await planOn(`# ${'x'.repeat(5 * 1024 * 1024)}\n`));
      assert.equal(message, 'airflow_settings.yaml is larger than 5 MB.');
    });

    it('YAML that does not parse', async () => {
      const plan = await planOn('airflow:\n\tconnections: []\n');
      refusal(plan);
      assert.equal(plan.kind === 'refused' ? plan.line : undefined, 2);
    });

    it('a folder of that name', async () => {
      await mkdir(path.join(folder.dir, 'airflow_settings.yaml'));
      assert.equal(refusal(await projects.plan(folder.uri().toString(), connection)).code, 'fileUnreadable');
    });
  });

  describe('because of where it is', () => {
    const uri = vscode.Uri.parse('memory:/etl/airflow_settings.yaml');
    let files: MemoryFileSystem;
    let registration: vscode.Disposable;

    beforeEach(() => {
      files = new MemoryFileSystem();
      files.put(uri.path, settings);
      registration = vscode.workspace.registerFileSystemProvider('memory', files, { isCaseSensitive: true });
    });

    afterEach(async () => {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      registration.dispose();
    });

    it('a virtual workspace is written like a disk', async () => {
      const shown = editOf(await projects.plan(uri.toString(), connection));
      await projects.write(uri.toString(), connection, shown);
      assert.equal(files.text(uri.path), connected);
    });

    it('a read-only file system', async () => {
      const readOnly = vscode.workspace.registerFileSystemProvider('memory-read-only', files, { isReadonly: true });
      try {
        const { code, message } = refusal(await projects.plan(uri.with({ scheme: 'memory-read-only' }).toString(), connection));
        assert.equal(code, 'fileReadOnly');
        assert.equal(message, 'airflow_settings.yaml cannot be written: it is read-only here.');
      } finally {
        readOnly.dispose();
      }
    });

    it('a read-only file', async () => {
      files.readOnly.add(uri.path);
      assert.equal(refusal(await projects.plan(uri.toString(), connection)).code, 'fileReadOnly');
    });

    it('a file made read-only after the preview', async () => {
      const shown = editOf(await projects.plan(uri.toString(), connection));
      files.readOnly.add(uri.path);
      await assert.rejects(projects.write(uri.toString(), connection, shown), { code: 'fileReadOnly' });
      assert.equal(files.text(uri.path), settings);
    });

    it('a file that refuses only when it is saved: the editor is as it was, too', async () => {
      const shown = editOf(await projects.plan(uri.toString(), connection));
      files.refusesToWrite = true;
      await assert.rejects(projects.write(uri.toString(), connection, shown), { code: 'fileReadOnly' });
      assert.equal(files.text(uri.path), settings);
      assert.equal(vscode.window.activeTextEditor?.document.getText(), settings);
      assert.equal(vscode.window.activeTextEditor?.document.isDirty, false);
    });
  });

  it('because the user made it read-only in VS Code', async () => {
    const folder = await ProjectFolder.create({ 'airflow_settings.yaml': settings });
    const shown = editOf(await projects.plan(folder.uri().toString(), connection));
    await vscode.window.showTextDocument(folder.uri());
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    try {
      await assert.rejects(projects.write(folder.uri().toString(), connection, shown), { code: 'fileReadOnly' });
      assert.equal(await folder.read(), settings);
      assert.equal(vscode.window.activeTextEditor?.document.getText(), settings);
      assert.equal(vscode.window.activeTextEditor?.document.isDirty, false);
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession');
      await folder.remove();
    }
  });
});
