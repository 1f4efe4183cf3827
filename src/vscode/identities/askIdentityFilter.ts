import * as vscode from 'vscode';
import { isEmptyFilter } from '../../identity/identityFilter.ts';
import type { IdentityFilter } from '../../identity/searchPort.ts';
import { askMany } from '../askMany.ts';
import { askFilter, chosenText, nameCondition } from '../tree/filterMenu.ts';
import type { FilterStore } from '../tree/filterStore.ts';
import type { IdentityInventory } from './identityInventory.ts';
import { filterText } from './viewCaption.ts';

/** A tag that identities must have; without a value, any will do. */
type WantedTag = NonNullable<IdentityFilter['tags']>[number];

/** Has the user put a filter of identities together, and keeps it when it is to be applied. */
export function askIdentityFilter(store: FilterStore<IdentityFilter>, inventory: IdentityInventory): Promise<void> {
  const title = vscode.l10n.t('Filter identities');
  return askFilter(store, {
    title,
    placeholder: vscode.l10n.t('Choose conditions, then show the identities'),
    show: vscode.l10n.t('Show Identities'),
    isEmpty: isEmptyFilter,
    text: filterText,
    conditions: (draft) => [
      nameCondition(title, draft),
      { label: vscode.l10n.t('Tenants…'), icon: 'organization', description: chosenText(draft.tenantIds ?? []), change: (filter) => askTenants(filter, inventory) },
      { label: vscode.l10n.t('Subscriptions…'), icon: 'layers', description: chosenText(draft.subscriptionIds ?? []), change: (filter) => askSubscriptions(filter, inventory) },
      { label: vscode.l10n.t('Resource groups…'), icon: 'symbol-namespace', description: chosenText(draft.resourceGroups ?? []), change: (filter) => askGroups(filter, inventory) },
      { label: vscode.l10n.t('Tags…'), icon: 'tag', description: chosenText(draft.tags ?? []), change: (filter) => askTags(filter, inventory) },
      {
        label: vscode.l10n.t('Only identities that trust Airflow deployments'),
        icon: 'shield',
        description: draft.trustsDeployments === true ? vscode.l10n.t('on') : vscode.l10n.t('off'),
        detail: vscode.l10n.t('Reads the credentials of every identity, which takes a while where there are many.'),
        change: (filter) => ({ ...filter, trustsDeployments: filter.trustsDeployments !== true }),
      },
    ],
  });
}

async function askTenants(filter: IdentityFilter, inventory: IdentityInventory): Promise<IdentityFilter> {
  const known = new Map(inventory.tenants().map(({ tenant }) => [tenant.tenantId, { label: tenant.displayName, description: tenant.defaultDomain ?? '' }]));
  const picked = await askMany(vscode.l10n.t('Tenants to show'), known, filter.tenantIds ?? []);
  return picked === undefined ? filter : { ...filter, tenantIds: picked };
}

async function askSubscriptions(filter: IdentityFilter, inventory: IdentityInventory): Promise<IdentityFilter> {
  const known = new Map(
    inventory.tenants().flatMap(({ tenant, subscriptions }) =>
      subscriptions.map(({ subscriptionId, displayName }) => [subscriptionId, { label: displayName, description: tenant.displayName }] as const)),
  );
  const picked = await askMany(vscode.l10n.t('Subscriptions to show'), known, filter.subscriptionIds ?? []);
  return picked === undefined ? filter : { ...filter, subscriptionIds: picked };
}

async function askGroups(filter: IdentityFilter, inventory: IdentityInventory): Promise<IdentityFilter> {
  const { resourceGroups = [] } = filter;
  const known = new Map(
    inventory.known().map(({ identity, subscription }) => [identity.resourceGroup.toLowerCase(), { label: identity.resourceGroup, description: subscription.displayName }]),
  );
  const picked = await askMany(vscode.l10n.t('Resource groups to show'), known, resourceGroups.map((group) => group.toLowerCase()));
  return picked === undefined ? filter : { ...filter, resourceGroups: picked };
}

async function askTags(filter: IdentityFilter, inventory: IdentityInventory): Promise<IdentityFilter> {
  const { tags = [] } = filter;
  const all = [...tags, ...inventory.known().flatMap(({ identity }) => Object.entries(identity.tags).flatMap(([name, value]) => [{ name }, { name, value }]))];
  const choices = new Map(all.map((tag) => [keyOf(tag), tagChoice(tag)]));
  const picked = await askMany(vscode.l10n.t('Tags that must be there'), choices, tags.map(keyOf));
  return picked === undefined ? filter : { ...filter, tags: picked.map(tagOf) };
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
