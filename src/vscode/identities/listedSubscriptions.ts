import { AirflowIdentityError } from '../../errors.ts';
import type { Subscription } from '../../identity/managedIdentity.ts';
import { ErrorNode } from '../tree/errorNode.ts';
import type { LazyTree } from '../tree/lazyTree.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import { SubscriptionNode } from './subscriptionNode.ts';
import { TenantNode } from './tenantNode.ts';

/** A subscription and how its tenant is called. */
export interface ListedSubscription {
  readonly subscription: Subscription;
  readonly tenantName: string;
}

/**
 * The subscriptions of all tenants as the Identities view lists them; what it has listed already is not asked again, and no
 * identity is. `found` is told the whole list so far.
 * @returns the errors of accounts and tenants that failed; they never hide the others.
 */
export async function listSubscriptions(
  tree: LazyTree,
  found: (subscriptions: readonly ListedSubscription[]) => void,
  signal: AbortSignal,
): Promise<readonly AirflowIdentityError[]> {
  const all: ListedSubscription[] = [];
  const add = (nodes: readonly TreeNode[]): void => {
    all.push(...nodes.filter((node) => node instanceof SubscriptionNode).map(({ subscription, tenant }) => ({ subscription, tenantName: tenant.displayName })));
    found([...all]);
  };
  const top = await tree.loaded(undefined, signal);
  add(top);
  const tenants = top.filter((node) => node instanceof TenantNode);
  await Promise.all(tenants.map(async (tenant) => { add(await tree.loaded(tenant, signal)); }));
  const ofAccounts = top.filter((node) => node instanceof ErrorNode).map(({ error }) => error);
  const ofTenants = tree.failures().filter(({ node }) => node.parent === undefined || node instanceof TenantNode).map(({ node, error }) => (node instanceof TenantNode ? named(node.tenant.displayName, error) : error));
  return [...ofAccounts, ...ofTenants];
}

/** In a list of subscriptions, "this tenant" says nothing. */
function named(tenant: string, error: AirflowIdentityError): AirflowIdentityError {
  const { code, message, fix, details } = error;
  return new AirflowIdentityError(code, `${tenant}: ${message}`, { ...(fix === undefined ? {} : { fix }), details, cause: error });
}
