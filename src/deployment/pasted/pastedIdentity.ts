import type { PastedIdentity } from './pasted.ts';

const identityId = /^\/subscriptions\/([^/\s]+)\/resourcegroups\/([^/\s]+)\/providers\/microsoft\.managedidentity\/userassignedidentities\/([^/\s]+)/i;

/** An identity by its name or its ARM id; `undefined` when neither is given. */
export function identityOf(nameOrId: string | undefined, resourceGroup: string | undefined, subscriptionId: string | undefined): PastedIdentity | undefined {
  const match = identityId.exec(nameOrId ?? '');
  const [, subscription, group, name] = match ?? [];
  if (subscription !== undefined && group !== undefined && name !== undefined) {
    return { name, resourceGroup: group, subscriptionId: subscription };
  }
  return nameOrId === undefined || nameOrId === '' ? undefined : { name: nameOrId, resourceGroup, subscriptionId };
}
