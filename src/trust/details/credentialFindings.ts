import { issuersOf } from '../../deployment/deployment.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import type { Workload } from '../../deployment/workload.ts';
import { workloadsOf } from '../../deployment/layouts/layouts.ts';
import { addedWorkload, parseSubject, subjectOf } from '../../deployment/workload.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import { nearMiss, trusts } from '../plan.ts';
import { TrustIndex } from '../trustedWorkloads.ts';

/** What a credential does for the deployments that are known. */
export type CredentialFinding =
  /** A workload signs in through it; `workload` is absent for a service account of the user's own. */
  | { readonly kind: 'inOrder'; readonly workload: Workload | undefined }
  /** Made for a deployment, and helping nobody: one value is another than the deployment's. */
  | { readonly kind: 'otherIssuer' | 'otherAudience' | 'letterCase' | 'trailingSlash'; readonly what: 'issuer' | 'subject' | 'audience'; readonly needed: string }
  | { readonly kind: 'noIssuer' }
  /** A known deployment has the issuer; none that is known has the namespace. */
  | { readonly kind: 'unknownNamespace' }
  /** All deployments were listed, and none has the issuer. */
  | { readonly kind: 'unused' }
  /** No deployment that is known so far has the issuer. */
  | { readonly kind: 'unknownIssuer' }
  /** The subject is no Kubernetes service account: somebody else's, a GitHub workflow's for example. */
  | { readonly kind: 'notAirflow' }
  /** Matches claims by an expression instead of a subject. */
  | { readonly kind: 'flexible' };

/** A credential with what it does. */
export interface FoundCredential {
  readonly credential: FederatedCredential;
  readonly finding: CredentialFinding;
}

/** The credentials of an identity that belong to one deployment, or to none that is known. */
export interface CredentialGroup {
  readonly deployment: Deployment | undefined;
  readonly credentials: readonly FoundCredential[];
  /** Workloads worth trusting, whether they are trusted or not, and others that are trusted. */
  readonly workloads: number;
  readonly trusted: number;
  /** Titles of workloads that are worth trusting and are not trusted. */
  readonly missing: readonly string[];
}

/** The deployments that are known. */
export interface KnownDeployments {
  readonly deployments: readonly Deployment[];
  /** False while some are not listed: then nothing is called unused. */
  readonly areAll: boolean;
}

/**
 * Groups an identity's credentials by the deployment that each was made for: by issuer and namespace, else by the namespace
 * alone, which Astro never gives twice. Groups are sorted by the deployment's name, credentials by theirs; those of no
 * known deployment come last.
 *
 * @param audience the audience of the cloud, which tokens for Azure must name.
 */
export function groupCredentials(credentials: readonly FederatedCredential[], known: KnownDeployments, audience: string): readonly CredentialGroup[] {
  const trust = new TrustIndex([{ identity: undefined, credentials }], audience);
  const groups = new Map<Deployment | undefined, FoundCredential[]>();
  for (const credential of [...credentials].sort((a, b) => a.name.localeCompare(b.name))) {
    const { deployment, finding } = find(credential, known, audience);
    groups.set(deployment, [...(groups.get(deployment) ?? []), { credential, finding }]);
  }
  return [...groups]
    .map(([deployment, found]): CredentialGroup => {
      const { workloads, trusted } = deployment === undefined ? { workloads: [], trusted: 0 } : trust.trustOf(deployment);
      const missing = workloads.filter(({ holders }) => holders.length === 0).map(({ workload }) => workload.title);
      return { deployment, credentials: found, workloads: workloads.length, trusted, missing };
    })
    .sort((a, b) => Number(a.deployment === undefined) - Number(b.deployment === undefined) || nameOf(a).localeCompare(nameOf(b)));
}

function nameOf({ deployment }: CredentialGroup): string {
  return deployment?.name ?? '';
}

function find(
  credential: FederatedCredential,
  { deployments, areAll }: KnownDeployments,
  audience: string,
): { readonly deployment: Deployment | undefined; readonly finding: CredentialFinding } {
  const { subject, issuer } = credential;
  if (subject === undefined) {
    return { deployment: undefined, finding: { kind: 'flexible' } };
  }
  const namespace = parseSubject(subject)?.namespace.toLowerCase();
  if (namespace === undefined) {
    return { deployment: undefined, finding: { kind: 'notAirflow' } };
  }
  const [best] = deployments
    .filter((deployment) => deployment.namespace.toLowerCase() === namespace)
    .map((deployment) => ({ deployment, finding: findingFor(credential, subject, deployment, audience) }))
    .sort((a, b) => rank.indexOf(a.finding.kind) - rank.indexOf(b.finding.kind));
  if (best !== undefined) {
    return best;
  }
  const kind = deployments.some((deployment) => issuersOf(deployment).includes(issuer)) ? 'unknownNamespace' : areAll ? 'unused' : 'unknownIssuer';
  return { deployment: undefined, finding: { kind } };
}

/** Where several deployments have a namespace of this name, the one that fits best is meant. */
const rank: readonly CredentialFinding['kind'][] = ['inOrder', 'otherAudience', 'trailingSlash', 'letterCase', 'otherIssuer', 'noIssuer'];

function findingFor(credential: FederatedCredential, subject: string, deployment: Deployment, audience: string): CredentialFinding {
  const { issuer, namespace } = deployment;
  if (issuer === undefined) {
    return { kind: 'noIssuer' };
  }
  const presets = workloadsOf(deployment);
  // Kubernetes knows no upper case, so a subject in other letters can only be meant for this one.
  const own = addedWorkload(namespace, (parseSubject(subject)?.serviceAccount ?? '').toLowerCase());
  const wanted = issuersOf(deployment).flatMap((one) => [...presets, own].map((workload) => {
    const { credentialName: name, serviceAccount } = workload;
    return { workload, trust: { name, issuer: one, subject: subjectOf(namespace, serviceAccount), audience } };
  }));
  const trusted = wanted.find(({ trust }) => trusts(credential, trust));
  if (trusted !== undefined) {
    return { kind: 'inOrder', workload: trusted.workload === own ? undefined : trusted.workload };
  }
  for (const { trust } of wanted) {
    const [miss] = nearMiss(credential, trust);
    if (miss !== undefined) {
      return { kind: miss.differs, what: miss.what, needed: trust[miss.what] };
    }
  }
  return issuersOf(deployment).includes(credential.issuer)
    ? { kind: 'otherAudience', what: 'audience', needed: audience }
    : { kind: 'otherIssuer', what: 'issuer', needed: issuer };
}
