import type { EnvironmentLinks, EnvironmentReach } from './environmentPort.ts';

/** True when a deployment gets a connection of its workspace, with whatever values. */
export function isLinked({ all, deployments, excluded }: EnvironmentLinks, deploymentId: string): boolean {
  return deployments.some(({ id }) => id === deploymentId) || (all && !excluded.includes(deploymentId));
}

/** Links that reach further: whoever got the connection still gets it, and a deployment that was left out stays so unless it is named. */
export function extendedLinks(links: EnvironmentLinks, reach: EnvironmentReach): EnvironmentLinks {
  if (reach === 'all') {
    return { ...links, all: true };
  }
  const added = reach.filter((id) => !isLinked(links, id));
  return {
    all: links.all,
    deployments: [...links.deployments, ...added.map((id) => ({ id, isOverridden: false }))],
    excluded: links.excluded.filter((id) => !added.includes(id)),
  };
}
