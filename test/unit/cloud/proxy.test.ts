import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { ControlClient, ControlError } from '../../cloud/control/controlClient.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { startCloud } from '../../cloud/startCloud.ts';
import type { Cloud } from '../../cloud/startCloud.ts';
import { prodIdentityPath } from './armCaller.ts';
import { requestThrough } from './tunnel.ts';

const subscriptionsUrl = 'https://management.azure.com/subscriptions?api-version=2022-12-01';

describe('The local cloud behind its proxy', () => {
  let cloud: Cloud;
  let control: ControlClient;
  let token = '';
  before(async () => {
    cloud = await startCloud();
    control = new ControlClient(cloud.proxyUrl);
  });
  beforeEach(async () => {
    await control.reset();
    token = (await control.userToken({ account: sample.accounts.dana.label })).accessToken;
  });
  after(() => cloud.stop());

  it('answers the real host name over TLS', async () => {
    const reply = await requestThrough(cloud, 'GET', subscriptionsUrl, { token });
    assert.equal(reply.status, 200);
    assert.match(reply.text, /Data Platform Production/u);
  });

  it('compresses what providers answer for those who take it, and nothing else', async () => {
    const identity = `https://management.azure.com${prodIdentityPath('id-airflow-prod')}?api-version=2024-11-30`;
    const headers = { 'accept-encoding': 'gzip, deflate' };
    const replies = [await requestThrough(cloud, 'GET', identity, { token, headers }), await requestThrough(cloud, 'GET', identity, { token }), await requestThrough(cloud, 'GET', subscriptionsUrl, { token, headers })];
    assert.deepEqual(replies.map(({ status, encoding }) => [status, encoding]), [[200, 'gzip'], [200, undefined], [200, undefined]]);
    assert.equal(replies[0]?.text, replies[1]?.text);
  });

  it('refuses every other host at once and writes it down, plain HTTP as well', async () => {
    assert.equal((await requestThrough(cloud, 'GET', 'https://graph.microsoft.com/v1.0/me')).status, 403);
    const { hostname, port } = new URL(cloud.proxyUrl);
    const status = await new Promise((resolve, reject) => {
      request({ hostname, port, path: 'http://management.azure.com/subscriptions', headers: { host: 'management.azure.com' } }, (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode);
      })
        .on('error', reject)
        .end();
    });
    assert.equal(status, 403);
    assert.deepEqual((await control.refused()).map(({ host }) => host), ['graph.microsoft.com', 'management.azure.com']);
    assert.deepEqual(cloud.world.refusedHosts, ['graph.microsoft.com', 'management.azure.com']);
  });

  it('breaks the connection to an unreachable issuer', async () => {
    await assert.rejects(requestThrough(cloud, 'GET', `${sample.issuers.unreachable}.well-known/openid-configuration`), /ECONNRESET|socket hang up/u);
    const discovery = await requestThrough(cloud, 'GET', `${sample.issuers.misnamed}.well-known/openid-configuration`);
    assert.equal((JSON.parse(discovery.text) as { issuer: string }).issuer, sample.issuers.misnamed.slice(0, -1));
  });

  it('faults: a status with headers for the second call only, html, a broken connection, half a body, a delay', async () => {
    const arm = { host: 'management.azure.com', path: '^/subscriptions\\?' };
    await control.addFault({ ...arm, skip: 1, times: 1, effect: { kind: 'answer', status: 503, body: { error: { code: 'ServerBusy', message: 'later' } }, headers: { 'retry-after': '1' } } });
    const statuses: number[] = [];
    for (let call = 0; call < 3; call += 1) {
      statuses.push((await requestThrough(cloud, 'GET', subscriptionsUrl, { token })).status);
    }
    assert.deepEqual(statuses, [200, 503, 200]);
    await control.clearFaults();
    await control.addFault({ ...arm, times: 1, effect: { kind: 'html', status: 200, html: '<h1>Sign in to the Wi-Fi</h1>' } });
    assert.match((await requestThrough(cloud, 'GET', subscriptionsUrl, { token })).text, /Wi-Fi/u);
    await control.addFault({ ...arm, times: 1, effect: { kind: 'reset' } });
    await assert.rejects(requestThrough(cloud, 'GET', subscriptionsUrl, { token }), /ECONNRESET|socket hang up/u);
    await control.addFault({ ...arm, times: 1, effect: { kind: 'halfBody' } });
    await assert.rejects(requestThrough(cloud, 'GET', subscriptionsUrl, { token }), /aborted/u);
    await control.addFault({ ...arm, times: 1, effect: { kind: 'delay', ms: 60 } });
    await requestThrough(cloud, 'GET', subscriptionsUrl, { token });
    const log = await control.log();
    assert.deepEqual(log.map((entry) => [entry.outcome, entry.status, entry.faulted]).slice(3), [
      ['answer', 200, true],
      ['reset', undefined, true],
      ['halfBody', 200, true],
      ['answer', 200, true],
    ]);
    assert.ok((log.at(-1)?.durationMs ?? 0) >= 55);
  });

  it('sees a client that gives up', async () => {
    await control.addFault({ effect: { kind: 'silence' } });
    const giveUp = new AbortController();
    const waiting = requestThrough(cloud, 'GET', subscriptionsUrl, { token, signal: giveUp.signal });
    while ((await control.log()).length === 0) {
      // The request is on its way; every look is a round trip of its own.
    }
    giveUp.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    let outcome = '';
    while (outcome !== 'aborted') {
      outcome = (await control.log())[0]?.outcome ?? '';
    }
    assert.equal(outcome, 'aborted');
  });

  it('logs each request once, with what support asks for and without the token', async () => {
    await requestThrough(cloud, 'GET', `https://management.azure.com${prodIdentityPath('id-airflow-prod')}?api-version=2024-11-30`, { token });
    const [entry] = await control.log();
    assert.deepEqual([entry?.method, entry?.host, entry?.status, entry?.concurrency, entry?.path], ['GET', 'management.azure.com', 200, 1, `${prodIdentityPath('id-airflow-prod')}?api-version=2024-11-30`]);
    assert.match(entry?.correlationId ?? '', /^[0-9a-f-]{36}$/u);
    assert.doesNotMatch(JSON.stringify(await control.log()), new RegExp(token.slice(0, 20), 'u'));
  });

  it('is steered from other processes: accounts, MFA, revoked sessions, clock, settings, state, another world', async () => {
    assert.deepEqual((await control.accounts()).map((account) => account.label), ['dana@contoso.example', 'sam@fabrikam.example']);
    await assert.rejects(control.userToken({ account: sample.accounts.dana.label, tenant: sample.tenants.northwind.id }), (error) => error instanceof ControlError && String(error.body['error_codes']) === '50076');
    await control.revokeSession(sample.accounts.dana.label, { tokens: true });
    assert.equal((await requestThrough(cloud, 'GET', subscriptionsUrl, { token })).status, 401);
    await assert.rejects(control.userToken({ account: sample.accounts.dana.label }), /AADSTS50173/u);
    const again = await control.userToken({ account: sample.accounts.dana.label, interactive: true });
    assert.equal((await requestThrough(cloud, 'GET', subscriptionsUrl, { token: again.accessToken })).status, 200);
    const now = await control.moveClock({ advanceMs: 3_700_000 });
    assert.ok(now > Date.now() + 3_600_000);
    assert.equal((await requestThrough(cloud, 'GET', subscriptionsUrl, { token: again.accessToken })).status, 401);
    assert.equal((await control.changeSettings({ serviceMs: 7 })).serviceMs, 7);
    assert.equal((await control.identity(sample.identities.reporting.clientId)).credentials.length, 19);
    await control.addCredential(sample.identities.airflowDev.clientId, { name: 'behind', issuer: sample.issuers.dev, subject: 'system:serviceaccount:a:b' });
    assert.deepEqual((await control.identity(sample.identities.airflowDev.clientId)).credentials.map((credential) => [credential.name, credential.values.audiences]), [['behind', ['api://AzureADTokenExchange']]]);
    await control.removeIdentity(sample.identities.airflowDev.clientId);
    await assert.rejects(control.identity(sample.identities.airflowDev.clientId), /404/u);
    const user = await control.userToken({ account: sample.accounts.sam.label });
    await control.reset();
    assert.equal((await requestThrough(cloud, 'GET', subscriptionsUrl, { token: user.accessToken })).status, 200, 'a token outlives a reset');
    await control.reset('small', { filled: true });
    assert.equal(cloud.world.resources.subscriptions().length, 6);
  });

  it('says what is wrong with a control request', async () => {
    await assert.rejects(control.addFault({ path: '(', effect: { kind: 'reset' } }), /400: .*regular expression/u);
    await assert.rejects(control.userToken({ account: 'nobody@contoso.example' }), /AADSTS50034/u);
    await assert.rejects(control.identity('nobody'), /404/u);
  });
});

describe('Stopping the local cloud', () => {
  it('breaks off what is under way and leaves no file', async () => {
    const cloud = await startCloud({ settings: { serviceMs: 3_600_000 } });
    const control = new ControlClient(cloud.proxyUrl);
    await control.addFault({ effect: { kind: 'silence' } });
    const waiting = assert.rejects(requestThrough(cloud, 'GET', subscriptionsUrl));
    while (cloud.world.log.entries.length === 0) {
      await new Promise(setImmediate);
    }
    await cloud.stop();
    await waiting;
    assert.equal(existsSync(cloud.caPath), false);
    await assert.rejects(control.log(), /ECONNREFUSED/u);
  });
});
