import type * as vscode from 'vscode';
import type { AksPort } from '../../../deployment/aksPort.ts';
import type { DeploymentSource } from '../../../deployment/deploymentPort.ts';
import type { KubernetesPort } from '../../../deployment/kubernetesPort.ts';
import type { AzurePort, IssuerPort } from '../../../identity/azurePort.ts';
import type { Log } from '../../log.ts';
import type { Messages } from '../../messages.ts';
import type { LanguageBundle } from '../../../project/languageBundle.ts';
import type { SignIn } from '../../services.ts';
import { AksDeployments } from './aks/aksDeployments.ts';
import { aksSource } from './aks/aksSource.ts';
import { astroSource } from './astronomer/astroSource.ts';
import type { AstroTokens } from './astronomer/astroTokens.ts';
import { clusterWay } from './clusterWay.ts';
import { KubernetesDeployments } from './otherKubernetes/kubernetesDeployments.ts';
import { kubernetesSource } from './otherKubernetes/kubernetesSource.ts';
import { typedWays } from './layoutWays.ts';
import { ManualDeployments } from './manual/manualDeployments.ts';
import { manualSource } from './manual/manualSource.ts';
import type { SourceKind } from './sourceKind.ts';
import { valuesWay } from './valuesWay.ts';

/** What the sources need. */
export interface SourcePorts {
  readonly astro: () => DeploymentSource;
  readonly astroTokens: AstroTokens;
  readonly azure: () => AksPort & IssuerPort & Pick<AzurePort, 'tenants'>;
  readonly signIn: Pick<SignIn, 'accounts' | 'signIn'>;
  readonly globalState: vscode.Memento;
  readonly log: Log;
  readonly messages: Messages;
  /** Loads `dist/kubernetes.js` on first use. */
  readonly kubernetes: () => KubernetesPort;
  /** Loads `dist/language.js` on first use. */
  readonly language: () => LanguageBundle;
  readonly clouds: { readonly audience: string };
}

/** Every source of deployments. A further one is a folder beside these and a line here (docs/addADeploymentSource.md). */
export function allSources(ports: SourcePorts): readonly SourceKind[] {
  const { astro, astroTokens, azure, signIn, globalState, log, messages, clouds, language, kubernetes } = ports;
  const ways = [...typedWays(), valuesWay(language, log), clusterWay(kubernetes, messages)];
  return [
    astroSource(astro, astroTokens),
    aksSource(new AksDeployments(globalState, log, ports), { azure, signIn, log, messages, ways, signInAzure: () => signIn.signIn() }),
    kubernetesSource(new KubernetesDeployments(globalState, log), { issuers: azure, messages, ways }),
    manualSource(new ManualDeployments(globalState, log), messages, clouds),
  ];
}
