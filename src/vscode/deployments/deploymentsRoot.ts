import * as vscode from 'vscode';
import type { AirflowIdentityError } from '../../errors.ts';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import { mergePages } from '../mergePages.ts';
import { ErrorNode } from '../tree/errorNode.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import { WorkspaceNode } from './deploymentNodes.ts';
import type { DeploymentFilter } from '../../deployment/deploymentFilter.ts';
import { letsWorkspaceThrough } from '../../deployment/deploymentFilter.ts';
import type { Workspace } from '../../deployment/deployment.ts';
import type { SourceKind } from './sources/sourceKind.ts';
import type { TrustLookup } from './trust/trustLookup.ts';

/** What the root needs. */
export interface DeploymentsRootPorts {
  /** The sources that can be asked now: Astro only when there is a token. */
  readonly sources: (signal: AbortSignal) => Promise<readonly SourceKind[]>;
  readonly trust: TrustLookup;
  readonly filter: () => DeploymentFilter;
  readonly onSourceFailed: (error: AirflowIdentityError) => void;
}

/** Root of the Deployments view: the workspaces of all sources. A source that fails is one error row among them. */
export class DeploymentsRoot implements TreeNode {
  readonly id = '';
  readonly parent = undefined;
  /** Workspaces of the last listing, also those that the filter hides. */
  listed: readonly Workspace[] = [];
  readonly #ports: DeploymentsRootPorts;

  constructor(ports: DeploymentsRootPorts) {
    this.#ports = ports;
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    const workspaces: WorkspaceNode[] = [];
    const filter = this.#ports.filter();
    this.listed = [];
    const failures: ErrorNode[] = [];
    const sources = await this.#ports.sources(signal);
    for await (const arrived of mergePages(sources, ({ source }) => source.workspaces(signal))) {
      if ('page' in arrived) {
        this.listed = [...this.listed, ...arrived.page];
        const shown = arrived.page.filter((workspace) => letsWorkspaceThrough(filter, workspace));
        workspaces.push(...shown.map((workspace) => new WorkspaceNode(this, workspace, arrived.source, this.#ports)));
        workspaces.sort((a, b) => sortKey(a).localeCompare(sortKey(b)));
      } else if (isCancel(arrived.error)) {
        throw arrived.error;
      } else {
        const error = toAirflowIdentityError(arrived.error);
        this.#ports.onSourceFailed(error);
        failures.push(new ErrorNode(this, error));
      }
      yield [...workspaces, ...failures];
    }
  }

  item(): vscode.TreeItem {
    // VS Code never draws the root.
    return new vscode.TreeItem('');
  }
}

/** By organization, then by name; the list kept by hand has no organization and comes first. */
function sortKey({ workspace }: WorkspaceNode): string {
  return `${workspace.organizationName}\n${workspace.name}\n${workspace.id}`;
}
