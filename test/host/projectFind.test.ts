import assert from 'node:assert/strict';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { AstroProjects } from '../../src/vscode/project/astroProjects.ts';
import { projectLabels } from '../../src/vscode/project/projectLabels.ts';
import { astroProjects, ProjectFolder, settings } from './projectFolder.ts';

describe('Astro projects of the workspace', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  const own = { uri: vscode.Uri.joinPath(root, 'airflow_settings.yaml').toString(), label: `${path.basename(root.fsPath)}/airflow_settings.yaml` };
  const folders: ProjectFolder[] = [];
  let projects: AstroProjects;

  async function create(files: Readonly<Record<string, string>>): Promise<ProjectFolder> {
    const folder = await ProjectFolder.create(files, root.fsPath);
    folders.push(folder);
    return folder;
  }

  before(() => {
    projects = astroProjects();
  });

  after(() => {
    projects.dispose();
  });

  afterEach(async () => {
    await Promise.all(folders.splice(0).map((folder) => folder.remove()));
  });

  /** The files of one name that connections can be written to. */
  async function found(name: string): Promise<readonly { readonly uri: string; readonly label: string }[]> {
    return (await projects.find()).filter(({ uri }) => uri.endsWith(`/${name}`)).map(({ uri, label }) => ({ uri, label }));
  }

  it('is the folder that is open, with its settings and its environment', async () => {
    assert.deepEqual(await found('airflow_settings.yaml'), [own]);
    assert.deepEqual((await found('.env')).map(({ label }) => label), [own.label.replace('airflow_settings.yaml', '.env')]);
  });

  it('say of each file who reads it', async () => {
    assert.match((await projects.find()).find(({ uri }) => uri === own.uri)?.reach ?? '', /astro dev start.*not deployed/);
  });

  it('are found below it as well, with a settings file or without, but not among dependencies', async () => {
    const other = await create({
      'teams/a/etl/.astro/config.yaml': '',
      'teams/b/etl/.astro/config.yaml': '',
      'teams/b/etl/airflow_settings.yaml': settings,
      'node_modules/etl/.astro/config.yaml': '',
      '.venv/lib/site-packages/etl/.astro/config.yaml': '',
      'no-project/airflow_settings.yaml': settings,
    });

    assert.deepEqual(await found('airflow_settings.yaml'), [
      own,
      { uri: other.uri().toString(), label: `${path.basename(other.dir)}/airflow_settings.yaml` },
      { uri: other.uri('teams/a/etl/airflow_settings.yaml').toString(), label: 'a/etl/airflow_settings.yaml' },
      { uri: other.uri('teams/b/etl/airflow_settings.yaml').toString(), label: 'b/etl/airflow_settings.yaml' },
    ]);
  });

  it('has a label of its own even when folders of the same name are in folders of the same name', () => {
    assert.deepEqual(
      projectLabels([['etl'], ['one', 'team', 'etl'], ['two', 'team', 'etl'], ['two', 'other']], 'airflow_settings.yaml'),
      ['etl/airflow_settings.yaml', 'one/team/etl/airflow_settings.yaml', 'two/team/etl/airflow_settings.yaml', 'other/airflow_settings.yaml'],
    );
  });

  it('gives up when the search is cancelled', async () => {
    await assert.rejects(projects.find(AbortSignal.abort()), { name: 'AbortError' });
  });

  describe('tell that they changed', () => {
    async function changeAfter(action: () => Promise<unknown>): Promise<void> {
      const changed = new Promise<void>((resolve) => {
        const listener = projects.onDidChange(() => {
          listener.dispose();
          resolve();
        });
      });
      await action();
      await changed;
    }

    it('when somebody types in a settings file', async () => {
      const folder = await create({ 'airflow_settings.yaml': settings });
      const editor = await vscode.window.showTextDocument(folder.uri());
      await changeAfter(async () => editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), '# \n');
      }));
    });

    it('when requirements change on disk', async () => {
      const folder = await create({ 'requirements.txt': '' });
      await changeAfter(() => folder.write('requirements.txt', 'pandas\n'));
    });

    it('when a folder that holds a project is moved in, of which the system tells nothing but the folder', async () => {
      const outside = await ProjectFolder.create({ 'etl/.astro/config.yaml': '' }, path.dirname(root.fsPath));
      folders.push(outside);
      const target = path.join(root.fsPath, path.basename(outside.dir));
      await changeAfter(() => rename(path.join(outside.dir, 'etl'), target));
      await rm(target, { recursive: true });
    });

    it('when a project is added', async () => {
      await changeAfter(() => create({}));
    });
  });
});
