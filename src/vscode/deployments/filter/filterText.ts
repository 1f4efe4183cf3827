import * as vscode from 'vscode';
import type { DeploymentFilter } from '../../../deployment/deploymentFilter.ts';

/** The clouds that Astro runs in as it writes them, with the names that people use. */
export function cloudNames(): ReadonlyMap<string, string> {
  return new Map([
    ['AZURE', 'Azure'],
    ['AWS', 'AWS'],
    ['GCP', 'Google Cloud'],
    ['', vscode.l10n.t('Not known')],
  ]);
}

/** A filter of deployments in few words. */
export function deploymentFilterText({ organizationIds = [], workspaceIds = [], clouds = [], name = '' }: DeploymentFilter): string {
  const names = cloudNames();
  const counted = (count: number, one: string, many: string): readonly string[] => (count === 0 ? [] : [count === 1 ? one : many]);
  return [
    ...(name === '' ? [] : [vscode.l10n.t('name contains "{0}"', name)]),
    ...counted(organizationIds.length, vscode.l10n.t('1 organization'), vscode.l10n.t('{0} organizations', organizationIds.length)),
    ...counted(workspaceIds.length, vscode.l10n.t('1 workspace'), vscode.l10n.t('{0} workspaces', workspaceIds.length)),
    ...clouds.map((cloud) => names.get(cloud) ?? cloud),
  ].join(', ');
}
