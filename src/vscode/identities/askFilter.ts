import * as vscode from 'vscode';
import { isEmptyFilter } from '../../identity/identityFilter.ts';
import type { IdentityFilter } from '../../identity/searchPort.ts';
import type { StepItem } from '../connect/stepPick.ts';
import { pickStep } from '../connect/stepPick.ts';
import { askMany } from '../askMany.ts';
import { askText } from '../inputStep.ts';
import type { FilterPlace, FilterStore } from '../tree/filterStore.ts';
import type { IdentityInventory } from './identityInventory.ts';
import { filterText } from './viewCaption.ts';

/** A filter that is being put together. */
interface Draft {
  readonly filter: IdentityFilter;
  readonly place: FilterPlace;
}

/** A tag that identities must have; without a value, any will do. */
type WantedTag = NonNullable<IdentityFilter['tags']>[number];

type Step = 'apply' | 'clear' | 'trustsDeployments' | 'place' | ((draft: Draft, inventory: IdentityInventory) => Promise<Draft>);

/** Has the user put a filter together, one condition after the other, and keeps it when it is to be applied. */
export async function askFilter(store: FilterStore<IdentityFilter>, inventory: IdentityInventory): Promise<void> {
  let draft: Draft = { filter: store.current(), place: store.place() };
  for (;;) {
    const answer = await pickStep<Step>({
      title: vscode.l10n.t('Filter identities'),
      placeholder: vscode.l10n.t('Choose conditions, then show the identities'),
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
      case 'trustsDeployments':
        draft = { ...draft, filter: { ...draft.filter, trustsDeployments: draft.filter.trustsDeployments !== true } };
        break;
      case 'place':
        draft = { ...draft, place: draft.place === 'user' ? 'workspace' : 'user' };
        break;
      default:
        draft = await answer.value(draft, inventory);
    }
  }
}

function menuItems({ filter, place }: Draft): readonly StepItem<Step>[] {
  const { name = '', tenantIds = [], subscriptionIds = [], resourceGroups = [], tags = [], trustsDeployments = false } = filter;
  const some = (label: string, icon: string, count: number, value: Step): StepItem<Step> => ({
    label: `$(${icon}) ${label}`,
    description: count === 0 ? vscode.l10n.t('all') : vscode.l10n.t('{0} chosen', count),
    value,
  });
  return [
    { label: `$(check) ${vscode.l10n.t('Show Identities')}`, description: isEmptyFilter(filter) ? vscode.l10n.t('all') : filterText(filter), value: 'apply' },
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(symbol-text) ${vscode.l10n.t('Name…')}`, description: name === '' ? vscode.l10n.t('all') : name, value: askName },
    some(vscode.l10n.t('Tenants…'), 'organization', tenantIds.length, askTenants),
    some(vscode.l10n.t('Subscriptions…'), 'layers', subscriptionIds.length, askSubscriptions),
    some(vscode.l10n.t('Resource groups…'), 'symbol-namespace', resourceGroups.length, askGroups),
    some(vscode.l10n.t('Tags…'), 'tag', tags.length, askTags),
    {
      label: `$(shield) ${vscode.l10n.t('Only identities that trust Airflow deployments')}`,
      description: trustsDeployments ? vscode.l10n.t('on') : vscode.l10n.t('off'),
      detail: vscode.l10n.t('Reads the credentials of every identity, which takes a while where there are many.'),
      value: 'trustsDeployments',
    },
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: `$(save) ${vscode.l10n.t('Keep the filter for')}`,
      description: place === 'user' ? vscode.l10n.t('all my windows') : vscode.l10n.t('this workspace'),
      value: 'place',
    },
    ...(isEmptyFilter(filter) ? [] : [{ label: `$(clear-all) ${vscode.l10n.t('Clear Filter')}`, value: 'clear' as const }]),
  ];
}

async function askName(draft: Draft): Promise<Draft> {
  const answer = await askText({
    title: vscode.l10n.t('Filter identities'),
    prompt: vscode.l10n.t('A part of the name; nothing shows all.'),
    value: draft.filter.name ?? '',
    back: true,
  });
  return answer.kind === 'entered' ? { ...draft, filter: { ...draft.filter, name: answer.text } } : draft;
}

async function askTenants(draft: Draft, inventory: IdentityInventory): Promise<Draft> {
  const { tenantIds = [] } = draft.filter;
  const known = new Map(inventory.tenants().map(({ tenant }) => [tenant.tenantId, { label: tenant.displayName, description: tenant.defaultDomain ?? '' }]));
  const picked = await askMany(vscode.l10n.t('Tenants to show'), known, tenantIds);
  return picked === undefined ? draft : { ...draft, filter: { ...draft.filter, tenantIds: picked } };
}

async function askSubscriptions(draft: Draft, inventory: IdentityInventory): Promise<Draft> {
  const { subscriptionIds = [] } = draft.filter;
  const known = new Map(
    inventory.tenants().flatMap(({ tenant, subscriptions }) =>
      subscriptions.map(({ subscriptionId, displayName }) => [subscriptionId, { label: displayName, description: tenant.displayName }] as const)),
  );
  const picked = await askMany(vscode.l10n.t('Subscriptions to show'), known, subscriptionIds);
  return picked === undefined ? draft : { ...draft, filter: { ...draft.filter, subscriptionIds: picked } };
}

async function askGroups(draft: Draft, inventory: IdentityInventory): Promise<Draft> {
  const { resourceGroups = [] } = draft.filter;
  const known = new Map(
    inventory.known().map(({ identity, subscription }) => [identity.resourceGroup.toLowerCase(), { label: identity.resourceGroup, description: subscription.displayName }]),
  );
  const picked = await askMany(vscode.l10n.t('Resource groups to show'), known, resourceGroups.map((group) => group.toLowerCase()));
  return picked === undefined ? draft : { ...draft, filter: { ...draft.filter, resourceGroups: picked } };
}

async function askTags(draft: Draft, inventory: IdentityInventory): Promise<Draft> {
  const { tags = [] } = draft.filter;
  const all = [...tags, ...inventory.known().flatMap(({ identity }) => Object.entries(identity.tags).flatMap(([name, value]) => [{ name }, { name, value }]))];
  const choices = new Map(all.map((tag) => [keyOf(tag), tagChoice(tag)]));
  const picked = await askMany(vscode.l10n.t('Tags that must be there'), choices, tags.map(keyOf));
  return picked === undefined ? draft : { ...draft, filter: { ...draft.filter, tags: picked.map(tagOf) } };
}

function keyOf({ name, value }: WantedTag): string {
  return JSON.stringify(value === undefined ? [name] : [name, value]);
}

function tagChoice({ name, value }: WantedTag): { readonly label: string; readonly description: string } {
  return value === undefined ? { label: name, description: vscode.l10n.t('any value') } : { label: `${name}: ${value}`, description: '' };
}

function tagOf(text: string): WantedTag {
  const [name = '', value] = JSON.parse(text) as readonly string[];
  return value === undefined ? { name } : { name, value };
}
