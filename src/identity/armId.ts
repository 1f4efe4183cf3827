import * as l10n from '@vscode/l10n';
import { AirflowIdentityError } from '../errors.ts';
import type { IdentityRef, ManagedIdentity } from './managedIdentity.ts';

/** The names that a user-assigned identity's ARM id is made of, in the letters it was written with. */
export interface IdentityPath {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

const identityId =
  /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/([^/]+)$/i;

/**
 * Takes a user-assigned identity's ARM id apart; ids compare without letter case because the service itself
 * answers `resourcegroups` in lower case (Azure/azure-cli test recordings of `az identity`).
 *
 * @throws AirflowIdentityError `invalidInput` when the text is no such id.
 */
export function parseIdentityId(id: string): IdentityPath {
  const match = identityId.exec(id.trim());
  const [, subscriptionId, resourceGroup, name] = match ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined) {
    throw new AirflowIdentityError('invalidInput', l10n.t('This is not the resource ID of a user-assigned identity: {0}', id), {
      fix: l10n.t('Copy the resource ID from the identity in the tree or from its Properties page in the Azure portal.'),
    });
  }
  return { subscriptionId, resourceGroup, name };
}

/** Writes the ARM id as ARM itself writes it in answers (`resourcegroups` in lower case). */
export function formatIdentityId(path: IdentityPath): string {
  return `/subscriptions/${path.subscriptionId}/resourcegroups/${path.resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${path.name}`;
}

/** True when two ARM ids (or parts of them) name the same resource: ARM ignores letter case. */
export function sameArmId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** True for the same identity seen through the same account and tenant. */
export function isSameIdentity(a: IdentityRef | ManagedIdentity, b: IdentityRef): boolean {
  return a.account.id === b.account.id && a.tenantId === b.tenantId && sameArmId(formatIdentityId(a), formatIdentityId(b));
}
