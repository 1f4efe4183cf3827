import type * as vscode from 'vscode';
import type { Clock } from '../../clock.ts';
import type { AirflowIdentityError } from '../../errors.ts';
import type { AzurePort } from '../../identity/azurePort.ts';
import { sameArmId } from '../../identity/armId.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { IdentityRef, ManagedIdentity, Subscription } from '../../identity/managedIdentity.ts';
import type { Commands } from '../commands.ts';
import { setContextKey } from '../contextKeys.ts';
import type { Log } from '../log.ts';
import type { RolesSource } from '../rights/rolesNode.ts';
import type { IdentityDirectory, KnownIdentity, SignIn } from '../services.ts';
import type { CloudSettings } from '../signIn/cloudSettings.ts';
import { LazyTree } from '../tree/lazyTree.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { TreePlace } from '../tree/treePlace.ts';
import { identitiesState } from './identitiesState.ts';
import { IdentitiesRoot } from './identitiesRoot.ts';
import { IdentityInventory } from './identityInventory.ts';
import { IdentityNode } from './identityNodes.ts';
import type { IdentityTreeSource } from './identityTreeSource.ts';
import { SubscriptionNode, TenantNode } from './tenantNodes.ts';

/** What the view needs. */
export interface IdentitiesViewPorts {
  readonly place: TreePlace;
  readonly azure: () => AzurePort;
  readonly roles: RolesSource;
  readonly signIn: SignIn;
  readonly clouds: Pick<CloudSettings, 'onDidChange'>;
  readonly commands: Commands;
  readonly log: Log;
  readonly clock: Clock;
}

/** The Identities view and the identities known through it. */
export class IdentitiesView implements IdentityDirectory, vscode.Disposable {
  readonly tree: LazyTree;
  readonly onDidChange: vscode.Event<void>;
  readonly #ports: IdentitiesViewPorts;
  readonly #inventory: IdentityInventory;
  readonly #root: IdentitiesRoot;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(ports: IdentitiesViewPorts) {
    this.#ports = ports;
    this.#inventory = new IdentityInventory(ports.clock);
    this.onDidChange = this.#inventory.onDidChange;
    this.#root = new IdentitiesRoot(this.#source(), {
      accountFailed: (error) => this.#failed(error),
      listed: (tenants) => this.#inventory.keepTenants(tenants),
    });
    this.tree = new LazyTree({
      place: ports.place,
      root: this.#root,
      clock: ports.clock,
      loadingKey: 'airflowIdentity.identitiesLoading',
      showsWelcome: () => {
        const state = identitiesState(this.#root, this.tree);
        return state !== undefined && state !== 'shown';
      },
      onChanged: () => void this.#tellState(),
      onFailed: (_node, error) => this.#failed(error),
    });
    this.#subscriptions = [
      ports.signIn.onDidChange(() => void ports.commands.run('accounts changed', () => this.#accountsChanged())),
      ports.clouds.onDidChange(() => { this.#listAgain(); }),
    ];
  }

  known(): readonly KnownIdentity[] {
    return this.#inventory.known();
  }

  async listAll(signal: AbortSignal): Promise<readonly AirflowIdentityError[]> {
    await this.#listBelow(this.#root, signal);
    return [...this.#root.failures, ...this.tree.failures().map(({ error }) => error)];
  }

  updateCredentials(ref: IdentityRef, credentials: readonly FederatedCredential[]): void {
    this.#inventory.setCredentials(ref, credentials);
    const node = this.nodeOf(ref);
    if (node !== undefined) {
      this.tree.replace(node, node.childNodes(credentials));
    }
  }

  async refreshIdentity(ref: IdentityRef, signal: AbortSignal): Promise<void> {
    this.updateCredentials(ref, await this.#ports.azure().credentials(ref, signal));
  }

  /** The row of an identity, if it was listed. */
  nodeOf(ref: IdentityRef): IdentityNode | undefined {
    const subscriptions = [this.#root, ...this.tree.children(this.#root)].flatMap((node) => this.tree.children(node)).filter((node) => node instanceof SubscriptionNode);
    return subscriptions
      .filter(({ tenant, subscription }) => tenant.account.id === ref.account.id && tenant.tenantId === ref.tenantId && sameArmId(subscription.subscriptionId, ref.subscriptionId))
      .flatMap((subscription) => this.tree.children(subscription))
      .flatMap((group) => this.tree.children(group))
      .find((node): node is IdentityNode => node instanceof IdentityNode && sameArmId(node.identity.resourceGroup, ref.resourceGroup) && sameArmId(node.identity.name, ref.name));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.tree.dispose();
    this.#inventory.dispose();
  }

  #source(): IdentityTreeSource {
    const { azure, signIn, roles } = this.#ports;
    const inventory = this.#inventory;
    return {
      accounts: (signal) => signIn.accounts(signal),
      tenants: (account, signal) => azure().tenants(account, signal),
      async *subscriptions(tenant, signal) {
        const all: Subscription[] = [];
        for await (const page of azure().subscriptions(tenant, signal)) {
          all.push(...page);
          yield page;
        }
        inventory.keepSubscriptions(tenant, all);
      },
      async *identities(tenant, subscription, signal) {
        const identities: ManagedIdentity[] = [];
        for await (const page of azure().identities(subscription, signal)) {
          identities.push(...page);
          inventory.setIdentities(tenant, subscription, identities, { isLastPage: false });
          yield [...identities];
        }
        inventory.setIdentities(tenant, subscription, identities, { isLastPage: true });
      },
      async credentials(ref, signal) {
        const credentials = await azure().credentials(ref, signal);
        inventory.setCredentials(ref, credentials);
        return credentials;
      },
      roles: (principal, signal) => roles.roles(principal, signal),
      find: (ref) => inventory.find(ref),
    };
  }

  async #listBelow(node: TreeNode, signal: AbortSignal): Promise<void> {
    const children = await this.tree.loaded(node, signal);
    const lists = children.filter((child) => child instanceof TenantNode || child instanceof SubscriptionNode);
    await Promise.all(lists.map((child) => this.#listBelow(child, signal)));
  }

  /** The row shows the error; a session that ended also asks to sign in again, once for all rows. */
  #failed(error: AirflowIdentityError): void {
    if (error.code !== 'signedOut') {
      this.#ports.log.failure('Identities', error);
      return;
    }
    let isAsked = false;
    void this.#ports.commands.run('Identities', async () => {
      if (!isAsked && (await this.#areAccountsSame())) {
        isAsked = true;
        throw error;
      }
    });
  }

  /** False after somebody signed out on purpose: then nobody wants to be asked to sign in again. */
  async #areAccountsSame(): Promise<boolean> {
    const before = this.#root.accounts ?? [];
    const now = await this.#ports.signIn.accounts();
    return before.length === now.length && before.every(({ id }) => now.some((account) => account.id === id));
  }

  /** The same accounts: only what waited for a sign-in is asked again. Others, or none that can be had: everything. */
  async #accountsChanged(): Promise<void> {
    const hasRootFailed = this.tree.state().status === 'failed';
    if (this.#root.accounts === undefined && !hasRootFailed) {
      return;
    }
    // Where accounts cannot be had any more, the rows of the former ones would go on looking valid; asked again, the view says why.
    if (hasRootFailed || !(await this.#areAccountsSame().catch(() => false))) {
      this.#listAgain();
    } else if (this.#root.failures.some(waitsForSignIn)) {
      this.tree.refresh();
    } else {
      for (const { node, error } of this.tree.failures()) {
        if (waitsForSignIn(error)) {
          this.tree.refresh(node);
        }
      }
    }
  }

  #listAgain(): void {
    this.#inventory.clear();
    this.tree.refresh();
  }

  async #tellState(): Promise<void> {
    const state = identitiesState(this.#root, this.tree);
    if (state !== undefined) {
      await setContextKey('airflowIdentity.identitiesState', state);
    }
  }
}

function waitsForSignIn(error: AirflowIdentityError): boolean {
  return error.code === 'signedOut' || error.code === 'interactionRequired';
}
