import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { roles } from '../../cloud/arm/roles.ts';
import { handleRequest } from '../../cloud/handle.ts';
import { isRecord, parseJson } from '../../cloud/exchange.ts';
import { World } from '../../cloud/world.ts';

/** One exchange with the real service, as transcribed. */
interface Exchange {
  readonly request: { readonly method: string; readonly url: string; readonly body: unknown };
  readonly response: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: unknown };
}

/** A difference that somebody looked at: where it occurs (numbers of exchanges, by recording) and why it may. */
interface ReviewedDifference {
  readonly difference: string;
  readonly where: Readonly<Record<string, 'all' | readonly number[]>>;
  readonly reason: string;
}

const folder = new URL('../../cloud/recordings/', import.meta.url);

function readData(name: string): unknown {
  return parseJson(readFileSync(new URL(name, folder), 'utf8'));
}

const reviewed = readData('differences.json') as { excluded: { recording: string; reason: string }[]; differences: ReviewedDifference[] };
const recordings = ['azure-cli.test_federated_identity_credential', 'azure-cli.test_identity_management', 'aso.RoleAssignment_2022-04-01'];

const cliTenant = '54826b22-38d6-4fb2-bad9-b7b93a3e9c5a';
const recordedSubscription = '00000000-0000-0000-0000-000000000000';

const recordedCaller = '1ae5915d-78fe-468d-affb-c275790fa149';

/** The recorder wrote zeros over this one. */
const maskedTenant = '00000000-0000-0000-0000-000000000000';

/** What happened between two exchanges that were not transcribed, by recording and the exchange before which it happened. */
const between: Readonly<Record<string, Readonly<Record<number, (world: World) => void>>>> = {
  'aso.RoleAssignment_2022-04-01': {
    // The directory knows the principal at the third attempt, whose PUT answers 201.
    1: (world) => {
      const scope = `/subscriptions/${recordedSubscription}/resourceGroups/asotest-rg-mnlufu`;
      const written = { createdBy: recordedCaller, updatedBy: recordedCaller };
      world.rights.grant('cfb2fee4-724f-455e-9bd7-d180bd9332a0', scope, roles.contributor, { name: 'ed3c9f84-ae20-5aea-8602-58ed2eeffef1', principalType: 'ServicePrincipal', ...written });
    },
  },
};

/** The world as it was before the first exchange: a subscription, a resource group, somebody who owns both. */
async function seededWorld(recording: string, exchanges: readonly Exchange[]): Promise<{ world: World; token: string }> {
  const world = new World({ serviceMs: 0 });
  const objectId = recordedCaller;
  const recordedTenant = recording.startsWith('aso.') ? maskedTenant : cliTenant;
  world.directory.tenants.set(recordedTenant, { id: recordedTenant, displayName: 'Recorded', defaultDomain: 'recorded.example', countryCode: 'US' });
  world.resources.addSubscription({ id: recordedSubscription, tenantId: recordedTenant, displayName: 'Recorded', state: 'Enabled' });
  world.rights.grant(objectId, `/subscriptions/${recordedSubscription}`, roles.owner);
  const name = /resource[gG]roups\/([^/?]+)/u.exec(exchanges[0]?.request.url ?? '')?.[1] ?? '';
  const tags = { product: 'azurecli', cause: 'automation', date: '2023-02-07T16:44:07Z' };
  world.resources.addGroup({ subscriptionId: recordedSubscription, name, location: 'eastus2euap', tags });
  const token = await world.accessTokens.mint({ tenantId: recordedTenant, objectId, applicationId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', userName: 'azurecli@recorded.example', mfa: true }, 'https://management.azure.com');
  return { world, token: token.accessToken };
}

/** Values the service makes up; their form is compared, not their value. */
const madeUp = new Set(['principalId', 'clientId']);

/** Moments, which the recorder replaced by one of its own. */
const moments = new Set(['createdOn', 'updatedOn']);

function compareBodies(recorded: unknown, given: unknown, path: string): string[] {
  if (Array.isArray(recorded) && Array.isArray(given)) {
    const lengths = recorded.length === given.length ? [] : [`body ${path}: ${given.length} items instead of ${recorded.length}`];
    return [...lengths, ...recorded.flatMap((item, index) => compareBodies(item, given[index], `${path}[${index}]`))];
  }
  if (isRecord(recorded) && isRecord(given)) {
    const order = Object.keys(recorded).join() === Object.keys(given).join() ? [] : [`body ${path}: keys ${Object.keys(given).join()} instead of ${Object.keys(recorded).join()}`];
    return [...order, ...Object.keys(recorded).flatMap((key) => compareBodies(recorded[key], given[key], `${path}.${key}`))];
  }
  const key = path.split('.').at(-1) ?? '';
  if (madeUp.has(key)) {
    const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
    return typeof given === 'string' && uuid.test(given) ? [] : [`body ${path}: not a UUID`];
  }
  if (moments.has(key)) {
    return typeof given === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/u.test(given) ? [] : [`body ${path}: not a moment`];
  }
  return Object.is(recorded, given) ? [] : [`body ${path}: ${JSON.stringify(given)} instead of ${JSON.stringify(recorded)}`];
}

function compareHeaders(recorded: Readonly<Record<string, string>>, given: Readonly<Record<string, string>>): string[] {
  const exact = new Set(['cache-control', 'pragma', 'expires', 'content-type', 'strict-transport-security', 'x-content-type-options', 'vary', 'location', 'transfer-encoding', 'content-length']);
  // The transcription notes a content-length beside "chunked"; on the wire there is only one of them.
  const names = Object.keys(recorded).filter((name) => name !== 'content-length' || recorded['transfer-encoding'] === undefined);
  const missing = names.filter((name) => given[name] === undefined).map((name) => `missing header ${name}`);
  const extra = Object.keys(given).filter((name) => !names.includes(name)).map((name) => `extra header ${name}`);
  const values = names.filter((name) => exact.has(name) && given[name] !== undefined && given[name] !== recorded[name]).map((name) => `header ${name}: ${given[name]} instead of ${recorded[name]}`);
  return [...missing, ...extra, ...values];
}

async function replay(recording: string, exchanges: readonly Exchange[]): Promise<string[][]> {
  const { world, token } = await seededWorld(recording, exchanges);
  const found: string[][] = [];
  for (const [index, { request, response }] of exchanges.entries()) {
    between[recording]?.[index]?.(world);
    const outcome = await handleRequest(world, {
      method: request.method,
      url: new URL(request.url),
      headers: { authorization: `Bearer ${token}` },
      body: request.body === null ? '' : JSON.stringify(request.body),
    });
    assert.equal(outcome.kind, 'answer');
    const given = outcome.response;
    const status = given.status === response.status ? [] : [`status ${given.status} instead of ${response.status}`];
    const body = response.body === '' ? (given.body === '' ? [] : ['a body instead of none']) : compareBodies(response.body, parseJson(given.body), 'body');
    found.push([...status, ...compareHeaders(response.headers, given.headers), ...body]);
  }
  return found;
}

function reviewedFor(recording: string, exchange: number): string[] {
  return reviewed.differences
    .filter(({ where }) => where[recording] === 'all' || where[recording]?.includes(exchange) === true)
    .map((item) => item.difference);
}

describe('Recorded exchanges with Azure, replayed against the local cloud', () => {
  for (const recording of recordings.filter((name) => !reviewed.excluded.some((item) => item.recording === name))) {
    const { interactions } = readData(`${recording}.json`) as { interactions: Exchange[] };
    describe(recording, () => {
      let found: string[][] = [];
      before(async () => {
        found = await replay(recording, interactions);
      });
      for (const [index, { request }] of interactions.entries()) {
        const { pathname } = new URL(request.url);
        it(`${index}: ${request.method} ${pathname.split('/').slice(5).join('/')} differs only as reviewed`, () => {
          assert.deepEqual((found[index] ?? []).toSorted(), reviewedFor(recording, index).toSorted());
        });
      }
    });
  }

  it('gives a reason for everything that is excluded or different', () => {
    const reasons = [...reviewed.excluded, ...reviewed.differences].map((item) => item.reason);
    assert.ok(reasons.length > 0 && reasons.every((reason) => reason.length > 20));
    const named = [...reviewed.excluded.map((item) => item.recording), ...reviewed.differences.flatMap((item) => Object.keys(item.where))];
    assert.deepEqual(named.filter((name) => !recordings.includes(name)), [], 'names a recording that is not there');
  });
});
