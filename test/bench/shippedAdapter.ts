import { createRequire } from 'node:module';
import path from 'node:path';
import type * as azureBundle from '../../src/azure/azureBundle.ts';
import { systemClock } from '../../src/clock.ts';
import { publicCloud } from '../../src/identity/azureCloud.ts';
import type { Account } from '../../src/identity/managedIdentity.ts';
import type { TokenPort } from '../../src/identity/tokenPort.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { projectDir } from '../tasks/projectDir.ts';
import type { CloudProcess } from './cloudProcess.ts';

/** The adapter that ships, in front of a local cloud. */
export interface ShippedAdapter {
  readonly azure: azureBundle.Azure;
  /** Dana of the sample world, who belongs to every tenant of a generated world too. */
  readonly account: Account;
  readonly tokens: TokenPort;
  /** How many requests were sent. @throws when one had to be repeated: then no figure is worth anything. */
  readonly sent: () => number;
}

/**
 * Loads dist/azure.js and signs Dana in. Tokens are fetched before anything is measured: in the product they come from VS
 * Code, and what VS Code takes for them is not ours. The process must have been pointed at the cloud before.
 */
export async function createShippedAdapter(cloud: CloudProcess): Promise<ShippedAdapter> {
  const { createAzure } = createRequire(path.join(projectDir, 'dist', 'extension.js'))('./azure.js') as typeof azureBundle;
  const found = (await cloud.control.accounts()).find(({ label }) => label === sample.accounts.dana.label);
  if (found === undefined) {
    throw new Error('Dana is not in this world.');
  }
  const issue = async (tenant: string): Promise<string> => (await cloud.control.userToken({ account: found.id, tenant })).accessToken;
  const tenants = found.tenants.filter(({ needsMfa }) => !needsMfa);
  const tokens = new Map(await Promise.all(tenants.map(async ({ id }) => [id, await issue(id)] as const)));
  let requests = 0;
  let waits = 0;
  const port: TokenPort = { token: async ({ tenantId = found.homeTenant }) => ({ token: tokens.get(tenantId) ?? '', expiresOnTimestamp: 0 }) };
  const azure = createAzure({
    tokens: port,
    log: { request: () => (requests += 1), waiting: () => (waits += 1) },
    clock: systemClock,
    cloud: () => publicCloud,
    userAgent: 'airflow-azure-identity/bench',
  });
  const sent = (): number => {
    if (waits > 0) {
      throw new Error(`${waits} requests were repeated.`);
    }
    return requests;
  };
  return { azure, account: { id: found.id, label: found.label }, tokens: port, sent };
}
