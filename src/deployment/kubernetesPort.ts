/** A context of the user's kubeconfig: a cluster, and who they are there. */
export interface KubeContext {
  readonly name: string;
  /** Host of the API server, with its port where that is not 443. */
  readonly server: string;
  /** The namespace that the context is for, where it names one. */
  readonly namespace: string | undefined;
  readonly isCurrent: boolean;
  /** The program that the kubeconfig has run to sign in, such as `kubelogin`; absent where it holds a token or a certificate. */
  readonly command: string | undefined;
}

/** A service account of a namespace with what runs as it. */
export interface UsedServiceAccount {
  readonly name: string;
  /** Pods that run as it now. */
  readonly pods: number;
  /** What those pods are, by their label `component`: `scheduler`, `worker`. */
  readonly components: readonly string[];
  /** The client id that the account is annotated with (`azure.workload.identity/client-id`). */
  readonly clientId: string | undefined;
  /** Whether any of its pods asks for a token for Azure (label `azure.workload.identity/use`). */
  readonly asksForToken: boolean;
}

/**
 * Clusters through the user's own kubeconfig, which is only read. Implemented by `src/kubernetes`; errors are
 * `AirflowIdentityError`s, aborting ends with an `AbortError`.
 */
export interface KubernetesPort {
  /** The contexts of the kubeconfig; empty where there is none. @throws AirflowIdentityError `fileUnreadable`. */
  contexts(): readonly KubeContext[];
  /**
   * The service accounts of a namespace. Runs the context's sign-in command, if it has one.
   * @throws AirflowIdentityError `forbidden` when the cluster lets the user in not at all, or not there.
   */
  serviceAccounts(context: string, namespace: string, signal: AbortSignal): Promise<readonly UsedServiceAccount[]>;
}
