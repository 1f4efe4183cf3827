import type { DeploymentFacts } from './deployment.ts';

/** Airflow 3 came with Astro Runtime 3.x, written `X.Y-Z`; before it, Runtime 4 to 13 (`9.5.0`) held Airflow 2. */
export function isAirflow3(deployment: Pick<DeploymentFacts, 'runtimeVersion' | 'airflowVersion'>): boolean {
  if (deployment.airflowVersion !== undefined) {
    return Number.parseInt(deployment.airflowVersion, 10) >= 3;
  }
  return /^\d+\.\d+-\d+/.test(deployment.runtimeVersion ?? '');
}
