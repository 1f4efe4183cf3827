/** What every object of the API has. */
interface ObjectMetadata {
  readonly name: string;
  /** Absent for what lies in no namespace. */
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An object as a list holds it: without its kind. */
export interface KubernetesObject {
  readonly metadata: ObjectMetadata;
  readonly [part: string]: unknown;
}

/** Somebody who has a token for a cluster. */
export interface ClusterUser {
  readonly token: string;
  readonly name: string;
  /** May read only inside of these; everything where absent. */
  readonly namespaces?: readonly string[];
  /** The token is worth nothing any more. */
  readonly expired?: boolean;
}

/** Collections that the local cloud reads, all of the core API group. */
export type Collection = 'namespaces' | 'serviceaccounts' | 'pods';

/** One cluster's API server. */
export interface KubernetesCluster {
  /** Host name of the API server. */
  readonly host: string;
  readonly version: string;
  /** Who signs the tokens of its service accounts. */
  readonly issuer: string;
  readonly users: readonly ClusterUser[];
  readonly objects: Readonly<Record<Collection, readonly KubernetesObject[]>>;
}

/** The API servers of the world, by host name. */
export class KubernetesClusters {
  readonly #clusters = new Map<string, KubernetesCluster>();

  add(cluster: KubernetesCluster): void {
    this.#clusters.set(cluster.host, cluster);
  }

  /** The cluster whose API server has that host name. */
  at(host: string): KubernetesCluster | undefined {
    return this.#clusters.get(host);
  }
}
