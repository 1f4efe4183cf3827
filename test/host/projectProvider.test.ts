import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AstroProjects } from '../../src/vscode/project/astroProjects.ts';
import { astroProjects, ProjectFolder } from './projectFolder.ts';

describe('The provider package in requirements.txt', () => {
  let projects: AstroProjects;
  let folder: ProjectFolder;

  before(() => {
    projects = astroProjects();
  });

  after(() => {
    projects.dispose();
  });

  afterEach(async () => {
    await folder.remove();
  });

  async function afterAdding(): Promise<string> {
    const uri = folder.uri().toString();
    assert.equal((await projects.checkProvider(uri))?.canAdd, true);
    await projects.addProvider(uri);
    assert.equal(await projects.checkProvider(uri), undefined);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), folder.uri('requirements.txt').toString());
    return folder.read('requirements.txt');
  }

  it('is added where it is absent, and one undo takes it away', async () => {
    folder = await ProjectFolder.create({ 'requirements.txt': '# ours\r\npandas\r\n' });
    assert.equal(await afterAdding(), '# ours\r\npandas\r\napache-airflow-providers-microsoft-azure>=8.2.0\r\n');

    await vscode.commands.executeCommand('undo');

    assert.equal(vscode.window.activeTextEditor?.document.getText(), '# ours\r\npandas\r\n');
  });

  it('is raised where it is too old', async () => {
    folder = await ProjectFolder.create({ 'requirements.txt': 'apache-airflow-providers-microsoft-azure==8.1.0\npandas\n' });
    assert.match(await afterAdding(), /^apache-airflow-providers-microsoft-azure>=8\.2\.0\npandas\n$/);
  });

  it('is raised to what object storage paths need, where an older release would do for all else', async () => {
    folder = await ProjectFolder.create({ 'requirements.txt': 'apache-airflow-providers-microsoft-azure==10.0.0\n' });
    const uri = folder.uri().toString();
    assert.equal(await projects.checkProvider(uri), undefined);
    assert.match((await projects.checkProvider(uri, '10.1.0'))?.message ?? '', /only as ==10\.0\.0\. Versions before 10\.1\.0/);
    await projects.addProvider(uri, '10.1.0');
    assert.equal(await folder.read('requirements.txt'), 'apache-airflow-providers-microsoft-azure>=10.1.0\n');
  });

  it('brings the file along where there is none', async () => {
    folder = await ProjectFolder.create();
    assert.equal(await afterAdding(), 'apache-airflow-providers-microsoft-azure>=8.2.0\n');
  });

  it('is no topic when it is there, and adding it changes nothing', async () => {
    const content = 'apache-airflow-providers-microsoft-azure==10.0.0\n';
    folder = await ProjectFolder.create({ 'requirements.txt': content });
    assert.equal(await projects.checkProvider(folder.uri().toString()), undefined);

    await projects.addProvider(folder.uri().toString());

    assert.equal(await folder.read('requirements.txt'), content);
  });

  it('cannot be added to a file that is no text; the notice says why', async () => {
    folder = await ProjectFolder.create({ 'requirements.txt': Buffer.from('caf\u00e9\n', 'latin1') });
    const notice = await projects.checkProvider(folder.uri().toString());
    assert.equal(notice?.canAdd, false);
    assert.match(notice.message, /^requirements\.txt is not UTF-8 text\./);
    await assert.rejects(projects.addProvider(folder.uri().toString()), { code: 'fileUnreadable' });
  });
});
