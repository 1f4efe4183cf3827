import type { ContextKeys } from '../../contributions.ts';
import { choosesIdentities, isEmptyFilter } from '../../identity/identityFilter.ts';
import type { IdentityFilter } from '../../identity/searchPort.ts';
import type { LazyTree } from '../tree/lazyTree.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { IdentitiesRoot } from './identitiesRoot.ts';
import { SubscriptionNode } from './subscriptionNode.ts';
import { TenantNode } from './tenantNode.ts';

type State = ContextKeys['airflowIdentity.identitiesState'];

/** What the Identities view has to say, or `undefined` before its first answer. Emptiness is claimed only when all was listed. */
export function identitiesState(root: IdentitiesRoot, tree: Pick<LazyTree, 'state' | 'children'>, filter: IdentityFilter): State | undefined {
  const state = stateOf(root, tree);
  const isFiltersDoing = state === 'noIdentities' ? choosesIdentities(filter) : (state === 'noTenants' || state === 'noSubscriptions') && !isEmptyFilter(filter);
  return isFiltersDoing ? 'noMatches' : state;
}

/** True where there is nothing to show but words. Without user-assigned identities there still may be system-assigned ones. */
export function hidesRows(state: State | undefined): boolean {
  return state !== undefined && state !== 'shown' && state !== 'noIdentities';
}

/** True where the filter lets nothing through and something could not be listed, so that failures alone have rows. */
export function isUnmatched(root: IdentitiesRoot, tree: Pick<LazyTree, 'state' | 'children'>, filter: IdentityFilter): boolean {
  const { tenants, subscriptions } = listed(root, tree);
  const isFailed = (node: TreeNode): boolean => tree.state(node).status === 'failed';
  const isDone = (node: TreeNode): boolean => tree.state(node).status === 'complete';
  return (
    choosesIdentities(filter) &&
    isDone(root) &&
    tenants.every((node) => isFailed(node) || isDone(node)) &&
    subscriptions.every((node) => isFailed(node) || (isDone(node) && node.isEmpty)) &&
    (root.failures.length > 0 || [...tenants, ...subscriptions].some(isFailed))
  );
}

function stateOf(root: IdentitiesRoot, tree: Pick<LazyTree, 'state' | 'children'>): State | undefined {
  const { status } = tree.state(root);
  if (status !== 'complete') {
    return status === 'failed' || tree.children(root).length > 0 ? 'shown' : undefined;
  }
  if (root.accounts?.length === 0) {
    return 'signedOut';
  }
  const { tenants, subscriptions } = listed(root, tree);
  const isComplete = (node: TreeNode): boolean => tree.state(node).status === 'complete';
  if (root.failures.length > 0 || !tenants.every(isComplete)) {
    return 'shown';
  }
  if (subscriptions.length === 0) {
    return tenants.length === 0 && root.tenantCount === 0 ? 'noTenants' : 'noSubscriptions';
  }
  return subscriptions.every((node) => isComplete(node) && node.isEmpty) ? 'noIdentities' : 'shown';
}

/** The rows of tenants and subscriptions, those that are hidden because they hold nothing among them. */
function listed(root: IdentitiesRoot, tree: Pick<LazyTree, 'children'>): { readonly tenants: readonly TenantNode[]; readonly subscriptions: readonly SubscriptionNode[] } {
  const top = tree.children(root);
  const tenants = top.filter((node) => node instanceof TenantNode);
  return { tenants, subscriptions: [top, ...tenants.map((tenant) => tree.children(tenant))].flat().filter((node) => node instanceof SubscriptionNode) };
}
