import * as vscode from 'vscode';
import type { AccessScope, AccessScopeKind } from '../../identity/accessScope.ts';
import type { TenantRef } from '../../identity/managedIdentity.ts';
import { describeScope, scopeName } from '../../identity/scopeName.ts';
import { noneFound, showPages } from '../connect/showPages.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepAnswer, StepItem, StepPlace } from '../connect/stepPick.ts';
import { subscriptionNames } from '../identities/subscriptionNames.ts';
import { askText } from '../inputStep.ts';
import type { Services } from '../services.ts';
import { recentScopes } from './recentScopes.ts';

type Needs = Pick<Services, 'azure' | 'commands' | 'globalState' | 'identities' | 'log'>;

/** How a question about a scope is asked. */
interface ScopeQuestion {
  readonly title: string;
  readonly place?: StepPlace | undefined;
  readonly back: boolean;
}

/** A kind of scope that is listed, or the wish to name one by its id. */
type Where = { readonly kind: 'scope'; readonly scope: AccessScope } | { readonly kind: 'list'; readonly listed: ListedKind } | { readonly kind: 'byId' };

type ListedKind = Extract<AccessScopeKind, 'storageAccount' | 'vault' | 'factory' | 'other' | 'resourceGroup' | 'subscription'>;

/** Asks where a role is given: those used lately first, then by kind; what is listed appears page by page. */
export async function pickScope(services: Needs, tenant: TenantRef, question: ScopeQuestion): Promise<StepAnswer<AccessScope>> {
  for (;;) {
    const where = await pickWhere(services, tenant, question);
    if (where.kind !== 'picked') {
      return where;
    }
    const answer = await scopeOf(services, tenant, question, where.value);
    if (answer.kind !== 'back') {
      return answer;
    }
  }
}

async function scopeOf(services: Needs, tenant: TenantRef, question: ScopeQuestion, where: Where): Promise<StepAnswer<AccessScope>> {
  switch (where.kind) {
    case 'scope':
      return { kind: 'picked', value: where.scope };
    case 'byId':
      return askScopeId(tenant, question);
    case 'list':
      return pickListed(services, tenant, question, where.listed);
  }
}

async function pickWhere(services: Needs, tenant: TenantRef, { title, place, back }: ScopeQuestion): Promise<StepAnswer<Where>> {
  const nameOf = subscriptionNames(services);
  const recent = recentScopes(services.globalState, tenant).map((scope): StepItem<Where> => {
    const { label, description = '', iconPath } = scopeItem(scope, nameOf);
    return { label, description: describeScope(scopeName(scope.id, () => scope.name)), detail: description, ...(iconPath === undefined ? {} : { iconPath }), value: { kind: 'scope', scope } };
  });
  const kinds = kindItems();
  return pickStep<Where>({
    title,
    placeholder: vscode.l10n.t('On what? The smaller the scope, the less can go wrong.'),
    place,
    back,
    load: async (show) => {
      show(recent.length === 0 ? kinds : [separator(vscode.l10n.t('Used lately')), ...recent, separator(vscode.l10n.t('Find another')), ...kinds]);
    },
  });
}

function kindItems(): readonly StepItem<Where>[] {
  const item = (icon: string, label: string, detail: string, listed: ListedKind): StepItem<Where> => ({
    label, detail, iconPath: new vscode.ThemeIcon(icon), value: { kind: 'list', listed },
  });
  return [
    item('database', vscode.l10n.t('Storage account or container…'), vscode.l10n.t('Blobs in one container, or in the whole account'), 'storageAccount'),
    item('lock', vscode.l10n.t('Key vault…'), vscode.l10n.t('Secrets, for example as Airflow secrets backend'), 'vault'),
    item('server-process', vscode.l10n.t('Data factory…'), vscode.l10n.t('Runs of its pipelines'), 'factory'),
    item('symbol-misc', vscode.l10n.t('Service Bus namespace or container group…'), vscode.l10n.t('Messages, and containers that tasks start'), 'other'),
    item('symbol-namespace', vscode.l10n.t('Resource group…'), vscode.l10n.t('Everything in it, also what is added later'), 'resourceGroup'),
    item('layers', vscode.l10n.t('Subscription…'), vscode.l10n.t('Everything in it, also what is added later'), 'subscription'),
    {
      label: vscode.l10n.t('Another resource…'),
      detail: vscode.l10n.t('By its resource ID, for example a queue or a database account'),
      iconPath: new vscode.ThemeIcon('link'),
      value: { kind: 'byId' },
    },
  ];
}

async function pickListed(services: Needs, tenant: TenantRef, question: ScopeQuestion, listed: ListedKind): Promise<StepAnswer<AccessScope>> {
  for (;;) {
    const answer = await pickFrom(services, { ...question, back: true }, {
      placeholder: placeholderFor(listed),
      none: noneFound(),
      list: (signal) => services.azure().scopes(tenant, [listed], signal),
    });
    if (answer.kind !== 'picked' || answer.value.kind !== 'storageAccount') {
      return answer;
    }
    const inside = await pickContainer(services, question, answer.value);
    if (inside.kind !== 'back') {
      return inside;
    }
  }
}

/** One of its containers, or the whole account. */
function pickContainer(services: Needs, question: ScopeQuestion, account: AccessScope): Promise<StepAnswer<AccessScope>> {
  return pickFrom(services, { ...question, back: true }, {
    placeholder: vscode.l10n.t('Which container of {0}?', account.name),
    last: { label: vscode.l10n.t('Whole account {0}', account.name), detail: vscode.l10n.t('All containers, also those that are added later'), iconPath: new vscode.ThemeIcon('database'), value: account },
    list: (signal) => services.azure().containers(account, signal),
  });
}

interface Listing {
  readonly placeholder: string;
  /** Offered once everything is listed, and below it: the larger scope is not what Enter takes. */
  readonly last?: StepItem<AccessScope>;
  /** Said where nothing was found. */
  readonly none?: string;
  readonly list: (signal: AbortSignal) => AsyncIterable<readonly AccessScope[]>;
}

function pickFrom(services: Needs, { title, place, back }: ScopeQuestion, listing: Listing): Promise<StepAnswer<AccessScope>> {
  return pickStep<AccessScope>({
    title,
    placeholder: listing.placeholder,
    place,
    back,
    load: async (show, signal) => {
      const nameOf = subscriptionNames(services);
      await showPages(services, show, signal, {
        pages: () => listing.list(signal),
        item: (scope) => scopeItem(scope, nameOf),
        name: 'listing scopes',
        ...(listing.last === undefined ? {} : { last: [listing.last] }),
        ...(listing.none === undefined ? {} : { none: listing.none }),
      });
    },
  });
}

function placeholderFor(listed: ListedKind): string {
  switch (listed) {
    case 'storageAccount':
      return vscode.l10n.t('Which storage account? Its containers follow.');
    case 'vault':
      return vscode.l10n.t('Which key vault?');
    case 'factory':
      return vscode.l10n.t('Which data factory?');
    case 'other':
      return vscode.l10n.t('Which resource?');
    case 'resourceGroup':
      return vscode.l10n.t('Which resource group?');
    case 'subscription':
      return vscode.l10n.t('Which subscription?');
  }
}

/** `nameOf` gives the display name of a subscription. */
function scopeItem(scope: AccessScope, nameOf: (subscriptionId: string) => string): StepItem<AccessScope> {
  const group = /\/resourceGroups\/([^/]+)\//i.exec(scope.id)?.[1];
  const above = scope.kind === 'subscription' ? [scope.subscriptionId] : [group, nameOf(scope.subscriptionId)];
  return {
    label: scope.name,
    description: above.filter((part) => part !== undefined).join(' · '),
    iconPath: new vscode.ThemeIcon(iconOf(scope.kind)),
    value: scope,
  };
}

function iconOf(kind: AccessScopeKind): string {
  return { subscription: 'layers', resourceGroup: 'symbol-namespace', storageAccount: 'database', container: 'package', vault: 'lock', factory: 'server-process', other: 'symbol-misc' }[kind];
}

async function askScopeId(tenant: TenantRef, { title, place }: ScopeQuestion): Promise<StepAnswer<AccessScope>> {
  const answer = await askText({
    ...place,
    title,
    prompt: vscode.l10n.t('Resource ID, as the resource\'s Properties page in the Azure portal shows it.'),
    placeholder: '/subscriptions/…/resourceGroups/…/providers/…',
    back: true,
    problem: (text) => (scopeOfId(tenant, text) === undefined ? vscode.l10n.t('Resource IDs begin with /subscriptions/ and the ID of a subscription.') : undefined),
  });
  if (answer.kind !== 'entered') {
    return answer;
  }
  const scope = scopeOfId(tenant, answer.text);
  return scope === undefined ? { kind: 'cancelled' } : { kind: 'picked', value: scope };
}

function scopeOfId({ account, tenantId }: TenantRef, text: string): AccessScope | undefined {
  const id = text.replace(/\/+$/, '');
  const subscriptionId = /^\/subscriptions\/([0-9a-f-]{36})(?:\/resourceGroups\/[^/?#\s]+(?:\/providers\/[^?#\s]+)?)?$/i.exec(id)?.[1];
  const { kind, name } = scopeName(id);
  return subscriptionId === undefined || kind === 'root' || kind === 'managementGroup' ? undefined : { account, tenantId, id, kind, name, subscriptionId };
}

function separator(label: string): StepItem<Where> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
