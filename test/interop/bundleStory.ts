import { createRequire } from 'node:module';
import type * as AzureBundle from '../../src/azure/azureBundle.ts';
import type * as IdentityBundle from '../../src/azure/identityBundle.ts';
import { systemClock } from '../../src/clock.ts';
import { publicCloud } from '../../src/identity/azureCloud.ts';
import type { FederatedCredential } from '../../src/identity/federatedCredential.ts';
import type { RequestEntry } from '../../src/requestLog.ts';
import { sample } from '../cloud/sampleWorld.ts';

/** What it prints. */
export interface Story {
  readonly account: string;
  readonly clientId: string;
  readonly issuer: string;
  readonly discovered: string;
  readonly written: FederatedCredential;
  /** Credentials before and after the write. */
  readonly counts: readonly [number, number];
  /** Method, host and status of each request. */
  readonly requests: readonly string[];
}

/*
 * Runs in a process of its own with nothing but the variables that people behind a company proxy set. Takes the folder of
 * the bundles, goes from sign-in to a written credential, and prints what it saw as one line of JSON.
 */
const [, , folder = ''] = process.argv;
const load = createRequire(`${folder}/`);
const azureBundle = load('./azure.js') as typeof AzureBundle;
const identityBundle = load('./identity.js') as typeof IdentityBundle;

const requests: RequestEntry[] = [];
const log = { request: (entry: RequestEntry) => requests.push(entry), waiting: () => undefined };
const surroundings = { log, clock: systemClock, userAgent: 'airflow-azure-identity/interop' };
const { signal } = new AbortController();

const tokens = identityBundle.createCredentialTokens('environment', { log, clock: systemClock, cloud: publicCloud, environment: process.env });
const azure = azureBundle.createAzure({ ...surroundings, tokens, cloud: () => publicCloud });
const astro = azureBundle.createAstro({ ...surroundings, tokens: { token: async () => ({ token: sample.astro.tokens.organization, origin: 'environment' }) } });

async function first<T>(pages: AsyncIterable<readonly T[]>, matches: (item: T) => boolean): Promise<T> {
  for await (const page of pages) {
    const found = page.find((item) => matches(item));
    if (found !== undefined) {
      return found;
    }
  }
  throw new Error('Not found.');
}

const [account] = await tokens.accounts(signal);
if (account === undefined) {
  throw new Error('No account.');
}
const tenant = await first(azure.tenants(account, signal), ({ tenantId }) => tenantId === sample.tenants.contoso.id);
const subscription = await first(azure.subscriptions(tenant, signal), ({ subscriptionId }) => subscriptionId === sample.subscriptions.production);
const identity = await first(azure.identities(subscription, signal), ({ name }) => name === sample.identities.airflowProd.name);
const workspace = await first(astro.workspaces(signal), ({ name }) => name === sample.astro.workspaces.dataPlatform.name);
const deployment = await first(astro.deployments(workspace, signal), ({ name }) => name === sample.astro.deployments.customer360.name);
const issuer = deployment.issuer ?? '';
const subject = `system:serviceaccount:${deployment.namespace}:${deployment.namespace}-kpo`;
const before = await azure.credentials(identity, signal);
const written = await azure.writeCredential(identity, { name: `${deployment.namespace}-kpo`, issuer, subject, audience: 'api://AzureADTokenExchange' }, signal);
const after = await azure.credentials(identity, signal);

const story: Story = {
  account: account.label,
  clientId: identity.clientId,
  issuer,
  discovered: await azure.discoveredIssuer(issuer, signal),
  written,
  counts: [before.length, after.length],
  requests: requests.map(({ method, host, outcome }) => `${method} ${host} ${String(outcome)}`),
};
process.stdout.write(`${JSON.stringify(story)}\n`);
