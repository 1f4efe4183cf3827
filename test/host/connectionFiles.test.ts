import assert from 'node:assert/strict';
import { rm, stat, truncate } from 'node:fs/promises';
import * as vscode from 'vscode';
import { language } from '../../src/project/languageBundle.ts';
import { ConnectionFiles } from '../../src/vscode/connections/connectionFiles.ts';
import { Log } from '../../src/vscode/log.ts';
import type { FileReads } from '../../src/vscode/project/fileText.ts';
import { ProjectFolder } from './projectFolder.ts';

const silent = (): void => undefined;
const log = new Log({ info: silent, warn: silent, error: silent, debug: silent, trace: silent, show: silent });
const count = 12;
const text = (id: string): string => `${id}:\n  conn_type: azure\n`;
const told = { isSure: true };
const never = new AbortController().signal;

describe('Files with connections', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  let folder: ProjectFolder;
  let files: ConnectionFiles;
  let read: string[];
  let asked: string[];

  beforeEach(async () => {
    folder = await ProjectFolder.create(Object.fromEntries(Array.from({ length: count }, (_none, index) => [`part${index}/connections.yaml`, text(`id_${index}`)])), root.fsPath);
    [read, asked] = [[], []];
    const counting: FileReads = {
      stat: async (uri) => { asked.push(uri.path); return vscode.workspace.fs.stat(uri); },
      readFile: async (uri) => { read.push(uri.path); return vscode.workspace.fs.readFile(uri); },
    };
    files = new ConnectionFiles({ language: () => language, log }, counting);
    await ids({ isSure: false });
    read = ours(read);
    assert.equal(read.length, count);
    [read, asked] = [[], []];
  });

  afterEach(async () => {
    await folder.remove();
  });

  const uri = (index: number): vscode.Uri => folder.uri(`part${index}/connections.yaml`);
  const ours = (paths: readonly string[]): string[] => paths.filter((path) => path.startsWith(folder.uri('').path));

  /** The connections of our files. */
  async function ids(sure: { readonly isSure: boolean }): Promise<readonly string[]> {
    const found = await files.read(never, sure);
    return found.filter((file) => ours([vscode.Uri.parse(file.uri).path]).length > 0).flatMap(({ connections }) => connections.map(({ connection }) => connection.connectionId)).sort();
  }

  it('are read again only where one changed', async () => {
    await folder.write('part3/connections.yaml', text('changed'));
    assert.equal(files.changed({ files: [uri(3).toString()], areOthers: false }), true);
    assert.ok((await ids(told)).includes('changed'));
    assert.deepEqual([ours(read), ours(asked)], [[uri(3).path], [uri(3).path]]);
    assert.equal(files.changed({ files: [vscode.Uri.joinPath(uri(3), '..', 'notes.txt').toString()], areOthers: false }), false);
  });

  it('are looked at, but not read, where nobody told what changed', async () => {
    const { length } = await ids({ isSure: false });
    assert.deepEqual([length, ours(read), ours(asked).length], [count, [], count]);
  });

  it('come and go', async () => {
    await folder.write('new/connections.yaml', text('new'));
    await rm(uri(5).fsPath);
    const added = folder.uri('new/connections.yaml');
    files.changed({ files: [added.toString(), uri(5).toString()], areOthers: true });
    const found = await ids(told);
    assert.ok(found.includes('new') && !found.includes('id_5'));
    assert.deepEqual(ours(read), [added.path]);
  });

  it('are what stands in their editors, and what stands on the disk when those are closed', async () => {
    const editor = await vscode.window.showTextDocument(uri(7));
    await editor.edit((edit) => { edit.insert(new vscode.Position(0, 0), text('typed')); });
    assert.ok((await ids(told)).includes('typed'));
    assert.deepEqual(ours(read), []);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    files.changed({ files: [uri(7).toString()], areOthers: false });
    assert.ok(!(await ids(told)).includes('typed'));
  });

  it('are left alone where they are larger than any configuration', async () => {
    await truncate(uri(2).fsPath, 3_000_000);
    assert.equal((await stat(uri(2).fsPath)).size, 3_000_000);
    files.changed({ files: [uri(2).toString()], areOthers: false });
    assert.ok(!(await ids(told)).includes('id_2'));
    assert.deepEqual(ours(read), []);
  });
});
