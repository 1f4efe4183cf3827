import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import type { AgentOptions } from 'node:https';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Azure } from '../../src/azure/azureBundle.ts';
import { systemClock } from '../../src/clock.ts';
import { publicCloud } from '../../src/identity/azureCloud.ts';
import type { Subscription, Tenant } from '../../src/identity/managedIdentity.ts';
import { newAheadLimits, subscriptionsAtOnce } from '../../src/vscode/identities/aheadLimits.ts';
import type { AzureListingPorts } from '../../src/vscode/identities/azureListing.ts';
import { AzureListing } from '../../src/vscode/identities/azureListing.ts';
import { OwnWrites } from '../../src/vscode/identities/ownWrites.ts';
import type { Scale } from '../cloud/scale.ts';
import type { CloudProcess } from './cloudProcess.ts';
import { collectedHeap } from './heap.ts';
import { medianRun } from './median.ts';
import type { NaiveTimes } from './naiveListing.ts';
import { measureNaiveListing } from './naiveListing.ts';
import { createShippedAdapter } from './shippedAdapter.ts';

/** Listing every identity of a company. Times in milliseconds. */
export interface ListTimes {
  readonly identities: number;
  readonly subscriptions: number;
  readonly tenants: number;
  readonly requests: number;
  /** What the barest request takes over a connection that is open: `askedRttMs` on the network, and what the local cloud and this machine add to it. */
  readonly rttMs: number;
  readonly firstMs: number;
  readonly wallMs: number;
  /**
   * The critical path times `rttMs`: the pages of tenants, one after the other, then those of the subscriptions of the slowest
   * tenant, then those of its search. The search does wait for the first subscription: most tenants that somebody is a guest in
   * have none, and Resource Graph refuses to search them. By ARM all pages of identities share the places for subscriptions instead.
   */
  readonly idealMs: number;
  /** `wallMs` / `idealMs`. What is above 1 is opening a connection for each tenant at once, and reading the answers, on the cores that the cloud works on too. */
  readonly ratio: number;
  /** The longest time that nothing else could run. */
  readonly longestStallMs: number;
  /** What the heap grew by while all identities were held. */
  readonly heapMB: number;
  /** The same job as the az CLI's loop does it. */
  readonly naive: NaiveTimes;
}

type Run = Omit<ListTimes, 'naive'>;

const runs = 15;

/** The round trip that the figures are asked for. */
const askedRttMs = 60;

/** Lists through the code of the Identities view and the adapter that ships. @throws when a request had to be repeated. */
export async function measureListing(cloud: CloudProcess): Promise<Readonly<Record<'list10k' | 'list100k' | 'armFallback300', ListTimes>>> {
  // The huge world comes last, or the cloud would clear it away while the others are measured.
  const list10k = await measured(cloud, 'company', 'search');
  const armFallback300 = await measured(cloud, 'company', 'arm');
  const naive10k = await measureNaiveListing(cloud, 'company', askedRttMs);
  const list100k = await measured(cloud, 'huge', 'search');
  const naive100k = await measureNaiveListing(cloud, 'huge', askedRttMs);
  return { list10k: { ...list10k, naive: naive10k }, list100k: { ...list100k, naive: naive100k }, armFallback300: { ...armFallback300, naive: naive10k } };
}

async function measured(cloud: CloudProcess, scale: Scale, how: 'search' | 'arm'): Promise<Run> {
  await cloud.control.reset(scale);
  await cloud.control.changeSettings({ graphKeepsAnswers: true });
  // The cloud makes its world when it is first looked at, and its answers when they are first asked for; the product must not
  // wait for that. It then knows from the last listing how many tenants there are, as always but in the very first one.
  const kept: Tenant[] = [];
  await listOnce(cloud, how, askedRttMs, kept);
  const rttMs = await measureRoundTrip(cloud);
  return medianRun(runs, () => listOnce(cloud, how, rttMs, kept), ({ wallMs }) => wallMs);
}

/** The median of bare requests, one after the other; without a token, so that nobody has to do anything for them. */
async function measureRoundTrip(cloud: CloudProcess): Promise<number> {
  await cloud.control.changeSettings({ latencyMs: askedRttMs });
  // Node has it since 24.5, its types here do not.
  const options: AgentOptions & { readonly proxyEnv: NodeJS.ProcessEnv } = { keepAlive: true, proxyEnv: process.env };
  const agent = new Agent(options);
  const ask = async (): Promise<number> => {
    const started = performance.now();
    const [response] = (await once(get(`${publicCloud.armEndpoint}/tenants`, { agent }), 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
    return performance.now() - started;
  };
  await ask();
  const trip = await medianRun(25, ask, (ms) => ms);
  agent.destroy();
  return trip;
}

/** All connections are to be opened anew. `kept` is what the last listing left of the tenants, and then what this one leaves. */
async function listOnce(cloud: CloudProcess, how: 'search' | 'arm', rttMs: number, kept: Tenant[]): Promise<Run> {
  await cloud.control.changeSettings({ latencyMs: 0 });
  // The run before took its part of the quota and of the buckets.
  await cloud.control.moveClock({ advanceMs: 60_000 });
  const { azure, account, sent } = await createShippedAdapter(cloud);
  await cloud.control.changeSettings({ latencyMs: askedRttMs });
  const pages = new PageCounts(azure);
  const known = new Map<string, number>();
  const source = new AzureListing(portsOf(pages.azure, known, [...kept]));
  const limits = newAheadLimits();
  const { signal } = new AbortController();
  const held: unknown[] = [];
  let firstMs = 0;
  let subscriptions = 0;

  const readSubscription = async (tenant: Tenant, subscription: Subscription): Promise<void> => {
    // Each row of the tree can be stopped by itself.
    const { signal } = new AbortController();
    for await (const identities of source.identities(tenant, subscription, how, signal)) {
      held.push(identities);
      firstMs ||= identities.length === 0 ? 0 : performance.now() - started;
    }
  };
  const readTenant = async (tenant: Tenant): Promise<void> => {
    const reads = await limits.tenants.run(async () => {
      const begun: Promise<void>[] = [];
      await source.begin(tenant);
      for await (const page of source.subscriptions(tenant, signal)) {
        subscriptions += page.length;
        begun.push(...page.map((subscription) => readSubscription(tenant, subscription)));
      }
      return begun;
    });
    await Promise.all(reads);
  };

  kept.length = 0;
  await source.keptTenants([account]);
  const heapBefore = collectedHeap();
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const started = performance.now();
  const tenants: Promise<void>[] = [];
  for await (const page of source.tenants(account, signal)) {
    kept.push(...page);
    tenants.push(...page.map(readTenant));
  }
  await Promise.all(tenants);
  const wallMs = performance.now() - started;
  stalls.disable();
  const identities = [...known.values()].reduce((sum, count) => sum + count, 0);
  const idealMs = pages.criticalPath(how) * rttMs;
  const heapMB = (collectedHeap() - heapBefore) / 1e6;
  if (held.length < subscriptions) {
    throw new Error('A subscription was not listed.');
  }
  return { identities, subscriptions, tenants: tenants.length, requests: sent(), rttMs, firstMs, wallMs, idealMs, ratio: wallMs / idealMs, longestStallMs: stalls.max / 1e6, heapMB };
}

/** The listing's own surroundings need VS Code; here is what they are asked for. */
function portsOf(azure: Azure, known: Map<string, number>, tenants: readonly Tenant[]): AzureListingPorts {
  const ports: Pick<AzureListingPorts, 'azure' | 'limits' | 'writes' | 'clock' | 'filter' | 'issuers'> = {
    azure: () => azure,
    limits: newAheadLimits(),
    writes: new OwnWrites(systemClock),
    clock: systemClock,
    filter: () => ({}),
    issuers: async () => new Set(),
  };
  const nothing = (): void => undefined;
  return {
    ...ports,
    inventory: { keepSubscriptions: nothing, setIdentities: (_tenant: Tenant, { subscriptionId }: Subscription, { length }: readonly unknown[]) => known.set(subscriptionId, length) },
    kept: { tenants: async () => tenants, subscriptions: async () => [], identities: nothing, listedSubscriptions: nothing, listedIdentities: nothing, hidden: nothing },
    log: { info: nothing },
  } as unknown as AzureListingPorts;
}

/** Counts the pages of each listing as they pass. */
class PageCounts {
  readonly azure: Azure;
  #tenantPages = 0;
  #armPages = 0;
  readonly #perTenant = new Map<string, { subscriptions: number; search: number }>();

  constructor(azure: Azure) {
    this.azure = {
      ...azure,
      tenants: (...args) => counted(azure.tenants(...args), () => { this.#tenantPages++; }),
      subscriptions: (tenant, signal) => counted(azure.subscriptions(tenant, signal), () => { this.#of(tenant).subscriptions++; }),
      identities: (...args) => counted(azure.identities(...args), () => { this.#armPages++; }),
      searchIdentities: (tenant, ...rest) => counted(azure.searchIdentities(tenant, ...rest), () => { this.#of(tenant).search++; }),
    };
  }

  /** Round trips that no client can do side by side. */
  criticalPath(how: 'search' | 'arm'): number {
    const tenants = [...this.#perTenant.values()];
    return how === 'arm'
      ? this.#tenantPages + 1 + Math.ceil(this.#armPages / subscriptionsAtOnce)
      : this.#tenantPages + Math.max(...tenants.map(({ subscriptions, search }) => subscriptions + search));
  }

  #of({ tenantId }: { readonly tenantId: string }): { subscriptions: number; search: number } {
    const pages = this.#perTenant.get(tenantId) ?? { subscriptions: 0, search: 0 };
    this.#perTenant.set(tenantId, pages);
    return pages;
  }
}

async function* counted<T>(pages: AsyncIterable<T>, count: () => void): AsyncGenerator<T> {
  for await (const page of pages) {
    count();
    yield page;
  }
}
