import { issuersOf } from '../deployment/deployment.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { workloadsOf } from '../deployment/layouts/layouts.ts';
import { parseSubject } from '../deployment/workload.ts';
import type { FederatedCredential } from '../identity/federatedCredential.ts';

/** A workload that signs in through a credential. */
export interface ServedWorkload {
  readonly deployment: Deployment;
  /** Its title, or the service account's name where that is no known workload. */
  readonly title: string;
}

/**
 * The workloads of known deployments that a credential lets in. Two deployments may share issuer and namespace, for example
 * one that was also entered by hand. Flexible credentials match by an expression, so what they serve is not known here.
 *
 * @param audience the one that tokens are exchanged with in this cloud: a credential for another one serves nobody
 */
export function servedWorkloads(credential: FederatedCredential, deployments: readonly Deployment[], audience: string): readonly ServedWorkload[] {
  const subject = credential.subject === undefined ? undefined : parseSubject(credential.subject);
  if (subject === undefined || !credential.audiences.includes(audience)) {
    return [];
  }
  return deployments
    .filter((deployment) => issuersOf(deployment).includes(credential.issuer) && deployment.namespace === subject.namespace)
    .map((deployment) => ({
      deployment,
      title: workloadsOf(deployment).find(({ serviceAccount }) => serviceAccount === subject.serviceAccount)?.title ?? subject.serviceAccount,
    }));
}

/**
 * True when a credential for a service account names neither issuer nor namespace of any deployment. Others sign in otherwise
 * (GitHub, an expression), so nothing is known about their use.
 *
 * @param deployments all that there are; with one missing, the answer would be a guess
 */
export function looksUnused({ issuer, subject }: FederatedCredential, deployments: readonly Deployment[]): boolean {
  const namespace = subject === undefined ? undefined : parseSubject(subject)?.namespace.toLowerCase();
  return namespace !== undefined && deployments.every((deployment) => !issuersOf(deployment).includes(issuer) && deployment.namespace.toLowerCase() !== namespace);
}
