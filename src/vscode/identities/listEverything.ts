import type { LazyTree } from '../tree/lazyTree.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import { SubscriptionNode } from './subscriptionNode.ts';
import { TenantNode } from './tenantNode.ts';

/**
 * Lists the tenants, subscriptions and identities below the root that were not listed yet. A refresh meanwhile puts other rows
 * in place of those that are waited for; then it goes on with those.
 * @throws the signal's reason; what fails is told by the state of its row.
 */
export async function listEverything(tree: LazyTree, root: TreeNode, signal: AbortSignal): Promise<void> {
  const listable = (node: TreeNode): readonly TreeNode[] => tree.children(node).filter((child) => child instanceof TenantNode || child instanceof SubscriptionNode);
  const isListed = (node: TreeNode): boolean => tree.isSettled(node) && listable(node).every(isListed);
  const listBelow = async (node: TreeNode): Promise<void> => {
    await tree.loaded(node, signal);
    await Promise.all(listable(node).map(listBelow));
  };
  do {
    await listBelow(root);
  } while (!isListed(root));
}
