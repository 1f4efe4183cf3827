import type * as vscode from 'vscode';
import type { DeploymentSource } from '../../../deployment/deploymentPort.ts';
import type { DeploymentEntry, SourceKind } from './sourceKind.ts';

/** A source of which this extension keeps the list. */
interface StoredSource extends DeploymentSource, vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** Forgets a deployment here; nothing changes where it runs. */
  remove(id: string): Promise<void>;
}

/** The kind of such a source: it can always be listed, and what was added to it can be removed. */
export function storedSource(
  stored: StoredSource,
  { rows, entry, otherEntries = [] }: Pick<SourceKind, 'rows' | 'otherEntries'> & { readonly entry: Omit<DeploymentEntry, 'remove'> },
): SourceKind {
  return {
    source: stored,
    onDidChange: stored.onDidChange,
    isReady: async () => true,
    rows,
    entry: { ...entry, remove: (id) => stored.remove(id) },
    otherEntries,
    dispose: () => { stored.dispose(); },
  };
}
