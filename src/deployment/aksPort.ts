import type { TenantRef } from '../identity/managedIdentity.ts';

/** Where an AKS cluster is, and through whom it is reached. */
export interface AksClusterRef extends TenantRef {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** An AKS cluster, as far as its pods sign in to Azure. */
export interface AksCluster extends AksClusterRef {
  /** The ARM id as the service wrote it. */
  readonly id: string;
  readonly region: string;
  /** The OIDC issuer exactly as given, with its slash; absent where the cluster has none. */
  readonly issuer: string | undefined;
  /** Whether the webhook runs that gives pods their token for Azure. */
  readonly workloadIdentity: boolean;
  /** Host of its API server, by which a kubeconfig names it; absent for private clusters. */
  readonly apiServer: string | undefined;
}

/**
 * AKS clusters. Implemented by `src/azure`; listings, errors and aborts are those of `AzurePort`.
 */
export interface AksPort {
  /** Those of a tenant: of all its subscriptions at once, or one after the other where Resource Graph is refused. */
  clusters(tenant: TenantRef, signal: AbortSignal): AsyncIterable<readonly AksCluster[]>;
  /** A cluster as it is now. */
  cluster(ref: AksClusterRef, signal: AbortSignal): Promise<AksCluster>;
}
