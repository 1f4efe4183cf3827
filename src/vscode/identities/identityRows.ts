import { sameArmId } from '../../identity/armId.ts';
import type { IdentityRef, ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { LazyTree } from '../tree/lazyTree.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { IdentitiesRoot } from './identitiesRoot.ts';
import { IdentityNode } from './identityNodes.ts';
import { SubscriptionNode } from './subscriptionNode.ts';
import { TenantNode } from './tenantNode.ts';

/** Rows of the Identities view by what they stand for. */
export class IdentityRows {
  readonly #tree: LazyTree;
  readonly #root: IdentitiesRoot;

  constructor(tree: LazyTree, root: IdentitiesRoot) {
    this.#tree = tree;
    this.#root = root;
  }

  /** Subscriptions that were listed. */
  subscriptions(): readonly SubscriptionNode[] {
    return [this.#root, ...this.#tree.children(this.#root)].flatMap((node) => this.#tree.children(node)).filter((node) => node instanceof SubscriptionNode);
  }

  subscription(ref: Pick<IdentityRef, 'account' | 'tenantId' | 'subscriptionId'>): SubscriptionNode | undefined {
    return this.subscriptions().find(
      ({ tenant, subscription }) => tenant.account.id === ref.account.id && tenant.tenantId === ref.tenantId && sameArmId(subscription.subscriptionId, ref.subscriptionId),
    );
  }

  /** The row of an identity, if it was listed. */
  identity(ref: IdentityRef): IdentityNode | undefined {
    return this.#below(this.subscription(ref)).find((node) => isSame(node.identity, ref));
  }

  /** Loads what is above an identity, as unfolding would, and gives its row; `undefined` where the filter hides it or it is gone. */
  async loaded(ref: IdentityRef): Promise<IdentityNode | undefined> {
    const top = await this.#tree.getChildren();
    const tenant = top.find((node) => node instanceof TenantNode && node.tenant.account.id === ref.account.id && node.tenant.tenantId === ref.tenantId);
    if (tenant !== undefined) {
      await this.#loadUntil(tenant, () => this.subscription(ref) !== undefined);
    }
    const subscription = this.subscription(ref);
    if (subscription !== undefined) {
      await this.#loadUntil(subscription, () => this.identity(ref) !== undefined);
    }
    return this.identity(ref);
  }

  /** Puts an identity in place of the one that stands there, or takes that away where it is `undefined`. */
  change(node: SubscriptionNode, ref: IdentityRef, identity: ManagedIdentity | undefined): void {
    const others = this.#below(node).map((row) => row.identity).filter((known) => !isSame(known, ref));
    this.#tree.update(node, node.groups(identity === undefined ? others : [...others, identity]));
  }

  /** How many of the subscriptions that are being listed are done; `undefined` when all are. */
  progress(): { readonly done: number; readonly total: number } | undefined {
    const states = this.subscriptions().map((node) => this.#tree.state(node).status).filter((status) => status !== 'idle');
    const done = states.filter((status) => status === 'complete' || status === 'failed').length;
    return done < states.length ? { done, total: states.length } : undefined;
  }

  #below(subscription: SubscriptionNode | undefined): readonly IdentityNode[] {
    return subscription === undefined ? [] : this.#tree.children(subscription).flatMap((group) => this.#tree.children(group)).filter((node) => node instanceof IdentityNode);
  }

  /** What the last window left is there at once; only what it did not know is waited for. */
  async #loadUntil(node: TreeNode, isThere: () => boolean): Promise<void> {
    await this.#tree.getChildren(node);
    if (!isThere()) {
      await this.#tree.loaded(node);
    }
  }
}

function isSame(a: IdentityRef, b: IdentityRef): boolean {
  return sameArmId(a.resourceGroup, b.resourceGroup) && sameArmId(a.name, b.name);
}
