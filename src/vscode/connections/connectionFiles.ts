import * as vscode from 'vscode';
import type { FileConnection } from '../../project/placedConnection.ts';
import { projectOf } from '../../project/projectOf.ts';
import type { FileContent, FormatRefusal, ProjectFormat } from '../../project/projectFormat.ts';
import { lineNumber } from '../../project/textLines.ts';
import type { FileReads } from '../project/fileText.ts';
import { FileTexts } from '../project/fileText.ts';
import { findProjects } from '../project/findProjects.ts';
import type { ProjectChange } from '../project/projectChanges.ts';
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

/** A file that was found, and how it is read. */
interface FoundFile {
  readonly uri: vscode.Uri;
  readonly format: ProjectFormat;
  readonly label: string;
  /** Uri of the folder whose files are compared with each other. */
  readonly project: string;
}

interface ReadText extends FoundFile {
  readonly text: string;
  readonly content: FileContent | FormatRefusal;
}

/** More files of a kind than anybody would look at. */
const mostFiles = 200;

/** The formats beside which an Airflow is started on this computer. */
const startFormats: ReadonlySet<string> = new Set(['airflowSettings', 'dockerCompose']);

/** Reads the files of the workspace that hold Azure connections: all at first, then what changed. */
export class ConnectionFiles {
  readonly #services: ReadingServices;
  readonly #texts: FileTexts;
  readonly #read = new Map<string, ReadText>();
  /** `undefined` before they were searched for, and when they have to be again. */
  #found: readonly FoundFile[] | undefined;

  constructor(services: ReadingServices, files: FileReads = vscode.workspace.fs) {
    this.#services = services;
    this.#texts = new FileTexts(files);
  }

  /** Takes note of what changed. @returns true where that may be one of the files. */
  changed({ files, areOthers }: ProjectChange): boolean {
    files.forEach((uri) => { this.#texts.forget(uri); });
    if (areOthers) {
      this.#found = undefined;
    }
    return this.#found?.some(({ uri }) => files.includes(uri.toString())) ?? true;
  }

  /**
   * The files as they are now, unsaved changes included, in the order of their paths.
   * @param isSure false where not every change was told: then all files are searched for, and looked at whether they changed
   * @throws the signal's reason when it is aborted.
   */
  async read(signal: AbortSignal, { isSure }: { readonly isSure: boolean }): Promise<readonly ConnectionFile[]> {
    const found = (isSure ? this.#found : undefined) ?? (await this.#search(signal));
    const read = await Promise.all(found.map((file) => this.#readFile(file, isSure)));
    signal.throwIfAborted();
    this.#found = found;
    const files = read.filter((file) => file !== undefined).sort((a, b) => a.label.localeCompare(b.label));
    const differing = differingOf(files, this.#services);
    return files.flatMap((file) => connectionFile(file, differing, this.#services));
  }

  async #search(signal: AbortSignal): Promise<readonly FoundFile[]> {
    const { language, log } = this.#services;
    const astro = (await findProjects(log, signal)).map(({ uri }) => uri.toString());
    const found = (await Promise.all(language().projectFormats().map(async (format) => (await searchFiles(searchOf(format), log, signal)).map((uri) => ({ uri, format }))))).flat();
    const started = found.filter(({ format }) => startFormats.has(format.id)).map(({ uri }) => vscode.Uri.joinPath(uri, '..').toString());
    return found.map(({ uri, format }): FoundFile => {
      const workspace = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() ?? '';
      return { uri, format, label: vscode.workspace.asRelativePath(uri, true), project: projectOf(uri.toString(), { astro, started, workspace }) };
    });
  }

  async #readFile(file: FoundFile, isSure: boolean): Promise<ReadText | undefined> {
    const key = `${file.format.id} ${file.uri.toString()}`;
    const text = await this.#texts.of(file.uri, { isSure });
    if (text === undefined) {
      this.#read.delete(key);
      return undefined;
    }
    const known = this.#read.get(key);
    const read = known?.text === text && known.project === file.project ? known : { ...file, text, content: file.format.read(text) };
    this.#read.set(key, read);
    return read;
  }
}

function searchOf({ id, patterns }: ProjectFormat): FileSearch {
  return { what: id, patterns: patterns.map((pattern) => (pattern.startsWith('**/') ? pattern : `**/${pattern}`)), most: mostFiles };
}

/** What other files of the project say differently, by file and place. */
type Differing = ReadonlyMap<string, Pick<FileConnection, 'issues' | 'differing'>>;

function differingOf(files: readonly ReadText[], { language }: ReadingServices): Differing {
  const byProject = Map.groupBy(files, ({ project }) => project);
  return new Map([...byProject.values()].flatMap((group) => {
    const read = group.flatMap(({ uri, label, format, content }) => ('kind' in content ? [] : [{ uri: uri.toString(), label, format, connections: content.connections }]));
    const found = language().acrossFiles(read);
    const diagnoses = new Map([...new Set(found.map(({ place }) => place.file.uri))].map((uri) => [uri, language().acrossDiagnoses(uri, read)]));
    return found.map(({ place: { file, found: { entry, places } }, others }) => {
      const { offset } = places['connectionId'] ?? entry;
      const issues = (diagnoses.get(file.uri) ?? []).filter(({ range }) => range.offset === offset);
      return [`${file.uri} ${entry.offset}`, { issues, differing: others.map((other) => other.file) }] as const;
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
