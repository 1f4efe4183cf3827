import { sameArmId } from '../../identity/armId.ts';
import type { IdentityRef } from '../../identity/managedIdentity.ts';
import type { IdentityDirectory } from '../services.ts';

/** What people call the subscription and the tenant of an identity; their ids where they were not listed. */
export function namesOf(directory: Pick<IdentityDirectory, 'known'>, ref: IdentityRef): { readonly subscriptionName: string; readonly tenantName: string } {
  const known = directory.known().find(({ subscription }) => sameArmId(subscription.subscriptionId, ref.subscriptionId));
  return {
    subscriptionName: known?.subscription.displayName ?? ref.subscriptionId,
    tenantName: known?.tenant.defaultDomain ?? known?.tenant.displayName ?? ref.tenantId,
  };
}
