import * as v from 'valibot';
import type { Deployment, Executor, Workspace } from '../deployment/deployment.ts';

/*
 * What is used of the Astro API v1's answers (astronomer/astro-cli astro-client-v1/api.gen.go). Unknown properties are
 * ignored, and what an older or newer minor version may leave out is optional.
 */

const text = v.pipe(v.string(), v.minLength(1));
const optionalText = v.pipe(
  v.optional(v.nullable(v.string())),
  v.transform((value) => value || undefined),
);

/** The one source that this adapter is: `Deployment.sourceId` and `Workspace.sourceId`. */
export const astroSourceId = 'astro';

/** An organization in a listing. */
export const organizationSchema = v.object({ id: text, name: v.optional(v.string(), '') });

/** A workspace in a listing. */
export const workspaceSchema = v.object({ id: text, name: v.optional(v.string(), '') });

/** A cluster in a listing: where its deployments run. */
export const clusterSchema = v.object({ id: text, name: optionalText, cloudProvider: optionalText, region: optionalText });

/** A deployment, in a listing or alone. */
export const deploymentSchema = v.object({
  id: text,
  name: v.optional(v.string(), ''),
  namespace: text,
  oidcIssuerUrl: optionalText,
  /** Of the cluster that takes over in a disaster; only where the cluster is prepared for one. */
  drOidcIssuerUrl: optionalText,
  executor: optionalText,
  remoteExecution: v.optional(v.nullable(v.object({ enabled: v.optional(v.boolean(), false) }))),
  astroRuntimeVersion: optionalText,
  runtimeVersion: optionalText,
  airflowVersion: optionalText,
  cloudProvider: optionalText,
  region: optionalText,
  clusterId: optionalText,
  clusterName: optionalText,
  status: optionalText,
  uiUrl: optionalText,
  webServerUrl: optionalText,
});

/** An organization as Astro lists it. */
export type AstroOrganization = v.InferOutput<typeof organizationSchema>;

/** A cluster as Astro lists it. */
export type AstroCluster = v.InferOutput<typeof clusterSchema>;

/** A deployment as Astro lists it. */
export type AstroDeployment = v.InferOutput<typeof deploymentSchema>;

/** The product's workspace for one of Astro's. */
export function workspaceOf(workspace: v.InferOutput<typeof workspaceSchema>, organization: AstroOrganization): Workspace {
  return {
    sourceId: astroSourceId,
    id: workspace.id,
    name: workspace.name || workspace.id,
    organizationId: organization.id,
    organizationName: organization.name || organization.id,
  };
}

/**
 * True when only the cluster says where the deployment runs: Astro gives `cloudProvider` for STANDARD deployments alone
 * (api.gen.go, comments of `Deployment`).
 */
export function needsCluster(deployment: AstroDeployment): boolean {
  return deployment.clusterId !== undefined && (deployment.cloudProvider === undefined || deployment.region === undefined);
}

/** The product's deployment for one of Astro's: issuer and namespace exactly as given. */
export function deploymentOf(deployment: AstroDeployment, workspace: Workspace, cluster: AstroCluster | undefined): Deployment {
  return {
    sourceId: astroSourceId,
    id: deployment.id,
    name: deployment.name || deployment.id,
    workspace,
    namespace: deployment.namespace,
    issuer: deployment.oidcIssuerUrl,
    drIssuer: deployment.drOidcIssuerUrl,
    executor: executorOf(deployment.executor),
    remoteExecution: deployment.remoteExecution?.enabled ?? false,
    runtimeVersion: deployment.astroRuntimeVersion ?? deployment.runtimeVersion,
    airflowVersion: deployment.airflowVersion,
    cloudProvider: deployment.cloudProvider ?? cluster?.cloudProvider,
    region: deployment.region ?? cluster?.region,
    clusterName: deployment.clusterName ?? cluster?.name,
    status: deployment.status,
    url: httpsUrl(deployment.uiUrl) ?? httpsUrl(deployment.webServerUrl),
    layout: { kind: 'astro' },
  };
}

/** Astro also writes pages without their scheme, such as `contoso.astronomer.run/abcdefgh`. */
function httpsUrl(page: string | undefined): string | undefined {
  const url = page !== undefined && /^[\w.-]+\.astronomer\.(run|io)(\/|$)/i.test(page) ? `https://${page}` : page;
  return url !== undefined && URL.parse(url)?.protocol === 'https:' ? url : undefined;
}

function executorOf(executor: string | undefined): Executor {
  switch (executor) {
    case 'CELERY':
      return 'celery';
    case 'KUBERNETES':
      return 'kubernetes';
    case 'ASTRO':
      return 'astro';
    default:
      return 'unknown';
  }
}
