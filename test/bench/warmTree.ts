import * as v from 'valibot';
import { IdentityIndex } from '../../src/identity/identityIndex.ts';
import type { ManagedIdentity } from '../../src/identity/managedIdentity.ts';
import { seededUuid } from '../cloud/seededIds.ts';
import { runInHost } from './hostProgram.ts';
import { median } from './median.ts';

/** The view of a window that was opened after 10,000 identities were listed in another. */
export interface WarmTimes {
  /** From the view's making to the rows of its first level, from the snapshot, while Azure takes 60 ms for each answer. */
  readonly warmTreeMs: number;
  /** The same without a snapshot: the first level is asked from Azure. */
  readonly warmTreeNaiveMs: number;
  /** What 10,000 identities with their rows take of the extension host's heap. */
  readonly heapMB: number;
  /** The same with a row of VS Code's for each identity, made at once. */
  readonly heapNaiveMB: number;
  readonly find10kMs: FindTimes;
}

/** Finding by typing. Times in milliseconds. */
interface FindTimes {
  readonly identities: number;
  /** Once, when the pick opens. */
  readonly indexMs: number;
  /** The slowest of the queries, each the median of its runs. */
  readonly slowestMs: number;
  /** The same query without an index: every value is compared anew with each keystroke. */
  readonly naiveMs: number;
}

const runs = 15;

const hostResult = v.object({ identities: v.literal(10_000), warmTreeMs: v.number(), warmTreeNaiveMs: v.number(), heapMB: v.number(), heapNaiveMB: v.number() });

/** Opens views inside VS Code, and finds among as many identities. @throws when VS Code does not come up. */
export async function measureWarmTree(env: Readonly<Record<string, string>>): Promise<WarmTimes> {
  const [result = ''] = await runInHost('hostListing', 1, env);
  const { identities: _identities, ...figures } = v.parse(v.pipe(v.string(), v.parseJson(), hostResult), result);
  return { ...figures, find10kMs: measureFind() };
}

function measureFind(): FindTimes {
  const known = Array.from({ length: 10_000 }, (_none, index) => ({ identity: identity(index) }));
  const indexMs = median(Array.from({ length: runs }, () => timed(() => new IdentityIndex(known))));
  const index = new IdentityIndex(known);
  const last = known[9_999]?.identity;
  const queries = ['a', 'airflow-99', last?.clientId ?? '', last?.principalId ?? '', last?.id ?? '', `https://portal.azure.com/#@contoso.example/resource${last?.id ?? ''}`, 'nobody has this'];
  const slowestMs = Math.max(...queries.map((query) => median(Array.from({ length: runs }, () => timed(() => index.find(query, 100))))));
  const naiveMs = median(Array.from({ length: runs }, () => timed(() => known.filter(({ identity: { name, clientId, principalId, id } }) =>
    [name, clientId, principalId, id].some((value) => value.toLowerCase().includes('airflow-99'))))));
  return { identities: known.length, indexMs, slowestMs, naiveMs };
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function identity(index: number): ManagedIdentity {
  const path = { subscriptionId: seededUuid(`subscription ${index % 300}`), resourceGroup: `rg-airflow-${index % 7}`, name: `id-airflow-${index}` };
  return {
    account: { id: 'dana', label: 'dana@contoso.example' },
    tenantId: seededUuid('tenant'),
    ...path,
    id: `/subscriptions/${path.subscriptionId}/resourcegroups/${path.resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${path.name}`,
    location: 'westus2',
    clientId: seededUuid(`client ${index}`),
    principalId: seededUuid(`principal ${index}`),
    homeTenantId: seededUuid('tenant'),
    tags: {},
  };
}
