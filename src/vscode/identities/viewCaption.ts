import * as vscode from 'vscode';
import { isEmptyFilter } from '../../identity/identityFilter.ts';
import type { IdentityFilter } from '../../identity/searchPort.ts';

/** What the view says about itself beside its title. */
export interface ViewCaption {
  readonly filter: IdentityFilter;
  /** Subscriptions that are being listed, and how many of them are done. */
  readonly progress: { readonly done: number; readonly total: number } | undefined;
  /** Identities whose credentials are being read for the filter, and how many of them were. */
  readonly reading: { readonly done: number; readonly total: number } | undefined;
  /** When the oldest of what is shown was listed or read, in milliseconds since the Unix epoch; `undefined` for what was listed now. */
  readonly asOf: readonly (number | undefined)[];
}

/** The caption in words, or an empty text. `now` in milliseconds since the Unix epoch. */
export function captionText({ filter, progress, reading, asOf }: ViewCaption, now: number): string {
  const times = asOf.filter((time) => time !== undefined);
  const parts = [
    ...(isEmptyFilter(filter) ? [] : [vscode.l10n.t('Filter: {0}', filterText(filter))]),
    ...(progress === undefined ? [] : [vscode.l10n.t('{0} of {1} subscriptions', number(progress.done), number(progress.total))]),
    ...(reading === undefined ? [] : [vscode.l10n.t('credentials of {0} of {1} identities', number(reading.done), number(reading.total))]),
    ...(times.length === 0 ? [] : [vscode.l10n.t('as of {0}', timeText(Math.min(...times), now))]),
  ];
  return parts.join(' \u00B7 ');
}

/** What stands above the rows, where those do not say it themselves; else an empty text. */
export function messageText({ hasNoIdentities, isUnmatched }: { readonly hasNoIdentities: boolean; readonly isUnmatched: boolean }): string {
  if (hasNoIdentities) {
    return vscode.l10n.t('No subscription holds a user-assigned identity yet. Create one with the + of a subscription.');
  }
  return isUnmatched ? vscode.l10n.t('The filter lets no identity through of what could be listed.') : '';
}

/** A filter in few words. */
export function filterText({ tenantIds = [], subscriptionIds = [], resourceGroups = [], tags = [], name = '', trustsDeployments = false }: IdentityFilter): string {
  const parts = [
    ...(name === '' ? [] : [vscode.l10n.t('name contains "{0}"', name)]),
    ...counted(tenantIds, vscode.l10n.t('1 tenant'), vscode.l10n.t('{0} tenants', tenantIds.length)),
    ...counted(subscriptionIds, vscode.l10n.t('1 subscription'), vscode.l10n.t('{0} subscriptions', subscriptionIds.length)),
    ...resourceGroups,
    ...tags.map((tag) => (tag.value === undefined ? tag.name : `${tag.name}: ${tag.value}`)),
    ...(trustsDeployments ? [vscode.l10n.t('trusts deployments')] : []),
  ];
  return parts.join(', ');
}

function counted(items: readonly string[], one: string, many: string): readonly string[] {
  return items.length === 0 ? [] : [items.length === 1 ? one : many];
}

function number(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

function timeText(at: number, now: number): string {
  const time = new Date(at);
  const isToday = time.toDateString() === new Date(now).toDateString();
  return isToday
    ? time.toLocaleTimeString(vscode.env.language, { timeStyle: 'short' })
    : time.toLocaleString(vscode.env.language, { dateStyle: 'short', timeStyle: 'short' });
}
