import { createRequire } from 'node:module';
import type * as AzureBundle from '../../src/azure/azureBundle.ts';
import type * as IdentityBundle from '../../src/azure/identityBundle.ts';
import { systemClock } from '../../src/clock.ts';
import type { DeploymentSource } from '../../src/deployment/deploymentPort.ts';
import { publicCloud } from '../../src/identity/azureCloud.ts';
import type { Account } from '../../src/identity/managedIdentity.ts';
import type { RequestLog } from '../../src/requestLog.ts';
import { sample } from '../cloud/sampleWorld.ts';

/** The adapters of the bundles in a folder, for the account that the environment of this process names. */
export interface ShippedAdapters {
  readonly account: Account;
  readonly azure: ReturnType<typeof AzureBundle.createAzure>;
  readonly astro: DeploymentSource;
}

/** Loads them as the product does, with the log given. Throws where the environment names no account. */
export async function shippedAdapters(folder: string, log: RequestLog): Promise<ShippedAdapters> {
  const load = createRequire(`${folder}/`);
  const azureBundle = load('./azure.js') as typeof AzureBundle;
  const identityBundle = load('./identity.js') as typeof IdentityBundle;
  const surroundings = { log, clock: systemClock, userAgent: 'airflow-azure-identity/interop' };
  const tokens = identityBundle.createCredentialTokens('environment', { log, clock: systemClock, cloud: publicCloud, environment: process.env });
  const [account] = await tokens.accounts(new AbortController().signal);
  if (account === undefined) {
    throw new Error('No account.');
  }
  return {
    account,
    azure: azureBundle.createAzure({ ...surroundings, tokens, cloud: () => publicCloud }),
    astro: azureBundle.createAstro({ ...surroundings, tokens: { token: async () => ({ token: sample.astro.tokens.organization, origin: 'environment' }) } }),
  };
}

/** The first of what is listed that is looked for. Throws where there is none. */
export async function first<T>(pages: AsyncIterable<readonly T[]>, matches: (item: T) => boolean): Promise<T> {
  for await (const page of pages) {
    const found = page.find((item) => matches(item));
    if (found !== undefined) {
      return found;
    }
  }
  throw new Error('Not found.');
}
