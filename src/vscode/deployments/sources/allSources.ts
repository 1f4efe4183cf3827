import type * as vscode from 'vscode';
import type { AksPort } from '../../../deployment/aksPort.ts';
import type { DeploymentSource } from '../../../deployment/deploymentPort.ts';
import type { AzurePort, IssuerPort } from '../../../identity/azurePort.ts';
import type { SignIn } from '../../services.ts';
import { allWays } from '../layoutWays/allWays.ts';
import type { LayoutWayPorts } from '../layoutWays/allWays.ts';
import { AksDeployments } from './aks/aksDeployments.ts';
import { aksSource } from './aks/aksSource.ts';
import { astroSource } from './astronomer/astroSource.ts';
import type { AstroTokens } from './astronomer/astroTokens.ts';
import { KubernetesDeployments } from './otherKubernetes/kubernetesDeployments.ts';
import { kubernetesSource } from './otherKubernetes/kubernetesSource.ts';
import { ManualDeployments } from './manual/manualDeployments.ts';
import { manualSource } from './manual/manualSource.ts';
import type { SourceKind } from './sourceKind.ts';

/** What the sources need. */
export interface SourcePorts extends LayoutWayPorts {
  readonly astro: () => DeploymentSource;
  readonly astroTokens: AstroTokens;
  readonly azure: () => AksPort & IssuerPort & Pick<AzurePort, 'tenants'>;
  readonly signIn: Pick<SignIn, 'accounts' | 'signIn'>;
  readonly globalState: vscode.Memento;
  readonly clouds: { readonly audience: string };
}

/** Every source of deployments. A further one is a folder beside these and a line here (docs/addADeploymentSource.md). */
export function allSources(ports: SourcePorts): readonly SourceKind[] {
  const { astro, astroTokens, azure, signIn, globalState, log, messages, clouds } = ports;
  const ways = allWays(ports);
  return [
    astroSource(astro, astroTokens),
    aksSource(new AksDeployments(globalState, log, ports), { azure, signIn, log, messages, ways, signInAzure: (tenant) => signIn.signIn(tenant) }),
    kubernetesSource(new KubernetesDeployments(globalState, log), { issuers: azure, messages, ways }),
    manualSource(new ManualDeployments(globalState, log), messages, clouds),
  ];
}
