import * as vscode from 'vscode';
import type { AirflowIdentityError } from '../../errors.ts';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { Account, Tenant } from '../../identity/managedIdentity.ts';
import { mergePages } from '../mergePages.ts';
import { ErrorNode } from '../tree/errorNode.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { AheadLimits } from './aheadLimits.ts';
import type { IdentityTreeSource } from './identityTreeSource.ts';
import { ListedRows } from './listedRows.ts';
import { TenantNode } from './tenantNode.ts';

/** What the root tells. */
export interface IdentitiesRootEvents {
  accountFailed(error: AirflowIdentityError): void;
  /** All tenants of all accounts; not told when one of them could not be asked. */
  listed(tenants: readonly Tenant[]): void;
}

/**
 * Root of the Identities view: the tenants of all accounts, or, where there is one tenant only, its subscriptions. An
 * account whose tenants cannot be listed is one error row among them.
 */
export class IdentitiesRoot implements TreeNode {
  readonly id = '';
  readonly parent = undefined;
  /** Accounts of the last listing; `undefined` before the first. */
  accounts: readonly Account[] | undefined;
  /** Tenants of the last listing, also when only the subscriptions of one are shown. */
  tenantCount = 0;
  /** What went wrong per account in the last listing. */
  failures: readonly AirflowIdentityError[] = [];
  readonly #source: IdentityTreeSource;
  readonly #events: IdentitiesRootEvents;
  readonly #limits: AheadLimits;

  constructor(source: IdentityTreeSource, limits: AheadLimits, events: IdentitiesRootEvents) {
    this.#source = source;
    this.#limits = limits;
    this.#events = events;
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    const accounts = await this.#source.accounts(signal);
    this.accounts = accounts;
    this.failures = [];
    const nodeOf = (tenant: Tenant): TenantNode => new TenantNode(this, tenant, this.#source, this.#limits, { showAccount: accounts.length > 1 });
    const shown = new ListedRows((await this.#source.keptTenants(accounts)).map(nodeOf), byName);
    this.tenantCount = shown.nodes.length;
    const [keptOnly, ...keptOthers] = shown.nodes;
    const early = keptOnly === undefined || keptOthers.length > 0 ? undefined : keptOnly.subscriptionNodes(this, signal);
    if (shown.nodes.length > 0) {
      yield (await firstOf(early)) ?? shown.nodes;
    }
    const failures: ErrorNode[] = [];
    for await (const arrived of mergePages(accounts, (account) => this.#source.tenants(account, signal))) {
      if ('page' in arrived) {
        shown.add(arrived.page.map(nodeOf), (node, { tenant }) => { node.tenant = tenant; });
        this.tenantCount = shown.nodes.length;
      } else if (isCancel(arrived.error)) {
        throw arrived.error;
      } else {
        failures.push(this.#failed(arrived.source, toAirflowIdentityError(arrived.error)));
      }
      if (early === undefined && shown.nodes.length + failures.length > 1) {
        yield [...shown.nodes, ...failures];
      }
    }
    shown.keepListed(({ tenant }) => failures.some((failure) => failure.tenant?.account.id === tenant.account.id));
    this.tenantCount = shown.nodes.length;
    if (failures.length === 0) {
      this.#events.listed(shown.nodes.map(({ tenant }) => tenant));
    }
    const [only, ...others] = shown.nodes;
    if (only === undefined || others.length > 0 || failures.length > 0) {
      yield [...shown.nodes, ...failures];
    } else {
      yield* subscriptionsOf(only, only === keptOnly && early !== undefined ? early : only.subscriptionNodes(this, signal));
    }
  }

  item(): vscode.TreeItem {
    // VS Code never draws the root.
    return new vscode.TreeItem('');
  }

  #failed(account: Account, error: AirflowIdentityError): ErrorNode {
    this.failures = [...this.failures, error];
    this.#events.accountFailed(error);
    return new ErrorNode(this, error, { name: account.label, tenant: { account } });
  }
}

function byName(a: TenantNode, b: TenantNode): number {
  return a.tenant.displayName.localeCompare(b.tenant.displayName) || a.id.localeCompare(b.id);
}

/** What comes first, if that is no failure: those are told where the rest is read. */
async function firstOf(rows: AsyncGenerator<readonly TreeNode[]> | undefined): Promise<readonly TreeNode[] | undefined> {
  try {
    const first = await rows?.next();
    return first?.done === true ? undefined : first?.value;
  } catch (error) {
    if (isCancel(error)) {
      throw error;
    }
    return undefined;
  }
}

async function* subscriptionsOf(only: TenantNode, rows: AsyncGenerator<readonly TreeNode[]>): AsyncGenerator<readonly TreeNode[]> {
  try {
    yield* rows;
  } catch (error) {
    if (isCancel(error)) {
      throw error;
    }
    // With its tenant, the failure has a place and a sign-in of its own.
    yield [only];
  }
}
