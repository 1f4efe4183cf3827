import type { Deployment, Workspace } from '../../deployment/deployment.ts';
import type { DeploymentSource } from '../../deployment/deploymentPort.ts';
import type { AirflowIdentityError } from '../../errors.ts';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import { mergePages } from '../mergePages.ts';

/** Workspaces asked at once. */
const atOnce = 8;

/** Deployments of several sources, and what could not be listed: with a failure, nothing is known about what is missing. */
export interface ListedDeployments {
  readonly deployments: readonly Deployment[];
  readonly failures: readonly AirflowIdentityError[];
}

/**
 * Lists the deployments of all sources; one that fails never hides the others.
 * @throws an `AbortError` when aborted.
 */
export async function listDeployments(sources: readonly DeploymentSource[], signal: AbortSignal): Promise<ListedDeployments> {
  const failures: AirflowIdentityError[] = [];
  const all = async <Source, Item>(of: readonly Source[], pages: (source: Source) => AsyncIterable<readonly Item[]>): Promise<readonly (readonly [Source, Item])[]> => {
    const items: (readonly [Source, Item])[] = [];
    for (let at = 0; at < of.length; at += atOnce) {
      for await (const arrived of mergePages(of.slice(at, at + atOnce), pages)) {
        if ('page' in arrived) {
          items.push(...arrived.page.map((item) => [arrived.source, item] as const));
        } else if (isCancel(arrived.error)) {
          throw arrived.error;
        } else {
          failures.push(toAirflowIdentityError(arrived.error));
        }
      }
    }
    return items;
  };
  const workspaces = await all<DeploymentSource, Workspace>(sources, (source) => source.workspaces(signal));
  const deployments = await all<(typeof workspaces)[number], Deployment>(workspaces, ([source, workspace]) => source.deployments(workspace, signal));
  signal.throwIfAborted();
  return { deployments: deployments.map(([, deployment]) => deployment), failures };
}
