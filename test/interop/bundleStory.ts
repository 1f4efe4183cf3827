import type { FederatedCredential } from '../../src/identity/federatedCredential.ts';
import type { RequestEntry } from '../../src/requestLog.ts';
import { sample } from '../cloud/sampleWorld.ts';
import { first, shippedAdapters } from './shippedAdapters.ts';

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
const requests: RequestEntry[] = [];
const { signal } = new AbortController();
const { account, azure, astro } = await shippedAdapters(folder, { request: (entry) => requests.push(entry), waiting: () => undefined });
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
