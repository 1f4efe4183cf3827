import { sameArmId } from '../../identity/armId.ts';
import type { IdentityRef } from '../../identity/managedIdentity.ts';
import type { IdentityDirectory } from '../services.ts';

/** What people call the subscription and the tenant of an identity. */
export interface IdentityNames {
  readonly subscriptionName: string;
  readonly tenantName: string;
}

/** The names of an identity's subscription and tenant; while they are not listed, those known from elsewhere, else their ids. */
export function namesOf(
  directory: Pick<IdentityDirectory, 'known'>,
  ref: IdentityRef,
  fallback: IdentityNames = { subscriptionName: ref.subscriptionId, tenantName: ref.tenantId },
): IdentityNames {
  const known = directory.known().find(({ subscription }) => sameArmId(subscription.subscriptionId, ref.subscriptionId));
  return {
    subscriptionName: known?.subscription.displayName ?? fallback.subscriptionName,
    tenantName: known?.tenant.defaultDomain ?? known?.tenant.displayName ?? fallback.tenantName,
  };
}
