import type { ManagedIdentity, Subscription, Tenant } from '../../src/identity/managedIdentity.ts';
import { newAheadLimits, subscriptionsAtOnce } from '../../src/vscode/identities/aheadLimits.ts';
import type { CloudProcess } from './cloudProcess.ts';
import { medianRun } from './median.ts';
import { createShippedAdapter } from './shippedAdapter.ts';

/** Listing every identity of a company. Times in milliseconds. */
export interface ListTimes {
  readonly identities: number;
  readonly subscriptions: number;
  readonly requests: number;
  /** What each request takes on the network. */
  readonly rttMs: number;
  readonly wallMs: number;
  /**
   * No client with the view's bounds can be faster: the pages of tenants come one after the other, then the first page of
   * subscriptions, and all pages of identities share the places for subscriptions. Pages on this path times `rttMs`.
   */
  readonly idealMs: number;
  /**
   * `wallMs` / `idealMs`. What is above 1 is mostly a TLS connection per request: behind a proxy the SDK's agent keeps none, and
   * VS Code puts an agent without keep-alive in the place of every other (microsoft/vscode#228872).
   */
  readonly ratio: number;
}

const runs = 3;

/** About what ARM takes for a list; it only has to outweigh what the local cloud itself takes. */
const rttMs = 100;

/** Reads what the Identities view reads when it is opened, with the view's own bounds. @throws when a request had to be repeated. */
export async function measureListIdentities(cloud: CloudProcess): Promise<{ readonly listIdentities: ListTimes }> {
  return { listIdentities: await medianRun(runs, () => listOnce(cloud), ({ wallMs }) => wallMs) };
}

async function listOnce(cloud: CloudProcess): Promise<ListTimes> {
  await cloud.control.reset('company');
  const { azure, account, sent } = await createShippedAdapter(cloud);
  await cloud.control.changeSettings({ latencyMs: rttMs });
  const { signal } = new AbortController();
  const limits = newAheadLimits();
  const subscriptions: Subscription[] = [];
  const identities: ManagedIdentity[] = [];
  let tenantPages = 0;
  let identityPages = 0;

  const readIdentities = async (subscription: Subscription): Promise<void> => {
    for await (const page of azure.identities(subscription, signal)) {
      identityPages += 1;
      identities.push(...page);
    }
  };
  const readTenant = async (tenant: Tenant): Promise<void> => {
    const reads = await limits.tenants.run(async () => {
      const begun: Promise<void>[] = [];
      for await (const page of azure.subscriptions(tenant, signal)) {
        subscriptions.push(...page);
        begun.push(...page.map((subscription) => limits.subscriptions.run(() => readIdentities(subscription))));
      }
      return begun;
    });
    await Promise.all(reads);
  };

  const started = performance.now();
  const tenants: Promise<void>[] = [];
  for await (const page of azure.tenants(account, signal)) {
    tenantPages += 1;
    tenants.push(...page.map(readTenant));
  }
  await Promise.all(tenants);
  const wallMs = performance.now() - started;

  const idealMs = (tenantPages + 1 + Math.ceil(identityPages / subscriptionsAtOnce)) * rttMs;
  return { identities: identities.length, subscriptions: subscriptions.length, requests: sent(), rttMs, wallMs, idealMs, ratio: wallMs / idealMs };
}
