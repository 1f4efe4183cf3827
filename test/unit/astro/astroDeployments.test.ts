import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ErrorCode } from '../../../src/errors.ts';
import type { Deployment, Workspace } from '../../../src/deployment/deployment.ts';
import type { FaultEffect } from '../../cloud/faults.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { connectToCloud, neverCanceled, refusalOf } from '../azure/cloudClient.ts';
import type { CloudClient } from '../azure/cloudClient.ts';

const { organization, workspaces, deployments, tokens } = sample.astro;

const dataPlatform: Workspace = {
  sourceId: 'astro',
  id: workspaces.dataPlatform.id,
  name: workspaces.dataPlatform.name,
  organizationId: organization.id,
  organizationName: organization.name,
};

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  return (await Array.fromAsync(pages)).flat();
}

describe('deployments of Astro', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  const inDataPlatform = (): Promise<Deployment[]> => all(client.astro.deployments(dataPlatform, neverCanceled()));

  it('are found by workspace, and workspaces by organization', async () => {
    const found = await all(client.astro.workspaces(neverCanceled()));
    assert.deepEqual(found, [dataPlatform, { ...dataPlatform, ...workspaces.marketing }]);
  });

  it('of several organizations come together, each with the issuers of its cluster and the cloud it runs in', async () => {
    const { labs } = sample.astro;
    client.astroToken = { token: tokens.user, origin: 'astroCli' };
    const found = await all(client.astro.workspaces(neverCanceled()));
    assert.deepEqual([...new Set(found.map(({ organizationName }) => organizationName))], [organization.name, labs.organization.name]);
    const inLabs = (await Promise.all(found.filter(({ organizationId }) => organizationId === labs.organization.id).map((workspace) => all(client.astro.deployments(workspace, neverCanceled()))))).flat();
    const of = (id: string) => inLabs.find((deployment) => deployment.id === id);
    assert.deepEqual([of(labs.deployments.forecast.id)?.issuer, of(labs.deployments.forecast.id)?.drIssuer], [sample.issuers.forecast, sample.issuers.forecastDr]);
    assert.equal(of(labs.deployments.training.id)?.cloudProvider, 'GCP', 'only its cluster says so');
    assert.equal(of(labs.deployments.events.id)?.cloudProvider, 'AWS');
  });

  it('hold issuer and namespace exactly as given, and where their cluster is', async () => {
    const found = (await inDataPlatform()).find(({ id }) => id === deployments.customer360.id);
    const { url, status, ...facts } = found ?? assert.fail();
    assert.deepEqual(facts, {
      sourceId: 'astro',
      ...deployments.customer360,
      workspace: dataPlatform,
      issuer: sample.issuers.prod,
      executor: 'celery',
      remoteExecution: false,
      runtimeVersion: '3.1-12',
      airflowVersion: '3.1.3',
      cloudProvider: 'AZURE',
      region: 'westus2',
      clusterName: facts.clusterName,
      drIssuer: undefined,
      layout: { kind: 'astro' },
    });
    assert.ok(facts.clusterName);
    assert.equal(status, 'HEALTHY');
    assert.match(url ?? '', /^https:\/\//);
  });

  it('say what decides about their workloads', async () => {
    const found = new Map((await inDataPlatform()).map((deployment) => [deployment.id, deployment]));
    assert.equal(found.get(deployments.ordersDev.id)?.executor, 'kubernetes');
    assert.equal(found.get(deployments.ordersDev.id)?.runtimeVersion, '9.5.0');
    assert.equal(found.get(deployments.financeRemote.id)?.remoteExecution, true);
    assert.equal(found.get(deployments.financeRemote.id)?.executor, 'astro');
    assert.equal(found.get(deployments.aws.id)?.cloudProvider, 'AWS');
    assert.equal(found.get(deployments.withoutIssuer.id)?.issuer, undefined);
  });

  it('are looked at one by one, and undefined when gone', async () => {
    const found = await client.astro.deployment(dataPlatform, deployments.customer360.id, neverCanceled());
    assert.equal(found?.issuer, sample.issuers.prod);
    assert.equal(found?.cloudProvider, 'AZURE');
    assert.equal(await client.astro.deployment(dataPlatform, 'cldep0gone', neverCanceled()), undefined);
  });

  it('are shown with the token of one workspace too', async () => {
    client.astroToken = { token: tokens.workspace, origin: 'environment' };
    assert.deepEqual(await all(client.astro.workspaces(neverCanceled())), [dataPlatform]);
    assert.ok((await inDataPlatform()).length > 0);
  });

  it('come page by page when there are many', async () => {
    const { world } = client.cloud;
    const [shape] = world.astro.deployments;
    for (let index = 0; index < 1_500; index += 1) {
      world.astro.deployments.push({ ...(shape ?? assert.fail()), id: `cldep${index}`, name: `deployment ${index}` });
    }
    const expected = world.astro.deployments.filter((deployment) => deployment.workspaceId === dataPlatform.id).length;
    const pages = await Array.fromAsync(client.astro.deployments(dataPlatform, neverCanceled()));
    assert.deepEqual(pages.map((page) => page.length), [1_000, expected - 1_000]);
    assert.equal(new Set(pages.flat().map(({ id }) => id)).size, expected);
  });

  it('of other organizations are shown although one fails, whose error follows', async () => {
    const { world } = client.cloud;
    world.astro.organizations.unshift({ id: 'clforbidden', name: 'Forbidden', shortName: 'forbidden' });
    const [token] = world.astro.tokens;
    world.astro.tokens[0] = { ...(token ?? assert.fail()), organizationIds: ['clforbidden', organization.id] };
    world.faults.add({ path: 'clforbidden', effect: { kind: 'answer', status: 403, body: { message: 'Forbidden', requestId: 'clreq', statusCode: 403 } } });
    const found: Workspace[] = [];
    const error = await refusalOf(
      (async () => {
        for await (const page of client.astro.workspaces(neverCanceled())) {
          found.push(...page);
        }
      })(),
    );
    assert.equal(error.code, 'forbidden');
    assert.deepEqual(found.map(({ id }) => id), [workspaces.dataPlatform.id, workspaces.marketing.id]);
  });

  it('are shown without cloud and region when the token may not list clusters', async () => {
    client.cloud.world.faults.add({ path: '/clusters', effect: { kind: 'answer', status: 403, body: { message: 'Forbidden', requestId: 'clreq', statusCode: 403 } } });
    const { world } = client.cloud;
    const index = world.astro.deployments.findIndex(({ id }) => id === deployments.customer360.id);
    const { region: _region, ...rest } = world.astro.deployments[index] ?? assert.fail();
    world.astro.deployments[index] = rest;
    const found = (await inDataPlatform()).find(({ id }) => id === deployments.customer360.id);
    assert.equal(found?.cloudProvider, undefined);
    assert.equal(found?.issuer, sample.issuers.prod);
  });

  it('survive what newer or older versions of the API add or leave out', async () => {
    const body = { deployments: [{ id: 'a', name: 'a', namespace: 'n', executor: 'NEW', oidcIssuerUrl: '', webServerUrl: 'javascript:alert(1)', extra: {} }], totalCount: 1 };
    client.cloud.world.faults.add({ path: '/deployments', effect: { kind: 'answer', status: 200, body } });
    const [found] = await inDataPlatform();
    assert.deepEqual([found?.executor, found?.issuer, found?.url, found?.status], ['unknown', undefined, undefined, undefined]);
  });

  it('are tried again when the answer breaks off or too much was asked', async () => {
    client.cloud.world.faults.add({ path: '/workspaces', times: 1, effect: { kind: 'halfBody' } });
    client.cloud.world.faults.add({ path: '/workspaces', times: 1, effect: { kind: 'answer', status: 429, body: {}, headers: { 'retry-after': '2' } } });
    assert.equal((await all(client.astro.workspaces(neverCanceled()))).length, 2);
    assert.deepEqual(client.waits.map(({ reason }) => reason), ['ANSWER_CUT_OFF', '429, Retry-After 2 s']);
  });

  it('leave no token in the log', async () => {
    await all(client.astro.workspaces(neverCanceled()));
    assert.doesNotMatch(JSON.stringify([client.requests, client.waits]), new RegExp(tokens.organization));
    assert.deepEqual(client.cloud.world.log.entries.filter((entry) => entry.unmodelled), []);
  });

  it('end at once when canceled', async () => {
    client.cloud.world.faults.add({ effect: { kind: 'silence' } });
    const controller = new AbortController();
    const work = all(client.astro.workspaces(controller.signal));
    await once(client.cloud.world.log, 'begin');
    controller.abort();
    await assert.rejects(work, { name: 'AbortError' });
  });
});

describe('refusals of Astro', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  function astro(status: number, message: string, more: object = {}): FaultEffect {
    return { kind: 'answer', status, body: { message, requestId: 'clrequest', statusCode: status, ...more } };
  }

  interface Case {
    readonly when: string;
    readonly effect: FaultEffect;
    readonly code: ErrorCode;
    readonly message: RegExp;
    readonly fix: RegExp | undefined;
  }

  const cases: readonly Case[] = [
    {
      when: 'a field is wrong',
      effect: astro(400, 'Invalid request', { fieldErrors: [{ code: 'INVALID', field: 'provider', message: 'must be AWS, AZURE or GCP' }] }),
      code: 'invalidInput',
      message: /Invalid request provider: must be AWS, AZURE or GCP/,
      fix: undefined,
    },
    { when: 'a right is missing', effect: astro(403, 'Forbidden'), code: 'forbidden', message: /does not allow this: Forbidden/, fix: /role/ },
    { when: 'it is gone', effect: astro(404, 'Organization not found'), code: 'notFound', message: /Organization not found/, fix: /Refresh/ },
    { when: 'there is a conflict', effect: astro(409, 'Busy'), code: 'conflict', message: /Busy/, fix: undefined },
    { when: 'Astro fails', effect: astro(500, 'Internal server error'), code: 'unavailable', message: /api\.astronomer\.io failed to answer \(500\)/, fix: /Try again/ },
    { when: 'Astro throttles for long', effect: { kind: 'answer', status: 429, body: {}, headers: { 'retry-after': '90' } }, code: 'throttled', message: /no more requests/, fix: /90 seconds/ },
    { when: 'a page answers', effect: { kind: 'html', status: 200, html: '<html>' }, code: 'badAnswer', message: /not understood/, fix: /proxy/ },
    { when: 'the list is missing', effect: { kind: 'answer', status: 200, body: { totalCount: 1 } }, code: 'badAnswer', message: /missing or of another kind/, fix: /proxy/ },
  ];
  for (const { when, effect, code, message, fix } of cases) {
    it(`are clear when ${when}`, async () => {
      client.cloud.world.faults.add({ effect });
      const error = await refusalOf(all(client.astro.workspaces(neverCanceled())));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      assert.match(error.fix ?? 'none', fix ?? /^none$/);
      assert.equal(error.details.host, 'api.astronomer.io');
    });
  }

  const origins = [
    ['secretStorage', /Set Astro API Token/],
    ['environment', /ASTRO_API_TOKEN/],
    ['astroCli', /astro login/],
  ] as const;
  for (const [origin, fix] of origins) {
    it(`say what to do about an expired token from ${origin}`, async () => {
      client.astroToken = { token: tokens.expired, origin };
      const error = await refusalOf(all(client.astro.workspaces(neverCanceled())));
      assert.equal(error.code, 'signedOut');
      assert.match(error.fix ?? '', fix);
      assert.equal(error.details.correlationId, client.cloud.world.log.entries[0]?.correlationId);
      assert.doesNotMatch(JSON.stringify([error.message, error.details]), new RegExp(tokens.expired));
    });
  }

  it('come without a request when there is no token', async () => {
    client.astroToken = undefined;
    const error = await refusalOf(all(client.astro.workspaces(neverCanceled())));
    assert.equal(error.code, 'signedOut');
    assert.match(error.fix ?? '', /Set Astro API Token/);
    assert.deepEqual(client.requests, []);
  });
});

describe('silence of Astro', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud({ silenceMs: 300 });
  });
  after(() => client.stop());

  it('ends as unavailable', async () => {
    client.cloud.world.faults.add({ effect: { kind: 'silence' } });
    const error = await refusalOf(all(client.astro.workspaces(neverCanceled())));
    assert.equal(error.code, 'unavailable');
    assert.match(error.message, /^api\.astronomer\.io did not answer/);
  });
});

describe('checking an Astro token', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  it('names the organizations that it sees', async () => {
    client.astroToken = undefined;
    assert.deepEqual(await client.astro.checkToken(tokens.workspace, neverCanceled()), { organizations: [organization] });
  });

  it('refuses one that Astro does not know', async () => {
    const error = await refusalOf(client.astro.checkToken('no-such-token', neverCanceled()));
    assert.equal(error.code, 'signedOut');
    assert.match(error.fix ?? '', /Copy the whole token/);
  });

  it('refuses one that cannot be sent at all', async () => {
    const error = await refusalOf(client.astro.checkToken('line\nbreak', neverCanceled()));
    assert.equal(error.code, 'signedOut');
    assert.deepEqual(client.requests, []);
  });

  it('refuses one that sees nothing', async () => {
    client.cloud.world.astro.tokens.push({ token: 'blind', kind: 'user', organizationIds: [] });
    assert.equal((await refusalOf(client.astro.checkToken('blind', neverCanceled()))).code, 'forbidden');
  });
});
