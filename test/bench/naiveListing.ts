import * as v from 'valibot';
import { armPages } from '../../src/azure/armRequests.ts';
import type { Scale } from '../cloud/scale.ts';
import type { CloudProcess } from './cloudProcess.ts';
import { plainConnection } from './plainConnection.ts';
import { createShippedAdapter } from './shippedAdapter.ts';

/** Listing all identities with one call after the other. */
export interface NaiveTimes {
  readonly requests: number;
  readonly wallMs: number;
  /** Subscriptions that were really listed; requests and time of the others are taken to be the same. */
  readonly measuredSubscriptions: number;
}

const measuredSubscriptions = 10;

const namedSchema = v.object({ name: v.string() });
const subscriptionSchema = v.object({ subscriptionId: v.string() });

/**
 * What a script does with `az account list`, `az group list` and `az identity list --resource-group`: one call for each
 * tenant, subscription and resource group, one after the other. Only some subscriptions are listed, since all take minutes.
 */
export async function measureNaiveListing(cloud: CloudProcess, scale: Scale, rttMs: number): Promise<NaiveTimes> {
  await cloud.control.reset(scale);
  const { azure, account, tokens } = await createShippedAdapter(cloud);
  const { arm, sent } = plainConnection(tokens);
  const { signal } = new AbortController();
  const list = async <T extends v.GenericSchema>(tenantId: string, path: string, apiVersion: string, schema: T): Promise<readonly v.InferOutput<T>[]> =>
    (await Array.fromAsync(armPages(arm, { account, tenantId }, { path, apiVersion }, schema, signal))).flat();
  const listSubscription = async (tenantId: string, subscriptionId: string): Promise<void> => {
    const base = `/subscriptions/${subscriptionId}`;
    for (const { name } of await list(tenantId, `${base}/resourcegroups`, '2021-04-01', namedSchema)) {
      await list(tenantId, `${base}/resourceGroups/${name}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`, '2024-11-30', namedSchema);
    }
  };

  const tenants = (await Array.fromAsync(azure.tenants(account, signal))).flat();
  await cloud.control.changeSettings({ latencyMs: rttMs });
  const started = performance.now();
  const subscriptions: { readonly tenantId: string; readonly subscriptionId: string }[] = [];
  for (const { tenantId } of tenants) {
    const found = await list(tenantId, '/subscriptions', '2022-12-01', subscriptionSchema);
    subscriptions.push(...found.map(({ subscriptionId }) => ({ tenantId, subscriptionId })));
  }
  const before = { wallMs: performance.now() - started, requests: sent() };
  for (const { tenantId, subscriptionId } of subscriptions.slice(0, measuredSubscriptions)) {
    await listSubscription(tenantId, subscriptionId);
  }
  const scaled = subscriptions.length / Math.min(measuredSubscriptions, subscriptions.length);
  return {
    requests: Math.round(before.requests + (sent() - before.requests) * scaled),
    wallMs: before.wallMs + (performance.now() - started - before.wallMs) * scaled,
    measuredSubscriptions: Math.min(measuredSubscriptions, subscriptions.length),
  };
}
