import type { Deployment } from '../deployment/deployment.ts';
import type { Workload } from '../deployment/workload.ts';
import { workloadsOf } from '../deployment/layouts/layouts.ts';
import { subjectOf } from '../deployment/workload.ts';
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

/**
 * Credentials by what they trust. Entra compares issuer, subject and audience character by character, so this does too
 * (Microsoft Entra docs: workload-identity-federation-considerations).
 */
export class TrustIndex<Identity> {
  readonly #holders = new Map<string, TrustHolder<Identity>[]>();

  /** False while the credentials of some identity are not known: "0 trusted" would then claim too much. */
  readonly isComplete: boolean;

  /** @param audience the one that tokens are exchanged with in this cloud */
  constructor(known: readonly { readonly identity: Identity; readonly credentials: readonly FederatedCredential[] | undefined }[], audience: string) {
    this.isComplete = known.length > 0 && known.every(({ credentials }) => credentials !== undefined);
    for (const { identity, credentials } of known) {
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
}

function keyOf(issuer: string, subject: string): string {
  return `${issuer}\n${subject}`;
}
