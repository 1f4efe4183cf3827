import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { astroProjectFiles, projectFolder } from '../../project/astroProject.ts';
import type { Log } from '../log.ts';
import type { FolderPath } from './projectLabels.ts';
import type { FileSearch } from './searchFiles.ts';
import { searchFiles } from './searchFiles.ts';

/** More projects than anybody would pick from; keeps the search short in a workspace of many copies. */
const maxProjects = 200;

const search: FileSearch = { what: 'Astro projects', patterns: [`**/${astroProjectFiles.config}`], most: maxProjects };

/** An Astro project of the workspace. */
export interface AstroFolder {
  readonly uri: vscode.Uri;
  readonly path: FolderPath;
}

/**
 * Astro projects in all workspace folders, at any depth, in the order of the folders and then by path.
 * @throws the signal's reason when it is aborted.
 */
export async function findProjects(log: Pick<Log, 'warn'>, signal?: AbortSignal): Promise<readonly AstroFolder[]> {
  signal?.throwIfAborted();
  const found = new Map<string, vscode.Uri>();
  for (const config of [...(await atRoots()), ...(await searchFiles(search, log, signal))]) {
    const folder = projectFolder(config.path, config.scheme === 'file' ? homeFolder() : undefined);
    if (folder !== undefined) {
      const uri = config.with({ path: folder });
      found.set(uri.toString(), uri);
    }
  }
  signal?.throwIfAborted();
  return [...found.values()]
    .map((uri) => ({ uri, path: pathOf(uri) }))
    .sort((one, other) => indexOf(one.uri) - indexOf(other.uri) || one.uri.path.localeCompare(other.uri.path));
}

// The search leaves out what the user hides from the explorer, `.astro` for example, and not every virtual workspace
// can be searched. In most windows the project is the folder itself.
async function atRoots(): Promise<readonly vscode.Uri[]> {
  const configs = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => vscode.Uri.joinPath(uri, astroProjectFiles.config));
  const areThere = await Promise.all(configs.map(exists));
  return configs.filter((_uri, index) => areThere[index]);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

// `fsPath` writes Windows' drive letter small, as the URIs of the workspace have it.
function homeFolder(): string {
  return vscode.Uri.file(vscode.Uri.file(homedir()).fsPath).path;
}

function indexOf(uri: vscode.Uri): number {
  return vscode.workspace.getWorkspaceFolder(uri)?.index ?? 0;
}

function pathOf(uri: vscode.Uri): FolderPath {
  const root = vscode.workspace.getWorkspaceFolder(uri);
  const inside = root === undefined ? uri.path : path.posix.relative(root.uri.path, uri.path);
  return [root?.name ?? uri.authority, ...inside.split('/').filter((part) => part !== '')];
}
