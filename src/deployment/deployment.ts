import type { Layout } from './layouts/layouts.ts';

/** How an Airflow deployment runs its tasks, as far as it decides which service accounts reach Azure. */
export type Executor = 'celery' | 'kubernetes' | 'astro' | 'unknown';

/** What a source groups its deployments under: a workspace of Astro, a cluster, the one list of those entered by hand. */
export interface Workspace {
  readonly sourceId: string;
  readonly id: string;
  readonly name: string;
  readonly organizationId: string;
  readonly organizationName: string;
}

/** What is known of an Airflow deployment, wherever it runs. */
export interface DeploymentFacts {
  /** The source that listed it, such as `astro`. */
  readonly sourceId: string;
  /** Unique within its source and stable over time. */
  readonly id: string;
  readonly name: string;
  readonly workspace: Workspace;
  /** Kubernetes namespace, exactly as given. */
  readonly namespace: string;
  /** OIDC issuer exactly as given: a trailing slash belongs to it. Absent while a deployment is being created. */
  readonly issuer: string | undefined;
  /** Issuer of the cluster that takes over in a disaster (Astro). Its pods have the same namespace and service accounts. */
  readonly drIssuer: string | undefined;
  readonly executor: Executor;
  readonly remoteExecution: boolean;
  /** Astro Runtime, such as `9.5.0` (Airflow 2) or `3.1-12` (Airflow 3). */
  readonly runtimeVersion: string | undefined;
  readonly airflowVersion: string | undefined;
  /** Upper case as Astro writes it: `AZURE`, `AWS`, `GCP`. */
  readonly cloudProvider: string | undefined;
  readonly region: string | undefined;
  readonly clusterName: string | undefined;
  /** `HEALTHY`, `CREATING`, … as the source writes it. */
  readonly status: string | undefined;
  /** The deployment's page; only https URLs. */
  readonly url: string | undefined;
  /** What keeps its pods from getting a token, whatever Azure trusts, and the command that mends it. */
  readonly obstacle?: { readonly text: string; readonly command: string };
}

/** An Airflow deployment, and how its service accounts are named. */
export interface Deployment extends DeploymentFacts {
  readonly layout: Layout;
}

/** The issuers whose tokens pods of a deployment may hold: that of its cluster, and that of the one that takes over. */
export function issuersOf({ issuer, drIssuer }: Pick<DeploymentFacts, 'issuer' | 'drIssuer'>): readonly string[] {
  return [issuer, drIssuer].filter((one) => one !== undefined);
}
