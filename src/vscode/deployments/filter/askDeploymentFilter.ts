import * as vscode from 'vscode';
import type { Workspace } from '../../../deployment/deployment.ts';
import type { DeploymentFilter } from '../../../deployment/deploymentFilter.ts';
import { isEmptyDeploymentFilter } from '../../../deployment/deploymentFilter.ts';
import { askMany } from '../../askMany.ts';
import { askFilter, chosenText, nameCondition } from '../../tree/filterMenu.ts';
import type { FilterStore } from '../../tree/filterStore.ts';
import { cloudNames, deploymentFilterText } from './filterText.ts';

/**
 * Has the user put a filter of deployments together, and keeps it when it is to be applied.
 * @param workspaces those that were listed, whatever the filter lets through now
 */
export function askDeploymentFilter(store: FilterStore<DeploymentFilter>, workspaces: readonly Workspace[]): Promise<void> {
  const title = vscode.l10n.t('Filter deployments');
  return askFilter(store, {
    title,
    placeholder: vscode.l10n.t('Choose conditions, then show the deployments'),
    show: vscode.l10n.t('Show Deployments'),
    isEmpty: isEmptyDeploymentFilter,
    text: deploymentFilterText,
    conditions: (draft) => [
      nameCondition(title, draft),
      { label: vscode.l10n.t('Organizations…'), icon: 'organization', description: chosenText(draft.organizationIds ?? []), change: (filter) => askOrganizations(filter, workspaces) },
      { label: vscode.l10n.t('Workspaces…'), icon: 'folder-library', description: chosenText(draft.workspaceIds ?? []), change: (filter) => askWorkspaces(filter, workspaces) },
      { label: vscode.l10n.t('Clouds…'), icon: 'cloud', description: chosenText(draft.clouds ?? []), change: askClouds },
    ],
  });
}

async function askOrganizations(filter: DeploymentFilter, workspaces: readonly Workspace[]): Promise<DeploymentFilter> {
  const known = new Map(workspaces.flatMap(({ organizationId, organizationName }) => (organizationId === '' ? [] : [[organizationId, { label: organizationName, description: '' }] as const])));
  const picked = await askMany(vscode.l10n.t('Organizations to show'), known, filter.organizationIds ?? []);
  return picked === undefined ? filter : { ...filter, organizationIds: picked };
}

async function askWorkspaces(filter: DeploymentFilter, workspaces: readonly Workspace[]): Promise<DeploymentFilter> {
  const known = new Map(workspaces.map(({ id, name, organizationName }) => [id, { label: name, description: organizationName }]));
  const picked = await askMany(vscode.l10n.t('Workspaces to show'), known, filter.workspaceIds ?? []);
  return picked === undefined ? filter : { ...filter, workspaceIds: picked };
}

async function askClouds(filter: DeploymentFilter): Promise<DeploymentFilter> {
  const known = new Map([...cloudNames()].map(([cloud, label]) => [cloud, { label, description: '' }]));
  const picked = await askMany(vscode.l10n.t('Clouds to show'), known, filter.clouds ?? []);
  return picked === undefined ? filter : { ...filter, clouds: picked };
}
