import type { Deployment, Workspace } from './deployment.ts';

/**
 * A place where Airflow deployments are known. Listings give one array per page, as the answers arrive; errors are
 * `AirflowIdentityError`s; aborting ends them with an `AbortError`.
 */
export interface DeploymentSource {
  readonly id: string;
  workspaces(signal: AbortSignal): AsyncIterable<readonly Workspace[]>;
  deployments(workspace: Workspace, signal: AbortSignal): AsyncIterable<readonly Deployment[]>;
  /** The deployment as it is now, or `undefined` when it is gone. */
  deployment(workspace: Workspace, id: string, signal: AbortSignal): Promise<Deployment | undefined>;
}
