import { toAirflowIdentityError } from '../../errors.ts';
import type { DeploymentSource } from '../../deployment/deploymentPort.ts';
import type { DeploymentSources } from '../services.ts';

/**
 * Issuers of all deployments of all sources. A source without a sign-in counts as empty.
 * @throws AirflowIdentityError when a source cannot be listed: then it is not known who is missing.
 */
export async function deploymentIssuers(sources: Pick<DeploymentSources, 'all'>, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const issuers = await Promise.all(sources.all.map((source) => issuersOf(source, signal)));
  return new Set(issuers.flat());
}

async function issuersOf(source: DeploymentSource, signal: AbortSignal): Promise<readonly string[]> {
  const issuers: string[] = [];
  try {
    for await (const workspaces of source.workspaces(signal)) {
      for (const workspace of workspaces) {
        for await (const deployments of source.deployments(workspace, signal)) {
          issuers.push(...deployments.flatMap(({ issuer }) => issuer ?? []));
        }
      }
    }
  } catch (error) {
    if (toAirflowIdentityError(error).code !== 'signedOut') {
      throw error;
    }
  }
  return issuers;
}
