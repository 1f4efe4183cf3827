import * as vscode from 'vscode';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { Log } from '../log.ts';

/** Folders of dependencies and build results; their projects, if any, are somebody else's. */
const excluded = '**/{node_modules,.venv,venv,.git,site-packages,__pycache__}/**';

/** What is looked for. */
export interface FileSearch {
  /** For the log: what is missing when the search fails. */
  readonly what: string;
  readonly patterns: readonly string[];
  /** Files of each pattern. */
  readonly most: number;
}

/** Files of the workspace, each once. Not every virtual workspace can be searched: where that fails, or is aborted, there are none. */
export async function searchFiles({ what, patterns, most }: FileSearch, log: Pick<Log, 'warn'>, signal: AbortSignal | undefined): Promise<readonly vscode.Uri[]> {
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const pages = await Promise.all(patterns.map((pattern) => vscode.workspace.findFiles(pattern, excluded, most, source.token)));
    return [...new Map(pages.flat().map((uri) => [uri.toString(), uri])).values()];
  } catch (error) {
    if (!isCancel(error)) {
      log.warn(`search for ${what} failed: ${toAirflowIdentityError(error).message}`);
    }
    return [];
  } finally {
    signal?.removeEventListener('abort', cancel);
    source.dispose();
  }
}
