import * as l10n from '@vscode/l10n';
import type { AccessScopeKind } from './accessScope.ts';

/** What an ARM id that a role is held on stands for, in words that people know it by. */
export interface ScopeName {
  /** The ARM id as it was given. */
  readonly id: string;
  readonly kind: AccessScopeKind | 'managementGroup' | 'root';
  readonly name: string;
  /** The storage account of a container. */
  readonly account?: string;
}

const resourceKinds: Readonly<Record<string, AccessScopeKind>> = {
  'microsoft.storage/storageaccounts': 'storageAccount',
  'microsoft.keyvault/vaults': 'vault',
  'microsoft.datafactory/factories': 'factory',
};

/**
 * Reads the id of a scope. `subscriptionName` gives the display name of a subscription, or `undefined` where it is not known.
 * @see https://learn.microsoft.com/azure/role-based-access-control/scope-overview#scope-format
 */
export function scopeName(id: string, subscriptionName: (subscriptionId: string) => string | undefined = () => undefined): ScopeName {
  const parts = id.split('/').filter((part) => part !== '');
  const [first = '', second = '', third = '', fourth = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (parts.length === 0) {
    return { id, kind: 'root', name: '/' };
  }
  if (first.toLowerCase() === 'providers' && third.toLowerCase() === 'managementgroups') {
    return { id, kind: 'managementGroup', name: fourth };
  }
  if (parts.length === 2 && first.toLowerCase() === 'subscriptions') {
    return { id, kind: 'subscription', name: subscriptionName(second) ?? second };
  }
  if (parts.length === 4 && third.toLowerCase() === 'resourcegroups') {
    return { id, kind: 'resourceGroup', name: fourth };
  }
  const container = /\/storageAccounts\/([^/]+)\/blobServices\/default\/containers\/([^/]+)\/?$/i.exec(id);
  if (container?.[1] !== undefined && container[2] !== undefined) {
    return { id, kind: 'container', name: container[2], account: container[1] };
  }
  const type = parts.length === 8 ? `${parts[5] ?? ''}/${parts[6] ?? ''}`.toLowerCase() : '';
  return { id, kind: resourceKinds[type] ?? 'other', name: last };
}

/** "storage account stdatalake", "container raw in stdatalake": within a sentence. */
export function describeScope({ kind, name, account }: Pick<ScopeName, 'kind' | 'name' | 'account'>): string {
  switch (kind) {
    case 'root':
      return l10n.t('the whole tenant');
    case 'managementGroup':
      return l10n.t('management group {0}', name);
    case 'subscription':
      return l10n.t('subscription {0}', name);
    case 'resourceGroup':
      return l10n.t('resource group {0}', name);
    case 'storageAccount':
      return l10n.t('storage account {0}', name);
    case 'container':
      return account === undefined ? l10n.t('container {0}', name) : l10n.t('container {0} in {1}', name, account);
    case 'vault':
      return l10n.t('key vault {0}', name);
    case 'factory':
      return l10n.t('data factory {0}', name);
    case 'other':
      return l10n.t('resource {0}', name);
  }
}

/** True when what is held on `upper` holds on `lower` too, without being the same scope. */
export function isScopeAbove(upper: ScopeName, lower: ScopeName): boolean {
  const rank = { root: 0, managementGroup: 1 } as const;
  const rankOf = ({ kind }: ScopeName): number => (kind === 'root' || kind === 'managementGroup' ? rank[kind] : 2);
  if (rankOf(upper) < 2) {
    // What is listed for a subscription comes from the management groups above it only.
    return rankOf(lower) > rankOf(upper);
  }
  return lower.id.toLowerCase().startsWith(`${upper.id.toLowerCase().replace(/\/$/, '')}/`);
}
