import { shellQuoted } from '../identity/shellText.ts';
import type { AksClusterRef } from './aksPort.ts';

/**
 * The command that gives a cluster an issuer and the webhook of workload identity (Microsoft Learn, AKS: "Deploy and
 * configure an AKS cluster with Microsoft Entra Workload ID"). Enabling the issuer restarts the API server.
 */
export function enableWorkloadIdentity({ subscriptionId, resourceGroup, name }: AksClusterRef): string {
  const options = [['--subscription', subscriptionId], ['--resource-group', resourceGroup], ['--name', name]] as const;
  return ['az aks update', ...options.map(([option, value]) => `${option} ${shellQuoted(value)}`), '--enable-oidc-issuer --enable-workload-identity'].join(' ');
}
