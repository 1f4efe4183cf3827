import * as vscode from 'vscode';
import type { Workspace } from '../../../deployment/deployment.ts';
import type { DeploymentFilter } from '../../../deployment/deploymentFilter.ts';
import { isEmptyDeploymentFilter } from '../../../deployment/deploymentFilter.ts';
import { askMany } from '../../askMany.ts';
import { pickStep } from '../../connect/stepPick.ts';
import type { StepItem } from '../../connect/stepPick.ts';
import { askText } from '../../inputStep.ts';
import type { FilterPlace, FilterStore } from '../../tree/filterStore.ts';
import { cloudNames, deploymentFilterText } from './filterText.ts';

/** A filter that is being put together. */
interface Draft {
  readonly filter: DeploymentFilter;
  readonly place: FilterPlace;
}

type Step = 'apply' | 'clear' | 'place' | ((filter: DeploymentFilter, workspaces: readonly Workspace[]) => Promise<DeploymentFilter>);

/**
 * Has the user put a filter of deployments together, one condition after the other, and keeps it when it is to be applied.
 * @param workspaces those that were listed, whatever the filter lets through now
 */
export async function askDeploymentFilter(store: FilterStore<DeploymentFilter>, workspaces: readonly Workspace[]): Promise<void> {
  let draft: Draft = { filter: store.current(), place: isEmptyDeploymentFilter(store.current()) ? 'workspace' : store.place() };
  for (;;) {
    const answer = await pickStep<Step>({
      title: vscode.l10n.t('Filter deployments'),
      placeholder: vscode.l10n.t('Choose conditions, then show the deployments'),
      load: async (show) => { show(menuItems(draft)); },
    });
    if (answer.kind !== 'picked') {
      return;
    }
    switch (answer.value) {
      case 'apply':
        await store.set(draft.filter, draft.place);
        return;
      case 'clear':
        await store.clear();
        return;
      case 'place':
        draft = { ...draft, place: draft.place === 'user' ? 'workspace' : 'user' };
        break;
      default:
        draft = { ...draft, filter: await answer.value(draft.filter, workspaces) };
    }
  }
}

function menuItems({ filter, place }: Draft): readonly StepItem<Step>[] {
  const { organizationIds = [], workspaceIds = [], clouds = [], name = '' } = filter;
  const some = (label: string, icon: string, count: number, value: Step): StepItem<Step> => ({
    label: `$(${icon}) ${label}`,
    description: count === 0 ? vscode.l10n.t('all') : vscode.l10n.t('{0} chosen', count),
    value,
  });
  return [
    { label: `$(check) ${vscode.l10n.t('Show Deployments')}`, description: isEmptyDeploymentFilter(filter) ? vscode.l10n.t('all') : deploymentFilterText(filter), value: 'apply' },
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(symbol-text) ${vscode.l10n.t('Name…')}`, description: name === '' ? vscode.l10n.t('all') : name, value: askName },
    some(vscode.l10n.t('Organizations…'), 'organization', organizationIds.length, askOrganizations),
    some(vscode.l10n.t('Workspaces…'), 'folder-library', workspaceIds.length, askWorkspaces),
    some(vscode.l10n.t('Clouds…'), 'cloud', clouds.length, askClouds),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: `$(save) ${vscode.l10n.t('Keep the filter for')}`,
      description: place === 'user' ? vscode.l10n.t('all my windows') : vscode.l10n.t('this workspace'),
      value: 'place',
    },
    ...(isEmptyDeploymentFilter(filter) ? [] : [{ label: `$(clear-all) ${vscode.l10n.t('Clear Filter')}`, value: 'clear' as const }]),
  ];
}

async function askName(filter: DeploymentFilter): Promise<DeploymentFilter> {
  const answer = await askText({
    title: vscode.l10n.t('Filter deployments'),
    prompt: vscode.l10n.t('A part of the name; nothing shows all.'),
    value: filter.name ?? '',
    back: true,
  });
  return answer.kind === 'entered' ? { ...filter, name: answer.text } : filter;
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
