import * as l10n from '@vscode/l10n';
import type { KubernetesPort } from '../deployment/kubernetesPort.ts';
import { KubernetesReads } from './kubernetesReads.ts';
import type { KubernetesDependencies } from './kubernetesReads.ts';

/*
 * Entry of dist/kubernetes.js: reading clusters with the user's kubeconfig, loaded when somebody asks for that.
 */

/** Clusters as the user's kubeconfig reaches them. Reads no file and sends nothing by itself. */
export function createKubernetes(dependencies: KubernetesDependencies): KubernetesPort {
  return new KubernetesReads(dependencies);
}

/** Sets the translations of this bundle: the text of `l10n/bundle.l10n.<language>.json`, or `vscode.l10n.bundle` as JSON. */
export function configureText(bundle: string): void {
  l10n.config({ contents: bundle });
}
