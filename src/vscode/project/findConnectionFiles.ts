import type * as vscode from 'vscode';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import type { ProjectFormat } from '../../project/projectFormat.ts';
import type { Log } from '../log.ts';
import { textOf } from './fileText.ts';
import { searchFiles } from './searchFiles.ts';

/** A file that can hold connections, and how. */
export interface ConnectionFile {
  readonly uri: vscode.Uri;
  readonly format: ProjectFormat;
}

/** More files of a kind than anybody would pick from. */
const mostFiles = 100;

/** Put into a file in thought, to learn whether it is what its name says: a `deployment.yaml` may be a manifest of Kubernetes. */
const probe: AirflowConnection = {
  connectionId: 'probe', type: 'azure', host: undefined, schema: undefined, login: undefined, password: undefined, port: undefined, extra: {},
};

/**
 * The files of the workspace, wherever they stand, that are there and take connections in one of the formats.
 * @throws the signal's reason when it is aborted.
 */
export async function findConnectionFiles(formats: readonly ProjectFormat[], log: Pick<Log, 'warn'>, signal?: AbortSignal): Promise<readonly ConnectionFile[]> {
  const found = await Promise.all(formats.map((format) => filesOf(format, log, signal)));
  signal?.throwIfAborted();
  return found.flat();
}

async function filesOf(format: ProjectFormat, log: Pick<Log, 'warn'>, signal: AbortSignal | undefined): Promise<readonly ConnectionFile[]> {
  const found = await searchFiles({ what: format.id, patterns: format.patterns, most: mostFiles }, log, signal);
  const uris = found.toSorted((a, b) => a.path.localeCompare(b.path));
  const taken = await Promise.all(uris.map((uri) => takesConnections(uri, format)));
  return uris.flatMap((uri, index) => (taken[index] === true ? [{ uri, format }] : []));
}

async function takesConnections(uri: vscode.Uri, format: ProjectFormat): Promise<boolean> {
  const text = await textOf(uri);
  return text !== undefined && format.planConnection(text, probe).kind !== 'refused';
}
