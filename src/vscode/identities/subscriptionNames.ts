import type { Services } from '../services.ts';

/** Names of subscriptions by their ids, as far as identities were listed. Read once per list: 10,000 identities may be known. */
export function subscriptionNames({ identities }: Pick<Services, 'identities'>): (subscriptionId: string) => string {
  const names = new Map(identities.known().map(({ subscription }) => [subscription.subscriptionId.toLowerCase(), subscription.displayName]));
  return (id) => names.get(id.toLowerCase()) ?? id;
}
