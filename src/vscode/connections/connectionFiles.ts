import * as vscode from 'vscode';
import type { FileConnection } from '../../project/placedConnection.ts';
import type { ProjectFolders } from '../../project/projectOf.ts';
import { projectOf } from '../../project/projectOf.ts';
import type { FileContent, FormatRefusal, ProjectFormat } from '../../project/projectFormat.ts';
import { lineNumber } from '../../project/textLines.ts';
import { findProjects } from '../project/findProjects.ts';
import type { FileSearch } from '../project/searchFiles.ts';
import { searchFiles } from '../project/searchFiles.ts';
import type { Services } from '../services.ts';

/** A file of the workspace with the Azure connections in it. */
export interface ConnectionFile {
  readonly uri: string;
  /** Such as `etl-pipelines/.env`. */
  readonly label: string;
  /** Which Airflow reads it, as a sentence. */
  readonly reach: string;
  readonly connections: readonly FileConnection[];
  /** Why it could not be read; only of files that speak of managed identities. */
  readonly problem: string | undefined;
}

/** What reading needs. */
type ReadingServices = Pick<Services, 'language' | 'log'>;

interface ReadText {
  readonly uri: vscode.Uri;
  readonly label: string;
  readonly project: string;
  readonly format: ProjectFormat;
  readonly text: string;
  readonly content: FileContent | FormatRefusal;
}

/** More files of a kind than anybody would look at. */
const mostFiles = 200;

/** The formats beside which an Airflow is started on this computer. */
const startFormats: ReadonlySet<string> = new Set(['airflowSettings', 'dockerCompose']);

/** Larger files are nobody's configuration; bytes. */
const largest = 2_000_000;

/**
 * The files of the workspace that hold Azure connections, unsaved changes included, in the order of their paths.
 * @throws the signal's reason when it is aborted.
 */
export async function connectionFiles(services: ReadingServices, signal: AbortSignal): Promise<readonly ConnectionFile[]> {
  const formats = services.language().projectFormats();
  const astro = (await findProjects(services.log, signal)).map(({ uri }) => uri.toString());
  const found = (await Promise.all(formats.map(async (format) => (await searchFiles(searchOf(format), services.log, signal)).map((uri) => ({ uri, format }))))).flat();
  const started = found.filter(({ format }) => startFormats.has(format.id)).map(({ uri }) => vscode.Uri.joinPath(uri, '..').toString());
  const read = await Promise.all(found.map(({ uri, format }) => readText(uri, format, { astro, started })));
  signal.throwIfAborted();
  const files = read.filter((file) => file !== undefined).sort((a, b) => a.label.localeCompare(b.label));
  const differing = differingOf(files, services);
  return files.flatMap((file) => connectionFile(file, differing, services));
}

function searchOf({ id, patterns }: ProjectFormat): FileSearch {
  return { what: id, patterns: patterns.map((pattern) => (pattern.startsWith('**/') ? pattern : `**/${pattern}`)), most: mostFiles };
}

async function readText(uri: vscode.Uri, format: ProjectFormat, folders: Omit<ProjectFolders, 'workspace'>): Promise<ReadText | undefined> {
  const text = await textOf(uri);
  if (text === undefined) {
    return undefined;
  }
  const project = projectOf(uri.toString(), { ...folders, workspace: vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() ?? '' });
  return { uri, label: vscode.workspace.asRelativePath(uri, true), project, format, text, content: format.read(text) };
}

/** A document that is open is ahead of its file. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) {
    return open.getText();
  }
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > largest ? undefined : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Gone meanwhile.
    return undefined;
  }
}

/** What other files of the project say differently, by file and place. */
type Differing = ReadonlyMap<string, Pick<FileConnection, 'issues' | 'differing'>>;

function differingOf(files: readonly ReadText[], { language }: ReadingServices): Differing {
  const byProject = Map.groupBy(files, ({ project }) => project);
  return new Map([...byProject.values()].flatMap((group) => {
    const read = group.flatMap(({ uri, label, format, content }) => ('kind' in content ? [] : [{ uri: uri.toString(), label, format, connections: content.connections }]));
    return language().acrossFiles(read).map(({ place: { file, found }, others }) => {
      const range = found.places['connectionId'] ?? found.entry;
      const issues = language().acrossDiagnoses(file.uri, read).filter((diagnosis) => diagnosis.range.offset === range.offset);
      return [`${file.uri} ${found.entry.offset}`, { issues, differing: others.map((other) => other.file) }] as const;
    });
  }));
}

function connectionFile({ uri, label, format, text, content }: ReadText, differing: Differing, { language }: ReadingServices): readonly ConnectionFile[] {
  const file = { uri: uri.toString(), label, reach: format.reach };
  if ('kind' in content) {
    return /managed_identity_client_id|workload_identity_tenant_id/.test(text) ? [{ ...file, connections: [], problem: `${content.message} ${content.fix}` }] : [];
  }
  const connections = content.connections.filter(({ connection }) => language().isAzureConnection(connection)).map((found): FileConnection => {
    const other = differing.get(`${file.uri} ${found.entry.offset}`);
    return {
      kind: 'file', uri: file.uri, label, line: lineNumber(text, found.entry.offset), connection: found.connection,
      issues: [...language().formatIssues(found, content), ...(other?.issues ?? [])],
      differing: other?.differing ?? [],
    };
  });
  return connections.length === 0 ? [] : [{ ...file, connections, problem: undefined }];
}
