import assert from 'node:assert/strict';
import { sample } from '../../cloud/sampleWorld.ts';
import { accounts, connectToCloud, contoso, identityRef, neverCanceled, subscription } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';

const { tenants, subscriptions, identities, groups, issuers } = sample;

describe('listing Azure', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud({ settings: { pageSize: { subscriptions: 2, resourceGroups: 2, identities: 2, credentials: 3 } } });
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  it('shows every tenant of an account, also the one that wants a second factor', async () => {
    const pages = await Array.fromAsync(client.azure.tenants(accounts.dana, neverCanceled()));
    assert.deepEqual(
      pages.flat().map(({ account, tenantId, displayName, defaultDomain }) => [account.id, tenantId, displayName, defaultDomain]),
      [tenants.contoso, tenants.fabrikam, tenants.northwind].map((tenant) => [accounts.dana.id, tenant.id, tenant.name, tenant.domain]),
    );
    assert.deepEqual(client.asked, [{ account: accounts.dana }]);
  });

  it('gives subscriptions page by page, with the account and tenant they were found through', async () => {
    const pages = await Array.fromAsync(client.azure.subscriptions(contoso, neverCanceled()));
    assert.deepEqual(pages.map((page) => page.length), [2, 1]);
    assert.deepEqual(pages[0]?.[0], { ...contoso, subscriptionId: subscriptions.production, displayName: 'Data Platform Production', state: 'Enabled' });
    assert.equal(client.asked.length, 1, 'one token for all pages');
  });

  it('gives the identities of a subscription with the names their ids are made of', async () => {
    const pages = await Array.fromAsync(client.azure.identities(subscription(subscriptions.production), neverCanceled()));
    const prod = pages.flat().find((identity) => identity.name === identities.airflowProd.name);
    assert.ok(pages.length > 1);
    assert.deepEqual(prod, {
      ...identityRef(identities.airflowProd.name),
      id: `/subscriptions/${subscriptions.production}/resourcegroups/${groups.airflow}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${identities.airflowProd.name}`,
      location: 'westus2',
      clientId: identities.airflowProd.clientId,
      principalId: identities.airflowProd.principalId,
      homeTenantId: sample.tenants.contoso.id,
      tags: { team: 'data-platform', env: 'prod' },
    });
  });

  it('gives an empty page for a subscription without identities', async () => {
    const pages = await Array.fromAsync(client.azure.identities(subscription(subscriptions.empty), neverCanceled()));
    assert.deepEqual(pages, [[]]);
  });

  it('reads all pages of credentials', async () => {
    const credentials = await client.azure.credentials(identityRef(identities.airflowProd.name), neverCanceled());
    assert.equal(credentials.length, 7);
    assert.deepEqual(credentials[0], {
      name: 'astro-scheduler',
      issuer: issuers.prod,
      subject: 'system:serviceaccount:weightless-diameter-8927:weightless-diameter-8927-scheduler-serviceaccount',
      audiences: ['api://AzureADTokenExchange'],
    });
  });

  it('keeps a flexible credential, which has no subject in this version of the API', async () => {
    const credentials = await client.azure.credentials(identityRef(identities.flexible.name, groups.analytics), neverCanceled());
    assert.deepEqual(credentials.map(({ name, subject }) => ({ name, subject })), [{ name: 'github-branches', subject: undefined }]);
  });

  it('writes a credential and finds it again', async () => {
    const wanted = { name: 'new-scheduler', issuer: issuers.dev, subject: 'system:serviceaccount:a:b', audience: 'api://AzureADTokenExchange' };
    const { audience, ...rest } = wanted;
    const written = await client.azure.writeCredential(identityRef(identities.airflowProd.name), wanted, neverCanceled());
    assert.deepEqual(written, { ...rest, audiences: [audience] });
    const credentials = await client.azure.credentials(identityRef(identities.airflowProd.name), neverCanceled());
    assert.deepEqual(credentials.find((credential) => credential.name === 'new-scheduler'), written);
  });

  it('logs each request with its place and correlation id, and never a query, token or body', async () => {
    await Array.fromAsync(client.azure.identities(subscription(subscriptions.production), neverCanceled()));
    const [entry] = client.requests;
    assert.equal(entry?.method, 'GET');
    assert.equal(entry?.host, 'management.azure.com');
    assert.equal(entry?.path, `/subscriptions/${subscriptions.production}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`);
    assert.equal(entry?.outcome, 200);
    assert.equal(entry?.correlationId, client.cloud.world.log.entries[0]?.correlationId);
    assert.doesNotMatch(JSON.stringify([client.requests, client.waits]), /eyJ|Bearer|api-version|skiptoken/i);
    assert.deepEqual(client.cloud.world.log.entries.filter((logged) => logged.unmodelled), []);
  });
});
