import * as vscode from 'vscode';
import type { AirflowIdentityError } from '../../errors.ts';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { Account, Tenant } from '../../identity/managedIdentity.ts';
import { mergePages } from '../mergePages.ts';
import { ErrorNode } from '../tree/errorNode.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import { newAheadLimits } from './aheadLimits.ts';
import type { IdentityTreeSource } from './identityTreeSource.ts';
import { TenantNode } from './tenantNodes.ts';

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
  readonly #limits = newAheadLimits();

  constructor(source: IdentityTreeSource, events: IdentitiesRootEvents) {
    this.#source = source;
    this.#events = events;
  }

  async *load(signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    const accounts = await this.#source.accounts(signal);
    this.accounts = accounts;
    this.failures = [];
    this.tenantCount = 0;
    const tenants: TenantNode[] = [];
    const failures: ErrorNode[] = [];
    const toNode = (tenant: Tenant): TenantNode => new TenantNode(this, tenant, this.#source, this.#limits, { showAccount: accounts.length > 1 });
    for await (const arrived of mergePages(accounts, (account) => this.#source.tenants(account, signal))) {
      if ('page' in arrived) {
        tenants.push(...arrived.page.map(toNode));
        this.tenantCount = tenants.length;
        tenants.sort((a, b) => a.tenant.displayName.localeCompare(b.tenant.displayName) || a.id.localeCompare(b.id));
      } else if (isCancel(arrived.error)) {
        throw arrived.error;
      } else {
        failures.push(this.#failed(arrived.source, toAirflowIdentityError(arrived.error)));
      }
      if (tenants.length + failures.length > 1) {
        yield [...tenants, ...failures];
      }
    }
    if (failures.length === 0) {
      this.#events.listed(tenants.map(({ tenant }) => tenant));
    }
    const [only, ...others] = tenants;
    if (only === undefined || others.length > 0 || failures.length > 0) {
      yield [...tenants, ...failures];
    } else {
      yield* this.#subscriptionsOf(only, signal);
    }
  }

  item(): vscode.TreeItem {
    // VS Code never draws the root.
    return new vscode.TreeItem('');
  }

  async *#subscriptionsOf(only: TenantNode, signal: AbortSignal): AsyncGenerator<readonly TreeNode[]> {
    try {
      yield* only.subscriptionNodes(this, signal);
    } catch (error) {
      if (isCancel(error)) {
        throw error;
      }
      // With its tenant, the failure has a place and a sign-in of its own.
      yield [only];
    }
  }

  #failed(account: Account, error: AirflowIdentityError): ErrorNode {
    this.failures = [...this.failures, error];
    this.#events.accountFailed(error);
    return new ErrorNode(this, error, { name: account.label, tenant: { account } });
  }
}
