import type { KnownIdentity } from '../../project/language/knowledge.ts';
import { recentIdentities } from '../project/recentIdentities.ts';
import type { Services } from '../services.ts';

/** The identities listed so far, each once, also where several accounts see it. */
export function knownIdentities({ globalState, identities }: Pick<Services, 'globalState' | 'identities'>): readonly KnownIdentity[] {
  const lastUsed = new Map(recentIdentities(globalState).map(({ clientId, at }) => [clientId, at]));
  const known = identities.known().map(({ identity, subscription }): [string, KnownIdentity] => {
    const { name, clientId, principalId, homeTenantId: tenantId, subscriptionId } = identity;
    const at = lastUsed.get(clientId);
    return [clientId, { name, clientId, principalId, tenantId, subscriptionId, subscriptionName: subscription.displayName, ...(at === undefined ? {} : { lastUsed: at }) }];
  });
  return [...new Map(known).values()];
}
