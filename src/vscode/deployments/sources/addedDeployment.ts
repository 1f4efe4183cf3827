import type { Deployment } from '../../../deployment/deployment.ts';

type Known = 'sourceId' | 'id' | 'name' | 'workspace' | 'namespace' | 'issuer' | 'layout';

/** A deployment of which the user said only this; the rest is not known. */
export function addedDeployment(known: Pick<Deployment, Known> & Partial<Deployment>): Deployment {
  return {
    drIssuer: undefined,
    executor: 'unknown',
    remoteExecution: false,
    runtimeVersion: undefined,
    airflowVersion: undefined,
    cloudProvider: undefined,
    region: undefined,
    clusterName: undefined,
    status: undefined,
    url: undefined,
    ...known,
  };
}
