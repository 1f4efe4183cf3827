import * as v from 'valibot';
import type { Deployment, Workspace } from './deployment.ts';

/** What a filter of deployments lets through. Empty or absent: everything. */
export interface DeploymentFilter {
  /** Organizations of Astro. What belongs to no organization passes. */
  readonly organizationIds?: readonly string[];
  readonly workspaceIds?: readonly string[];
  /** `AZURE`, `AWS`, `GCP`; an empty text stands for deployments that do not say where they run. */
  readonly clouds?: readonly string[];
  /** Part of the deployment's name, in any letter case. */
  readonly name?: string;
}

const texts = v.exactOptional(v.array(v.string()));

const filterSchema = v.object({ organizationIds: texts, workspaceIds: texts, clouds: texts, name: v.exactOptional(v.string()) });

/** A filter as it was kept; one that lets everything through where the value is none. */
export function storedDeploymentFilter(value: unknown): DeploymentFilter {
  const parsed = v.safeParse(filterSchema, value);
  return parsed.success ? parsed.output : {};
}

/** True when a filter lets everything through. */
export function isEmptyDeploymentFilter({ organizationIds = [], workspaceIds = [], clouds = [], name = '' }: DeploymentFilter): boolean {
  return [organizationIds, workspaceIds, clouds].every(({ length }) => length === 0) && name === '';
}

/** True for workspaces whose deployments are listed. */
export function letsWorkspaceThrough({ organizationIds = [], workspaceIds = [] }: DeploymentFilter, workspace: Workspace): boolean {
  const isOfOrganization = workspace.organizationId === '' || organizationIds.length === 0 || organizationIds.includes(workspace.organizationId);
  return isOfOrganization && (workspaceIds.length === 0 || workspaceIds.includes(workspace.id));
}

/** True for deployments that are shown, of workspaces that pass. */
export function letsDeploymentThrough({ clouds = [], name = '' }: DeploymentFilter, deployment: Deployment): boolean {
  const isInCloud = clouds.length === 0 || clouds.includes(deployment.cloudProvider?.toUpperCase() ?? '');
  return isInCloud && deployment.name.toLowerCase().includes(name.toLowerCase());
}
