import assert from 'node:assert/strict';
import { AirflowIdentityError } from '../../../src/errors.ts';
import { azureCloud } from '../../../src/identity/azureCloud.ts';
import { ControlClient } from '../../cloud/control/controlClient.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { accounts, connectToCloud, contoso, identityRef, issueFrom, neverCanceled, refusalOf, subscription } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';

const prod = identityRef(sample.identities.airflowProd.name);
const wanted = { name: 'some-name', issuer: sample.issuers.prod, subject: 'system:serviceaccount:a:b', audience: 'api://AzureADTokenExchange' };
const challenge = 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="';

describe('tokens for Azure', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  it('are asked for once, however many listings start at the same time', async () => {
    const ids = [sample.subscriptions.production, sample.subscriptions.development, sample.subscriptions.empty];
    await Promise.all(ids.map((id) => Array.fromAsync(client.azure.identities(subscription(id), neverCanceled()))));
    await client.azure.identity(prod, neverCanceled());
    assert.deepEqual(client.asked.map(({ tenantId }) => tenantId), [contoso.tenantId]);
  });

  it('are not shared between accounts or tenants', async () => {
    const fabrikam = sample.tenants.fabrikam.id;
    await Array.fromAsync(client.azure.subscriptions(contoso, neverCanceled()));
    await Array.fromAsync(client.azure.subscriptions({ account: accounts.dana, tenantId: fabrikam }, neverCanceled()));
    await Array.fromAsync(client.azure.subscriptions({ account: accounts.sam, tenantId: fabrikam }, neverCanceled()));
    assert.equal(client.asked.length, 3);
  });

  it('are fetched anew in their last two minutes', async () => {
    client.issue = async (request) => ({ ...(await issueFrom(client.cloud, request)), expiresOnTimestamp: Date.now() + 119_000 });
    await client.azure.identity(prod, neverCanceled());
    await client.azure.identity(prod, neverCanceled());
    assert.equal(client.asked.length, 2);
  });

  it('are forgotten when accounts changed', async () => {
    await client.azure.identity(prod, neverCanceled());
    client.azure.forgetTokens();
    await client.azure.identity(prod, neverCanceled());
    assert.equal(client.asked.length, 2);
  });

  it('that were canceled by one listing still serve the other', async () => {
    let give: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      give = resolve;
    });
    client.issue = async (request) => {
      await gate;
      return issueFrom(client.cloud, request);
    };
    const controller = new AbortController();
    const canceled = client.azure.identity(prod, controller.signal);
    const other = client.azure.identity(prod, neverCanceled());
    controller.abort();
    await assert.rejects(canceled, { name: 'AbortError' });
    give();
    assert.equal((await other).name, prod.name);
    assert.equal(client.asked.length, 1);
  });

  it('that the service calls expired are replaced once, silently', async () => {
    await client.azure.identity(prod, neverCanceled());
    await new ControlClient(client.cloud.proxyUrl).moveClock({ advanceMs: 2 * 3_600_000 });
    assert.equal((await client.azure.identity(prod, neverCanceled())).name, prod.name);
    assert.deepEqual(client.requests.map((entry) => entry.outcome), [200, 401, 200]);
    assert.deepEqual(client.waits.map((wait) => wait.reason), ['401, new token']);
  });

  it('that stay expired lead to one clear message', async () => {
    const old = await issueFrom(client.cloud, contoso);
    client.issue = async () => old;
    await new ControlClient(client.cloud.proxyUrl).moveClock({ advanceMs: 2 * 3_600_000 });
    const error = await refusalOf(client.azure.identity(prod, neverCanceled()));
    assert.equal(error.code, 'signedOut');
    assert.match(error.message, /expired or was revoked/);
    assert.equal(error.fix, 'Sign in again.');
    assert.equal(error.details.serviceCode, 'ExpiredAuthenticationToken');
    assert.equal(client.requests.length, 1, 'the same token is not sent twice');
  });

  it('are not to be had for a tenant that wants a second factor, which says so', async () => {
    const northwind = { account: accounts.dana, tenantId: sample.tenants.northwind.id };
    const error = await refusalOf(Array.fromAsync(client.azure.subscriptions(northwind, neverCanceled())));
    assert.equal(error.code, 'interactionRequired');
    assert.deepEqual(client.requests, []);
  });

  it('answer a claims challenge of a write, which then goes through', async () => {
    client.cloud.world.faults.add({ method: 'PUT', times: 1, effect: { kind: 'answer', status: 401, body: {}, headers: { 'www-authenticate': challenge } } });
    client.issue = async (request) => {
      const token = await issueFrom(client.cloud, request);
      return request.challenge === undefined ? token : { ...token, token: (await issueFrom(client.cloud, { account: request.account })).token };
    };
    await client.azure.writeCredential(prod, wanted, neverCanceled());
    assert.deepEqual(client.asked.map((request) => request.challenge), [undefined, challenge]);
    assert.deepEqual(client.waits.map((wait) => [wait.method, wait.reason]), [['PUT', '401, claims challenge']]);
  });

  it('that need a person for a challenge hand it on, so that the sign-in can answer it', async () => {
    client.cloud.world.settings.writesNeedMfa = true;
    client.issue = async (request) => {
      if (request.challenge !== undefined) {
        throw new AirflowIdentityError('interactionRequired', 'A second factor is needed.', { fix: 'Sign in.' });
      }
      return issueFrom(client.cloud, request);
    };
    const error = await refusalOf(client.azure.writeCredential(prod, wanted, neverCanceled()));
    assert.equal(error.code, 'interactionRequired');
    assert.equal(error.message, 'A second factor is needed.');
    assert.equal(error.fix, 'Sign in.');
    assert.match(error.details.challenge ?? '', /claims="/);
    assert.equal(error.details.method, 'PUT');
    assert.deepEqual(client.requests.map((entry) => [entry.method, entry.outcome]), [['PUT', 401]]);
  });

  it('that do not satisfy a challenge end as one that only a person can answer', async () => {
    client.cloud.world.settings.writesNeedMfa = true;
    const error = await refusalOf(client.azure.writeCredential(prod, wanted, neverCanceled()));
    assert.equal(error.code, 'interactionRequired');
    assert.match(error.fix ?? '', /Sign in to this tenant/);
    assert.match(error.details.challenge ?? '', /claims="/);
  });

  it('go to no cloud but the one that is set', async () => {
    for (const [kind, armHost] of [['ChinaCloud', 'management.chinacloudapi.cn'], ['USGovernment', 'management.usgovcloudapi.net']] as const) {
      client.use(azureCloud(kind, undefined));
      await refusalOf(Array.fromAsync(client.azure.subscriptions(contoso, neverCanceled())));
      // The test's token is one of the public cloud, which ARM of another cloud does not take.
      assert.deepEqual([...new Set(client.requests.map(({ host }) => host))], [armHost]);
      assert.deepEqual([...new Set(client.cloud.world.log.entries.map(({ host }) => host))], [armHost]);
      assert.deepEqual(client.cloud.world.refusedHosts, []);
      await client.reset();
    }
  });

  it('of a cloud that was set while they were fetched are not sent to the former one', async () => {
    client.issue = async () => {
      client.use(azureCloud('USGovernment', undefined));
      return { token: 'token of the other cloud', expiresOnTimestamp: 0 };
    };
    await assert.rejects(client.azure.writeCredential(prod, wanted, neverCanceled()), { name: 'AbortError' });
    assert.deepEqual(client.cloud.world.log.entries, []);
  });

  it('never follow a paging link to another host', async () => {
    const effect = { kind: 'answer', status: 200, body: { value: [], nextLink: 'https://management.azure.com.attacker.example/subscriptions' } } as const;
    client.cloud.world.faults.add({ times: 1, effect });
    const error = await refusalOf(Array.fromAsync(client.azure.subscriptions(contoso, neverCanceled())));
    assert.equal(error.code, 'badAnswer');
    assert.match(error.message, /another host/);
    assert.equal(client.requests.length, 1);
    assert.deepEqual(client.cloud.world.refusedHosts, []);
  });
});
