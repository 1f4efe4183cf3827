import type * as vscode from 'vscode';
import type { Deployment, Workspace } from '../../../deployment/deployment.ts';
import type { DeploymentSource } from '../../../deployment/deploymentPort.ts';
import type { Fact } from '../../tree/facts.ts';

/** How the rows that deployments are grouped under look. */
interface WorkspaceRows {
  /** What such a row stands for, in words. */
  readonly kind: string;
  readonly icon: string;
  readonly expands: 'collapsed' | 'expanded';
  description(workspace: Workspace): string | undefined;
  facts(workspace: Workspace): readonly Fact[];
}

/** How deployments are added to a source that does not list them by itself. */
export interface DeploymentEntry {
  /** In the list of ways to add a deployment. */
  readonly label: string;
  readonly detail: string;
  readonly icon: string;
  /** Asks for a deployment and keeps it, or for other values of a known one; `undefined` when cancelled. */
  enter(known?: Deployment): Promise<Deployment | undefined>;
  /** Forgets it here; nothing changes where it runs. */
  remove(id: string): Promise<void>;
}

/** A kind of place where deployments are known, with all that the product needs of it. */
export interface SourceKind extends vscode.Disposable {
  readonly source: DeploymentSource;
  /** Fired when it lists something else: another token, another list. */
  readonly onDidChange: vscode.Event<void>;
  /** False while it could only say that something is missing, such as a token; then nothing is shown of it. */
  isReady(signal: AbortSignal): Promise<boolean>;
  readonly rows: WorkspaceRows;
  /** Absent where deployments are listed by a service. */
  readonly entry?: DeploymentEntry;
  /** Further ways to add one to the same list. */
  readonly otherEntries?: readonly Pick<DeploymentEntry, 'label' | 'detail' | 'icon' | 'enter'>[];
}
