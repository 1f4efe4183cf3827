import { issuersOf } from '../deployment/deployment.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Workload } from '../deployment/workload.ts';
import { workloadsOf } from '../deployment/layouts/layouts.ts';
import { parseSubject, subjectOf } from '../deployment/workload.ts';
import type { FederatedCredential } from '../identity/federatedCredential.ts';

/** A credential that lets a workload sign in, and the identity that holds it. */
export interface TrustHolder<Identity> {
  readonly identity: Identity;
  readonly credential: FederatedCredential;
}

/** How far a deployment is trusted. */
export interface TrustedWorkloads<Identity> {
  /** The workloads that are worth trusting, and whoever else is trusted. */
  readonly workloads: readonly { readonly workload: Workload; readonly holders: readonly TrustHolder<Identity>[] }[];
  /** How many of them some identity trusts. */
  readonly trusted: number;
}

/** What one identity trusts of a deployment. */
export interface IdentityTrust<Identity> {
  readonly identity: Identity;
  /** How many of the workloads that are worth it the identity trusts, and of how many. */
  readonly trusted: number;
  readonly workloads: number;
  /** Titles of those that it does not trust. */
  readonly missing: readonly string[];
}

/**
 * Credentials by what they trust. Entra compares issuer, subject and audience character by character, so this does too
 * (Microsoft Entra docs: workload-identity-federation-considerations).
 */
export class TrustIndex<Identity> {
  readonly #holders = new Map<string, TrustHolder<Identity>[]>();

  readonly #audience: string;
  readonly #read: { readonly identity: Identity; readonly credentials: readonly FederatedCredential[] }[] = [];

  /** False while the credentials of some identity are not known: "0 trusted" would then claim too much. */
  readonly isComplete: boolean;

  /** @param audience the one that tokens are exchanged with in this cloud */
  constructor(known: readonly { readonly identity: Identity; readonly credentials: readonly FederatedCredential[] | undefined }[], audience: string) {
    this.#audience = audience;
    this.isComplete = known.length > 0 && known.every(({ credentials }) => credentials !== undefined);
    for (const { identity, credentials } of known) {
      if (credentials !== undefined) {
        this.#read.push({ identity, credentials });
      }
      for (const credential of credentials ?? []) {
        if (credential.subject !== undefined && credential.audiences.includes(audience)) {
          const key = keyOf(credential.issuer, credential.subject);
          this.#holders.set(key, [...(this.#holders.get(key) ?? []), { identity, credential }]);
        }
      }
    }
  }

  /**
   * Which workloads of a deployment are trusted and by whom. Counts the recommended workloads, and others only when they
   * are trusted: what nobody needs is not missing. Without an issuer nothing can be trusted.
   *
   * @param issuer that of its cluster, or of the one that takes over in a disaster
   */
  trustOf(deployment: Deployment, issuer: string | undefined = deployment.issuer): TrustedWorkloads<Identity> {
    const workloads = workloadsOf(deployment).flatMap((workload) => {
      const holders =
        issuer === undefined ? [] : (this.#holders.get(keyOf(issuer, subjectOf(deployment.namespace, workload.serviceAccount))) ?? []);
      return workload.recommended || holders.length > 0 ? [{ workload, holders }] : [];
    });
    return { workloads, trusted: workloads.filter(({ holders }) => holders.length > 0).length };
  }

  /**
   * The identities that hold a credential for a deployment, those that trust most of it first. A credential for the cluster
   * that takes over in a disaster counts as well; what is missing is said of the deployment's own.
   */
  identitiesTrusting(deployment: Deployment): readonly IdentityTrust<Identity>[] {
    const issuers = issuersOf(deployment);
    const isMeant = ({ issuer, subject = '', audiences }: FederatedCredential): boolean =>
      issuers.includes(issuer) && parseSubject(subject)?.namespace === deployment.namespace && audiences.includes(this.#audience);
    return this.#read
      .filter(({ credentials }) => credentials.some(isMeant))
      .map(({ identity, credentials }) => {
        const { workloads, trusted } = new TrustIndex([{ identity, credentials }], this.#audience).trustOf(deployment);
        const missing = workloads.filter(({ holders }) => holders.length === 0).map(({ workload }) => workload.title);
        return { identity, trusted, workloads: workloads.length, missing };
      })
      .sort((a, b) => b.trusted - a.trusted);
  }
}

function keyOf(issuer: string, subject: string): string {
  return `${issuer}\n${subject}`;
}
