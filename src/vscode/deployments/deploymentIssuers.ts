import type { DeploymentSource } from '../../deployment/deploymentPort.ts';
import { issuersOf } from '../../deployment/deployment.ts';
import { listDeployments } from './listDeployments.ts';

/**
 * Issuers of all deployments of all sources. A source without a sign-in counts as empty.
 * @throws AirflowIdentityError when another one cannot be listed: then it is not known who is missing.
 */
export async function deploymentIssuers(sources: readonly DeploymentSource[], signal: AbortSignal): Promise<ReadonlySet<string>> {
  const { deployments, failures } = await listDeployments(sources, signal);
  const failure = failures.find(({ code }) => code !== 'signedOut');
  if (failure !== undefined) {
    throw failure;
  }
  return new Set(deployments.flatMap(issuersOf));
}
