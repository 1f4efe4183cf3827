import type { EnvironmentObject } from './environmentObjects.ts';

/** An Astro organization; fields as in astronomer/astro-cli astro-client-v1/api.gen.go. */
export interface AstroOrganization {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  /** "Environment Secrets Fetching" of the organization's settings: `showSecrets` works. */
  readonly secretsFetching?: boolean;
}

/** An Astro workspace. */
export interface AstroWorkspace {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly description: string;
}

/** A dedicated cluster. */
export interface AstroCluster {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly cloudProvider: 'AWS' | 'AZURE' | 'GCP';
  readonly region: string;
  readonly type: 'DEDICATED' | 'HYBRID';
  /** Astronomer's Azure tenant, Azure clusters only. */
  readonly tenantId?: string;
  readonly oidcIssuerUrl?: string;
  /** Region of the cluster that takes over in a disaster. */
  readonly drRegion?: string;
  readonly workspaceIds: readonly string[];
}

/** An Airflow deployment. */
export interface AstroDeployment {
  readonly id: string;
  readonly organizationId: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly description: string;
  readonly namespace: string;
  readonly type: 'STANDARD' | 'DEDICATED' | 'HYBRID';
  /** STANDARD deployments only. */
  readonly cloudProvider?: 'AWS' | 'AZURE' | 'GCP';
  readonly region?: string;
  /** DEDICATED and HYBRID deployments only. */
  readonly clusterId?: string;
  readonly executor: 'CELERY' | 'KUBERNETES' | 'ASTRO';
  readonly astroRuntimeVersion: string;
  readonly airflowVersion: string;
  readonly status: 'HEALTHY' | 'UNHEALTHY' | 'HIBERNATING' | 'CREATING' | 'DEPLOYING' | 'UNKNOWN';
  readonly oidcIssuerUrl?: string;
  /** Where the cluster is prepared for a disaster. */
  readonly drOidcIssuerUrl?: string;
  readonly effectiveWorkloadIdentity?: string;
  readonly remoteExecution?: { readonly enabled: boolean };
}

/** An API token of the world: what it may see, and whether it still works. */
export interface AstroToken {
  readonly token: string;
  readonly kind: 'user' | 'organization' | 'workspace' | 'deployment';
  readonly organizationIds: readonly string[];
  /** Present for workspace and deployment tokens. */
  readonly workspaceIds?: readonly string[];
  /** Present for deployment tokens. */
  readonly deploymentIds?: readonly string[];
  /** May look and change nothing. */
  readonly readOnly?: boolean;
  /** Milliseconds since the Unix epoch on the world's clock; `undefined`: never. */
  readonly expiresAt?: number;
  readonly user?: { readonly id: string; readonly username: string; readonly fullName: string };
}

/** Everything in Astro. */
export class AstroData {
  readonly organizations: AstroOrganization[] = [];
  readonly workspaces: AstroWorkspace[] = [];
  readonly clusters: AstroCluster[] = [];
  readonly deployments: AstroDeployment[] = [];
  readonly tokens: AstroToken[] = [];
  readonly environmentObjects: EnvironmentObject[] = [];
}
