import type * as vscode from 'vscode';
import type { Clock } from '../../clock.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import type { AirflowIdentityError } from '../../errors.ts';
import { isForWantOfSignIn } from '../../errors.ts';
import type { AzurePort } from '../../identity/azurePort.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { IdentityAdminPort } from '../../identity/identityAdminPort.ts';
import { isEmptyFilter, storedFilter } from '../../identity/identityFilter.ts';
import type { IdentityFilter } from '../../identity/searchPort.ts';
import type { IdentityRef, ManagedIdentity, Tenant } from '../../identity/managedIdentity.ts';
import type { IdentitySearchPort } from '../../identity/searchPort.ts';
import type { Commands } from '../commands.ts';
import { setContextKey } from '../contextKeys.ts';
import type { Log } from '../log.ts';
import type { RolesSource } from '../rights/rolesNode.ts';
import type { IdentityDirectory, KnownIdentity, SignIn } from '../services.ts';
import type { CloudSettings } from '../signIn/cloudSettings.ts';
import { FilterStore } from '../tree/filterStore.ts';
import { LazyTree } from '../tree/lazyTree.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { TreePlace } from '../tree/treePlace.ts';
import { newAheadLimits } from './aheadLimits.ts';
import { AzureListing } from './azureListing.ts';
import { hidesRows, identitiesState, isUnmatched } from './identitiesState.ts';
import { IdentitiesRoot } from './identitiesRoot.ts';
import { IdentityInventory } from './identityInventory.ts';
import { CredentialNode } from './identityNodes.ts';
import type { IdentityNode } from './identityNodes.ts';
import { IdentityRows } from './identityRows.ts';
import { KeptListings } from './keptListings.ts';
import { listEverything } from './listEverything.ts';
import { OwnWrites } from './ownWrites.ts';
import { SnapshotStore } from './snapshotStore.ts';
import { TrustMemory } from './trustMemory.ts';
import { captionText, messageText } from './viewCaption.ts';

/** What the view needs. */
export interface IdentitiesViewPorts {
  readonly place: TreePlace;
  readonly azure: () => AzurePort & IdentitySearchPort & Pick<IdentityAdminPort, 'identityHosts'>;
  readonly roles: RolesSource;
  readonly signIn: SignIn;
  readonly clouds: Pick<CloudSettings, 'onDidChange'>;
  readonly commands: Commands;
  readonly log: Log;
  readonly clock: Clock;
  /** Where listings are kept for the next window. */
  readonly storage: vscode.Uri;
  readonly globalState: vscode.Memento;
  readonly workspaceState: vscode.Memento;
  /** Issuers of all deployments that are known. */
  readonly issuers: (signal: AbortSignal) => Promise<ReadonlySet<string>>;
  /** All deployments, or `undefined` while not all of them are known. */
  readonly knownDeployments: () => readonly Deployment[] | undefined;
}

/** The Identities view and the identities known through it. */
export class IdentitiesView implements IdentityDirectory, vscode.Disposable {
  readonly tree: LazyTree;
  readonly filter: FilterStore<IdentityFilter>;
  readonly inventory: IdentityInventory;
  readonly onDidChange: vscode.Event<void>;
  readonly onDidForget: vscode.Event<void>;
  readonly #ports: IdentitiesViewPorts;
  readonly #kept: KeptListings;
  readonly #writes: OwnWrites;
  readonly #trusts: TrustMemory;
  readonly #listing: AzureListing;
  readonly #root: IdentitiesRoot;
  readonly #rows: IdentityRows;
  readonly #subscriptions: readonly vscode.Disposable[];
  #following: Promise<unknown> | undefined;

  constructor(ports: IdentitiesViewPorts) {
    const { place, signIn, commands, log, clock } = ports;
    const limits = newAheadLimits();
    this.#ports = ports;
    this.inventory = new IdentityInventory(clock);
    this.onDidChange = this.inventory.onDidChange;
    this.onDidForget = this.inventory.onDidForget;
    this.filter = new FilterStore<IdentityFilter>({ user: ports.globalState, workspace: ports.workspaceState }, { key: 'airflowIdentity.identityFilter', read: storedFilter, isEmpty: isEmptyFilter });
    const store = new SnapshotStore(ports.storage, log);
    this.#kept = new KeptListings(store, this.inventory, clock);
    this.#trusts = new TrustMemory(store, clock);
    this.#writes = new OwnWrites(clock);
    this.#listing = new AzureListing({ ...ports, inventory: this.inventory, kept: this.#kept, trusts: this.#trusts, writes: this.#writes, limits, filter: () => this.filter.current() });
    this.#root = new IdentitiesRoot(this.#listing, limits, {
      accountFailed: (error) => this.#failed(error),
      listed: (tenants) => { this.#tenantsListed(tenants); },
    });
    this.tree = new LazyTree({
      place,
      root: this.#root,
      clock,
      loadingKey: 'airflowIdentity.identitiesLoading',
      showsWelcome: () => hidesRows(this.#state()),
      onChanged: () => void this.#tellState(),
      onFailed: (_node, error) => this.#failed(error),
    });
    this.#rows = new IdentityRows(this.tree, this.#root);
    this.#subscriptions = [
      signIn.onDidChange(() => { this.#following = commands.run('accounts changed', () => this.#accountsChanged()); }),
      ports.clouds.onDidChange(() => { this.#listAgain(); }),
      this.filter.onDidChange(() => { this.tree.refresh(); }),
    ];
  }

  get isFiltered(): boolean { return !isEmptyFilter(this.filter.current()); }

  known(): readonly KnownIdentity[] {
    return this.inventory.known();
  }

  async listAll(signal: AbortSignal): Promise<readonly AirflowIdentityError[]> {
    // Without accounts the listing says why.
    await this.#kept.restoreAll(await this.#ports.signIn.accounts(signal).catch(() => []));
    await listEverything(this.tree, this.#root, signal);
    return [...this.#root.failures, ...this.tree.failures().map(({ error }) => error)];
  }

  updateCredentials(ref: IdentityRef, credentials: readonly FederatedCredential[]): void {
    this.inventory.setCredentials(ref, credentials);
    const known = this.inventory.find(ref);
    if (known !== undefined) {
      void this.#trusts.note(known.identity, credentials);
    }
    const node = this.nodeOf(ref);
    if (node !== undefined) {
      this.tree.replace(node, node.childNodes(credentials));
    }
  }

  async refreshIdentity(ref: IdentityRef, signal: AbortSignal): Promise<void> {
    this.updateCredentials(ref, await this.#ports.azure().credentials(ref, signal));
  }

  showIdentity(identity: ManagedIdentity): void {
    this.#change(identity, identity);
  }

  forgetIdentity(ref: IdentityRef): void {
    this.inventory.remove(ref);
    this.#change(ref, undefined);
  }

  /** Draws the rows of credentials again, which say whether a deployment uses them. */
  redrawCredentials(): void {
    for (const node of this.tree.known((one) => one instanceof CredentialNode)) {
      this.tree.redraw(node);
    }
  }

  /** The row of an identity, if it was listed. */
  nodeOf(ref: IdentityRef): IdentityNode | undefined {
    return this.#rows.identity(ref);
  }

  /** The row of an identity, which is listed for it where that was not done; `undefined` where the filter hides it or it is gone. */
  loadedNodeOf(ref: IdentityRef): Promise<IdentityNode | undefined> {
    return this.#rows.loaded(ref);
  }

  /** Lists anew, and reads anew what takes long to read. */
  refresh(): void {
    this.#trusts.outdate();
    this.tree.refresh();
  }

  /** Forgets what the last window left, and lists anew. */
  async clearKept(): Promise<void> {
    this.#trusts.forget();
    await this.#kept.clear();
    this.inventory.clear();
    this.tree.refresh();
  }

  /** Resolves when what was listed so far is kept for the next window. */
  async kept(): Promise<void> {
    await Promise.all([this.#kept.written(), this.#trusts.written()]);
  }

  /** Resolves when the view has followed the last change of accounts that was told. */
  async followed(): Promise<void> {
    await this.#following;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.tree.dispose();
    this.#listing.dispose();
    this.filter.dispose();
    this.inventory.dispose();
  }

  #tenantsListed(tenants: readonly Tenant[]): void {
    const filter = this.filter.current();
    const isWhole = (filter.tenantIds ?? []).length === 0;
    this.#kept.listedTenants(tenants, { isWhole });
    if (isWhole) {
      this.inventory.keepTenants(tenants);
    }
    if (!isEmptyFilter(filter)) {
      // Only then can it be said where the filter found nothing.
      void listEverything(this.tree, this.#root, new AbortController().signal);
    }
  }

  #change(ref: IdentityRef, identity: ManagedIdentity | undefined): void {
    this.#writes.keep(ref, identity);
    const node = this.#rows.subscription(ref);
    if (node !== undefined) {
      if (identity !== undefined) {
        this.inventory.add(node, identity);
      }
      this.#rows.change(node, ref, identity);
      this.#kept.changed(node.tenant);
    }
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
    } else if (this.#root.failures.some(isForWantOfSignIn)) {
      this.tree.refresh();
    } else {
      this.#askAgain();
      // What is under way may have been refused before the sign-in, and only not have heard of it yet.
      const underWay = this.tree.known((node) => this.tree.state(node).status === 'loading');
      await Promise.all(underWay.map((node) => this.tree.loaded(node)));
      this.#askAgain(underWay);
    }
  }

  /** Asks again for what waited for a sign-in: everything, or only some nodes. */
  #askAgain(among?: readonly TreeNode[]): void {
    for (const { node, error } of this.tree.failures()) {
      if (isForWantOfSignIn(error) && (among === undefined || among.includes(node))) {
        this.tree.refresh(node);
      }
    }
  }

  #listAgain(): void {
    this.#kept.forget();
    this.#trusts.forget();
    this.inventory.clear();
    this.tree.refresh();
  }

  #state(): ReturnType<typeof identitiesState> {
    return identitiesState(this.#root, this.tree, this.filter.current());
  }

  async #tellState(): Promise<void> {
    const filter = this.filter.current();
    const { view } = this.#ports.place;
    const { trust } = this.#listing;
    const state = this.#state();
    view.description = captionText({ filter, progress: this.#rows.progress(), reading: trust.progress(), asOf: [this.#kept.asOf, trust.asOf] }, this.#ports.clock.now());
    view.message = messageText({ hasNoIdentities: state === 'noIdentities', isUnmatched: isUnmatched(this.#root, this.tree, filter) });
    await setContextKey('airflowIdentity.identitiesFiltered', !isEmptyFilter(filter));
    if (state !== undefined) {
      await setContextKey('airflowIdentity.identitiesState', state);
    }
  }
}
